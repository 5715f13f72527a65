import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { orgBrief, tiers } from '#org/api.ts'
import { uuid } from '#record/api.ts'

/** 自评 by the unit, 复核 by the unit above it, 终评 by the issuer. */
export const columns = ['self', 'review', 'final'] as const
export type Column = (typeof columns)[number]

export const sheetStates = ['draft', 'open', 'proposed', 'published', 'locked'] as const
export type SheetState = (typeof sheetStates)[number]

/** formula = fills itself; manual, bonus = given by hand with evidence; veto = holds or not. */
export const lineKinds = ['formula', 'manual', 'bonus', 'veto'] as const
export type LineKind = (typeof lineKinds)[number]

const day = z.string().check(z.refine(isDay, '日期应形如 2020-03-31'))
const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))
const phrase = (least: string, most: number) => words(most).check(z.minLength(2, least))
const version = z.int().check(z.nonnegative())
/** Hundredths of a point: what is added up must not be rounded on its way. */
const points = z.int().check(z.gte(0), z.lte(100_000))
const positive = z.number().check(z.gt(0), z.lte(1_000_000_000_000))

/**
 * How a line fills itself: a closed set of functions of one indicator of the assessed unit in the sheet's months. An indicator is of
 * the register of programmes, so that nothing else (log-ins, speed, use) can be a source.
 */
export const formula = z.discriminatedUnion('kind', [
  /** Value ÷ what is aimed at, at most 1: the unit's own plan, its year before, or a number. */
  z.strictObject({
    kind: z.literal('ratio'),
    indicator: z.string(),
    against: z.enum(['plan', 'lastYear', 'value']),
    value: z.nullable(positive),
  }),
  /** Value per hundred women members, `full` earns all points. */
  z.strictObject({ kind: z.literal('perHead'), indicator: z.string(), full: positive }),
  /** All points from `atLeast` on, else none. */
  z.strictObject({ kind: z.literal('yesNo'), indicator: z.string(), atLeast: positive }),
  /** The points of the highest step reached. */
  z.strictObject({
    kind: z.literal('steps'),
    indicator: z.string(),
    steps: z.array(z.strictObject({ from: positive, points })).check(z.minLength(1), z.maxLength(10)),
  }),
])
export type Formula = z.infer<typeof formula>

export const line = z.strictObject({
  key: z.string().check(z.regex(/^[a-z][a-z0-9]{0,15}$/)),
  kind: z.enum(lineKinds),
  section: phrase('请填写类别', 30),
  item: phrase('请填写考核内容', 200),
  points,
  formula: z.nullable(formula),
  evidence: words(200),
})
export type SheetLine = z.infer<typeof line>

/** POST /api/assessments, PUT /api/assessments/:id (with the version it changes) */
export const newSheet = z.strictObject({
  year: z.int().check(z.gte(2000), z.lte(2100)),
  title: phrase('请填写标题', 80),
  note: words(1000),
  tiers: z.array(z.enum(tiers)).check(z.minLength(1, '请选择考核对象')),
  fromYm: z.int(),
  untilYm: z.int(),
  selfDue: day,
  reviewDue: day,
  finalDue: day,
  lines: z.array(line).check(z.minLength(1, '请至少写一项考核内容'), z.maxLength(60)),
})
export type NewSheet = z.infer<typeof newSheet>
export const sheetChange = z.strictObject({ ...newSheet.shape, version })
export type SheetChange = z.infer<typeof sheetChange>

/** POST /api/assessments/:id/state: open it, propose the result, take the proposal back, lock it. */
export const stateActs = ['open', 'propose', 'takeBack', 'lock'] as const
export type StateAct = (typeof stateActs)[number]
export const stateAct = z.strictObject({ act: z.enum(stateActs), version })

/** POST /api/assessments/:id/publication: by a second person. */
export const publication = z.strictObject({ version })

export const sheetCard = z.strictObject({
  id: z.string(),
  year: z.number(),
  title: z.string(),
  issuer: orgBrief,
  state: z.enum(sheetStates),
  selfDue: z.string(),
  reviewDue: z.string(),
  finalDue: z.string(),
  /** Whether the reader's own unit is assessed by it. */
  own: z.boolean(),
})
export type SheetCard = z.infer<typeof sheetCard>
export const sheetList = z.array(sheetCard)

/** GET /api/assessments/:id */
export const sheet = z.strictObject({
  ...sheetCard.shape,
  note: z.string(),
  tiers: z.array(z.enum(tiers)),
  fromYm: z.number(),
  untilYm: z.number(),
  lines: z.array(line),
  version: z.number(),
  proposedBy: z.nullable(z.string()),
  publishedBy: z.nullable(z.string()),
  publishedAt: z.nullable(z.string()),
  /** Objections not closed yet, as far as the reader sees. */
  objections: z.number(),
})
export type Sheet = z.infer<typeof sheet>

/** What the three columns sum to at a unit; null = nothing given there, or no such column. */
export const unitTotal = z.strictObject({
  org: orgBrief,
  above: z.string(),
  /** Points that came from figures; null where one of them is not told to the reader. */
  auto: z.nullable(z.number()),
  self: z.nullable(z.number()),
  review: z.nullable(z.number()),
  final: z.nullable(z.number()),
  /** Lines by hand that the column has not given yet. */
  missing: z.strictObject({ self: z.number(), review: z.nullable(z.number()), final: z.number() }),
  isVetoed: z.boolean(),
  objections: z.number(),
})
export type UnitTotal = z.infer<typeof unitTotal>

/** GET /api/assessments/:id/units: in official order, whatever the points. */
export const unitTotals = z.strictObject({ isFrozen: z.boolean(), rows: z.array(unitTotal) })
export type UnitTotals = z.infer<typeof unitTotals>

const given = z.strictObject({
  points: z.number(),
  note: z.string(),
  records: z.array(z.strictObject({ id: z.string(), programme: z.string(), title: z.string() })),
  by: z.string(),
  at: z.string(),
  version: z.number(),
})
export type Given = z.infer<typeof given>

export const objection = z.strictObject({
  id: z.string(),
  line: z.string(),
  body: z.string(),
  state: z.enum(['open', 'answered', 'closed']),
  answer: z.string(),
  by: z.string(),
  at: z.string(),
})
export type Objection = z.infer<typeof objection>

/** GET /api/assessments/:id/units/:org */
export const unitSheet = z.strictObject({
  org: orgBrief,
  sheet,
  /** The column that the reader may write here; null = she reads. */
  writes: z.nullable(z.enum(columns)),
  hasReview: z.boolean(),
  isOwn: z.boolean(),
  lines: z.array(
    z.strictObject({
      key: z.string(),
      /** Of a formula: the figure, what it is set against, the points; points null where there is nothing to set it against. */
      auto: z.nullable(
        z.strictObject({
          value: z.number(),
          against: z.nullable(z.number()),
          points: z.nullable(z.number()),
        }),
      ),
      self: z.nullable(given),
      review: z.nullable(given),
      final: z.nullable(given),
    }),
  ),
  total: unitTotal,
  objections: z.array(objection),
})
export type UnitSheet = z.infer<typeof unitSheet>

/** PUT /api/assessments/:id/units/:org/scores: of the column that is the writer's; version 0 = not given yet. */
export const scores = z.strictObject({
  column: z.enum(columns),
  scores: z
    .array(
      z.strictObject({
        line: z.string(),
        points,
        note: words(500),
        records: z.array(uuid).check(z.maxLength(20)),
        version,
      }),
    )
    .check(z.minLength(1), z.maxLength(60)),
})
export type Scores = z.infer<typeof scores>

/** POST /api/assessments/:id/objections: of the actor's own unit. */
export const newObjection = z.strictObject({ line: z.string(), body: phrase('请写明异议和理由', 500) })
export type NewObjection = z.infer<typeof newObjection>
/** POST /api/assessment-objections/:id/answer */
export const objectionAnswer = z.strictObject({ answer: phrase('请写明答复', 500) })

export const unitParams = z.strictObject({ id: uuid, org: z.string().check(z.regex(/^\d{1,9}$/)) })
