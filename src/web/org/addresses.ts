import * as z from 'zod/mini'
import { gapQuery } from '#org/gaps/api.ts'

/** `id` is the unit shown at the right; absent = one's own. */
export const orgSearchParams = z.strictObject({ id: z.optional(z.string().check(z.regex(/^\d{1,9}$/))) })

/** POST: a new dated edge. */
export const movesApi = (id: number): string => `/orgs/${id}/moves`

/** Which scope, which list, which page of it. */
export const gapSearchParams = gapQuery
export type GapSearch = z.infer<typeof gapSearchParams>

export const gapsApi = {
  list: '/orgs/gaps',
  book: '/orgs/gaps/xlsx',
  remind: '/orgs/gaps/reminders',
} as const

export const changesApi = {
  list: '/org-changes',
  preview: '/org-changes/preview',
  decide: (id: string): string => `/org-changes/${encodeURIComponent(id)}/decision`,
} as const
