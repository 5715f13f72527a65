import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { period } from '../api.ts'

const line = (most: number) => z.string().check(z.trim(), z.maxLength(most))

export const lockCalendars = ['month', 'quarter', 'half', 'year'] as const

/** A period to be locked; `part` = month or quarter, 1 for a year. */
const asked = {
  calendar: z.enum(lockCalendars),
  year: z.int().check(z.minimum(2000), z.maximum(2100)),
  part: z.int().check(z.minimum(1), z.maximum(12)),
}

/** POST /api/locks. `waiting` = what she was shown to be still under review: a lock never goes over it unseen. */
export const newLock = z.strictObject({ ...asked, note: line(500), waiting: z.int().check(z.minimum(0)) })
export type NewLock = z.infer<typeof newLock>

/** GET /api/locks/preview, numbers as they stand in the address. */
export const previewQuery = z.strictObject({
  calendar: asked.calendar,
  year: z.string().check(z.regex(/^\d{4}$/)),
  part: z.string().check(z.regex(/^\d{1,2}$/)),
})

/** What is still under review in a period, by the unit whose turn it is. */
export const preview = z.strictObject({
  period,
  /** Records that wait; they become 补报 when they are accepted after the lock. */
  records: z.number(),
  /** Corrections and requests to void; they need this unit's consent once it has locked. */
  proposals: z.number(),
  waiting: z.number(),
  at: z.array(z.strictObject({ org: orgBrief, records: z.number(), proposals: z.number() })),
  /** Months in it that are locked already, in words. */
  locked: z.nullable(z.string()),
})
export type Preview = z.infer<typeof preview>

const person = z.nullable(z.string())

export const lock = z.strictObject({
  id: z.string(),
  org: orgBrief,
  fromYm: z.number(),
  untilYm: z.number(),
  note: z.string(),
  waiting: z.number(),
  lockedBy: z.string(),
  lockedAt: z.string(),
  askedBy: person,
  askedAt: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  reopenedBy: person,
  reopenedAt: z.nullable(z.string()),
  version: z.number(),
  /** She asked for reopening herself: another person grants it. */
  askedByMe: z.boolean(),
})
export type Lock = z.infer<typeof lock>

/** GET /api/locks: the actor's unit's own, those above it that hold for it, and those below it. */
export const lockList = z.strictObject({
  own: z.array(lock),
  above: z.array(lock),
  below: z.array(lock),
  maySet: z.boolean(),
  /** The last month that can be locked today. */
  untilYm: z.number(),
})
export type LockList = z.infer<typeof lockList>

/** POST /api/locks/:id/reopening */
export const reopening = z.strictObject({
  act: z.enum(['ask', 'cancel', 'grant']),
  version: z.int(),
  reason: z.optional(line(500)),
})
export type Reopening = z.infer<typeof reopening>

/** A figure since its lock: locked + added + corrected = live. */
export const sinceLock = z.strictObject({
  indicator: z.string(),
  locked: z.number(),
  live: z.number(),
  /** By records first counted since (补报). */
  added: z.number(),
  /** By corrections and voidings (更正, 作废). */
  corrected: z.number(),
  records: z.number(),
})
export type SinceLock = z.infer<typeof sinceLock>

/** GET /api/figures/locked: every indicator that the reader may see, where each month of the period is locked. */
export const lockedFigures = z.strictObject({
  org: orgBrief,
  period,
  /** The locks that govern the period, the nearest unit's for each month; [] = the period is open, or in part. */
  locks: z.array(lock),
  /** Locked months in words where only a part of the period is locked. */
  partly: z.nullable(z.string()),
  figures: z.array(sinceLock),
})
export type LockedFigures = z.infer<typeof lockedFigures>

/** GET /api/locks/:id: what the lock keeps, beside the live values of its months; zeros on both sides are left out. */
export const keptValues = z.strictObject({
  lock,
  figures: z.array(z.strictObject({ indicator: z.string(), locked: z.number(), live: z.number() })),
})
export type KeptValues = z.infer<typeof keptValues>

/** GET /api/figures/locked/records: the records that moved one figure since its lock, newest first. */
export const movedRecords = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string(),
      programme: z.string(),
      title: z.string(),
      org: orgBrief,
      endsOn: z.string(),
      state: z.string(),
      /** First counted since the lock (补报); else a correction or voiding. */
      first: z.boolean(),
      value: z.number(),
    }),
  ),
  next: z.nullable(z.string()),
})
export type MovedRecords = z.infer<typeof movedRecords>
