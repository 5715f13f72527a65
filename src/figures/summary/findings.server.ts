import { sql, type RawBuilder } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { committeesOn } from '#org/committeesOn.server.ts'
import { committeeFromOn } from '#org/duty.server.ts'
import { headsOn } from '#org/headsOn.server.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { firstTasks, owed } from '#task/read.server.ts'
import { readTargets } from '../plan/follow.server.ts'
import { figuresOf, inUnit } from '../service.server.ts'
import type { Findings } from './problems.ts'
import { writtenAs } from './render.ts'
import { printedIndicators } from './sections.ts'
import { liveValues } from './year.server.ts'

const declared = new Map(indicators.map((entry) => [entry.id, entry.indicator]))
/** So many of a list are told, the furthest first. */
const most = 5
/** A fall is told from a tenth on, of figures that are no trifle. */
const least = 10

type Listed = { count: number; names: string[] }
const none: Listed = { count: 0, names: [] }
const listed = (where: RawBuilder<unknown>) =>
  sql`(SELECT jsonb_build_object('count', count(*), 'names', coalesce(jsonb_agg(o.short_name ORDER BY o.org_code) FILTER (WHERE n <= 3), '[]'))
    FROM (SELECT o.*, row_number() OVER (ORDER BY o.org_code) AS n FROM below o LEFT JOIN seated k ON k.org_id = o.id WHERE ${where}) o)`

/** What held at the end of the year, or holds today where it runs; of a year to come nothing is known. */
export async function readFindings(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Findings> {
  const { scopeCode } = actor.org
  const today = deps.today()
  const running = Number(today.slice(0, 4))
  const isOver = year < running
  const day = isOver ? `${year}-12-31` : today
  const committeeFrom = await committeeFromOn(tx, day)
  const nothing = sql`NOT EXISTS (SELECT FROM app.rollup r WHERE r.org_id = o.id AND r.yr = ${year} AND r.line = 0 AND r.state = 1)
    AND NOT EXISTS (SELECT FROM app.rollup_delta d WHERE d.org_id = o.id AND d.ym / 100 = ${year})`
  const committees = isOver
    ? committeesOn(day)
    : sql`(SELECT k.org_id, k.form, k.term_until_on AS until_on FROM app.org_committee k)`
  const found = await first<{ without: Listed; overdue: Listed; silent: Listed; units: number }>(
    tx,
    sql`WITH below AS MATERIALIZED (SELECT o.id, o.short_name, o.org_code, coalesce(h.women_members, o.women_members) AS women_members
        FROM app.org o LEFT JOIN ${headsOn(day)} h ON h.org_id = o.id AND ${isOver} WHERE o.scope_code >= ${scopeCode} AND o.scope_code < ${`${scopeCode}~`}
        AND o.closed_on IS NULL AND coalesce(o.founded_on, ${day}::date) <= ${day}::date AND o.tier IN ('grassroots', 'branch')),
        seated AS MATERIALIZED (SELECT k.* FROM ${committees} k)
      SELECT ${listed(sql`k.org_id IS NULL AND o.women_members >= ${committeeFrom}`)} AS without,
        ${listed(sql`k.form = 'committee' AND k.until_on < ${day}::date`)} AS overdue,
        ${listed(nothing)} AS silent, (SELECT count(*) FROM below) AS units`,
  )
  const { without, overdue, silent, units } = found!
  const isKnown = year <= running
  return {
    without: isKnown ? without : none,
    overdue: isKnown ? overdue : none,
    silent: { ...(isKnown ? silent : none), units },
    lagging: isKnown ? await laggards(deps, tx, actor, isOver ? day : null) : [],
    below: await belowLastYear(deps, tx, actor, year),
    short: await belowPlan(deps, tx, actor, year),
  }
}

/** Tasks looked at: what is open and due first stands first. */
const mostLooked = 200

/** Tasks of the unit past their day that units owe today, or owed at the end of the year in which they were due. */
async function laggards(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  endOfYear: string | null,
): Promise<Findings['lagging']> {
  if (!can(actor, 'task.read')) return []
  if (endOfYear !== null) return owedAt(tx, actor, endOfYear)
  const today = deps.today()
  const tasks = await firstTasks(deps, tx, actor, 'sent', mostLooked)
  return tasks
    .filter(({ dueOn, isOver, owing }) => !isOver && dueOn < today && (owing ?? 0) > 0)
    .slice(0, most)
    .map(({ id, title, dueOn, owing }) => ({ id, title, dueOn, owing: owing! }))
}

const dayOf = (column: string): RawBuilder<unknown> =>
  sql`(${sql.ref(column)} AT TIME ZONE 'Asia/Shanghai')::date`

const owedAt = (tx: Tx, actor: Actor, day: string): Promise<Findings['lagging'][number][]> =>
  rows<Findings['lagging'][number]>(
    tx,
    sql`SELECT t.id, t.title, t.due_on AS "dueOn", x.owing FROM app.task t CROSS JOIN LATERAL (
        SELECT count(*) AS owing FROM ${owed(actor.org.scopeCode)} AND coalesce(u.founded_on, ${day}::date) <= ${day}::date
          AND (a.reported_at IS NULL OR ${dayOf('a.reported_at')} > ${day}::date)) x
      WHERE t.org_id = ${actor.org.id} AND t.due_on BETWEEN ${`${day.slice(0, 4)}-01-01`}::date AND ${day}::date
        AND (t.closed_at IS NULL OR ${dayOf('t.closed_at')} > ${day}::date) AND x.owing > 0
      ORDER BY t.due_on, t.created_at LIMIT ${most}`,
  )

/** Flows without protected cells that lie a tenth or more below last year's, of an open year below its months so far. */
async function belowLastYear(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Findings['below']> {
  const figures = await figuresOf(tx, actor.org.id, periodOf('year', year), 'then', monthOf(deps.today()))
  return figures
    .filter(({ indicator, value, before }) => {
      const { nature, cell } = declared.get(indicator)!
      const isTold = printedIndicators.includes(indicator) && nature !== 'stock' && cell === 'none'
      return isTold && value > 0 && before >= least && value < before * 0.9
    })
    .toSorted((a, b) => a.value / a.before - b.value / b.before)
    .slice(0, most)
    .map(({ indicator }) => ({ indicator, label: declared.get(indicator)!.label }))
}

/** Figures below the targets that the unit owns in adopted plans, by the time that is over. */
async function belowPlan(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<Findings['short']> {
  if (!can(actor, 'plan.read')) return []
  const { rows: targets } = await readTargets(deps, tx, actor, { year: String(year) })
  if (targets.length === 0) return []
  const values = await liveValues(deps, tx, actor.org.id, year)
  return targets
    .flatMap(({ indicator, target, elapsed }) => {
      const spec = declared.get(indicator)
      const value = values.get(indicator) ?? 0
      if (!spec || spec.cell !== 'none' || value >= target * elapsed) return []
      const written = writtenAs(inUnit(indicator, target), spec.unit, 'exact')
      return [{ indicator, label: spec.label, target: written, elapsed, share: value / target }]
    })
    .toSorted((a, b) => a.share - b.share)
    .slice(0, most)
    .map(({ indicator, label, target, elapsed }) => ({ indicator, label, target, elapsed }))
}
