import * as z from 'zod/mini'

/** One file on a record or draft. */
export const evidence = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.number(),
  at: z.string(),
  person: z.string(),
  org: z.string(),
  /** Set when it was taken away after a submission: the list still names it. */
  removed: z.nullable(z.strictObject({ person: z.string(), at: z.string() })),
})
export type Evidence = z.infer<typeof evidence>

/** GET /api/records/:programme/:id/evidence; `id` may be that of an own draft. */
export const evidenceList = z.strictObject({
  files: z.array(evidence),
  mayAdd: z.boolean(),
  mayRemove: z.boolean(),
})
export type EvidenceList = z.infer<typeof evidenceList>

/** PUT …/evidence/:file, the bytes as body: the name as the sender calls it. */
export const evidenceName = z.strictObject({ name: z.string().check(z.maxLength(300)) })
