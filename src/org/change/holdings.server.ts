import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { monthOf } from '#kit/day.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Holdings } from './api.ts'
import type { Unit } from './sides.server.ts'

/** Records that a unit keeps and that stand on a day: a room in service, a contract in force. Its own committee is none of them. */
export const standing = (
  unit: number,
  today: string,
): RawBuilder<unknown> => sql`app.record r JOIN app.programme g ON g.id = r.programme
  WHERE r.state = 'accepted' AND r.class <= 1 AND g.key <> 'committee'
    AND (r.org_id = ${unit} AND r.held_by IS NULL OR r.held_by = ${unit})
    AND EXISTS (SELECT FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id AND i.nature = 'stock'
      WHERE l.district_id = r.district_id AND l.record_id = r.id AND l.state = 1 AND l.ym <= ${monthOf(today)} GROUP BY l.indicator_id HAVING sum(l.val) > 0)
    AND NOT EXISTS (SELECT FROM app.proposal p WHERE p.record_district_id = r.district_id AND p.record_id = r.id AND p.state = 'submitted')`

export const members = (
  unit: number,
): RawBuilder<unknown> => sql`app.membership m JOIN app.person p ON p.id = m.person_id
  WHERE m.org_id = ${unit} AND p.org_id = ${unit} AND m.until_on IS NULL AND p.state = 'active'`

export const covers = (unit: number): RawBuilder<unknown> =>
  sql`app.org_employer x JOIN app.enterprise e ON e.code = x.code WHERE x.org_id = ${unit} AND x.until_on IS NULL`

export const below = (
  unit: number,
): RawBuilder<unknown> => sql`app.org_edge e JOIN app.org o ON o.id = e.child_id
  WHERE e.parent_id = ${unit} AND e.line = 1 AND e.to_ym = 999912 AND o.closed_on IS NULL`

/** What of a unit can go with a part that is split off. */
export async function holdingsOf(
  tx: Tx,
  { id }: Unit,
  today: string,
  labelOf: (key: string) => string,
): Promise<Holdings> {
  const persons = await rows<Holdings['persons'][number]>(
    tx,
    sql`SELECT p.id, p.name, p.sex || '，' || m.kind AS note FROM ${members(id)} ORDER BY p.name_sort, p.id LIMIT ${bounds.splitPersons.most}`,
  )
  const employers = await rows<Holdings['employers'][number]>(
    tx,
    sql`SELECT x.code AS id, e.name, '女职工 ' || e.women_workers || ' 人' AS note FROM ${covers(id)} ORDER BY e.name_sort, x.code LIMIT ${bounds.splitEmployers.most}`,
  )
  const records = await rows<{ id: string; name: string; programme: string; on: string }>(
    tx,
    sql`SELECT r.id, r.title AS name, g.key AS programme, r.occurred_on::text AS on FROM ${standing(id, today)} ORDER BY g.key, r.occurred_on, r.id LIMIT ${bounds.splitRecords.most}`,
  )
  const children = await rows<Holdings['children'][number]>(
    tx,
    sql`SELECT o.id, o.name, o.org_code AS note FROM ${below(id)} ORDER BY o.org_code LIMIT ${bounds.splitChildren.most}`,
  )
  return {
    persons,
    employers,
    records: records.map(({ programme, on, ...line }) => ({ ...line, note: `${labelOf(programme)}，${on}` })),
    children,
  }
}
