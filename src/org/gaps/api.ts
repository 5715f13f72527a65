import * as z from 'zod/mini'
import { orgBrief } from '../api.ts'

/** What may be missing in the organisation of women, in the order of the page. */
export const gapKinds = [
  'missing',
  'overdue',
  'ending',
  'noDirector',
  'noDelegate',
  'unorganised',
  'newOrgs',
] as const
export type GapKind = (typeof gapKinds)[number]

/** The two sides of each rate, as lists of units or employers. */
export const sideKinds = ['due', 'formed', 'employersDue', 'employersCovered'] as const
export type SideKind = (typeof sideKinds)[number]

/** What the register of employers says beside the unions, in the order of the page. */
export const registerKinds = [
  'registerCovered',
  'registerBare',
  'registerTwice',
  'registerNoCommittee',
  'unionBare',
] as const

export const listKinds = [...gapKinds, ...sideKinds, ...registerKinds] as const
export type ListKind = (typeof listKinds)[number]

const number = z.string().check(z.regex(/^\d{1,9}$/))
export const gapQuery = z.strictObject({
  org: z.optional(number),
  kind: z.optional(z.enum(listKinds)),
  page: z.optional(z.string().check(z.regex(/^[1-9]\d{0,2}$/))),
})
export type GapQuery = z.infer<typeof gapQuery>

export const perPage = 50

export const gapLine = z.strictObject({
  /** The unit; of an employer that no union covers null. */
  org: z.nullable(orgBrief),
  name: z.string(),
  above: z.string(),
  /** Women members, of an employer women workers, of workers outside the union how many they are. */
  women: z.number(),
  /** What there is to say besides. */
  note: z.string(),
  /** The viewer keeps its records. */
  isOwn: z.boolean(),
  /** The viewer may remind it, and when it was reminded last. */
  mayRemind: z.boolean(),
  remindedOn: z.nullable(z.string()),
})
export type GapLine = z.infer<typeof gapLine>

const rate = z.strictObject({ part: z.number(), whole: z.number() })

/** GET /api/orgs/gaps: both rates with their parts, how many of each gap and of each side of the register, and one list. */
export const gaps = z.strictObject({
  org: orgBrief,
  basis: z.string(),
  committeeFrom: z.number(),
  employerFrom: z.number(),
  endingDays: z.number(),
  formation: rate,
  employers: rate,
  counts: z.record(z.enum([...gapKinds, ...registerKinds]), z.number()),
  kind: z.enum(listKinds),
  total: z.number(),
  page: z.number(),
  rows: z.array(gapLine),
})
export type Gaps = z.infer<typeof gaps>

/** POST /api/orgs/gaps/reminders */
export const remindGaps = z.strictObject({
  kind: z.enum(gapKinds),
  orgs: z.array(z.int().check(z.gte(1), z.lte(2_000_000_000))).check(z.minLength(1), z.maxLength(500)),
})
export type RemindGaps = z.infer<typeof remindGaps>
export const reminded = z.strictObject({ told: z.number(), already: z.number() })

/** Lists whose lines are employers. */
export const isOfEmployers = (kind: ListKind): boolean =>
  kind === 'newOrgs' ||
  kind === 'employersDue' ||
  kind === 'employersCovered' ||
  (kind !== 'unionBare' && registerKinds.some((one) => one === kind))
