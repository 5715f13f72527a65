import { sql } from 'kysely'
import type { FastifyRequest } from 'fastify'
import { can } from '#identity/decide.ts'
import { actorOfToken, tokenOf } from '#identity/session.server.ts'
import { first, inTransaction, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { nowOf } from './clock.server.ts'
import { instantOf } from './event.server.ts'
import type { OpenEvent, OpenEvents } from './openApi.ts'
import { leftOf, openTo } from './read.server.ts'
import { eventKindWords, type EventKind } from './states.ts'

const most = 200
/** Days ahead of the opening from which on an event is announced. */
const announcedDays = 30

/** Events of the whole city that take sign-ups, or will within a month; what is next stands first. */
export async function listOpenEvents(deps: Deps, tx: Tx): Promise<OpenEvents> {
  const now = nowOf(deps).toISOString()
  const found = await rows<Omit<OpenEvent, 'kind'> & { kind: EventKind }>(
    tx,
    sql`SELECT e.id, e.title, e.kind, e.place, ${instantOf('e.starts_at')} AS "startsAt", ${instantOf('e.ends_at')} AS "endsAt",
        ${instantOf('e.opens_at')} AS "opensAt", ${instantOf('e.closes_at')} AS "closesAt", e.mode, e.cap, o.name AS host,
        ${leftOf} AS left
      FROM app.event e JOIN app.org o ON o.id = e.org_id
      WHERE e.state = 'open' AND e.is_public AND e.kind <> 'prize' AND e.closes_at > ${now}::timestamptz AND e.starts_at > ${now}::timestamptz
        AND e.opens_at <= ${now}::timestamptz + make_interval(days => ${announcedDays}::int)
      ORDER BY e.starts_at, e.id LIMIT ${most + 1}`,
  )
  return {
    now,
    isCut: found.length > most,
    events: found.slice(0, most).map((event) => ({ ...event, kind: eventKindWords[event.kind] })),
  }
}

/** Whether whoever asks is signed in and may read an event that is not for the whole city. */
export async function readsEvent(deps: Deps, request: FastifyRequest, id: string): Promise<boolean> {
  const token = tokenOf(request)
  const reader = token === null ? null : await actorOfToken(deps.db, token, request.id)
  if (!reader || !(can(reader, 'event.own') || can(reader, 'event.read'))) return false
  const { id: own, scopeCode } = reader.org
  const found = await inTransaction(deps.db, { scopeCode, token }, (tx) =>
    first(
      tx,
      sql`SELECT FROM app.event e JOIN app.org o ON o.id = e.org_id WHERE e.id = ${id}::uuid AND (e.org_id = ${own} OR ${openTo(sql`${scopeCode}::text`)}
        OR EXISTS (SELECT FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = e.id))`,
    ),
  )
  return found !== null
}
