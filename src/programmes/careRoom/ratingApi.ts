import * as z from 'zod/mini'
import { actNames, columns, ratingStates, subsidyStates, visitKinds, visitResults } from './rating.ts'
import { gradeNames } from './tables.ts'

const number = z.number()
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const short = (most: number) => z.string().check(z.maxLength(most))

const scored = z.strictObject({ points: number, note: z.string(), by: z.string() })
export const ratingLine = z.strictObject({
  key: z.string(),
  label: z.string(),
  points: number,
  must: z.boolean(),
  self: z.nullable(scored),
  district: z.nullable(scored),
  city: z.nullable(scored),
})
export type RatingLine = z.infer<typeof ratingLine>

export const rating = z.strictObject({
  id: z.string(),
  grade: z.string(),
  sheet: z.string(),
  basis: z.string(),
  leastPoints: number,
  state: z.enum(ratingStates),
  appliedOn: z.string(),
  plaqueNo: z.nullable(z.string()),
  grantedOn: z.nullable(z.string()),
  endedOn: z.nullable(z.string()),
  reason: z.string(),
  version: number,
  notice: z.nullable(
    z.strictObject({
      id: z.string(),
      state: z.enum(['open', 'blocked', 'passed', 'withdrawn']),
      closesOn: z.string(),
    }),
  ),
  lines: z.array(ratingLine),
  /** The column that the reader may write now. */
  column: z.nullable(z.enum(columns)),
  acts: z.array(z.enum(actNames)),
  subsidy: z.nullable(
    z.strictObject({
      id: z.string(),
      amount: number,
      basis: z.string(),
      state: z.enum(subsidyStates),
      steps: z.array(z.strictObject({ label: z.string(), by: z.string(), on: z.string() })),
      voucher: z.nullable(z.string()),
      reason: z.string(),
    }),
  ),
  /** What the rule gives for the grade; null where nothing, or where it is claimed already. */
  claimable: z.nullable(number),
})
export type Rating = z.infer<typeof rating>

export const visit = z.strictObject({
  id: z.string(),
  kind: z.enum(visitKinds),
  dueOn: z.string(),
  doneOn: z.nullable(z.string()),
  result: z.nullable(z.enum(visitResults)),
  findings: z.string(),
  isLate: z.boolean(),
})
export type Visit = z.infer<typeof visit>

/** GET /api/care-rooms/:id/ratings */
export const ratings = z.strictObject({
  ratings: z.array(rating),
  visits: z.array(visit),
  /** Grades that the room may apply for, with what each asks; empty where nobody may. */
  offered: z.array(
    z.strictObject({ grade: z.string(), leastPoints: number, leastArea: number, fits: z.boolean() }),
  ),
  may: z.strictObject({ apply: z.boolean(), visit: z.boolean(), pay: z.boolean(), delist: z.boolean() }),
})
export type Ratings = z.infer<typeof ratings>

/** POST /api/care-rooms/:id/ratings */
export const newRating = z.strictObject({ grade: z.enum(gradeNames) })

/** PUT /api/care-room-ratings/:id/scores: of the column whose turn it is. */
export const newScores = z.strictObject({
  version: number,
  scores: z
    .array(
      z.strictObject({
        key: short(20),
        points: z.int().check(z.gte(0), z.lte(1000)),
        note: z.optional(short(200)),
      }),
    )
    .check(z.maxLength(40)),
})
export type NewScores = z.infer<typeof newScores>

/** POST /api/care-room-ratings/:id/actions */
export const newAct = z.strictObject({
  action: z.enum(actNames),
  version: number,
  reason: z.optional(short(200)),
  plaqueNo: z.optional(short(40)),
})
export type NewAct = z.infer<typeof newAct>

/** POST /api/care-room-subsidies/:id/actions */
export const subsidyAct = z.strictObject({
  action: z.enum(['check', 'approve', 'pay', 'refuse']),
  paidOn: z.optional(day),
  voucher: z.optional(short(60)),
  reason: z.optional(short(200)),
})
export type SubsidyAct = z.infer<typeof subsidyAct>

/** POST /api/care-rooms/:id/visits */
export const newVisit = z.strictObject({ kind: z.enum(visitKinds), dueOn: day })
export type NewVisit = z.infer<typeof newVisit>
/** POST /api/care-room-visits/:id/result; `againOn` = until when what is wrong is mended. */
export const visitResult = z.strictObject({
  doneOn: day,
  result: z.enum(visitResults),
  findings: z.optional(short(500)),
  againOn: z.optional(day),
})
export type VisitResult = z.infer<typeof visitResult>

/** POST /api/care-rooms/:id/delisting */
export const delisting = z.strictObject({ on: day, reason: short(200) })
export type Delisting = z.infer<typeof delisting>
