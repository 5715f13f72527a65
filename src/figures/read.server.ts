import { sql, type RawBuilder } from 'kysely'
import type { Period } from '#kit/period.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { foldedValue, foldedWithin, pendingValue, rollupYears } from './periodSql.server.ts'

/** Sum of one indicator at one unit: state 0 submitted or accepted, 1 accepted; line 2 is the overlap, shown apart. */
export type Total = { org_id: number; indicator: string; state: 0 | 1; viewed: boolean; values: number[] }

const openYear = sql`(SELECT value::int AS year FROM app.setting WHERE key = 'openYear')`

/** Pending deltas spread over the tree: every read adds them to the folded rows, so a figure is exact at commit. */
function pendingRows(where: RawBuilder<unknown>, periods: readonly Period[]): RawBuilder<unknown> {
  const values = sql.join(periods.map((p, k) => sql`${pendingValue(p)} AS ${sql.raw(`v${k}`)}`))
  return sql`SELECT s.anc AS org_id, d.district_id, i.code AS indicator, d.state, s.line = 2 AS viewed, ${values}
    FROM app.rollup_delta d JOIN app.indicator i ON i.id = d.indicator_id CROSS JOIN ${openYear} o
    CROSS JOIN LATERAL app.spread(d.org_id, d.ym, i.nature, o.year) s
    WHERE ${where} AND s.yr IN (${sql.join(rollupYears(periods))})`
}

const summed = (periods: readonly Period[]): RawBuilder<unknown> =>
  sql.raw(`array[${periods.map((_, k) => `sum(v${k})`).join(', ')}]::float8[] AS "values"`)

/**
 * Totals of some units over some periods, in one statement (then view 当时口径): folded rows plus pending deltas.
 * Rows whose values are all zero may be missing.
 */
export async function totals(
  tx: Tx,
  orgIds: readonly number[],
  periods: readonly Period[],
  indicators: readonly string[] | null = null,
): Promise<Total[]> {
  const values = sql.join(periods.map((p, k) => sql`${foldedValue(p)} AS ${sql.raw(`v${k}`)}`))
  const only = indicators ? sql`AND i.code = ANY(${indicators})` : sql``
  return rows<Total>(
    tx,
    sql`SELECT org_id, indicator, state, viewed, ${summed(periods)} FROM (
      SELECT r.org_id, r.district_id, i.code AS indicator, r.state, r.line = 2 AS viewed, ${values}
      FROM app.rollup r JOIN app.indicator i ON i.id = r.indicator_id
      WHERE r.org_id = ANY(${orgIds}) AND r.yr IN (${sql.join(rollupYears(periods))}) ${only}
      UNION ALL ${pendingRows(sql`s.anc = ANY(${orgIds}) ${only}`, periods)}
    ) part GROUP BY org_id, indicator, state, viewed`,
  )
}

export type DrillTotal = { org_id: number; line: number; indicator: string; state: 0 | 1; value: number }

/**
 * The parts of a unit's total: the units directly below in the months in which they were below, line 1 inside the sum,
 * line 2 (view) shown apart; and the office's own line under its own id with line 0. One statement.
 */
export async function drillTotals(
  tx: Tx,
  orgId: number,
  period: Period,
  indicators: readonly string[],
): Promise<DrillTotal[]> {
  const years = sql.join(rollupYears([period]))
  return rows<DrillTotal>(
    tx,
    sql`WITH below AS (
      SELECT des, line, from_ym, to_ym FROM app.org_closure WHERE anc = ${orgId} AND (depth = 1 OR line = 0)
        AND from_ym <= ${period.untilYm} AND to_ym > ${period.fromYm}
    )
    SELECT org_id, line, indicator, state, sum(value)::float8 AS value FROM (
      SELECT r.org_id, r.district_id, c.line, i.code AS indicator, r.state, ${foldedWithin(period)} AS value
      FROM below c JOIN app.rollup r ON r.org_id = c.des AND (r.line = 0 OR r.line = 1 AND c.line > 0)
      JOIN app.indicator i ON i.id = r.indicator_id
      WHERE r.yr IN (${years}) AND i.code = ANY(${indicators})
      UNION ALL
      SELECT c.des, d.district_id, c.line, i.code, d.state,
        CASE WHEN (CASE i.nature WHEN 'stock' THEN ${period.untilYm} ELSE s.yr * 100 + s.mon END) BETWEEN c.from_ym AND c.to_ym - 1
          THEN ${pendingValue(period)} ELSE 0 END
      FROM app.rollup_delta d JOIN app.indicator i ON i.id = d.indicator_id CROSS JOIN ${openYear} o
      CROSS JOIN LATERAL app.spread(d.org_id, d.ym, i.nature, o.year) s
      JOIN below c ON c.des = s.anc AND (s.line = 0 OR s.line = 1 AND c.line > 0)
      WHERE s.yr IN (${years}) AND i.code = ANY(${indicators})
    ) part GROUP BY org_id, line, indicator, state HAVING sum(value) <> 0`,
  )
}

/**
 * What the today view (现行口径) adds to the then view: units whose superiors changed count under today's superior.
 * Only those units are looked at; values per period as in totals.
 */
export async function todayCorrection(
  tx: Tx,
  orgId: number,
  periods: readonly Period[],
  todayYm: number,
): Promise<{ indicator: string; state: 0 | 1; values: number[] }[]> {
  const values = sql.join(
    periods.map(
      (p, k) =>
        sql`${foldedValue(p)} * (CASE WHEN c.now THEN 1 ELSE 0 END) - CASE WHEN c.ever THEN ${foldedThen(p)} ELSE 0 END AS ${sql.raw(`v${k}`)}`,
    ),
  )
  return rows(
    tx,
    sql`WITH changed AS (
      SELECT DISTINCT des FROM app.org_closure WHERE line < 2 AND (from_ym > 0 OR to_ym < 999912)
    ), c AS (
      SELECT x.des, EXISTS (SELECT FROM app.org_closure n WHERE n.anc = ${orgId} AND n.des = x.des AND n.line < 2
          AND n.from_ym <= ${todayYm} AND ${todayYm} < n.to_ym) AS now,
        EXISTS (SELECT FROM app.org_closure n WHERE n.anc = ${orgId} AND n.des = x.des AND n.line < 2) AS ever
      FROM changed x
    ), r AS (
      SELECT org_id, yr, indicator_id, state, district_id, m00, m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12
      FROM app.rollup WHERE line = 0 AND org_id IN (SELECT des FROM c WHERE now OR ever)
      UNION ALL
      SELECT d.org_id, s.yr, d.indicator_id, d.state, d.district_id, ${monthColumns}
      FROM app.rollup_delta d JOIN app.indicator i ON i.id = d.indicator_id CROSS JOIN ${openYear} o
      CROSS JOIN LATERAL app.spread(d.org_id, d.ym, i.nature, o.year) s
      WHERE s.line = 0 AND d.org_id IN (SELECT des FROM c WHERE now OR ever)
    )
    SELECT indicator, state, ${summed(periods)} FROM (
      SELECT r.district_id, i.code AS indicator, r.state, ${values}
      FROM r JOIN c ON c.des = r.org_id JOIN app.indicator i ON i.id = r.indicator_id
      WHERE r.yr IN (${sql.join(rollupYears(periods))})
    ) part GROUP BY indicator, state`,
  )

  /** What the unit's own row gave this superior in the then view: the months in which it was below it. */
  function foldedThen(period: Period): RawBuilder<unknown> {
    return sql`(SELECT coalesce(sum(${foldedWithin(period)}), 0) FROM app.org_closure c
      WHERE c.anc = ${orgId} AND c.des = r.org_id AND c.line < 2)`
  }
}

const monthColumns = sql.raw(
  Array.from({ length: 13 }, (_, m) => `CASE WHEN s.mon = ${m} THEN d.val * s.sign ELSE 0 END`).join(', '),
)

/** Twelve monthly values per year and state of one indicator; for a stock the balance at the end of each month. */
export async function monthly(
  tx: Tx,
  orgId: number,
  indicator: string,
  years: readonly number[],
): Promise<{ yr: number; state: 0 | 1; stock: boolean; months: number[] }[]> {
  const folded = sql.raw(
    Array.from({ length: 13 }, (_, m) => `sum(m${String(m).padStart(2, '0')})`).join(', '),
  )
  const named = sql.raw(Array.from({ length: 13 }, (_, m) => `m${String(m).padStart(2, '0')}`).join(', '))
  return rows(
    tx,
    sql`SELECT yr, state, nature = 'stock' AS stock, array[${folded}]::float8[] AS months FROM (
      SELECT r.district_id, r.yr, r.state, i.nature, ${named} FROM app.rollup r JOIN app.indicator i ON i.id = r.indicator_id
      WHERE r.org_id = ${orgId} AND r.line < 2 AND i.code = ${indicator} AND r.yr = ANY(${years})
      UNION ALL
      SELECT d.district_id, s.yr, d.state, i.nature, ${monthColumns}
      FROM app.rollup_delta d JOIN app.indicator i ON i.id = d.indicator_id CROSS JOIN ${openYear} o
      CROSS JOIN LATERAL app.spread(d.org_id, d.ym, i.nature, o.year) s
      WHERE s.anc = ${orgId} AND s.line < 2 AND i.code = ${indicator} AND s.yr = ANY(${years})
    ) part GROUP BY yr, state, nature ORDER BY yr, state`,
  )
}
