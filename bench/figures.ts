import { drillTotals, totals, type Total } from '#figures/read.server.ts'
import { foldAll } from '#figures/fold.server.ts'
import { periodOf } from '#kit/period.ts'
import { inTransaction, wholeTree, type Db } from '#server/database.server.ts'
import { timed, type Times } from './clock.ts'
import { queue } from './facts.ts'
import type { Query } from './tree.ts'

export type FigureTimes = { pending: number; city: Times; district: Times; grassroots: Times; drill: Times }
export type GroupBy = { city: Times; district: Times; grassroots: Times }
type Units = { city: number; district: number; grassroots: number }

const year = periodOf('year', 2019)
const read = (db: Db, unit: number): Promise<Total[]> =>
  inTransaction(db, wholeTree, (tx) => totals(tx, [unit], [year]))

/** The units that are asked: the city, its largest district and a grassroots union. */
export async function unitsOf(query: Query): Promise<Units> {
  const [found] = await query<Units>(`SELECT (SELECT id FROM app.org WHERE tier = 'city') AS city,
    (SELECT district_id FROM app.org GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) AS district,
    (SELECT org_id FROM app.rollup WHERE line = 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) AS grassroots`)
  return found!
}

/** Totals of the year, all indicators, beside a number of pending deltas. */
export async function timeTotals(
  db: Db,
  query: Query,
  pending: number,
  runs: number,
  codes: readonly string[],
): Promise<FigureTimes> {
  const units = await unitsOf(query)
  if (pending > 0) await queue(query, pending)
  const times = {
    pending,
    city: await timed(runs, () => read(db, units.city)),
    district: await timed(runs, () => read(db, units.district)),
    grassroots: await timed(runs, () => read(db, units.grassroots)),
    drill: await timed(runs, () =>
      inTransaction(db, wholeTree, (tx) => drillTotals(tx, units.city, year, codes)),
    ),
  }
  await query('TRUNCATE app.rollup_delta')
  return times
}

/** The same figures by GROUP BY over the ledger, without policies; @throws Error where they differ from the totals. */
export async function timeGroupBy(db: Db, query: Query, runs: number): Promise<GroupBy> {
  const units = await unitsOf(query)
  const grouped = (unit: number) => () =>
    query<{
      key: string
      value: number
    }>(`SELECT i.code || ' ' || l.state AS key, sum(l.val)::float8 AS value FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id
      JOIN app.org_closure c ON c.anc = ${unit} AND c.des = l.org_id AND c.line < 2
        AND CASE i.nature WHEN 'stock' THEN ${year.untilYm} ELSE l.ym END BETWEEN c.from_ym AND c.to_ym - 1
      WHERE l.ym <= ${year.untilYm} AND (i.nature = 'stock' OR l.ym >= ${year.fromYm}) GROUP BY 1`)
  for (const unit of Object.values(units)) {
    const totalled = (await read(db, unit))
      .filter((t) => !t.viewed && t.values[0] !== 0)
      .map((t) => `${t.indicator} ${t.state} ${t.values[0]}`)
    const summed = (await grouped(unit)()).filter((r) => r.value !== 0).map((r) => `${r.key} ${r.value}`)
    if (totalled.sort().join() !== summed.sort().join())
      throw new Error(`totals and ledger of unit ${unit} differ`)
  }
  return {
    city: await timed(runs, grouped(units.city)),
    district: await timed(runs, grouped(units.district)),
    grassroots: await timed(runs, grouped(units.grassroots)),
  }
}

/** Deltas folded a second with nothing else to do; folded once more with the opposite sign, so that the roll-up stays true. */
export async function foldRate(db: Db, query: Query, count: number): Promise<number> {
  let [folded, ms] = [0, 0]
  for (const sign of [1, -1] as const) {
    await queue(query, count, sign)
    const start = performance.now()
    folded += await foldAll(db)
    ms += performance.now() - start
  }
  return folded / (ms / 1000)
}
