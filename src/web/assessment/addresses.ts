import * as z from 'zod/mini'

/** Which draft the form changes; none = a new sheet. */
export const sheetSearch = z.strictObject({ id: z.optional(z.string()) })

const part = encodeURIComponent

export const assessmentApi = {
  all: '/assessments',
  one: (id: string) => `/assessments/${part(id)}`,
  units: (id: string) => `/assessments/${part(id)}/units`,
  unit: (id: string, org: number) => `/assessments/${part(id)}/units/${org}`,
  scores: (id: string, org: number) => `/assessments/${part(id)}/units/${org}/scores`,
  state: (id: string) => `/assessments/${part(id)}/state`,
  publication: (id: string) => `/assessments/${part(id)}/publication`,
  objections: (id: string) => `/assessments/${part(id)}/objections`,
  answer: (id: string) => `/assessment-objections/${part(id)}/answer`,
  close: (id: string) => `/assessment-objections/${part(id)}/close`,
  file: (id: string, as: 'docx' | 'xlsx') => `/api/assessments/${part(id)}/${as}`,
} as const
