import { sql } from 'kysely'
import { first, firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { EntryState, RefusalName } from './states.ts'

export type EnrolRefusal = Exclude<RefusalName, 'self'>
export type LeaveRefusal = 'entry' | 'gone' | 'late'
export type DecideRefusal = 'entry' | 'gone' | 'full'

export type Enrolled = {
  refusal: EnrolRefusal | null
  entry: string | null
  state: EntryState | null
  /** How many wait before her. */
  ahead: number | null
  /** Entries that got a place or an offer in the same transaction. */
  promoted: string[] | null
}
export type Left = { refusal: LeaveRefusal | null; state: EntryState | null; promoted: string[] | null }

const stamp = (at: Date) => sql`${at.toISOString()}::timestamptz`

/**
 * Signs a woman up, herself or by a cadre of her unit. The lock of the event is held to the end of the transaction.
 * @param received when the request arrived: it decides at opening and closing
 */
export const enrol = async (tx: Tx, event: string, person: string, received: Date): Promise<Enrolled> =>
  (await firstKeyed<Enrolled>(
    tx,
    sql`SELECT * FROM app.enrol(${event}::uuid, ${person}::uuid, ${stamp(received)})`,
  ))!

/** Gives up a place, an offer or a turn; the next has it in this transaction. */
export const leave = async (tx: Tx, entry: string, at: Date): Promise<Left> =>
  (await first<Left>(tx, sql`SELECT * FROM app.leave_event(${entry}::uuid, ${stamp(at)})`))!

/** Takes an offered place; false where it is no longer offered, or not to her. */
export const takeOffer = async (tx: Tx, entry: string, at: Date): Promise<boolean> =>
  (await first<{ refusal: 'entry' | 'gone' | null }>(
    tx,
    sql`SELECT app.take_offer(${entry}::uuid, ${stamp(at)}) AS refusal`,
  ))!.refusal === null

/** Takes another slot of the series in one with giving up hers, or does neither. */
export const moveTo = async (
  tx: Tx,
  entry: string,
  event: string,
  at: Date,
): Promise<{
  refusal: EnrolRefusal | LeaveRefusal | null
  entry: string | null
  promoted: string[] | null
}> => (await first(tx, sql`SELECT * FROM app.move_entry(${entry}::uuid, ${event}::uuid, ${stamp(at)})`))!

/** The organiser takes or refuses who asked, with the reason that she reads. */
export const decide = async (
  tx: Tx,
  entry: string,
  isTaken: boolean,
  reason: string | null,
  at: Date,
): Promise<DecideRefusal | null> =>
  (await first<{ refusal: DecideRefusal | null }>(
    tx,
    sql`SELECT app.decide_entry(${entry}::uuid, ${isTaken}, ${reason}, ${stamp(at)}) AS refusal`,
  ))!.refusal

const promotedBy = async (tx: Tx, asked: ReturnType<typeof sql>): Promise<string[]> =>
  (await rows<{ id: string }>(tx, sql`SELECT id FROM ${asked} AS id`)).map(({ id }) => id)

/** More places or fewer; nobody is thrown out. Answers the entries promoted. */
export const setCap = (tx: Tx, event: string, cap: number, at: Date): Promise<string[]> =>
  promotedBy(tx, sql`app.set_event_cap(${event}::uuid, ${cap}, ${stamp(at)})`)

/** Ends offers past their deadline and fills what is free. Answers the entries that expired, and those promoted. */
export async function sweep(
  tx: Tx,
  event: string,
  at: Date,
): Promise<{ expired: string[]; promoted: string[] }> {
  const moved = await rows<{ id: string; isPromoted: boolean }>(
    tx,
    sql`SELECT id, is_promoted AS "isPromoted" FROM app.sweep_event(${event}::uuid, ${stamp(at)})`,
  )
  const those = (isPromoted: boolean) =>
    moved.filter((one) => one.isPromoted === isPromoted).map(({ id }) => id)
  return { expired: those(false), promoted: those(true) }
}

export type Ended = { isEnded: boolean; missed: string[]; remained: string[] }

/** Ends an event that is over. Answers whether it did, who is marked as absent, and who still waited for something. */
export const endEvent = async (tx: Tx, event: string, at: Date): Promise<Ended> =>
  (await first<Ended>(
    tx,
    sql`SELECT is_ended AS "isEnded", missed, remained FROM app.end_event(${event}::uuid, ${stamp(at)})`,
  ))!
