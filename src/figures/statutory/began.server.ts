import { sql } from 'kysely'
import type { Period } from '#kit/period.ts'
import { first, type Tx } from '#server/database.server.ts'

/**
 * The month in which a unit's books began, its scope included: that by which half of what happened and was counted until a period's
 * end had its first record. A single old record, as of a room built years ago, is no beginning. Null where they are empty.
 */
export async function beganOf(tx: Tx, orgId: number, { untilYm }: Period): Promise<number | null> {
  const year = Math.floor(untilYm / 100)
  const found = await first<{ ym: number | null }>(
    tx,
    sql`SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY f.ym)::int AS ym FROM (
      SELECT t.indicator_id, min(t.ym) AS ym FROM (
        SELECT r.indicator_id, r.yr * 100 + m.mon AS ym FROM app.rollup r
          CROSS JOIN LATERAL (VALUES (1, r.m01), (2, r.m02), (3, r.m03), (4, r.m04), (5, r.m05), (6, r.m06),
            (7, r.m07), (8, r.m08), (9, r.m09), (10, r.m10), (11, r.m11), (12, r.m12)) m(mon, val)
          WHERE r.org_id = ${orgId} AND r.state = 1 AND r.line < 2 AND m.val > 0
        UNION ALL
        SELECT p.indicator_id, p.ym FROM app.pending(ARRAY[${orgId}::int], ${[year - 1, year]}::int[]) p
          WHERE p.state = 1 AND p.line < 2 AND p.val > 0
      ) t JOIN app.indicator i ON i.id = t.indicator_id WHERE i.nature <> 'stock' GROUP BY t.indicator_id
    ) f WHERE f.ym <= ${untilYm}`,
  )
  return found?.ym ?? null
}
