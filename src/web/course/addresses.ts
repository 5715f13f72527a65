import * as z from 'zod/mini'

/** `id` of a draft that is mended. */
export const courseFormSearch = z.strictObject({ id: z.optional(z.string()) })

const one = (id: string) => `/courses/${encodeURIComponent(id)}`
export const courseApi = {
  all: '/courses',
  one,
  steps: (id: string) => `${one(id)}/steps`,
  record: (id: string) => `${one(id)}/record`,
} as const
