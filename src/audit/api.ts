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

const seq = z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER))
const link = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const streamId = z.int32().check(z.minimum(1))

/**
 * GET /api/audit/heads: the ends of the streams that this person's browser keeps, her unit's own, in the city all; with what the
 * audit administrator found out about heads that did not fit.
 */
export const witnessed = z.strictObject({
  /** Another demo begins other books; a live installation has one for ever, and this is empty. */
  demo: z.string(),
  heads: z.array(z.strictObject({ streamId, stream: z.string(), seq, link })),
  /** Where they differed and why is known: what she reported as the head of then is what hers is held against from now on. */
  settled: z.array(z.strictObject({ streamId, keptSeq: seq, keptLink: link, nowSeq: seq, nowLink: link })),
})
export type Witnessed = z.infer<typeof witnessed>

/** GET /api/audit/hashes: of the rows after one up to another, at most `mostHashes`. */
export const hashesQuery = z.strictObject({
  stream: z.string().check(z.regex(/^[1-9]\d{0,8}$/)),
  after: z.string().check(z.regex(/^\d{1,15}$/)),
  until: z.string().check(z.regex(/^\d{1,15}$/)),
})
export const mostHashes = 2000
export const hashList = z.strictObject({ hashes: z.array(z.string()) })

/** POST /api/audit/doubts: today's head does not continue the one that this browser kept. */
export const newDoubt = z.strictObject({
  streamId,
  keptSeq: seq,
  keptLink: link,
  keptAt: z.iso.datetime().check(z.maxLength(40)),
  nowSeq: seq,
  nowLink: link,
})
export type NewDoubt = z.infer<typeof newDoubt>

/** GET /api/audit/doubts */
export const doubt = z.strictObject({
  id: z.string(),
  streamId: z.number(),
  stream: z.string(),
  person: z.string(),
  org: z.string(),
  keptSeq: z.number(),
  keptLink: z.string(),
  keptAt: z.string(),
  nowSeq: z.number(),
  nowLink: z.string(),
  toldAt: z.string(),
  finding: z.nullable(z.string()),
  settledAt: z.nullable(z.string()),
})
export type Doubt = z.infer<typeof doubt>
export const doubtList = z.strictObject({ rows: z.array(doubt) })
/** POST /api/audit/doubts/:id/settle */
export const doubtFinding = z.strictObject({ finding: z.string().check(z.maxLength(500)) })
