import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { addDays, daysIn } from '#kit/day.ts'
import type { CellClass } from '#kit/indicator.ts'
import { monthsOf, periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { asService } from '#identity/service.server.ts'
import { indicators } from '#programmes/index.ts'
import { first, inTransaction, rows, wholeTree, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { totals } from '../read.server.ts'
import type { Published } from './lattice.ts'
import { openSolver } from './solver.server.ts'
import { auditBounds, suppress, type Breach } from './suppress.ts'
import type { Solver } from './system.ts'
import {
  graceDays,
  keyOf,
  latticeOf,
  nextQuarter,
  quarterOf,
  quarterPeriod,
  quarterTable,
  yearTable,
  type TableRow,
  type UnitMonths,
} from './table.ts'

/** Tiers that have rows of their own; what is below stands in 直属 of the unit above. */
const tiers = ['city', 'district', 'industry', 'subdistrict']

/** Years before the business year that are released as well: a figure shows the year before beside it. */
const yearsBack = 2

type Kept = TableRow & { hidden: boolean }
type Declared = { id: string; number: number; cell: CellClass }

/** The indicators that tables are released of: flows of a small-cell class. */
export const releasedIndicators = (deps: Deps): Declared[] =>
  indicators
    .filter(({ indicator: { cell, nature } }) => cell !== 'none' && cell !== 'untold' && nature !== 'stock')
    .map(({ id, indicator }) => ({ id, number: deps.catalogue.indicatorId(id), cell: indicator.cell }))

/** The quarters that are closed on a day, from the first that is released on. */
export function closedQuarters(today: string): number[] {
  const year = Number(today.slice(0, 4))
  const closed: number[] = []
  for (let q = quarterOf(year - yearsBack, 1); ; q = nextQuarter(q)) {
    const { untilYm } = quarterPeriod(q)
    const [y, m] = [Math.floor(untilYm / 100), untilYm % 100]
    const end = `${y}-${String(m).padStart(2, '0')}-${daysIn(y, m)}`
    if (addDays(end, graceDays) > today) return closed
    closed.push(q)
  }
}

/** The log of an indicator: every row of every table, with what hidden cells were. To be read within wholeTree. */
async function readLog(tx: Tx, indicator: number): Promise<Kept[]> {
  return rows<Kept>(
    tx,
    sql`SELECT c.quarter, c.span, c.org_id AS "orgId", c.above_id AS "aboveId", c.rest,
      coalesce(c.value, h.value)::float8 AS value, c.value IS NULL AS hidden
      FROM app.release_cell c LEFT JOIN app.release_hidden h USING (indicator_id, quarter, span, org_id, above_id, rest)
      WHERE c.indicator_id = ${indicator} ORDER BY c.quarter, c.span, c.org_id, c.above_id, c.rest`,
  )
}

const publishedOf = (log: readonly Kept[]): Published => ({
  shown: new Set(log.filter((row) => !row.hidden).map(keyOf)),
  hidden: new Set(log.filter((row) => row.hidden).map(keyOf)),
})

/** Units of the table with their months of a quarter, accepted values by the tree of each month, for several indicators. */
async function readUnits(
  tx: Tx,
  quarter: number,
  codes: readonly string[],
): Promise<Map<string, UnitMonths[]>> {
  const period = quarterPeriod(quarter)
  const months = monthsOf(period)
  const edges = await rows<{ id: number; above: number | null; from_ym: number; to_ym: number }>(
    tx,
    sql`SELECT o.id, c.anc AS above, c.from_ym, c.to_ym FROM app.org o
      LEFT JOIN app.org_closure c ON c.des = o.id AND c.depth = 1 AND c.line = 1 AND c.from_ym <= ${period.untilYm} AND c.to_ym > ${period.fromYm}
        AND EXISTS (SELECT FROM app.org a WHERE a.id = c.anc AND a.tier = ANY (${tiers}))
      WHERE o.tier = ANY (${tiers}) AND (c.anc IS NOT NULL OR o.tier = 'city') ORDER BY o.id, c.from_ym`,
  )
  const above = new Map<number, { orgId: number; within: boolean[] }[]>()
  for (const { id, above: orgId, from_ym, to_ym } of edges) {
    const list = above.get(id) ?? []
    above.set(id, list)
    if (orgId === null) continue
    const within = months.map((ym) => from_ym <= ym && ym < to_ym)
    const known = list.find((one) => one.orgId === orgId)
    if (known) known.within = known.within.map((yes, at) => yes || within[at]!)
    else list.push({ orgId, within })
  }
  const values = new Map<string, number[]>()
  const found = await totals(
    tx,
    [...above.keys()],
    months.map((ym) => periodOf('month', Math.floor(ym / 100), ym % 100)),
    codes,
  )
  for (const t of found) if (t.state === 1 && !t.viewed) values.set(`${t.org_id} ${t.indicator}`, t.values)
  return new Map(
    codes.map((code) => [
      code,
      [...above].map(([orgId, superiors]) => ({
        orgId,
        months: values.get(`${orgId} ${code}`) ?? months.map(() => 0),
        above: superiors,
      })),
    ]),
  )
}

/**
 * The rows of an indicator's next table with what is hidden of them: suppression, then the bounds audit over everything
 * published, this table and all earlier ones.
 * @throws CannotProtect; Error when the audit does not hold
 */
function prepare(log: readonly Kept[], table: readonly TableRow[], cell: CellClass, solver: Solver): Kept[] {
  const lattice = latticeOf([...log, ...table], cell)
  const published = suppress(lattice, publishedOf(log), table.map(keyOf), solver)
  const [breach] = auditBounds(lattice, published, solver)
  if (breach)
    throw new Error(`bounds audit: ${breach.key} lies between ${breach.range.min} and ${breach.range.max}`)
  return table.map((row) => ({ ...row, hidden: published.hidden.has(keyOf(row)) }))
}

const insert = (table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/** Writes one table with its audit row, in one transaction; the second of two servers meets the first's key. */
async function publish(
  deps: Deps,
  actor: Actor,
  { id, number }: Declared,
  quarter: number,
  table: readonly Kept[],
): Promise<void> {
  const cells = table.map(({ value, hidden, ...row }) => ({
    indicator_id: number,
    quarter: row.quarter,
    span: row.span,
    org_id: row.orgId,
    above_id: row.aboveId,
    rest: row.rest,
    value: hidden ? null : value,
  }))
  const kept = cells.flatMap((cell, at) => (table[at]!.hidden ? [{ ...cell, value: table[at]!.value }] : []))
  const hash = deps.crypto.hash(JSON.stringify(cells))
  await inTransaction(deps.db, wholeTree, async (tx) => {
    const work = openWork(actor)
    const release = { indicator_id: number, quarter, released_on: deps.today(), content_hash: hash }
    await insert('release', [release]).execute(tx)
    await insert('release_cell', cells).execute(tx)
    await insert('release_hidden', kept).execute(tx)
    work.audit({
      districtId: actor.org.districtId,
      action: 'figure.release',
      object: `release:${id}:${quarter}`,
      body: { hash },
    })
    await closeWork(tx, work, deps.crypto)
  })
}

/**
 * Releases the tables of all closed quarters that are not released yet, oldest first; with a fourth quarter its year. Read,
 * reckoned and written apart, so that nobody waits for linear programs.
 * @param leaving ends it after the table at hand; the next start goes on
 * @returns number of tables released
 * @throws CannotProtect; Error when the bounds audit does not hold: nothing of that quarter is published then
 */
export async function releaseDue(deps: Deps, leaving?: AbortSignal): Promise<number> {
  const declared = releasedIndicators(deps)
  const done = await inTransaction(deps.db, wholeTree, (tx) =>
    rows<{ indicator_id: number; quarter: number }>(tx, sql`SELECT indicator_id, quarter FROM app.release`),
  )
  const known = new Set(done.map((r) => `${r.indicator_id} ${r.quarter}`))
  const due = closedQuarters(deps.today()).filter((q) => declared.some((i) => !known.has(`${i.number} ${q}`)))
  if (due.length === 0) return 0
  const solver = await openSolver()
  let released = 0
  await asService(deps, 'release', async (actor) => {
    for (const quarter of due) {
      const missing = declared.filter((i) => !known.has(`${i.number} ${quarter}`))
      const units = await inTransaction(deps.db, wholeTree, (tx) =>
        readUnits(
          tx,
          quarter,
          missing.map((i) => i.id),
        ),
      )
      for (const indicator of missing) {
        if (leaving?.aborted) return
        const log = await inTransaction(deps.db, wholeTree, (tx) => readLog(tx, indicator.number))
        const table = quarterTable(quarter, units.get(indicator.id)!)
        const whole = quarter % 10 === 4 ? yearTable(Math.floor(quarter / 10), [...log, ...table]) : []
        await publish(
          deps,
          actor,
          indicator,
          quarter,
          prepare(log, [...table, ...whole], indicator.cell, solver),
        )
        released++
        await setImmediate()
      }
    }
  })
  return released
}

export type ReleaseAudit = { tables: number; hidden: number; breaches: (Breach & { indicator: string })[] }

/** The bounds audit over the whole release log. To be run in a transaction of wholeTree. */
export async function auditReleases(deps: Deps, tx: Tx): Promise<ReleaseAudit> {
  const counted = await first<{ n: number }>(tx, sql`SELECT count(*) AS n FROM app.release`)
  const report: ReleaseAudit = { tables: counted!.n, hidden: 0, breaches: [] }
  if (report.tables === 0) return report
  const solver = await openSolver()
  for (const { id, number, cell } of releasedIndicators(deps)) {
    const log = await readLog(tx, number)
    report.hidden += log.filter((row) => row.hidden).length
    const found = auditBounds(latticeOf(log, cell), publishedOf(log), solver)
    report.breaches.push(...found.map((breach) => ({ ...breach, indicator: id })))
  }
  return report
}
