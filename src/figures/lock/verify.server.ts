import { sql } from 'kysely'
import { rows, type Tx } from '#server/database.server.ts'
import type { Difference } from '../verify.server.ts'
import { monthName } from './rules.ts'

/**
 * Recounts what standing locks keep from the ledger up to their sequences: of a flow the months, of a stock the balance at the
 * end of each. A tree that was moved back into a locked month would show here; such moves are refused.
 */
export async function compareLocks(tx: Tx): Promise<{ locks: number; differences: Difference[] }> {
  const found = await rows<{ org: string; indicator: string; ym: number; kept: number; books: number }>(
    tx,
    sql`WITH months AS (
        SELECT l.id, l.org_id, l.seqs, y * 100 + m AS ym FROM app.period_lock l
        CROSS JOIN generate_series(l.from_ym / 100, l.until_ym / 100) y CROSS JOIN generate_series(1, 12) m
        WHERE l.reopened_at IS NULL AND y * 100 + m BETWEEN l.from_ym AND l.until_ym
      ), books AS (
        SELECT k.id, k.ym, e.indicator_id, sum(e.val) AS val FROM months k
        JOIN app.ledger e ON e.state = 1 AND e.ym <= k.ym AND e.seq <= coalesce((k.seqs ->> e.district_id::text)::bigint, 0)
        JOIN app.indicator i ON i.id = e.indicator_id AND (i.nature = 'stock' OR e.ym = k.ym)
        JOIN app.org_closure c ON c.anc = k.org_id AND c.des = e.org_id AND c.line < 2 AND c.from_ym <= k.ym AND k.ym < c.to_ym
        GROUP BY 1, 2, 3
      ), kept AS (
        SELECT v.lock_id AS id, v.ym, v.indicator_id, v.val FROM app.period_lock_value v
        JOIN app.period_lock l ON l.id = v.lock_id AND l.reopened_at IS NULL
      )
      SELECT o.name AS org, i.code AS indicator, ym, coalesce(kept.val, 0)::float8 AS kept, coalesce(books.val, 0)::float8 AS books
      FROM books FULL JOIN kept USING (id, ym, indicator_id)
      JOIN app.period_lock l USING (id) JOIN app.org o ON o.id = l.org_id JOIN app.indicator i ON i.id = indicator_id
      WHERE coalesce(kept.val, 0) <> coalesce(books.val, 0) ORDER BY ym LIMIT 100`,
  )
  const [counted] = await rows<{ n: number }>(
    tx,
    sql`SELECT count(*) AS n FROM app.period_lock WHERE reopened_at IS NULL`,
  )
  return {
    locks: counted!.n,
    differences: found.map((f) => ({
      what: `${f.org} ${f.indicator} ${monthName(f.ym)}：锁定值为 ${f.kept}，按锁定时的台账应为 ${f.books}`,
    })),
  }
}
