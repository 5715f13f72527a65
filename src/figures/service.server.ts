import { sql } from 'kysely'
import { scaleOf } from '#kit/contribution.ts'
import { askedDays } from '#audit/days.server.ts'
import { addMonths, monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import { hasPart, monthsOf, periodOf, type Calendar, type Period } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { indicators } from '#programmes/index.ts'
import { briefs } from '#record/place.server.ts'
import { mostClass } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { ChangeQuery, Changes, Drill, Figure, FigureQuery, FigureSet, Trace, Trend } from './api.ts'
import { trendOf } from './cells.ts'
import { isBound, isTooSmallToPrint } from './disclosure/bound.ts'
import { readReleased } from './disclosure/released.server.ts'
import { withholdFigures, withholdRows } from './disclosure/withhold.server.ts'
import { changeRows } from './changes.server.ts'
import { drillTotals, monthly, todayCorrection, todayParts, totals } from './read.server.ts'
import { traceRows, traceSums } from './trace.server.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))

/** The unit a figure is asked of: the actor's own, or one in her scope or view. @throws Problem.notFound */
export async function askedPlace(tx: Tx, actor: Actor, id: string | undefined): Promise<Place> {
  const own: Place = { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null }
  if (id === undefined) return own
  const place =
    id === String(own.id)
      ? own
      : await firstKeyed<Place>(
          tx,
          sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ${Number(id) || 0}`,
        )
  if (!place || !can(actor, 'figure.read', place)) throw Problem.notFound()
  return place
}

/** The period of a query; default the business year. @throws Problem.badRequest */
export function askedPeriod(deps: Pick<Deps, 'today'>, q: FigureQuery): Period {
  const year = Number(q.year ?? deps.today().slice(0, 4))
  const calendar: Calendar = q.calendar ?? 'year'
  const part = Number(q.part ?? 1)
  if (!Number.isInteger(year) || year < 2000 || year > 2100 || !hasPart(calendar, part)) {
    throw Problem.badRequest({ issues: [{ field: 'year', message: '期间不存在，请重新选择' }] })
  }
  return periodOf(calendar, year, part)
}

/** The indicator of a code. @throws Problem.notFound */
function getIndicator(code: string | undefined) {
  const found = byId.get(code ?? '')
  if (!found) throw Problem.notFound()
  return found
}

/** The same period of the year before; of a period that is still open, its months so far. */
export const yearEarlier = (p: Period, todayYm: number): Period => {
  const open = p.fromYm <= todayYm && todayYm < p.untilYm
  return { ...p, fromYm: addMonths(p.fromYm, -12), untilYm: addMonths(open ? todayYm : p.untilYm, -12) }
}

/** The period as released tables know it: they are reckoned by the tree of the time. */
const releasedPeriod = (q: FigureQuery, period: Period): Period | null => (q.view === 'today' ? null : period)

/** All figures of a unit for a period, with last year's and what waits; by the tree of the time or of today. */
export async function readFigures(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  q: FigureQuery,
): Promise<FigureSet> {
  const at = await askedPlace(tx, actor, q.org)
  const period = askedPeriod(deps, q)
  const view = q.view ?? 'then'
  const todayYm = monthOf(deps.today())
  const [sums, units] = await Promise.all([figuresOf(tx, at.id, period, view, todayYm), briefs(tx, [at.id])])
  const periods = { now: releasedPeriod(q, period), before: yearEarlier(period, todayYm) }
  const figures = await withholdFigures(tx, actor, at, periods, sums)
  return { org: units.get(at.id)!, period, view, figures }
}

type Sums = { [K in keyof Omit<Figure, 'withheld'>]: NonNullable<Figure[K]> }

/** The figures of one unit, every indicator of the register, zeros included. */
export async function figuresOf(
  tx: Tx,
  orgId: number,
  period: Period,
  view: 'then' | 'today',
  todayYm: number,
): Promise<Sums[]> {
  const periods = [period, yearEarlier(period, todayYm)]
  const sums = new Map<string, Sums>(
    indicators.map(({ id }) => [id, { indicator: id, value: 0, waiting: 0, viewed: 0, before: 0 }]),
  )
  const add = (indicator: string, state: 0 | 1, viewed: boolean, [now, before]: number[]) => {
    const figure = sums.get(indicator)
    if (!figure) return
    if (viewed) figure.viewed += state === 1 ? now! : 0
    else if (state === 1) {
      figure.value += now!
      figure.waiting -= now!
      figure.before += before!
    } else figure.waiting += now!
  }
  for (const t of await totals(tx, [orgId], periods)) add(t.indicator, t.state, t.viewed, t.values)
  if (view === 'today') {
    for (const c of await todayCorrection(tx, [orgId], periods, todayYm))
      add(c.indicator, c.state, false, c.values)
  }
  return [...sums.values()]
}

/** A unit's figures by the units below: their sum with the office's own line is the total; line 2 stands apart. */
export async function readDrill(deps: Deps, tx: Tx, actor: Actor, q: FigureQuery): Promise<Drill> {
  const at = await askedPlace(tx, actor, q.org)
  const orgId = at.id
  const period = askedPeriod(deps, q)
  const codes = (q.indicator ?? '').split(',').filter((c) => byId.has(c))
  if (codes.length === 0)
    throw Problem.badRequest({ issues: [{ field: 'indicator', message: '请选择指标' }] })
  const todayYm = monthOf(deps.today())
  const [fromYm, untilYm] = q.view === 'today' ? [todayYm, todayYm] : [period.fromYm, period.untilYm]
  const below = await rows<{ id: number; line: number; children: number }>(
    tx,
    sql`SELECT c.des AS id, c.line, (SELECT count(*) FROM app.org_edge e WHERE e.parent_id = c.des AND e.to_ym > ${untilYm}) AS children
      FROM app.org_closure c JOIN app.org o ON o.id = c.des
      WHERE c.anc = ${orgId} AND c.depth <= 1 AND c.from_ym <= ${untilYm} AND c.to_ym > ${fromYm}
      GROUP BY c.des, c.line, o.org_code ORDER BY c.line, o.org_code`,
  )
  const values = new Map<string, Record<string, [number, number]>>()
  const parts =
    q.view === 'today'
      ? await todayParts(tx, orgId, period, codes, todayYm)
      : await drillTotals(tx, orgId, period, codes)
  for (const t of parts) {
    const key = `${t.org_id} ${t.line}`
    const row = values.get(key) ?? {}
    const pair = (row[t.indicator] ??= [0, 0])
    if (t.state === 1) {
      pair[0] += t.value
      pair[1] -= t.value
    } else pair[1] += t.value
    values.set(key, row)
  }
  const names = await briefs(
    tx,
    below.map((b) => b.id),
  )
  const found = below.map((b) => ({
    org: names.get(b.id)!,
    own: b.line === 0,
    line: b.line,
    children: b.children,
    values: values.get(`${b.id} ${b.line}`) ?? {},
  }))
  return {
    org: (await briefs(tx, [orgId])).get(orgId)!,
    period,
    rows: await withholdRows(tx, actor, at, releasedPeriod(q, period), codes, found),
  }
}

/** Twelve months of a year and of the year before; a stock gives the balance at each month's end. */
export async function readTrend(deps: Deps, tx: Tx, actor: Actor, q: FigureQuery): Promise<Trend> {
  const at = await askedPlace(tx, actor, q.org)
  const orgId = at.id
  const declared = getIndicator(q.indicator)
  const { id } = declared
  const year = Math.floor(askedPeriod(deps, { year: q.year }).untilYm / 100)
  if (isBound(actor, declared, at)) {
    const org = (await briefs(tx, [orgId])).get(orgId)!
    return { org, indicator: id, year, value: [], waiting: [], before: [], withheld: 'unreleased' }
  }
  const found = await monthly(tx, orgId, id, [year - 1, year])
  const months = [year - 1, year].flatMap((y) =>
    monthsOf(periodOf('year', y)).map((ym) => periodOf('month', y, ym % 100)),
  )
  const moved =
    q.view === 'today'
      ? (await todayCorrection(tx, [orgId], months, monthOf(deps.today()))).filter((c) => c.indicator === id)
      : []
  const series = (yr: number, state: 0 | 1): number[] => {
    const row = found.find((f) => f.yr === yr && f.state === state)
    const add = moved.find((c) => c.state === state)?.values.slice(yr === year ? 12 : 0)
    return (row ? trendOf(row) : Array.from({ length: 12 }, () => 0)).map((n, m) => n + (add?.[m] ?? 0))
  }
  const value = series(year, 1)
  return {
    org: (await briefs(tx, [orgId])).get(orgId)!,
    indicator: id,
    year,
    value,
    waiting: series(year, 0).map((n, m) => n - value[m]!),
    before: series(year - 1, 1),
  }
}

/** The records behind a figure, with its recomputed sum and grades; beside a snapshot its frozen value. */
export async function readTrace(deps: Deps, tx: Tx, actor: Actor, q: FigureQuery): Promise<Trace> {
  const declared = getIndicator(q.indicator)
  const { id, indicator } = declared
  const number = deps.catalogue.indicatorId(id)
  const snapshot = q.snapshot === undefined ? null : await getSnapshot(tx, q.snapshot, number)
  const at = await askedPlace(tx, actor, snapshot ? String(snapshot.org_id) : q.org)
  const orgId = at.id
  const period = snapshot ? periodOf('year', snapshot.year) : askedPeriod(deps, q)
  const stock = indicator.nature === 'stock'
  const todayYm = q.view === 'today' && !snapshot ? monthOf(deps.today()) : null
  if (isBound(actor, declared, at)) {
    const now = snapshot ? period : releasedPeriod(q, period)
    const told = now && (await readReleased(tx, [orgId], [id], now))(orgId, id)
    return {
      org: (await briefs(tx, [orgId])).get(orgId)!,
      period,
      indicator: id,
      sum: told?.value ?? null,
      records: null,
      hidden: null,
      // Where the value is told, the records behind it are not.
      withheld: told?.withheld ?? 'unreleased',
      grades: [],
      rows: [],
      next: null,
      frozen: snapshot && !isTooSmallToPrint({ indicator, value: snapshot.val }) ? snapshot.val : null,
    }
  }
  const asked = { orgId, indicatorId: number, stock, period, todayYm }
  const page = await traceRows(tx, asked, mostClass(actor), q.after ?? null)
  return {
    org: (await briefs(tx, [orgId])).get(orgId)!,
    period,
    indicator: id,
    ...(await traceSums(tx, asked, mostClass(actor))),
    rows: page.rows.map((r) => ({ ...r, programme: deps.catalogue.programmeKey(r.programme) })),
    next: page.next,
    frozen: snapshot ? snapshot.val : null,
  }
}

/** Who changed a figure between two days. @throws Problem.badRequest for a day that is none */
export async function readChanges(deps: Deps, tx: Tx, actor: Actor, q: ChangeQuery): Promise<Changes> {
  const declared = getIndicator(q.indicator)
  const { id, indicator } = declared
  const at = await askedPlace(tx, actor, q.org)
  if (isBound(actor, declared, at)) return { ...askedDays(q, 30), rows: [], next: null }
  const asked = {
    orgId: at.id,
    indicatorId: deps.catalogue.indicatorId(id),
    stock: indicator.nature === 'stock',
    period: askedPeriod(deps, q),
    todayYm: q.view === 'today' ? monthOf(deps.today()) : null,
  }
  const days = askedDays(q, 30)
  const page = await changeRows(tx, asked, days, mostClass(actor), q.after ?? null)
  return {
    ...days,
    rows: page.rows.map((r) => ({ ...r, programme: deps.catalogue.programmeKey(r.programme) })),
    next: page.next,
  }
}

async function getSnapshot(tx: Tx, id: string, indicatorId: number) {
  const found = await first<{ org_id: number; year: number; val: number }>(
    tx,
    sql`SELECT s.org_id, s.year, v.val FROM app.snapshot s JOIN app.snapshot_value v ON v.snapshot_id = s.id AND v.indicator_id = ${indicatorId} WHERE s.id = ${id}`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** Value in the indicator's own unit: money in yuan, everything else as it is. */
export function inUnit(indicatorId: string, value: number): number {
  const found = byId.get(indicatorId)
  return found ? value / 10 ** scaleOf(found.indicator) : value
}
