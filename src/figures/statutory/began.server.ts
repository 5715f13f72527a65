import { sql } from 'kysely'
import type { Period } from '#kit/period.ts'
import { rows, type Tx } from '#server/database.server.ts'

/**
 * The month in which the books of each unit began, its scope included: that by which a quarter of what happened and was counted until a period's
 * end had its first record. A single old record, as of a room built years ago, is no beginning. Empty books are missing.
 */
export async function beginsOf(
  tx: Tx,
  orgIds: readonly number[],
  { untilYm }: Pick<Period, 'untilYm'>,
): Promise<Map<number, number>> {
  const year = Math.floor(untilYm / 100)
  const found = await rows<{ org_id: number; ym: number }>(
    tx,
    sql`SELECT f.org_id, percentile_disc(0.25) WITHIN GROUP (ORDER BY f.ym)::int AS ym FROM (
      SELECT t.org_id, t.indicator_id, min(t.ym) AS ym FROM (
        SELECT r.org_id, r.indicator_id, r.yr * 100 + m.mon AS ym FROM app.rollup r
          CROSS JOIN LATERAL (VALUES (1, r.m01), (2, r.m02), (3, r.m03), (4, r.m04), (5, r.m05), (6, r.m06),
            (7, r.m07), (8, r.m08), (9, r.m09), (10, r.m10), (11, r.m11), (12, r.m12)) m(mon, val)
          WHERE r.org_id = ANY(${orgIds}::int[]) AND r.state = 1 AND r.line < 2 AND m.val > 0
        UNION ALL
        SELECT p.anc, p.indicator_id, p.ym FROM app.pending(${orgIds}::int[], ${[year - 1, year]}::int[]) p
          WHERE p.state = 1 AND p.line < 2 AND p.val > 0
      ) t JOIN app.indicator i ON i.id = t.indicator_id WHERE i.nature <> 'stock' GROUP BY 1, 2
    ) f WHERE f.ym <= ${untilYm} GROUP BY 1`,
  )
  return new Map(found.map(({ org_id, ym }) => [org_id, ym]))
}

/** Of one unit; null where its books are empty. */
export const beganOf = async (
  tx: Tx,
  orgId: number,
  period: Pick<Period, 'untilYm'>,
): Promise<number | null> => (await beginsOf(tx, [orgId], period)).get(orgId) ?? null
