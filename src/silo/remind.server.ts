import { sql } from 'kysely'
import { tell } from '#notify/tell.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { siloWords, type Silo } from './kinds.ts'

/**
 * Tells those who lead and take in a silo, once a working day, what waits there and what is late: inside the role, no matter by
 * itself, and to each only of how many she may know.
 */
export async function remindSilos(deps: Pick<Deps, 'today'>, tx: Tx): Promise<void> {
  const today = deps.today()
  if (!(await calendarAround(tx, today)).isWorkday(today)) return
  const found = await rows<{ silo: Silo; account: string; org: number; waiting: number; late: number }>(
    tx,
    sql`SELECT silo, account_id AS account, org_id AS org, waiting, late FROM app.silo_waiting(${today}::date)`,
  )
  for (const { silo, account, org, waiting, late } of found) {
    const parts = [
      waiting > 0 ? `${waiting} 件待受理或指派` : '',
      late > 0 ? `${late} 件超过办理期限` : '',
    ].filter(Boolean)
    tell(
      tx,
      sql`SELECT ${account}::uuid AS account_id, ${org}::int AS org_id`,
      { kind: 'remind', subject: `${siloWords[silo].name}：${parts.join('，')}`, link: '/silos' },
      null,
    )
  }
}
