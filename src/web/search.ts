import * as z from 'zod/mini'
import { boxes, recordQuery } from '#record/api.ts'

const text = z.optional(z.string())

/** `?id=` opens the drawer over the list. */
export const listSearch = z.strictObject({ ...recordQuery.shape, id: text })
export type ListSearch = z.infer<typeof listSearch>

/** draft: the open draft · record + kind: what it edits or corrects · from: the record whose values are carried forward. */
export const formSearch = z.strictObject({
  draft: text,
  record: text,
  from: text,
  kind: z.optional(z.enum(['draft', 'correction'])),
})

/** Which box stands open. */
export const inboxSearch = z.strictObject({ box: z.optional(z.enum(boxes)) })
/** Which card of the queue stands open. */
export const reviewSearch = z.strictObject({ id: text })
