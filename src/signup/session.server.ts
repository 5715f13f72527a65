import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Attendance, EventDetail } from './api.ts'
import { instantOf, type Stored } from './event.server.ts'
import { attendanceRefusals } from './states.ts'

export const sessionsOf = (tx: Tx, event: string): Promise<EventDetail['sessions']> =>
  rows<EventDetail['sessions'][number]>(
    tx,
    sql`SELECT s.id, ${instantOf('s.starts_at')} AS "startsAt", ${instantOf('s.ends_at')} AS "endsAt" FROM app.event_session s
      WHERE s.event_id = ${event}::uuid ORDER BY s.starts_at`,
  )

/** `n`'s presences in the sessions of `e`, as the reader may see them. */
export const presencesOf = sql`coalesce((SELECT jsonb_agg(jsonb_build_object('sessionId', p.session_id, 'state', p.state, 'cameAt', to_jsonb(p.came_at) #>> '{}',
    'missedMinutes', p.missed_minutes, 'counts', app.presence_counts(p, s, e.done_share)) ORDER BY s.starts_at)
  FROM app.event_presence p JOIN app.event_session s ON s.district_id = p.district_id AND s.id = p.session_id
  WHERE p.district_id = n.district_id AND p.enrolment_id = n.id), '[]')`

export type PresenceRefusal = keyof typeof attendanceRefusals

/** Notes one woman in one session of the event, or takes back what was noted. @throws Problem.invalid where the session is not of the event */
export async function notePresence(
  tx: Tx,
  { id }: Pick<Stored, 'id'>,
  person: string,
  { session, hasCome, how }: Attendance & { session: NonNullable<Attendance['session']> },
  now: Date,
): Promise<PresenceRefusal | null> {
  const known = await first(
    tx,
    sql`SELECT 1 FROM app.event_session s WHERE s.id = ${session.id}::uuid AND s.event_id = ${id}::uuid`,
  )
  if (!known) throw Problem.invalid({ issues: [{ field: 'session', message: '没有这次课，请刷新后再登记' }] })
  return (await first<{ refusal: PresenceRefusal | null }>(
    tx,
    sql`SELECT app.note_presence(${session.id}::uuid, ${person}::uuid, ${hasCome ? session.state : 'absent'}, ${how}, ${session.missedMinutes}::int,
      ${now.toISOString()}::timestamptz) AS refusal`,
  ))!.refusal
}
