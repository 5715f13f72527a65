import * as z from 'zod/mini'

/** `id` is the unit shown at the right; absent = one's own. */
export const orgSearchParams = z.strictObject({ id: z.optional(z.string().check(z.regex(/^\d{1,9}$/))) })

/** POST: a new dated edge. */
export const movesApi = (id: number): string => `/orgs/${id}/moves`
