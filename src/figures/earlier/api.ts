import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import { withheld } from '../api.ts'

/** draft is saved as she types; replaced = a later one was accepted in its place. Only accepted compares. */
export const earlierStates = [
  'draft',
  'submitted',
  'returned',
  'accepted',
  'replaced',
  'withdrawn',
  'voided',
] as const
export type EarlierState = (typeof earlierStates)[number]

export const earlierQuery = z.strictObject({
  org: z.optional(z.string()),
  from: z.optional(z.string()),
  until: z.optional(z.string()),
})
export type EarlierQuery = z.infer<typeof earlierQuery>

/** One total of a year before the system, graded 估报. Money in fen. */
const earlierCell = z.strictObject({
  id: z.string(),
  indicator: z.string(),
  year: z.number(),
  value: z.number(),
  source: z.string(),
  state: z.enum(earlierStates),
  /** Why it was returned or voided. */
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(z.string()),
  /** Entered by the reader herself: another person decides. */
  isMine: z.boolean(),
})
export type EarlierCell = z.infer<typeof earlierCell>

/** GET /api/earlier: the totals of one unit over some years, beside what records and the units below say. */
export const earlierGrid = z.strictObject({
  org: orgBrief,
  years: z.array(z.number()),
  mayEnter: z.boolean(),
  mayDecide: z.boolean(),
  /** At most two of one indicator and year: the accepted one, and one on its way. */
  cells: z.array(earlierCell),
  /** recorded = what accepted records say, null without any; below = sum of the accepted totals of units below. */
  beside: z.array(
    z.strictObject({
      indicator: z.string(),
      year: z.number(),
      recorded: z.nullable(z.number()),
      below: z.nullable(z.number()),
    }),
  ),
  /** Indicators that the reader is not told. */
  withheld: z.array(z.string()),
})
export type EarlierGrid = z.infer<typeof earlierGrid>

const words = (most: number) => z.string().check(z.maxLength(most))

/** PUT /api/earlier: drafts, saved as she types; value null takes a draft away. */
export const earlierSave = z.strictObject({
  org: z.number(),
  cells: z
    .array(
      z.strictObject({
        indicator: words(60),
        year: z.number(),
        value: z.nullable(z.number()),
        source: words(200),
      }),
    )
    .check(z.minLength(1), z.maxLength(500)),
})
export type EarlierSave = z.infer<typeof earlierSave>
export const earlierSaved = z.strictObject({ saved: z.number() })

const ids = z.array(uuid).check(z.minLength(1), z.maxLength(500))
/** POST /api/earlier/submission */
export const earlierSubmission = z.strictObject({ action: z.enum(['submit', 'withdraw']), ids })
/** POST /api/earlier/decision, by another person than the one who entered it. */
export const earlierDecision = z.strictObject({
  action: z.enum(['accept', 'return', 'void']),
  ids,
  reason: z.optional(words(200)),
})
export type EarlierAct = z.infer<typeof earlierSubmission> | z.infer<typeof earlierDecision>

/** GET /api/earlier/waiting: what awaits a decision in the actor's scope, oldest first; at most 200. */
export const earlierWaiting = z.array(
  z.strictObject({
    ...earlierCell.shape,
    org: orgBrief,
    recorded: z.nullable(z.number()),
    /** What stands accepted there now. */
    standing: z.nullable(z.number()),
  }),
)
export type EarlierWaiting = z.infer<typeof earlierWaiting>

export const earlierTraceQuery = z.strictObject({
  org: z.optional(z.string()),
  indicator: z.string(),
  year: z.string(),
})

/** GET /api/earlier/trace: the 估报 records behind the total of a year. */
export const earlierTrace = z.strictObject({
  org: orgBrief,
  indicator: z.string(),
  year: z.number(),
  recorded: z.nullable(z.number()),
  own: z.nullable(z.number()),
  below: z.nullable(z.number()),
  /** What compares: the records' value where there is one, else the unit's own total, else the sum of those below. */
  value: z.nullable(z.number()),
  basis: z.nullable(z.enum(['recorded', 'own', 'below'])),
  withheld: z.optional(withheld),
  parts: z.array(
    z.strictObject({
      ...earlierCell.shape,
      org: orgBrief,
      /** Inside `value`. */
      isCounted: z.boolean(),
    }),
  ),
})
export type EarlierTrace = z.infer<typeof earlierTrace>

/** GET /api/figures/years: a figure over the years; years without records are estimates, marked so. */
export const yearLine = z.strictObject({
  org: orgBrief,
  indicator: z.string(),
  years: z.array(
    z.strictObject({
      year: z.number(),
      value: z.nullable(z.number()),
      /** records: added up from records; estimate: 估报, no record stands behind it. */
      from: z.nullable(z.enum(['records', 'estimate'])),
      /** Of a year of records the part whose records are of grade 估报. */
      estimated: z.number(),
      /** Sum of the totals of units below, where the unit's own compares instead. */
      below: z.nullable(z.number()),
    }),
  ),
  withheld: z.optional(withheld),
})
export type YearLine = z.infer<typeof yearLine>
