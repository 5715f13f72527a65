import * as z from 'zod/mini'
import { withQuery } from '../urlState.ts'

const text = z.optional(z.string())

/** Whose plan of which year stands open; absent = her own, this year. */
export const planSearch = z.strictObject({ org: text, year: text })

const part = encodeURIComponent

export const planApi = {
  plan: (org: number, year: number) => withQuery(`/plans/${org}`, { year: String(year) }),
  docx: (org: number, year: number) => `/api${withQuery(`/plans/${org}/docx`, { year: String(year) })}`,
  pressing: '/plans/pressing',
  targets: (org: number | undefined, year: number, indicator?: string) =>
    withQuery('/plans/targets', { org: org?.toString(), year: String(year), indicator }),
  head: (year: number) => `/plans/${year}`,
  items: (year: number) => `/plans/${year}/items`,
  adoption: (year: number) => `/plans/${year}/adoption`,
  suggestions: (year: number) => `/plans/${year}/suggestions`,
  item: (id: string) => `/plan-items/${part(id)}`,
  remove: (id: string) => `/plan-items/${part(id)}/remove`,
  progress: (id: string) => `/plan-items/${part(id)}/progress`,
  split: (id: string) => `/plan-items/${part(id)}/split`,
  proposal: (id: string, rule: string) => withQuery(`/plan-items/${part(id)}/split`, { rule }),
  decision: (id: string) => `/plan-suggestions/${part(id)}/decision`,
} as const
