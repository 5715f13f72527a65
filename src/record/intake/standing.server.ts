import { sql } from 'kysely'
import type { AnyRow, Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { pacer } from '#intake/pace.server.ts'
import type { OrgBrief } from '#org/api.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { loadRecords, type Loaded } from '../rows.server.ts'
import { visible } from '../visible.server.ts'
import { dateKey } from './target.ts'

/** The natural key of a record within its unit and programme: title and day. */
export const keyOf = (title: unknown, on: unknown): string => `${String(on)} ${String(title).trim()}`

export type DraftThere = { id: string; body: AnyRow; hosts: number[] }
/** What stands already: records by the id that the workbook names, records and drafts of the unit by their natural key. */
export type Standing = {
  byId: Map<string, Loaded>
  byKey: Map<string, Loaded[]>
  drafts: Map<string, DraftThere[]>
  /** Records on which a correction or a request to void waits. */
  pending: Set<string>
}

/** Keys of one statement. */
const perStatement = 1000

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const parts = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / perStatement) }, (_, n) =>
    list.slice(n * perStatement, (n + 1) * perStatement),
  )

type Key = { title: string; on: string }

/** Finds what stands of the rows of a workbook. */
export async function findStanding(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  ids: readonly string[],
  keys: readonly Key[],
): Promise<Standing> {
  const number = deps.catalogue.programmeId(programme.key)
  const standing: Standing = { byId: new Map(), byKey: new Map(), drafts: new Map(), pending: new Set() }
  const pause = pacer()
  for (const part of parts(ids)) {
    const found = await loadRecords(
      tx,
      programme,
      sql`r.id = ANY (${part}::uuid[]) AND r.programme = ${number} AND ${visible(actor)}`,
    )
    for (const loaded of found) standing.byId.set(loaded.spine.id, loaded)
    await pause()
  }
  for (const part of parts(keys)) {
    const found = await loadRecords(
      tx,
      programme,
      sql`r.org_id = ${actor.org.id} AND r.programme = ${number} AND r.state <> 'voided' AND ${visible(actor)}
        AND r.occurred_on = ANY (${[...new Set(part.map((k) => k.on))]}::date[])
        AND (r.title, r.occurred_on) IN (SELECT * FROM unnest(${part.map((k) => k.title)}::text[], ${part.map((k) => k.on)}::date[]))
        ORDER BY r.updated_at DESC`,
    )
    for (const loaded of found)
      add(standing.byKey, keyOf(loaded.spine.title, loaded.spine.occurred_on), loaded)
    await pause()
  }
  if (keys.length > 0) await findDrafts(tx, actor, number, dateKey(programme), standing)
  const accepted = [...standing.byId.values(), ...[...standing.byKey.values()].flat()]
    .filter(({ spine }) => spine.state === 'accepted')
    .map(({ spine }) => spine.id)
  for (const part of parts(accepted)) {
    const waiting = await rows<{ id: string }>(
      tx,
      sql`SELECT record_id AS id FROM app.proposal WHERE record_id = ANY (${part}::uuid[]) AND state = 'submitted'`,
    )
    for (const { id } of waiting) standing.pending.add(id)
  }
  return standing
}

/** Drafts of the unit that nobody has submitted yet: a workbook brought as drafts twice makes them once. */
async function findDrafts(
  tx: Tx,
  actor: Actor,
  number: number,
  date: string,
  standing: Standing,
): Promise<void> {
  const found = await rows<{ id: string; body: AnyRow }>(
    tx,
    sql`SELECT id, body FROM app.proposal WHERE org_id = ${actor.org.id} AND programme = ${number} AND kind = 'draft'
      AND state = 'open' AND record_id IS NULL LIMIT 20000`,
  )
  for (const { id, body: whole } of found) {
    const { coHosts, ...body } = whole
    const hosts = Array.isArray(coHosts) ? (coHosts as OrgBrief[]).map((org) => org.id) : []
    add(standing.drafts, keyOf(body['title'], body[date]), { id, body, hosts })
  }
}
