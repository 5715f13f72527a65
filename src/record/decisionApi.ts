import * as z from 'zod/mini'
import { uuid } from './api.ts'

/** POST /api/proposals/:id/decision on a correction or a request to void. */
export const decision = z.strictObject({
  verdict: z.enum(['accept', 'return']),
  sequence: z.int32(),
  reason: z.optional(z.string().check(z.maxLength(1000))),
})

/** POST /api/review/accept: at most 500, none with warnings; 422 names what must be opened first. */
export const acceptMany = z.strictObject({
  items: z.array(z.strictObject({ id: uuid, version: z.int32() })).check(z.minLength(1), z.maxLength(500)),
})
export const verdicts = z.strictObject({
  accepted: z.number(),
  verdicts: z.array(z.strictObject({ id: z.string(), ok: z.boolean(), message: z.string() })),
})
export type Verdicts = z.infer<typeof verdicts>
