import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { AuditList, AuditQuery } from './api.ts'
import { behind } from './anchor.ts'
import { askedDays, onDays } from './days.server.ts'
import { readHeads } from './verify.server.ts'

const pageSize = 50

/** The audit of all streams between two days, newest first, by key. @throws Problem.badRequest, badCursor */
export async function listAudit(deps: Deps, tx: Tx, q: AuditQuery): Promise<AuditList> {
  const days = askedDays(q, 7)
  const asked = [onDays(days)]
  if (q.action) asked.push(sql`a.action = ${q.action}`)
  if (q.person?.trim()) asked.push(sql`position(${q.person.trim()} IN c.name) > 0`)
  if (q.after) asked.push(sql`(a.at, a.district_id, a.seq) < ${keyOf(q.after)}`)
  const found = await rows<AuditList['rows'][number]>(
    tx,
    sql`SELECT a.district_id AS "streamId", d.short_name AS stream, a.seq, to_jsonb(a.at) #>> '{}' AS at, coalesce(c.name, '系统') AS person,
      coalesce(o.short_name, '') AS org, f.name AS behalf, a.action, a.object, left(a.hash, 12) AS hash
      FROM app.audit a JOIN app.org d ON d.id = a.district_id LEFT JOIN app.account c ON c.id = a.actor
      LEFT JOIN app.post p ON p.id::text = left(a.on_behalf, 36) LEFT JOIN app.org o ON o.id = p.org_id
      LEFT JOIN app.post q ON q.id::text = split_part(a.on_behalf, ' 代 ', 2) LEFT JOIN app.account f ON f.id = q.account_id
      WHERE ${sql.join(asked, sql` AND `)} ORDER BY a.at DESC, a.district_id DESC, a.seq DESC LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1)! : null
  const { anchors, bad } = deps.anchors?.read() ?? { anchors: [], bad: null }
  return {
    ...days,
    rows: shown,
    next: last ? `${last.at}_${last.streamId}_${last.seq}` : null,
    anchors: {
      count: anchors.length,
      last: anchors.at(-1)?.at ?? null,
      whole: bad === null,
      late: deps.anchors?.late() ?? false,
      behind: behind(await readHeads(tx), anchors).length,
    },
  }
}

function keyOf(cursor: string) {
  const [at = '', district = '', seq = ''] = cursor.split('_')
  if (Number.isNaN(Date.parse(at)) || !/^\d{1,9}$/.test(district) || !/^\d{1,15}$/.test(seq))
    throw Problem.badCursor()
  return sql`(${at}::timestamptz, ${Number(district)}::int, ${Number(seq)}::bigint)`
}
