import { sql } from 'kysely'
import { onDays, type Days } from '#audit/days.server.ts'
import { Problem } from '#kit/problem.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { entries, type Asked } from './trace.server.ts'

const pageSize = 50

export type ChangeRow = {
  at: string
  person: string
  org: string
  action: string
  programme: number
  recordId: string
  owner: string
  value: number
}

/**
 * Who changed a figure between two days of the real clock, and by how much, newest first: the audit rows beside the ledger
 * entries that they wrote. No content of a record; a record out of sight leaves its row out, as it does in the trace.
 * @throws Problem.badCursor
 */
export async function changeRows(
  tx: Tx,
  asked: Asked,
  days: Days,
  most: number,
  after: string | null,
): Promise<{ rows: ChangeRow[]; next: string | null }> {
  let bound = sql`true`
  if (after) {
    const [at, id] = after.split('_')
    if (!at || Number.isNaN(Date.parse(at)) || !id || !/^[0-9a-f-]{36}$/.test(id)) throw Problem.badCursor()
    bound = sql`(a.at, e.record_id) < (${at}::timestamptz, ${id}::uuid)`
  }
  const found = await rows<ChangeRow>(
    tx,
    sql`SELECT to_jsonb(a.at) #>> '{}' AS at, coalesce(c.name, '系统') AS person, coalesce(u.short_name, '系统') AS org, a.action,
      r.programme, e.record_id AS "recordId", o.short_name AS owner, e.value
      FROM (SELECT l.district_id, l.record_id, l.seq, sum(l.val)::float8 AS value FROM ${entries(asked)}
        GROUP BY 1, 2, 3 HAVING sum(l.val) <> 0) e
      JOIN app.audit a ON a.district_id = e.district_id AND a.seq = e.seq
      JOIN app.record r ON r.district_id = e.district_id AND r.id = e.record_id JOIN app.org o ON o.id = r.org_id
      LEFT JOIN app.account c ON c.id = a.actor LEFT JOIN app.post p ON p.id::text = left(a.on_behalf, 36) LEFT JOIN app.org u ON u.id = p.org_id
      WHERE ${bound} AND r.class <= ${most} AND ${onDays(days)}
      ORDER BY a.at DESC, e.record_id DESC LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1)! : null
  return { rows: shown, next: last ? `${last.at}_${last.recordId}` : null }
}
