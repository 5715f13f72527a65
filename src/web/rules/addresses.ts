import * as z from 'zod/mini'

/** Which table stands open. */
export const rulesSearch = z.strictObject({ table: z.optional(z.string()) })

const part = encodeURIComponent

export const rulesApi = {
  book: '/rules',
  versions: (key: string) => `/rules/${part(key)}/versions`,
  preview: (key: string) => `/rules/${part(key)}/preview`,
  decision: (id: string) => `/rule-versions/${part(id)}/decision`,
  version: (id: string) => `/rule-versions/${part(id)}`,
} as const
