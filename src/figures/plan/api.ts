import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'

/** 不少于, 达到: both are met from the target on; the paper keeps the writer's word. */
export const bounds = ['atLeast', 'reach'] as const
export type Bound = (typeof bounds)[number]

/** reached = the figure met its target, done = the owner says so, overdue = past its day and neither. */
export const itemStates = ['open', 'reached', 'done', 'overdue'] as const
export type ItemState = (typeof itemStates)[number]

/** How a target is shared out: by last year's figures, by women members, by hand. */
export const splitRules = ['lastYear', 'headCount', 'byHand'] as const
export type SplitRule = (typeof splitRules)[number]

export const suggestionStates = ['open', 'accepted', 'declined'] as const
export type SuggestionState = (typeof suggestionStates)[number]

const day = z.string().check(z.refine(isDay, '日期应形如 2020-12-31'))
const line = (most: number) => z.string().check(z.trim(), z.maxLength(most))
const phrase = (least: string, most: number) => line(most).check(z.minLength(2, least))
const year = z.int().check(z.gte(2000), z.lte(2100))
const version = z.int().check(z.nonnegative())

export const yearQuery = z.strictObject({ year: z.optional(z.string()) })

/** Whoever changes an adopted plan says why, by which document, as of when. */
export const revision = z.strictObject({ reason: line(200), docNo: line(60), on: day })
export type Revision = z.infer<typeof revision>
const revised = { revision: z.optional(revision) }

/** A target by a figure; `value` as the books hold it (money in fen). */
export const target = z.strictObject({
  indicator: z.string(),
  bound: z.enum(bounds),
  value: z.int().check(z.gte(1, '目标值应大于零'), z.lte(1_000_000_000_000)),
})
export type Target = z.infer<typeof target>

const itemWords = {
  section: phrase('请填写所属部分', 40),
  task: phrase('请写明做什么', 300),
  dueOn: day,
  evidence: line(200),
}

/** PUT /api/plans/:year: title and general requirement of the actor's own plan; version 0 makes it. */
export const planHead = z.strictObject({
  version,
  title: phrase('请填写标题', 80),
  goal: line(3000),
  ...revised,
})
export type PlanHead = z.infer<typeof planHead>

/** POST /api/plans/:year/items and PUT /api/plan-items/:id (which names the version it changes). */
export const newItem = z.strictObject({
  ...itemWords,
  ownerId: z.int(),
  target: z.nullable(target),
  ...revised,
})
export type NewItem = z.infer<typeof newItem>
export const itemChange = z.strictObject({ ...newItem.shape, version })
export type ItemChange = z.infer<typeof itemChange>

export const itemRemoval = z.strictObject({ version, ...revised })
export type ItemRemoval = z.infer<typeof itemRemoval>

/** POST /api/plan-items/:id/progress: done with a record or a remark, or not yet after all. */
export const itemProgress = z.strictObject({
  version,
  done: z.boolean(),
  note: line(500),
  record: z.nullable(uuid),
})
export type ItemProgress = z.infer<typeof itemProgress>

/** POST /api/plans/:year/adoption */
export const adoption = z.strictObject({
  version,
  meeting: phrase('请填写通过的会议', 80),
  adoptedOn: day,
  docNo: line(60),
})
export type Adoption = z.infer<typeof adoption>

const doneRecord = z.strictObject({ id: z.string(), programme: z.string(), title: z.string() })

export const planItem = z.strictObject({
  id: z.string(),
  serial: z.number(),
  section: z.string(),
  task: z.string(),
  owner: orgBrief,
  dueOn: z.string(),
  evidence: z.string(),
  target: z.nullable(target),
  /** Live figure of the owner in the plan's year, and what awaits acceptance; null where the reader may not see it. */
  value: z.nullable(z.number()),
  waiting: z.nullable(z.number()),
  /** Share of the time from the year's first day to the due day that is over, 0 … 1. */
  elapsed: z.number(),
  state: z.enum(itemStates),
  doneOn: z.nullable(z.string()),
  doneBy: z.nullable(z.string()),
  doneNote: z.string(),
  doneRecord: z.nullable(doneRecord),
  /** From which unit's plan it was broken down. */
  parent: z.nullable(z.strictObject({ org: orgBrief, target: z.nullable(z.number()) })),
  /** Units that it was broken down to, with the sum of their targets. */
  split: z.nullable(
    z.strictObject({ units: z.number(), withTarget: z.number(), sum: z.number(), done: z.number() }),
  ),
  version: z.number(),
})
export type PlanItem = z.infer<typeof planItem>

export const planRevision = z.strictObject({
  no: z.number(),
  on: z.string(),
  reason: z.string(),
  docNo: z.string(),
  by: z.string(),
  /** Title and general requirement before; null in revisions that kept only the items. */
  title: z.nullable(z.string()),
  goal: z.nullable(z.string()),
  /** What the plan said before, by item. */
  before: z.array(
    z.strictObject({
      id: z.string(),
      section: z.string(),
      task: z.string(),
      owner: z.string(),
      dueOn: z.string(),
      evidence: z.optional(z.string()),
      target: z.nullable(target),
    }),
  ),
})
export type PlanRevision = z.infer<typeof planRevision>

export const suggestion = z.strictObject({
  id: z.string(),
  from: orgBrief,
  to: orgBrief,
  section: z.string(),
  task: z.string(),
  dueOn: z.string(),
  evidence: z.string(),
  why: z.string(),
  state: z.enum(suggestionStates),
  reason: z.string(),
  by: z.string(),
})
export type Suggestion = z.infer<typeof suggestion>

/** GET /api/plans/:org?year= */
export const plan = z.strictObject({
  org: orgBrief,
  above: z.nullable(orgBrief),
  year: z.number(),
  /** Version 0: nobody has begun it. */
  version: z.number(),
  title: z.string(),
  goal: z.string(),
  isAdopted: z.boolean(),
  meeting: z.string(),
  adoptedOn: z.nullable(z.string()),
  docNo: z.string(),
  items: z.array(planItem),
  revisions: z.array(planRevision),
  /** To this unit where it is the reader's own, and what her own unit suggested above. */
  suggestions: z.array(suggestion),
  /** Units directly below, in their order. */
  below: z.array(
    z.strictObject({ org: orgBrief, isAdopted: z.boolean(), items: z.number(), done: z.number() }),
  ),
})
export type Plan = z.infer<typeof plan>

/** GET /api/plan-items/:id/split?rule= */
export const splitQuery = z.strictObject({ rule: z.enum(splitRules) })
export const splitProposal = z.strictObject({
  item: z.string(),
  task: z.string(),
  rule: z.enum(splitRules),
  target: z.nullable(z.number()),
  rows: z.array(
    z.strictObject({
      org: orgBrief,
      /** What the rule weighs it by; null by hand. */
      base: z.nullable(z.number()),
      proposed: z.nullable(z.number()),
      /** Its target now, where it has the item already. */
      current: z.nullable(z.number()),
      has: z.boolean(),
    }),
  ),
})
export type SplitProposal = z.infer<typeof splitProposal>

/** POST /api/plan-items/:id/split: to units directly below; a null target hands down the task without a number. */
export const split = z.strictObject({
  version,
  shares: z
    .array(
      z.strictObject({
        org: z.int(),
        target: z.nullable(z.int().check(z.gte(1), z.lte(1_000_000_000_000))),
      }),
    )
    .check(z.minLength(1, '请至少选一个单位'), z.maxLength(200)),
  ...revised,
})
export type Split = z.infer<typeof split>

/** POST /api/plans/:year/suggestions: for the plan of the unit above. */
export const newSuggestion = z.strictObject({ ...itemWords, why: line(300) })
export type NewSuggestion = z.infer<typeof newSuggestion>

/** POST /api/plan-suggestions/:id/decision */
export const suggestionDecision = z.strictObject({
  accept: z.boolean(),
  reason: line(200),
  ...revised,
})
export type SuggestionDecision = z.infer<typeof suggestionDecision>

/** GET /api/plans/pressing: 督办, overdue items of her unit and of the units that report to it. */
export const pressing = z.array(
  z.strictObject({
    id: z.string(),
    task: z.string(),
    plan: orgBrief,
    year: z.number(),
    owner: orgBrief,
    dueOn: z.string(),
  }),
)
export type Pressing = z.infer<typeof pressing>

/** GET /api/plans/targets?org=&year=: the targets that stand for a unit's own figures; of one indicator those of the units below too. */
export const targetsQuery = z.strictObject({
  org: z.optional(z.string()),
  year: z.optional(z.string()),
  indicator: z.optional(z.string()),
})
export const targets = z.strictObject({
  org: z.number(),
  year: z.number(),
  rows: z.array(
    z.strictObject({
      indicator: z.string(),
      bound: z.enum(bounds),
      target: z.number(),
      dueOn: z.string(),
      elapsed: z.number(),
      /** The unit in whose plan it stands. */
      plan: orgBrief,
    }),
  ),
  /** Of the indicator asked for: what each unit directly below is to reach, by its own plan or as handed down. */
  units: z.array(z.strictObject({ org: z.number(), target: z.number(), elapsed: z.number() })),
})
export type Targets = z.infer<typeof targets>

export const yearParam = z.strictObject({ year: z.string().check(z.regex(/^20\d\d$/)) })
export const orgParam = z.strictObject({ org: z.string().check(z.regex(/^\d{1,9}$/)) })
export { year as planYear }
