import * as z from 'zod/mini'
import { calendars } from '#kit/period.ts'
import { orgBrief } from '#org/api.ts'

/** Query common to figures, drill and trace. `view` then = 当时口径, today = 现行口径 (today's tree). */
export const figureQuery = z.strictObject({
  org: z.optional(z.string()),
  calendar: z.optional(z.enum(calendars)),
  year: z.optional(z.string()),
  part: z.optional(z.string()),
  view: z.optional(z.enum(['then', 'today'])),
  indicator: z.optional(z.string()),
  after: z.optional(z.string()),
  snapshot: z.optional(z.string()),
})
export type FigureQuery = z.infer<typeof figureQuery>

export const period = z.strictObject({
  calendar: z.enum(calendars),
  label: z.string(),
  fromYm: z.number(),
  untilYm: z.number(),
})

/** Why a viewer whom the small-cell rule binds gets no value: too small to be shown, or in no released table. */
export const withheld = z.enum(['small', 'unreleased'])
export type Withheld = z.infer<typeof withheld>

/** Money in fen; everything else in whole units. `waiting` is the "+n" that is submitted, never inside `value`. */
export const figure = z.strictObject({
  indicator: z.string(),
  /** Null: not told, see withheld. */
  value: z.nullable(z.number()),
  waiting: z.nullable(z.number()),
  /** Part that comes from units shown through the view line; not inside `value`. */
  viewed: z.nullable(z.number()),
  /** Same period of the year before; of an open period its months so far. */
  before: z.nullable(z.number()),
  withheld: z.optional(withheld),
})
export type Figure = z.infer<typeof figure>

/** GET /api/figures */
export const figureSet = z.strictObject({
  org: orgBrief,
  period,
  view: z.enum(['then', 'today']),
  figures: z.array(figure),
})
export type FigureSet = z.infer<typeof figureSet>

/** GET /api/figures/estimates: how much of each flow, and of its year before, stands on records of grade 估报. */
export const estimates = z.strictObject({
  period,
  rows: z.array(z.strictObject({ indicator: z.string(), value: z.number(), before: z.number() })),
  /**
   * Of whole years: totals entered for years before the system, where no record of that year stands; of the asked year and of
   * the year before. They are in no figure.
   */
  years: z.array(
    z.strictObject({
      indicator: z.string(),
      value: z.nullable(z.number()),
      before: z.nullable(z.number()),
    }),
  ),
})
export type Estimates = z.infer<typeof estimates>

/** GET /api/figures/drill: the office's own line, then the units below; their sum is the total. */
export const drill = z.strictObject({
  org: orgBrief,
  period,
  rows: z.array(
    z.strictObject({
      org: orgBrief,
      own: z.boolean(),
      line: z.number(),
      children: z.number(),
      /** indicator → [accepted, waiting]; null: not told */
      values: z.record(z.string(), z.tuple([z.nullable(z.number()), z.nullable(z.number())])),
      /** Indicators whose value is not told because it is too small; other nulls stand in no released table. */
      small: z.optional(z.array(z.string())),
    }),
  ),
})
export type Drill = z.infer<typeof drill>

/** GET /api/figures/trend: twelve months of the year and of the year before; a stock gives balances. Withheld: no months. */
export const trend = z.strictObject({
  org: orgBrief,
  indicator: z.string(),
  year: z.number(),
  value: z.array(z.number()),
  waiting: z.array(z.number()),
  before: z.array(z.number()),
  withheld: z.optional(withheld),
})
export type Trend = z.infer<typeof trend>

/** GET /api/figures/trace: the records whose contributions sum to the figure, newest first, paged by key. */
export const trace = z.strictObject({
  org: orgBrief,
  period,
  indicator: z.string(),
  /** Null where withheld: then neither number nor grades of the records are told. */
  sum: z.nullable(z.number()),
  records: z.nullable(z.number()),
  /** How many of the records the reader may not see: they count, by the tree of their date. */
  hidden: z.nullable(z.number()),
  withheld: z.optional(withheld),
  /** Share of each evidence grade in `sum`. */
  grades: z.array(z.strictObject({ grade: z.string(), value: z.number() })),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      programme: z.string(),
      title: z.string(),
      org: orgBrief,
      endsOn: z.string(),
      grade: z.string(),
      state: z.string(),
      afterLock: z.boolean(),
      value: z.number(),
      /** The workbook that it came with: its other rows are a list of their own. */
      batch: z.nullable(z.string()),
    }),
  ),
  next: z.nullable(z.string()),
  /** Set when a snapshot was asked: the frozen value beside the live one. */
  frozen: z.nullable(z.number()),
})
export type Trace = z.infer<typeof trace>

/** Query of GET /api/figures/changes: days of the real clock, both included; default the last thirty. */
export const changeQuery = z.strictObject({
  ...figureQuery.shape,
  since: z.optional(z.string()),
  until: z.optional(z.string()),
})
export type ChangeQuery = z.infer<typeof changeQuery>

/** Who changed a figure, when and by how much; no content of a record. */
export const changes = z.strictObject({
  since: z.string(),
  until: z.string(),
  rows: z.array(
    z.strictObject({
      at: z.string(),
      person: z.string(),
      org: z.string(),
      action: z.string(),
      programme: z.string(),
      recordId: z.string(),
      owner: z.string(),
      value: z.number(),
    }),
  ),
  next: z.nullable(z.string()),
})
export type Changes = z.infer<typeof changes>
