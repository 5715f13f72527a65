import * as z from 'zod/mini'

const values = z.record(z.string(), z.unknown())
const copy = z.strictObject({
  version: z.number(),
  sequence: z.number(),
  values,
  typedAt: z.string(),
})
/** What is typed into a form, as the server holds it. */
export type TypedCopy = z.infer<typeof copy>

/** The copy of what was typed that a form grew from: it goes with the form that is sent, in the same transaction. */
export const sentTyped = { typed: z.optional(z.int32()) }

/** GET /api/typed/:form */
export const typedHeld = z.strictObject({ held: z.nullable(copy) })

/** PUT /api/typed/:form: kept where it grew from the copy `seen`, 0 = from none. */
export const saveTyped = z.strictObject({
  version: z.int32(),
  seen: z.int32().check(z.minimum(0)),
  values,
})
export type SaveTyped = z.infer<typeof saveTyped>
/** `theirs`: not kept, since it was filled elsewhere meanwhile; what stands there. */
export const savedTyped = z.strictObject({ sequence: z.number(), theirs: z.nullable(copy) })
export type SavedTyped = z.infer<typeof savedTyped>
