import * as z from 'zod/mini'

/** Query of GET /api/audit: days of the real clock, both included; default the last seven. */
export const auditQuery = z.strictObject({
  since: z.optional(z.string()),
  until: z.optional(z.string()),
  action: z.optional(z.string().check(z.maxLength(40))),
  /** Part of a person's name. */
  person: z.optional(z.string().check(z.maxLength(20))),
  after: z.optional(z.string()),
})
export type AuditQuery = z.infer<typeof auditQuery>

/** Who did what when to which object; no content. */
export const auditList = z.strictObject({
  since: z.string(),
  until: z.string(),
  rows: z.array(
    z.strictObject({
      streamId: z.number(),
      stream: z.string(),
      seq: z.number(),
      at: z.string(),
      person: z.string(),
      org: z.string(),
      /** For whom she acted, while a colleague was away. */
      behalf: z.nullable(z.string()),
      action: z.string(),
      object: z.string(),
      hash: z.string(),
    }),
  ),
  next: z.nullable(z.string()),
  /** Heads signed outside the database: how often, when last, and whether their file is whole. */
  anchors: z.strictObject({
    count: z.number(),
    last: z.nullable(z.string()),
    whole: z.boolean(),
    /** No turn for four hours: sensitive writes wait. */
    late: z.boolean(),
    /** Streams of the database that end before what was signed: it was restored from an older backup. */
    behind: z.number(),
  }),
})
export type AuditList = z.infer<typeof auditList>
