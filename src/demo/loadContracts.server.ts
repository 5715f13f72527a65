import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import { demoToday } from '#server/boot.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'

type Found = { id: string; district: number; org: number }

const on = (days: number): string => addDays(demoToday, days)

/** Looks at how contracts are kept: made and well, due, overdue, to be mended, mended. */
export async function loadInspections(tx: Tx): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const found = await rows<Found>(
    tx,
    sql`SELECT r.id, r.district_id AS district, r.org_id AS org FROM app.record r JOIN app.contract c ON c.district_id = r.district_id AND c.record_id = r.id
      WHERE r.state = 'accepted' AND c.term_until_on > '2020-12-31' AND EXISTS (SELECT FROM app.contract_clauses k WHERE k.district_id = r.district_id AND k.record_id = r.id)
      ORDER BY c.signed_on, r.id LIMIT 40`,
  )
  const by = city.accountId
  const bad = { result: '限期整改', finding: '哺乳时间没有排进班次', checked_by: by }
  const kinds: readonly Record<string, unknown>[] = [
    { due_on: on(-60), checked_on: on(-66), result: '履行良好', finding: '', checked_by: by },
    { due_on: on(12) },
    { due_on: on(-5) },
    { due_on: on(-40), checked_on: on(-41), ...bad, fix_by: on(10) },
    { due_on: on(-70), checked_on: on(-72), ...bad, fix_by: on(-12) },
    {
      due_on: on(-80),
      checked_on: on(-82),
      ...bad,
      fix_by: on(-30),
      fixed_on: on(-33),
      fixed_note: '已调整班次并向职工公布',
      fixed_by: by,
    },
  ]
  const list = found.map(({ id, district, org }, n) => ({
    district_id: district,
    id: idOf(40, n),
    org_id: org,
    record_id: id,
    finding: '',
    fixed_note: '',
    asked_by: by,
    ...kinds[n % kinds.length],
  }))
  await sql`INSERT INTO app.contract_inspection SELECT * FROM jsonb_populate_recordset(NULL::app.contract_inspection, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )
}
