import { sql, type RawBuilder } from 'kysely'
import type { Period } from '#kit/period.ts'
import { keyed, rows, type Tx } from '#server/database.server.ts'
import type { Cells } from './cells.ts'
import { foldedSums, foldedValue, foldedWithin, pendingValue, rollupYears } from './periodSql.server.ts'

/** Sum of one indicator at one unit: state 0 submitted or accepted, 1 accepted; line 2 is the overlap, shown apart. */
export type Total = { org_id: number; indicator: string; state: 0 | 1; viewed: boolean; values: number[] }

const openYear = sql`(SELECT value::int AS year FROM app.setting WHERE key = 'openYear')`

/**
 * Pending deltas p at some superiors (an array in SQL), and the months s of some years y that they move there (indicator i).
 * Every read adds them to the folded rows, so a figure is exact at commit.
 */
const pending = (units: RawBuilder<unknown>, years: readonly number[]): RawBuilder<unknown> =>
  sql`app.pending(${units}, ${years}::int[]) p
    JOIN app.indicator i ON i.id = p.indicator_id CROSS JOIN ${openYear} o CROSS JOIN unnest(${years}::int[]) y(yr)
    CROSS JOIN LATERAL app.effect(p.ym, i.nature, p.from_ym, p.to_ym, o.year, y.yr) s`

const months = Array.from({ length: 13 }, (_, m) => `m${String(m).padStart(2, '0')}`)
const monthColumns = sql.raw(months.join(', '))
const monthSums = sql.raw(months.map((m) => `sum(${m})`).join(', '))
const pendingMonths = sql.raw(
  months.map((_, m) => `CASE WHEN s.mon = ${m} THEN p.val * s.sign ELSE 0 END`).join(', '),
)

const summed = (periods: readonly Period[]): RawBuilder<unknown> =>
  sql.raw(`array[${periods.map((_, k) => `sum(v${k})`).join(', ')}]::float8[] AS "values"`)

/**
 * Totals of some units over some periods, in one statement (then view 当时口径): folded rows plus pending deltas. The folded rows,
 * one for each district, are summed before anything else is asked of them.
 * Rows whose values are all zero may be missing.
 */
export function totals(
  tx: Tx,
  orgIds: readonly number[],
  periods: readonly Period[],
  indicators: readonly string[] | null = null,
): Promise<Total[]> {
  const years = rollupYears(periods)
  const folded = foldedSums(periods)
  const values = (of: (period: Period) => RawBuilder<unknown>) =>
    sql.join(periods.map((p, k) => sql`${of(p)} AS ${sql.raw(`v${k}`)}`))
  return keyed<Total>(
    tx,
    sql`SELECT t.org_id, i.code AS indicator, t.state, t.viewed, ${summed(periods)} FROM (
      SELECT r.org_id, r.indicator_id, r.state, r.viewed, ${values((p) => foldedValue(p, folded.months))} FROM (
        SELECT r.org_id, r.yr, r.indicator_id, r.state, r.line = 2 AS viewed, ${folded.columns} FROM app.rollup r
        WHERE r.org_id = ANY(${orgIds}::int[]) AND r.yr = ANY(${years}::smallint[]) GROUP BY 1, 2, 3, 4, 5
      ) r JOIN app.indicator i ON i.id = r.indicator_id
      UNION ALL
      SELECT p.anc, p.indicator_id, p.state, p.line = 2, ${values(pendingValue)} FROM ${pending(sql`${orgIds}::int[]`, years)}
    ) t JOIN app.indicator i ON i.id = t.indicator_id
    WHERE ${indicators}::text[] IS NULL OR i.code = ANY(${indicators}::text[]) GROUP BY t.org_id, i.id, t.state, t.viewed`,
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
  const years = rollupYears([period])
  return rows<DrillTotal>(
    tx,
    sql`WITH below AS (
      SELECT des, line, from_ym, to_ym FROM app.org_closure WHERE anc = ${orgId} AND depth <= 1
        AND from_ym <= ${period.untilYm} AND to_ym > ${period.fromYm}
    )
    SELECT org_id, line, indicator, state, sum(value)::float8 AS value FROM (
      SELECT r.org_id, c.line, i.code AS indicator, r.state, ${foldedWithin(period)} AS value
      FROM below c JOIN app.rollup r ON r.org_id = c.des AND (r.line = 0 OR r.line = 1 AND c.line > 0)
      JOIN app.indicator i ON i.id = r.indicator_id
      WHERE r.yr IN (${sql.join(years)}) AND i.code = ANY(${indicators})
      UNION ALL
      SELECT c.des, c.line, i.code, p.state,
        CASE WHEN (CASE i.nature WHEN 'stock' THEN ${period.untilYm} ELSE y.yr * 100 + s.mon END) BETWEEN c.from_ym AND c.to_ym - 1
          THEN ${pendingValue(period)} ELSE 0 END
      FROM ${pending(sql`ARRAY(SELECT DISTINCT des FROM below)`, years)}
      JOIN below c ON c.des = p.anc AND (p.line = 0 OR p.line = 1 AND c.line > 0)
      WHERE i.code = ANY(${indicators})
    ) part GROUP BY org_id, line, indicator, state HAVING sum(value) <> 0`,
  )
}

/** What a unit's own row r gave the superior c in the then view: the months in which it was below it. */
const foldedThen = (period: Period): RawBuilder<unknown> =>
  sql`(SELECT coalesce(sum(${foldedWithin(period, 't')}), 0) FROM app.org_closure t
    WHERE t.anc = c.id AND t.des = r.org_id AND t.line < 2)`

/**
 * What the today view (现行口径) adds to the then view: units whose superiors changed count under today's superior.
 * Only those units are looked at; values per period as in totals.
 */
export async function todayCorrection(
  tx: Tx,
  orgIds: readonly number[],
  periods: readonly Period[],
  todayYm: number,
): Promise<{ org_id: number; indicator: string; state: 0 | 1; values: number[] }[]> {
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
      SELECT u.id, x.des, EXISTS (SELECT FROM app.org_closure n WHERE n.anc = u.id AND n.des = x.des AND n.line < 2
          AND n.from_ym <= ${todayYm} AND ${todayYm} < n.to_ym) AS now,
        EXISTS (SELECT FROM app.org_closure n WHERE n.anc = u.id AND n.des = x.des AND n.line < 2) AS ever
      FROM changed x CROSS JOIN unnest(${orgIds}::int[]) u(id)
    ), r AS (
      SELECT org_id, yr, indicator_id, state, ${monthColumns}
      FROM app.rollup WHERE line = 0 AND org_id IN (SELECT des FROM c WHERE now OR ever)
      UNION ALL
      SELECT p.anc, y.yr, p.indicator_id, p.state, ${pendingMonths}
      FROM ${pending(sql`ARRAY(SELECT DISTINCT x.des FROM c x WHERE x.now OR x.ever)`, rollupYears(periods))} WHERE p.line = 0
    )
    SELECT org_id, indicator, state, ${summed(periods)} FROM (
      SELECT c.id AS org_id, i.code AS indicator, r.state, ${values}
      FROM r JOIN c ON c.des = r.org_id JOIN app.indicator i ON i.id = r.indicator_id
      WHERE r.yr IN (${sql.join(rollupYears(periods))})
    ) part GROUP BY org_id, indicator, state`,
  )
}

/** The parts of a unit's total by the tree of today (现行口径): each unit directly below with everything that is below it today. */
export async function todayParts(
  tx: Tx,
  orgId: number,
  period: Period,
  indicators: readonly string[],
  todayYm: number,
): Promise<DrillTotal[]> {
  const below = await rows<{ id: number; line: number }>(
    tx,
    sql`SELECT des AS id, line FROM app.org_closure WHERE anc = ${orgId} AND depth = 1 AND from_ym <= ${todayYm} AND to_ym > ${todayYm}`,
  )
  const lines = new Map(below.map((b) => [b.id, b.line]))
  const ids = [...lines.keys()]
  const [then, moved, parts] = await Promise.all([
    totals(tx, ids, [period], indicators),
    todayCorrection(tx, ids, [period], todayYm),
    drillTotals(tx, orgId, period, indicators),
  ])
  const sums = new Map<string, DrillTotal>()
  for (const { org_id, indicator, state, values } of [...then.filter((t) => !t.viewed), ...moved]) {
    if (!indicators.includes(indicator)) continue
    const key = `${org_id} ${indicator} ${state}`
    const value = (sums.get(key)?.value ?? 0) + values[0]!
    sums.set(key, { org_id, line: lines.get(org_id)!, indicator, state, value })
  }
  // What the office itself entered is its own in either view.
  return [...parts.filter((p) => p.line === 0), ...[...sums.values()].filter((t) => t.value !== 0)]
}

/** Twelve monthly values per year and state of one indicator; for a stock the balance at the end of each month. */
export function monthly(
  tx: Tx,
  orgId: number,
  indicator: string,
  years: readonly number[],
): Promise<(Cells & { state: 0 | 1 })[]> {
  return keyed(
    tx,
    sql`SELECT t.yr, i.nature = 'stock' AS stock, t.state, json_build_array(${monthSums}) AS months FROM (
      SELECT r.indicator_id, r.state, r.yr::int AS yr, ${monthColumns} FROM app.rollup r
      WHERE r.org_id = ${orgId} AND r.yr = ANY(${years}::smallint[]) AND r.line < 2
      UNION ALL
      SELECT p.indicator_id, p.state, y.yr, ${pendingMonths} FROM ${pending(sql`ARRAY[${orgId}::int]`, years)} WHERE p.line < 2
    ) t JOIN app.indicator i ON i.id = t.indicator_id WHERE i.code = ${indicator} GROUP BY t.yr, i.id, t.state`,
  )
}
