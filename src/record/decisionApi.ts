import * as z from 'zod/mini'

/** POST /api/proposals/:id/decision on a correction or a request to void. */
export const decision = z.strictObject({
  verdict: z.enum(['accept', 'return']),
  sequence: z.int32(),
  reason: z.optional(z.string().check(z.maxLength(1000))),
})
