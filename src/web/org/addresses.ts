import * as z from 'zod/mini'
import { gapQuery } from '#org/gaps/api.ts'

/** `id` is the unit shown at the right; absent = one's own. */
export const orgSearchParams = z.strictObject({ id: z.optional(z.string().check(z.regex(/^\d{1,9}$/))) })

/** POST: who looks on from a month on. */
export const viewApi = (id: number): string => `/orgs/${id}/view`

/** `move` is the unit that the wizard opens with. */
export const changeSearchParams = z.strictObject({ move: z.optional(z.string().check(z.regex(/^\d{1,9}$/))) })

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
  holdings: (id: number): string => `/org-changes/holdings/${id}`,
  decide: (id: string): string => `/org-changes/${encodeURIComponent(id)}/decision`,
} as const
