import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { orgBrief, tiers } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import { sentTyped } from '#record/typedApi.ts'

/** 未接收 已接收 已上报 已退回 已完结 已变更 (domain §2) */
export const taskStates = ['unreceived', 'received', 'reported', 'returned', 'closed', 'changed'] as const
export type TaskState = (typeof taskStates)[number]

const day = z.string().check(z.refine(isDay, '日期应形如 2019-03-08'))
const line = (most: number) => z.string().check(z.trim(), z.maxLength(most))

export const questionKinds = ['text', 'note', 'count', 'money', 'day', 'yesNo', 'choice'] as const
export const question = z.strictObject({
  kind: z.enum(questionKinds),
  label: line(60).check(z.minLength(2)),
  required: z.boolean(),
  hint: z.optional(line(100)),
  choices: z.optional(z.array(line(40).check(z.minLength(1))).check(z.minLength(2), z.maxLength(30))),
})
export type Question = z.infer<typeof question>

/** What is sent down; a programme or questions, never both. */
const asked = {
  programme: z.nullable(z.string()),
  questions: z.array(question).check(z.maxLength(30)),
  tiers: z.array(z.enum(tiers)).check(z.minLength(1)),
  /** Units with all below them; none = everything below the issuer. */
  under: z.optional(z.array(z.int32()).check(z.maxLength(200))),
}

/** POST /api/tasks/burden: before it is published. */
export const burdenAsked = z.strictObject({
  ...asked,
  /** The period that is asked of; till it is known no figure counts as filled in. */
  fromOn: z.optional(day),
  untilOn: z.optional(day),
})
export type BurdenAsked = z.infer<typeof burdenAsked>

export const burden = z.strictObject({
  units: z.number(),
  fields: z.number(),
  /** Fields that come filled in, as the median unit has them. */
  known: z.number(),
  /** Fields whose answer the system holds, filled in or only told to the asker. */
  held: z.number(),
  toFill: z.number(),
  minutes: z.number(),
  /** Minutes of all units together. */
  total: z.number(),
  duplicates: z.array(z.strictObject({ question: z.number(), label: z.string(), where: z.string() })),
})
export type TaskBurden = z.infer<typeof burden>

/** POST /api/tasks */
export const newTask = z.strictObject({
  ...asked,
  title: line(60).check(z.minLength(2, '请填写标题')),
  note: line(2000),
  formNo: line(40),
  issuer: line(60),
  approvalNo: line(60),
  validFrom: day,
  validUntil: day,
  fromOn: day,
  untilOn: day,
  dueOn: day,
  reason: line(500),
  /** 抄送: units above or below that are told of it. */
  copyTo: z.optional(z.array(z.int32()).check(z.maxLength(20))),
})
export type NewTask = z.infer<typeof newTask>

/** POST /api/tasks/:id/change: after it was sent; units that answered look at it again. */
export const taskChange = z.strictObject({
  version: z.number(),
  dueOn: day,
  note: line(2000),
  why: line(200),
})
export type TaskChange = z.infer<typeof taskChange>

const counts = z.partialRecord(z.enum(taskStates), z.number())

export const taskCard = z.strictObject({
  id: z.string(),
  title: z.string(),
  issuer: orgBrief,
  programme: z.nullable(z.string()),
  fromOn: z.string(),
  untilOn: z.string(),
  dueOn: z.string(),
  /** Working days from today to the due date; negative when past. */
  left: z.number(),
  formNo: z.string(),
  sentAt: z.string(),
  questions: z.array(question),
  tiers: z.array(z.enum(tiers)),
  under: z.array(z.number()),
  version: z.number(),
  isOver: z.boolean(),
  /** State at the actor's own unit; null where it is not asked. */
  own: z.nullable(z.enum(taskStates)),
  /** Units that owe it in all and that still do; null to those who only answer. */
  units: z.nullable(z.number()),
  owing: z.nullable(z.number()),
})
export type TaskCard = z.infer<typeof taskCard>

/** GET /api/tasks?box= */
export const taskBoxes = ['mine', 'sent', 'below'] as const
export type TaskBox = (typeof taskBoxes)[number]
export const taskList = z.strictObject({ rows: z.array(taskCard), next: z.nullable(z.string()) })
export type TaskList = z.infer<typeof taskList>

/** What the system holds of the period already, so that nobody types it: entered records of the programme. */
const entered = z.strictObject({ submitted: z.number(), accepted: z.number() })

export const answer = z.strictObject({
  state: z.enum(taskStates),
  isNil: z.boolean(),
  answers: z.record(z.string(), z.unknown()),
  note: z.string(),
  reason: z.string(),
  reportedAt: z.nullable(z.string()),
  reportedBy: z.nullable(z.string()),
  version: z.number(),
  entered: z.nullable(entered),
})
export type TaskAnswer = z.infer<typeof answer>

/** GET /api/tasks/:id */
export const task = z.strictObject({
  ...taskCard.shape,
  note: z.string(),
  changeNote: z.string(),
  issuedBy: z.string(),
  approvalNo: z.string(),
  validFrom: z.string(),
  validUntil: z.string(),
  reason: z.string(),
  underUnits: z.array(orgBrief),
  /** Values that the system holds for a survey's questions, with where they come from and of which day they are. */
  prefilled: z.record(
    z.string(),
    z.strictObject({ value: z.unknown(), source: z.string(), on: z.nullable(z.string()) }),
  ),
  answer: z.nullable(answer),
  counts: z.nullable(counts),
})
export type Task = z.infer<typeof task>

/** GET /api/tasks/:id/units: who stands where; page by code. */
export const unitLine = z.strictObject({
  org: orgBrief,
  above: z.string(),
  state: z.enum(taskStates),
  reportedAt: z.nullable(z.string()),
  isNil: z.boolean(),
  note: z.string(),
  answers: z.record(z.string(), z.unknown()),
  version: z.number(),
  chasedOn: z.nullable(z.string()),
})
export type UnitLine = z.infer<typeof unitLine>
export const unitList = z.strictObject({ counts, rows: z.array(unitLine), next: z.nullable(z.string()) })
export type UnitList = z.infer<typeof unitList>
export const unitQuery = z.strictObject({
  org: z.optional(z.string()),
  state: z.optional(z.enum([...taskStates, 'owing'])),
  after: z.optional(z.string().check(z.maxLength(40))),
})
export type UnitQuery = z.infer<typeof unitQuery>

/** GET /api/tasks/:id/progress: the units below one, each with the counts of everything under it. */
export const progress = z.strictObject({
  org: orgBrief,
  rows: z.array(z.strictObject({ org: orgBrief, own: z.boolean(), counts })),
})
export type Progress = z.infer<typeof progress>

/** POST /api/tasks/:id/answer: what the actor's own unit does. */
export const ownAct = z.strictObject({
  act: z.enum(['receive', 'report']),
  version: z.number(),
  taskVersion: z.number(),
  isNil: z.optional(z.boolean()),
  answers: z.optional(z.record(z.string(), z.unknown())),
  note: z.optional(line(500)),
  ...sentTyped,
})
export type OwnAct = z.infer<typeof ownAct>

/** POST /api/tasks/:id/decisions: what the issuer does with units. */
export const decision = z.strictObject({
  act: z.enum(['return', 'close', 'chase']),
  units: z.array(z.number()).check(z.minLength(1), z.maxLength(500)),
  reason: z.optional(line(200)),
})
export type TaskDecision = z.infer<typeof decision>
export const decided = z.strictObject({
  done: z.number(),
  left: z.array(z.strictObject({ org: z.number(), why: z.string() })),
})
export type Decided = z.infer<typeof decided>

export const taskId = uuid
