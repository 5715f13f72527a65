import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { ExportWatch } from './api.ts'
import { isAlarm } from './rules.ts'

const days = 90

/** What left in the last quarter, and who took more in a day than is usual: for the audit administrator, without content. */
export async function watchExports(tx: Tx): Promise<ExportWatch> {
  const from = sql`app.export x JOIN app.account a ON a.id = x.account_id JOIN app.org o ON o.id = x.org_id LEFT JOIN app.account s ON s.id = x.second_account
    WHERE x.state NOT IN ('asked', 'refused') AND x.asked_at > now() - make_interval(days => ${days}::int)`
  const [list, sums] = await Promise.all([
    rows<ExportWatch['rows'][number]>(
      tx,
      sql`SELECT to_jsonb(x.asked_at) #>> '{}' AS at, a.name AS person, o.short_name AS org, x.title, x.row_count AS rows, x.is_full AS full, x.reason,
          s.name AS second FROM ${from} ORDER BY x.asked_at DESC LIMIT ${bounds.exportWatch.most}`,
    ),
    rows<ExportWatch['alarms'][number]>(
      tx,
      sql`SELECT (x.asked_at AT TIME ZONE 'Asia/Shanghai')::date AS day, a.name AS person, min(o.short_name) AS org, count(*)::int AS files,
        sum(x.row_count)::int AS rows, coalesce(sum(x.row_count) FILTER (WHERE x.is_full), 0)::int AS "fullRows"
        FROM ${from} GROUP BY 1, a.id, a.name ORDER BY 1 DESC, 5 DESC`,
    ),
  ])
  return { rows: list, alarms: sums.filter(isAlarm) }
}
