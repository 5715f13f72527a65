import * as z from 'zod/mini'
import { funds } from '#kit/activity.ts'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import { duties, entryStates, quotas, roundStates, standings } from './states.ts'

// No text of a woman's is among these: a title and the names of hospitals are all that anybody types.

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
/** Fewer women than these are told to nobody as a number who may not read their names: it would say who they are. */
export const fewest = 5
const count = z.int().check(z.gte(0), z.lte(100_000))
export const mostAtOnce = 200
const uuids = z.array(uuid).check(z.minLength(1), z.maxLength(mostAtOnce))

export const newDay = z.strictObject({
  hospital: z.string().check(z.trim(), z.maxLength(40)),
  onDay: day,
  capacity: count,
})
export type NewDay = z.infer<typeof newDay>
export const newDays = z.strictObject({ days: z.array(newDay).check(z.maxLength(200)) })

/** POST /api/screening/rounds */
export const newRound = z.strictObject({
  title: z.string().check(z.trim(), z.maxLength(40)),
  fund: z.enum(funds),
  fromOn: day,
  untilOn: day,
  budget: z.number(),
  price: z.number(),
  directed: count,
  openPlaces: count,
  days: newDays.shape.days,
})
export type NewRound = z.infer<typeof newRound>
export const roundEdit = z.strictObject({ ...newRound.shape, version: z.int32() })
export const roundDone = z.strictObject({ id: z.string(), state: z.enum(roundStates), version: z.number() })
export type RoundDone = z.infer<typeof roundDone>
export const roundSteps = ['open', 'close'] as const
export const roundStep = z.strictObject({ step: z.enum(roundSteps), version: z.int32() })

export const roundLine = z.strictObject({
  id: z.string(),
  title: z.string(),
  org: orgBrief,
  state: z.enum(roundStates),
  version: z.number(),
  fund: z.enum(funds),
  fromOn: z.string(),
  untilOn: z.string(),
  directed: z.number(),
  openPlaces: z.number(),
})
export type RoundLine = z.infer<typeof roundLine>
/** GET /api/screening/rounds */
export const roundList = z.strictObject({
  rows: z.array(roundLine),
  next: z.nullable(z.string()),
  mayLead: z.boolean(),
})
export type RoundList = z.infer<typeof roundList>

export const dayLine = z.strictObject({
  id: z.string(),
  hospital: z.string(),
  onDay: z.string(),
  capacity: z.number(),
  /** Null: fewer than `fewest`, for who is not the owner. */
  taken: z.nullable(z.number()),
})
export type DayLine = z.infer<typeof dayLine>
export const allotment = z.strictObject({
  org: orgBrief,
  byOrg: z.number(),
  quota: z.number(),
  /** Handed on below it. */
  passed: z.number(),
  /** Of her own unit, or where the reader may read the names; else null below `fewest`. */
  used: z.nullable(z.number()),
})
export type Allotment = z.infer<typeof allotment>
export const newAllotment = z.strictObject({ orgId: z.int32(), quota: count })

export const told = z.strictObject({ satisfied: count, fair: count, dissatisfied: count })
export type Told = z.infer<typeof told>

/** GET /api/screening/rounds/:id */
export const roundDetail = z.strictObject({
  ...roundLine.shape,
  minAge: z.number(),
  maxAge: z.number(),
  cycleYears: z.number(),
  ruleBasis: z.string(),
  budget: z.number(),
  price: z.number(),
  /** Directed places handed on by the owner, open ones taken. */
  passed: z.number(),
  openUsed: z.nullable(z.number()),
  /** For the owner alone. */
  told: z.nullable(told),
  closedOn: z.nullable(z.string()),
  days: z.array(dayLine),
  allotments: z.array(allotment),
  /** How many stand where: of the whole round for its owner, of her own unit for any other cadre. */
  counts: z.record(z.enum(entryStates), z.number()),
  isOwner: z.boolean(),
  /** Only for who is named to follow up. */
  follow: z.nullable(z.strictObject({ needed: z.number(), closed: z.number() })),
  duties: z.array(z.enum(duties)),
  mayLead: z.boolean(),
  mayAllot: z.boolean(),
  mayName: z.boolean(),
})
export type RoundDetail = z.infer<typeof roundDetail>

/** GET /api/screening/rounds/:id/members: her own unit's, who are not on the list of this round. */
export const memberQuery = z.strictObject({ standing: z.optional(z.enum(standings)) })
export const member = z.strictObject({
  id: z.string(),
  name: z.string(),
  birthYear: z.nullable(z.number()),
  standing: z.enum(standings),
  /** From when she may come: a day, or a year where the day was not opened. */
  from: z.nullable(z.string()),
  agreed: z.boolean(),
})
export type Member = z.infer<typeof member>
export const memberList = z.strictObject({
  rows: z.array(member),
  more: z.boolean(),
  counts: z.record(z.enum(standings), z.number()),
})
export type MemberList = z.infer<typeof memberList>

export const newEntries = z.strictObject({
  personIds: uuids,
  quota: z.enum(quotas),
  /** Day on which they signed both consents; absent where the register holds them already. */
  agreedOn: z.optional(day),
})
export const declining = z.strictObject({ personIds: uuids })
export const booking = z.strictObject({ entryIds: uuids, dayId: uuid })
export const cancelling = z.strictObject({ entryIds: uuids })
export const counted = z.strictObject({ count: z.number() })

/** GET /api/screening/rounds/:id/entries */
export const entryQuery = z.strictObject({ state: z.optional(z.enum(entryStates)) })
export const entry = z.strictObject({
  id: z.string(),
  name: z.string(),
  org: orgBrief,
  quota: z.enum(quotas),
  state: z.enum(entryStates),
  code: z.nullable(z.string()),
  hospital: z.nullable(z.string()),
  onDay: z.nullable(z.string()),
  handedOn: z.nullable(z.string()),
  /** Whether the reader may take her off: her unit listed her, or she has left it and the reader is named for the round. */
  own: z.boolean(),
})
export type Entry = z.infer<typeof entry>
export const entryList = z.strictObject({ rows: z.array(entry), more: z.boolean() })
export type EntryList = z.infer<typeof entryList>

export const listOf = z.strictObject({ hospital: z.string().check(z.maxLength(40)) })
/** What became of an attendance file, line by line where something was not taken. */
export const answered = z.strictObject({
  attended: z.number(),
  missed: z.number(),
  again: z.number(),
  followUps: z.number(),
  faults: z.array(z.strictObject({ row: z.number(), message: z.string() })),
})
export type Answered = z.infer<typeof answered>

export const follow = z.strictObject({
  entryId: z.string(),
  name: z.string(),
  org: orgBrief,
  hospital: z.nullable(z.string()),
  toldOn: z.string(),
  closedOn: z.nullable(z.string()),
})
export const follows = z.array(follow)
export type Follows = z.infer<typeof follows>
export const followEnd = z.strictObject({ entryId: uuid })

export const handler = z.strictObject({
  id: z.string(),
  name: z.string(),
  duty: z.enum(duties),
  namedAt: z.string(),
})
export const handlers = z.strictObject({
  rows: z.array(handler),
  offered: z.array(z.strictObject({ accountId: z.string(), name: z.string() })),
})
export type Handlers = z.infer<typeof handlers>
export const newHandler = z.strictObject({ accountId: uuid, duty: z.enum(duties) })
