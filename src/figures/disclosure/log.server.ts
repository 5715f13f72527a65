import { sql } from 'kysely'
import type { Place } from '#identity/decide.ts'
import { Problem } from '#kit/problem.ts'
import { briefOf } from '#org/brief.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { ReleasedTable, ReleaseLog } from './api.ts'

const within = ({ scopeCode }: Place) =>
  sql`o.scope_code >= ${scopeCode} AND o.scope_code < ${`${scopeCode}~`}`

/** The log of released tables, newest quarter first, with their cells at and below a unit. */
export const readReleaseLog = (tx: Tx, at: Place): Promise<ReleaseLog> =>
  rows(
    tx,
    sql`SELECT i.code AS indicator, r.quarter, r.released_on AS "releasedOn", left(r.content_hash, 12) AS hash,
        count(o.id)::int AS cells, (count(o.id) FILTER (WHERE c.value IS NULL))::int AS hidden
      FROM app.release r JOIN app.indicator i ON i.id = r.indicator_id
      JOIN app.release_cell c ON c.indicator_id = r.indicator_id AND c.quarter = r.quarter
      LEFT JOIN app.org o ON o.id = c.org_id AND ${within(at)}
      GROUP BY i.code, i.id, r.quarter, r.released_on, r.content_hash ORDER BY r.quarter DESC, i.id`,
  )

/** One released table at and below a unit. @throws Problem.notFound where none was released */
export async function readReleasedTable(
  tx: Tx,
  at: Place,
  indicator: string,
  quarter: number,
): Promise<ReleasedTable> {
  const release = await first<{ id: number; releasedOn: string }>(
    tx,
    sql`SELECT i.id, r.released_on AS "releasedOn" FROM app.release r JOIN app.indicator i ON i.id = r.indicator_id
      WHERE i.code = ${indicator} AND r.quarter = ${quarter}`,
  )
  if (!release) throw Problem.notFound()
  const found = await rows<ReleasedTable['rows'][number] & { hasYear: boolean; superiors: number }>(
    tx,
    sql`SELECT ${briefOf('o')} AS org, c.rest, a.short_name AS above, c.value::float8 AS value, y.value::float8 AS year,
        y.org_id IS NOT NULL AS "hasYear", count(*) OVER (PARTITION BY c.org_id, c.rest)::int AS superiors
      FROM app.release_cell c JOIN app.org o ON o.id = c.org_id AND ${within(at)} LEFT JOIN app.org a ON a.id = c.above_id
      LEFT JOIN app.release_cell y ON y.indicator_id = c.indicator_id AND y.quarter = c.quarter AND y.span = 'year'
        AND y.org_id = c.org_id AND y.rest = c.rest
      WHERE c.indicator_id = ${release.id} AND c.quarter = ${quarter} AND c.span = 'quarter' ORDER BY o.scope_code, c.rest, c.above_id`,
  )
  return {
    indicator,
    quarter,
    releasedOn: release.releasedOn,
    rows: found.map(({ hasYear, superiors, year, above, ...row }) => ({
      ...row,
      above: superiors > 1 ? above : null,
      ...(hasYear ? { year } : {}),
    })),
  }
}
