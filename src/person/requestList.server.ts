import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { isOwnUnits, ownRequestKinds, type PersonRequest } from './api.ts'

type Row = Omit<PersonRequest, 'mayNot' | 'mayUndo'> & {
  askedPerson: string
  heldBy: number | null
  holds: boolean
}

/** The unit that decides: hers of today, wherever she was when it was asked; of a transfer that is decided the one that let her go. */
const heldBy = sql`CASE WHEN q.kind = 'transfer' AND q.state <> 'open' THEN q.from_org ELSE p.org_id END`
/** The unit that asked for her, or what it became. */
const askedFor = sql`(SELECT coalesce(u.successor_id, u.id) FROM app.org u WHERE u.id = q.to_org)`

/** Whom she would honour she tells her unit of that day; where she has moved since, another does not read it. */
const told = ({ org, personId }: Actor) =>
  sql`(q.kind <> 'nominate' OR q.person_id = ${personId}::uuid OR CASE q.state WHEN 'open' THEN p.org_id ELSE q.from_org END = ${org.id})`

type Found = PersonRequest & Pick<Row, 'heldBy'>

async function find(
  tx: Tx,
  actor: Actor,
  where: RawBuilder<unknown>,
  most: number = bounds.personRequests.most,
): Promise<Found[]> {
  const found = await rows<Row>(
    tx,
    sql`SELECT q.id, q.kind, q.state, q.reason, q.answer, q.asked_person AS "askedPerson",
        to_jsonb(q.asked_at) #>> '{}' AS "askedAt", to_jsonb(q.decided_at) #>> '{}' AS "decidedAt",
        CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'name', p.name) END AS person,
        CASE WHEN x.id IS NOT NULL THEN jsonb_build_object('id', x.id, 'name', x.name) END AS other,
        ${briefOf('f')} AS "fromOrg", CASE WHEN t.id IS NOT NULL THEN ${briefOf('t')} END AS "toOrg",
        coalesce(a.name, '') AS "askedBy", d.name AS "decidedBy",
        ${heldBy} AS "heldBy", coalesce(h.scope_code >= ${actor.org.scopeCode} AND h.scope_code < ${`${actor.org.scopeCode}~`} AND p.id IS NOT NULL, false) AS holds
      FROM app.person_request q JOIN app.org f ON f.id = q.from_org LEFT JOIN app.org t ON t.id = ${askedFor}
      LEFT JOIN app.person p ON p.id = q.person_id LEFT JOIN app.org h ON h.id = ${heldBy} LEFT JOIN app.person x ON x.id = q.other_id
      LEFT JOIN app.account a ON a.id = q.asked_by LEFT JOIN app.account d ON d.id = q.decided_by
      WHERE (${where}) AND ${told(actor)} ORDER BY q.state <> 'open', q.asked_at DESC LIMIT ${most}`,
  )
  return found.map(({ askedPerson, holds, ...request }) => ({
    ...request,
    mayNot: whyNot(
      request,
      askedPerson,
      isOwnUnits(request.kind) ? request.heldBy === actor.org.id : holds,
      actor,
    ),
    mayUndo: request.kind === 'merge' && request.state === 'done' && holds && actor.role === 'cadre',
  }))
}

function whyNot(
  request: Pick<PersonRequest, 'state' | 'kind'>,
  askedPerson: string,
  holds: boolean,
  actor: Actor,
): string | null {
  if (request.state !== 'open') return '已有结果'
  if (actor.role !== 'cadre' || !holds)
    return request.kind === 'transfer' ? '等待她现在的单位确认' : '等待所在单位确认'
  return askedPerson === actor.personId ? '须由另一位同志确认' : null
}

/** What she asks of her unit is its matter alone: those of units below would push out what waits for the reader. */
const asksOwn = ({ org }: Actor) =>
  sql`(q.kind <> ALL (${[...ownRequestKinds]}::text[]) OR p.org_id = ${org.id})`

function plain(found: Found): PersonRequest {
  const { heldBy: _, ...request } = found
  return request
}

/** Requests about a person, of any state. */
export const requestsOf = async (tx: Tx, actor: Actor, personId: string): Promise<PersonRequest[]> =>
  (await find(tx, actor, sql`q.person_id = ${personId}::uuid OR q.other_id = ${personId}::uuid`)).map(plain)

/** What waits in the actor's scope, and what it has asked of others; decided ones for thirty days. */
export const openRequests = async (tx: Tx, actor: Actor): Promise<PersonRequest[]> =>
  (
    await find(
      tx,
      actor,
      sql`(q.state = 'open' OR q.decided_at > now() - interval '30 days') AND ${asksOwn(actor)}`,
    )
  ).map(plain)

/** What waits for the actor's own unit, or what it has asked itself. */
export const ownRequests = (tx: Tx, actor: Actor, most: number): Promise<Found[]> =>
  find(
    tx,
    actor,
    sql`q.state = 'open' AND ${actor.org.id} IN (${heldBy}, q.from_org, ${askedFor}) AND ${asksOwn(actor)}`,
    most,
  )
