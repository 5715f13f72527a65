import { sql } from 'kysely'
import { expect } from 'vitest'
import { calendars, partsIn, periodOf, type Period } from '#kit/period.ts'
import { drillTotals, monthly, todayCorrection, todayParts, totals } from '#figures/read.server.ts'
import { traceRows, traceSums, type Asked } from '#figures/trace.server.ts'
import { recount } from '#figures/verify.server.ts'
import { inTransaction, wholeTree, type Tx } from '#server/database.server.ts'
import {
  districtAt,
  monthsOfYear,
  nonZero,
  partsOf,
  pathAt,
  todayOf,
  totalsOf,
  viewPathAt,
} from '../support/oracle.ts'
import { codes, programme, sheetOf, todayYm, type Town } from './town.ts'

/** A period of any calendar that ends within the opened years: beyond them stocks have no opening balance yet. */
export function randomPeriod(town: Town): Period {
  const { random } = town
  const calendar = random.pick(calendars)
  return periodOf(calendar, random.int(2018, town.openYear), random.int(1, partsIn[calendar]))
}

const read = <T>(town: Town, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(town.db, { ...wholeTree, oneSnapshot: true }, work)
const shown = (entries: [string, number][]): Record<string, number> => nonZero(new Map(entries))

/** Totals of all units over two periods against the sheet, and their parts against the whole. */
export async function compareTotals(town: Town): Promise<number> {
  const sheet = sheetOf(town)
  const periods = [randomPeriod(town), randomPeriod(town)]
  const found = await read(town, (tx) => totals(tx, town.units, periods))
  for (const [k, period] of periods.entries()) {
    const got = shown(
      found.map((t) => [
        `${t.org_id} ${t.indicator} ${t.state} ${t.viewed ? 'viewed' : 'inside'}`,
        t.values[k]!,
      ]),
    )
    expect(got, period.label).toEqual(nonZero(totalsOf(sheet, period)))
  }
  return periods.length
}

/** The parts of one unit, each against the sheet; lines 0 and 1 add up to its total. */
export async function compareParts(town: Town): Promise<number> {
  const sheet = sheetOf(town)
  const [unit, period] = [town.random.pick(town.units), randomPeriod(town)]
  const found = await read(town, (tx) => drillTotals(tx, unit, period, codes))
  const parts = shown(found.map((t) => [`${t.org_id} ${t.line} ${t.indicator} ${t.state}`, t.value]))
  expect(parts, `${unit} ${period.label}`).toEqual(nonZero(partsOf(sheet, unit, period)))
  const whole = new Map<string, number>()
  for (const t of found) {
    const key = `${unit} ${t.indicator} ${t.state} inside`
    if (t.line < 2) whole.set(key, (whole.get(key) ?? 0) + t.value)
  }
  const expected = new Map(
    [...totalsOf(sheet, period)].filter(([key]) => key.startsWith(`${unit} `) && key.endsWith('inside')),
  )
  expect(nonZero(whole)).toEqual(nonZero(expected))
  return 1
}

/** Then view plus correction against the sheet by the tree of today. */
export async function compareToday(town: Town): Promise<number> {
  const sheet = sheetOf(town)
  const [unit, period] = [town.random.pick(town.units), randomPeriod(town)]
  const sums = new Map<string, number>()
  const add = (indicator: string, state: number, values: number[]) => {
    const key = `${indicator} ${state}`
    sums.set(key, (sums.get(key) ?? 0) + values[0]!)
  }
  await read(town, async (tx) => {
    for (const t of await totals(tx, [unit], [period])) if (!t.viewed) add(t.indicator, t.state, t.values)
    for (const c of await todayCorrection(tx, [unit], [period], todayYm)) add(c.indicator, c.state, c.values)
  })
  const expected = todayOf(sheet, unit, period, todayYm)
  expect(nonZero(sums), `${unit} ${period.label}`).toEqual(nonZero(expected))
  // Its parts, and the records behind one of them, add up to the same by the same tree.
  const parts = await read(town, (tx) => todayParts(tx, unit, period, codes, todayYm))
  const whole = new Map<string, number>()
  for (const { line, indicator, state, value } of parts) {
    const key = `${indicator} ${state}`
    if (line < 2) whole.set(key, (whole.get(key) ?? 0) + value)
  }
  expect(nonZero(whole), `parts of ${unit} ${period.label}`).toEqual(nonZero(expected))
  const indicator = town.random.pick(codes)
  const { sum } = await read(town, (tx) => traceSums(tx, askedOf(town, unit, indicator, period, todayYm), 4))
  expect(sum, `trace of ${unit} ${indicator} ${period.label}`).toBe(expected.get(`${indicator} 1`) ?? 0)
  return 3
}

const askedOf = (
  town: Town,
  orgId: number,
  indicator: string,
  period: Period,
  month: number | null,
): Asked => ({
  orgId,
  indicatorId: town.deps.catalogue.indicatorId(indicator),
  stock: programme.indicators[indicator]!.nature === 'stock',
  period,
  todayYm: month,
})

/** Twelve months of one indicator, a stock as balance at each month's end. */
export async function compareMonths(town: Town): Promise<number> {
  const sheet = sheetOf(town)
  const [unit, indicator] = [town.random.pick(town.units), town.random.pick(codes)]
  const year = town.random.int(2018, town.openYear)
  const found = await read(town, (tx) => monthly(tx, unit, indicator, [year]))
  for (const state of [0, 1] as const) {
    const row = found.find((f) => f.state === state)
    let balance = row?.months[0] ?? 0
    const months = (row?.months.slice(1) ?? Array.from({ length: 12 }, () => 0)).map((m) =>
      row?.stock ? (balance += m) : m,
    )
    expect(months, `${unit} ${indicator} ${year}`).toEqual(
      monthsOfYear(sheet, unit, indicator, state, periodOf('year', year)),
    )
  }
  return 2
}

/** The records behind a figure add up to it. */
export async function compareTrace(town: Town): Promise<number> {
  const [unit, indicator, period] = [
    town.random.pick(town.units),
    town.random.pick(codes),
    randomPeriod(town),
  ]
  const asked = askedOf(town, unit, indicator, period, null)
  const expected = totalsOf(sheetOf(town), period).get(`${unit} ${indicator} 1 inside`) ?? 0
  const { sum, page } = await read(town, async (tx) => ({
    sum: (await traceSums(tx, asked, 4)).sum,
    page: await traceRows(tx, asked, 4, null),
  }))
  expect(sum, `${unit} ${indicator} ${period.label}`).toBe(expected)
  if (page.next === null) expect(page.rows.reduce((n, r) => n + r.value, 0)).toBe(expected)
  return 1
}

/** Paths, districts and today's codes of all units, and where each record is filed. */
export async function comparePlaces(town: Town, filedByMonth: boolean): Promise<number> {
  const ym = town.random.int(2018, 2020) * 100 + town.random.int(1, 12)
  const places = await sql<
    Record<string, unknown>
  >`SELECT id, app.path_at(id, ${ym}::int) AS path, app.view_path_at(id, ${ym}::int) AS view,
    app.district_at(id, ${ym}::int) AS district, scope_code, view_code, district_id FROM app.org ORDER BY id`.execute(
    town.db,
  )
  expect(places.rows, `${ym}`).toEqual(
    town.units.map((id) => ({
      id,
      path: pathAt(town.edges, id, ym),
      view: viewPathAt(town.edges, id, ym),
      district: districtAt(town.edges, id, ym),
      scope_code: pathAt(town.edges, id, todayYm),
      view_code: viewPathAt(town.edges, id, todayYm),
      district_id: districtAt(town.edges, id, todayYm),
    })),
  )
  const filed = await sql<
    Record<string, unknown>
  >`SELECT id, org_id, scope_code, view_code, then_code, then_view, district_id,
    extract(year FROM occurred_on)::int * 100 + extract(month FROM occurred_on)::int AS ym, state, turn_of FROM app.record ORDER BY id`.execute(
    town.db,
  )
  expect(filed.rows).toHaveLength(town.records.length)
  for (const r of filed.rows) {
    const [org, month] = [Number(r['org_id']), Number(r['ym'])]
    expect(r).toMatchObject({
      scope_code: pathAt(town.edges, org, todayYm),
      view_code: viewPathAt(town.edges, org, todayYm),
      then_code: pathAt(town.edges, org, month),
      then_view: viewPathAt(town.edges, org, month),
      ...(filedByMonth ? { district_id: districtAt(town.edges, org, month) } : {}),
    })
    // What waits, waits at a unit that can still see it.
    if (r['state'] === 'submitted')
      expect(
        pathAt(town.edges, org, todayYm).startsWith(pathAt(town.edges, Number(r['turn_of']), todayYm)),
      ).toBe(true)
  }
  return 2
}

/** The recount of `jinguo verify` finds nothing, and every ledger entry stands under a sequence of its audit stream. */
export async function compareBooks(town: Town): Promise<number> {
  const report = await inTransaction(town.db, { ...wholeTree, oneSnapshot: true }, (tx) =>
    recount(town.deps, tx),
  )
  expect(report.differences).toEqual([])
  expect(report.records).toBe(town.records.length)
  const loose = await sql`SELECT DISTINCT l.district_id, l.seq FROM app.ledger l
    WHERE NOT EXISTS (SELECT FROM app.audit a WHERE a.district_id = l.district_id AND a.seq = l.seq)`.execute(
    town.db,
  )
  expect(loose.rows).toEqual([])
  return 2
}
