import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { otherNames } from './others.ts'

/** Whose work: her own, or all of her unit's. */
export const whose = ['me', 'unit'] as const
export type Whose = (typeof whose)[number]

/** What was done with a record. */
export const deeds = ['entered', 'accepted', 'reviewed', 'returned'] as const
export type Deed = (typeof deeds)[number]

const year = z.string().check(z.regex(/^20\d\d$/))

/** GET /api/my-year; default the business year. */
export const myYearQuery = z.strictObject({ year: z.optional(year) })

const deedCounts = z.record(z.enum(deeds), z.number())
export type DeedCounts = z.infer<typeof deedCounts>

const work = z.strictObject({
  programme: z.string(),
  counts: deedCounts,
  /** Accepted sums of the records that were entered; money in fen. */
  figures: z.array(z.strictObject({ indicator: z.string(), value: z.number() })),
})
export type Work = z.infer<typeof work>

const other = z.strictObject({ deed: z.enum(otherNames), n: z.number() })
export type Other = z.infer<typeof other>

/** By programme, in the order of the annual summary; what nobody did is left out. */
export const myYear = z.strictObject({
  year: z.number(),
  person: z.string(),
  title: z.string(),
  org: orgBrief,
  /** Its cadres review what others send. */
  reviews: z.boolean(),
  me: z.array(work),
  unit: z.array(work),
  /** Work that stands in no record: tasks, plan, classes, nominations, files, notices. */
  others: z.strictObject({ me: z.array(other), unit: z.array(other) }),
})
export type MyYear = z.infer<typeof myYear>

/** GET /api/my-year/records: the records behind one number. */
export const myYearRecordsQuery = z.strictObject({
  year: z.optional(year),
  whose: z.enum(whose),
  programme: z.string().check(z.maxLength(40)),
  /** Of the numbers of records: which; of a figure: its indicator. */
  deed: z.optional(z.enum(deeds)),
  indicator: z.optional(z.string().check(z.maxLength(60))),
  after: z.optional(z.string().check(z.maxLength(60))),
})
export type MyYearRecordsQuery = z.infer<typeof myYearRecordsQuery>

export const myYearRecords = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string(),
      programme: z.string(),
      title: z.string(),
      endsOn: z.string(),
      org: orgBrief,
      state: z.string(),
      /** What it adds to the figure; null beside a number of records. */
      value: z.nullable(z.number()),
    }),
  ),
  next: z.nullable(z.string()),
})
export type MyYearRecords = z.infer<typeof myYearRecords>
