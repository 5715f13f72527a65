import { sql } from 'kysely'
import type { Period } from '#kit/period.ts'
import { first, type Tx } from '#server/database.server.ts'

/** The first month in which a unit's books hold anything accepted that happened, its scope included; null where they are empty. */
export async function beganOf(tx: Tx, orgId: number, { untilYm }: Period): Promise<number | null> {
  const year = Math.floor(untilYm / 100)
  const found = await first<{ ym: number | null }>(
    tx,
    sql`SELECT least(
        (SELECT min(r.yr * 100 + m.mon) FROM app.rollup r JOIN app.indicator i ON i.id = r.indicator_id
          CROSS JOIN LATERAL (VALUES (1, r.m01), (2, r.m02), (3, r.m03), (4, r.m04), (5, r.m05), (6, r.m06),
            (7, r.m07), (8, r.m08), (9, r.m09), (10, r.m10), (11, r.m11), (12, r.m12)) m(mon, val)
          WHERE r.org_id = ${orgId} AND r.state = 1 AND r.line < 2 AND i.nature <> 'stock' AND m.val > 0),
        (SELECT min(p.ym) FROM app.pending(ARRAY[${orgId}::int], ${[year - 1, year]}::int[]) p
          JOIN app.indicator i ON i.id = p.indicator_id
          WHERE p.state = 1 AND p.line < 2 AND i.nature <> 'stock' AND p.val > 0))::int AS ym`,
  )
  return found?.ym ?? null
}
