import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { ticketKeyOf } from '#crypto/ticket.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { nowOf } from './clock.server.ts'
import { audit, instantOf, mustBeOwn, ownEvent } from './event.server.ts'
import type { EventScans, MyTicket, NewScans, ScansDone } from './scanApi.ts'
import {
  faultOf,
  minutesAfter,
  minutesBefore,
  readTicket,
  signedPart,
  type ScanFault,
  type ScanOutcome,
} from './ticket.ts'

/** Her own ticket, made from her place whenever she asks: it names the place, not her. @throws Problem.notFound, enrolRefused */
export async function ticketOf(deps: Deps, tx: Tx, actor: Actor, entryId: string): Promise<MyTicket> {
  const found = await first<{ eventId: string; state: string; starts: string; ends: string }>(
    tx,
    sql`SELECT e.id AS "eventId", n.state, ${instantOf('e.starts_at')} AS starts, ${instantOf('e.ends_at')} AS ends FROM app.enrolment n
      JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id WHERE n.id = ${entryId}::uuid AND n.person_id = ${actor.personId}::uuid AND e.state = 'open'`,
  )
  if (!found) throw Problem.notFound()
  if (found.state !== 'placed') throw Problem.enrolRefused({ why: 'place', sentence: '有了名额才有入场码' })
  const from = new Date(Date.parse(found.starts) - minutesBefore * 60_000)
  const until = new Date(Date.parse(found.ends) + minutesAfter * 60_000)
  const key = ticketKeyOf(deps.crypto)
  const signed = signedPart({ keyId: key.id, eventId: found.eventId, entryId, from, until })
  return { ticket: `${signed}.${key.sign(signed)}`, from: from.toISOString(), until: until.toISOString() }
}

type Noted = { scan: string; result: ScanOutcome; why: ScanFault | null; came: Date | null }

/**
 * Takes what a telephone at the door scanned, with or without a line. Each scan counts once, however often it is sent; its time is
 * corrected by how far the telephone's clock is off now. @throws Problem.notFound
 */
export async function noteScans(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { device, deviceNow, scans }: NewScans,
): Promise<ScansDone> {
  const event = await ownEvent(tx, work.actor, id)
  const key = ticketKeyOf(deps.crypto)
  const now = nowOf(deps)
  const offMs = now.getTime() - Date.parse(deviceNow)
  const given = scans.map((scan) => {
    const meant = new Date(Date.parse(scan.at) + offMs)
    const read = scan.ticket === undefined ? null : readTicket(scan.ticket)
    const fault =
      scan.ticket === undefined
        ? scan.entryId === undefined
          ? 'shape'
          : null
        : faultOf(read, id, key.id, read !== null && key.holds(read.signed, read.signature), meant)
    // A genuine ticket of this event says whose it is, also where it comes too early or too late.
    const isHers = fault === null || fault === 'early' || fault === 'late'
    return {
      id: scan.id,
      entry: (isHers ? (read?.ticket.entryId ?? scan.entryId) : null) ?? null,
      how: scan.ticket === undefined ? 'tick' : 'ticket',
      said: scan.at,
      meant: meant.toISOString(),
      fault,
    }
  })
  const done = await keyed<Noted>(
    tx,
    sql`SELECT * FROM app.note_scans(${id}::uuid, ${device}, ${now.toISOString()}::timestamptz, ${JSON.stringify(given)}::jsonb)`,
  )
  if (done.length < scans.length) throw Problem.notFound()
  const results = done.map(({ scan, result, why, came }) => ({
    id: scan,
    outcome: result,
    code: why,
    cameAt: came?.toISOString() ?? null,
  }))
  audit(work, 'scan', event, {
    device,
    offMs,
    results: results.map(({ outcome, code, id: of }) => ({ of, outcome, code })),
  })
  return { results }
}

/** What the organiser looks at afterwards: scans that contradict each other or were refused, both clocks beside each other. @throws Problem.notFound */
export async function readScans(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<EventScans> {
  await mustBeOwn(tx, actor, id)
  const { id: keyId, publicKey } = ticketKeyOf(deps.crypto)
  const found = await rows<EventScans['rows'][number]>(
    tx,
    sql`SELECT s.id, s.enrolment_id AS "entryId", r.name, s.device, ${instantOf('s.said_at')} AS "saidAt", ${instantOf('s.real_at')} AS "realAt", s.outcome, s.code FROM app.event_scan s
      LEFT JOIN app.event_roster(${id}::uuid) r ON r.id = s.enrolment_id
      WHERE s.event_id = ${id}::uuid AND (s.outcome IN ('conflict', 'refused') OR EXISTS (SELECT FROM app.event_scan t
        WHERE t.district_id = s.district_id AND t.enrolment_id = s.enrolment_id AND t.outcome = 'conflict' AND s.outcome = 'taken'))
      ORDER BY s.real_at, s.id LIMIT ${bounds.eventScans.most}`,
  )
  return { key: { id: keyId, publicKey }, now: nowOf(deps).toISOString(), rows: found }
}
