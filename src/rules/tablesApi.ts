import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { uuid } from '#record/api.ts'

const day = z.string().check(z.refine(isDay, '日期应形如 2019-03-08'))

/** GET /api/rules: what the city entered and approved; with what the program brings it tells every table on any day. */
export const ruleBookAnswer = z.strictObject({
  entered: z.array(
    z.strictObject({ key: z.string(), fromOn: z.string(), basis: z.string(), value: z.unknown() }),
  ),
  /** Keys of tables with a version that waits. */
  waiting: z.array(z.string()),
  mayEdit: z.boolean(),
  mayDecide: z.boolean(),
})
export type RuleBookAnswer = z.infer<typeof ruleBookAnswer>

export const ruleStates = {
  proposed: '待核定',
  approved: '已核定',
  rejected: '未通过',
  withdrawn: '已撤回',
} as const
export type RuleState = keyof typeof ruleStates

/** GET /api/rules/:key/versions: what was entered, newest first. */
export const ruleVersions = z.array(
  z.strictObject({
    id: z.string(),
    fromOn: z.string(),
    basis: z.string(),
    value: z.unknown(),
    note: z.string(),
    state: z.enum(Object.keys(ruleStates) as RuleState[]),
    proposedBy: z.string(),
    proposedAt: z.string(),
    decidedBy: z.nullable(z.string()),
    decidedAt: z.nullable(z.string()),
    reason: z.nullable(z.string()),
    isMine: z.boolean(),
  }),
)
export type RuleVersionRow = z.infer<typeof ruleVersions>[number]

const value = z.record(z.string(), z.unknown())

/** POST /api/rules/:key/preview */
export const ruleTrial = z.strictObject({ fromOn: day, value })
export type RuleTrial = z.infer<typeof ruleTrial>

const pair = z.strictObject({ label: z.string(), before: z.string(), after: z.string() })
export const ruleEffects = z.strictObject({
  /** Values that differ from those that would hold on that day. */
  changes: z.array(pair),
  /** What it does to what stands in the system. */
  effects: z.array(pair),
  warnings: z.array(z.string()),
})
export type RuleEffects = z.infer<typeof ruleEffects>

/** POST /api/rules/:key/versions */
export const ruleProposal = z.strictObject({
  fromOn: day,
  basis: z.string().check(z.trim(), z.maxLength(200)),
  note: z.string().check(z.trim(), z.maxLength(200)),
  value,
})
export type RuleProposal = z.infer<typeof ruleProposal>

/** POST /api/rule-versions/:id/decision */
export const ruleDecision = z.strictObject({
  isApproved: z.boolean(),
  reason: z.string().check(z.trim(), z.maxLength(200)),
})
export type RuleDecision = z.infer<typeof ruleDecision>

export const ruleMade = z.strictObject({ id: uuid })
