import { sql } from 'kysely'
import { first, firstKeyed, inTransaction, rows, wholeTree, type Db } from '#server/database.server.ts'

const months = ['m00', 'm01', 'm02', 'm03', 'm04', 'm05', 'm06', 'm07', 'm08', 'm09', 'm10', 'm11', 'm12']

const sums = sql.raw(
  months.map((_, i) => `coalesce(sum(e.val * s.sign) FILTER (WHERE s.mon = ${i}), 0)`).join(', '),
)
const added = sql.raw(months.map((m) => `${m} = old.${m} + EXCLUDED.${m}`).join(', '))

/**
 * Advisory-lock class of fold and move; writers never take it. A fold holds its district and, shared, key 0: a move and the
 * opening of a year hold key 0 alone, since a writer may leave deltas in any district while they run.
 */
const foldLock = 1

/**
 * Folds up to `most` pending deltas of a district into the roll-up, in one transaction.
 * New rows of one unit are laid down side by side, so that its total is read from few blocks.
 * @returns how many were folded; 0 also when another fold or a move holds the district.
 */
export async function foldDistrict(db: Db, district: number, most = 2000): Promise<number> {
  return inTransaction(db, wholeTree, async (tx) => {
    const lock = await first<{ ok: boolean }>(
      tx,
      sql`SELECT pg_try_advisory_xact_lock_shared(${foldLock}, 0) AND pg_try_advisory_xact_lock(${foldLock}, ${district}) AS ok`,
    )
    if (!lock?.ok) return 0
    const done = await firstKeyed<{ folded: number }>(
      tx,
      sql`
      WITH taken AS (
        DELETE FROM app.rollup_delta d WHERE d.district_id = ${district} AND d.id <= (SELECT max(id) FROM (
          SELECT id FROM app.rollup_delta WHERE district_id = ${district} ORDER BY id LIMIT ${most}) p) RETURNING d.*
      ), e AS (
        SELECT district_id, org_id, ym, indicator_id, state, sum(val) AS val FROM taken
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(val) <> 0
      ), upserted AS (
        INSERT INTO app.rollup AS old (org_id, yr, indicator_id, state, line, district_id, ${sql.raw(months.join(', '))})
        SELECT s.anc, s.yr, e.indicator_id, e.state, s.line, e.district_id, ${sums}
        FROM e JOIN app.indicator i ON i.id = e.indicator_id
        CROSS JOIN (SELECT value::int AS year FROM app.setting WHERE key = 'openYear') o
        CROSS JOIN LATERAL app.spread(e.org_id, e.ym, i.nature, o.year) s
        GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3
        ON CONFLICT (org_id, yr, indicator_id, state, line, district_id) DO UPDATE SET ${added}
      )
      SELECT count(*) AS folded FROM taken`,
    )
    return done?.folded ?? 0
  })
}

/** Folds everything that is pending, `most` deltas of a district at a time. @returns number of deltas folded. */
export async function foldAll(db: Db, most = 2000): Promise<number> {
  let total = 0
  for (;;) {
    const waiting = await inTransaction(db, wholeTree, (tx) =>
      rows<{ district_id: number }>(tx, sql`SELECT DISTINCT district_id FROM app.rollup_delta ORDER BY 1`),
    )
    let folded = 0
    for (const { district_id } of waiting) folded += await foldDistrict(db, district_id, most)
    total += folded
    if (folded === 0) return total
  }
}
