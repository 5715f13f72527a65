import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { noteLook } from '#person/vault.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Entry, EntryList } from './api.ts'
import { dutiesOf } from './hands.server.ts'
import { loadRound } from './round.server.ts'
import type { EntryState } from './states.ts'

const mostShown = 500

/** Who is on the list: of the whole round for its named handlers, else of the reader's own unit. She sees that it was read. */
export async function listEntries(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  roundId: string,
  state: EntryState | undefined,
): Promise<EntryList> {
  await loadRound(tx, roundId)
  const duties = await dutiesOf(tx, actor, roundId)
  const handles = duties.length > 0
  const found = await rows<Entry & { personId: string }>(
    tx,
    sql`SELECT e.id, e.person_id AS "personId", coalesce(p.name, CASE WHEN p.id IS NULL THEN '（已转出）' ELSE '（已删除）' END) AS name, ${briefOf('o')} AS org, e.quota, e.state, e.code, d.hospital,
        d.on_day::text AS "onDay", e.handed_on::text AS "handedOn", (e.org_id = ${actor.org.id} OR ${duties.includes('book')} AND p.org_id IS DISTINCT FROM e.org_id) AS own
      FROM app.screening_entry e LEFT JOIN app.person p ON p.id = e.person_id JOIN app.org o ON o.id = e.org_id LEFT JOIN app.screening_day d ON d.id = e.day_id
      WHERE e.round_id = ${roundId}::uuid AND (${handles} OR e.org_id = ${actor.org.id})
        ${state ? sql`AND e.state = ${state}` : sql`AND e.state <> 'cancelled'`}
      ORDER BY d.on_day NULLS FIRST, d.hospital, o.scope_code, p.name_sort, e.id LIMIT ${mostShown + 1}`,
  )
  const shown = found.slice(0, mostShown)
  const others = shown.filter((one) => one.personId !== actor.personId).map((one) => one.personId)
  const why = { purpose: 'screening', reason: '查看“两癌”筛查名单：预约和到检' } as const
  await noteLook(deps.crypto, tx, actor, [...new Set(others)], 'screeningEntry', why)
  return {
    rows: shown.map((row) => {
      const { personId: _, ...line } = row
      return line
    }),
    more: found.length > mostShown,
  }
}
