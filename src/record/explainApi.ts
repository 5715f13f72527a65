import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { parts } from '#identity/rule.ts'
import { uuid } from './api.ts'

const acts = ['edit', 'withdraw', 'return', 'pass', 'accept', 'handOver', 'correct', 'void'] as const

/**
 * Query of GET /api/explain: an act on a record, a part of a record, or the records behind a unit's figure.
 */
export const explainQuery = z.strictObject({
  programme: z.optional(z.string().check(z.maxLength(40))),
  record: z.optional(uuid),
  act: z.optional(z.enum(acts)),
  part: z.optional(z.enum(parts)),
  org: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
  indicator: z.optional(z.string().check(z.maxLength(60))),
})
export type ExplainQuery = z.infer<typeof explainQuery>

/** Why she can't, in one sentence, and whose part it is: a unit and a role, never a person. */
export const explanation = z.strictObject({
  allowed: z.boolean(),
  reason: z.nullable(z.string()),
  sentence: z.string(),
  who: z.nullable(z.strictObject({ org: orgBrief, role: z.string(), sentence: z.string() })),
})
export type Explanation = z.infer<typeof explanation>
