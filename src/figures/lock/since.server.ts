import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { isDay, monthOf } from '#kit/day.ts'
import { monthsOf, type Period } from '#kit/period.ts'
import { Problem } from '#kit/problem.ts'
import { indicators } from '#programmes/index.ts'
import { brief } from '#record/place.server.ts'
import { mostClass } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { FigureQuery } from '../api.ts'
import { isBound } from '../disclosure/bound.ts'
import { askedPeriod, askedPlace, figuresOf } from '../service.server.ts'
import { entries } from '../trace.server.ts'
import type { KeptValues, LockedFigures, MovedRecords, SinceLock } from './api.ts'
import { locksWhere } from './read.server.ts'
import { monthName } from './rules.ts'

const pageSize = 50

/** The lock that governs each month of a period at a unit: the nearest one's. */
async function marksOf(
  tx: Tx,
  orgId: number,
  period: Period,
): Promise<{ ym: number; lock_id: string; own: boolean }[]> {
  return rows(
    tx,
    sql`SELECT DISTINCT ON (k.ym) k.ym, k.lock_id, k.depth = 0 AS own FROM app.lock_marks(${orgId}::int, ${monthsOf(period)}::int[]) k ORDER BY k.ym, k.depth`,
  )
}

type Moved = { indicator: string; is_first: boolean; val: number; records: number }

/** What moved the figures of a unit since the locks of a period. */
export const movedSince = (tx: Tx, orgId: number, period: Period): Promise<Moved[]> =>
  rows(
    tx,
    sql`SELECT i.code AS indicator, m.is_first, m.val::float8 AS val, m.records FROM app.moved_since(${orgId}::int, ${period.fromYm}::int, ${period.untilYm}::int) m
      JOIN app.indicator i ON i.id = m.indicator_id`,
  )

/** The published values of a unit's own locks over a period: a flow adds up its months, a stock stands at the end of the last. */
async function published(tx: Tx, orgId: number, period: Period): Promise<Map<string, number>> {
  const found = await rows<{ indicator: string; val: number }>(
    tx,
    sql`SELECT i.code AS indicator, sum(v.val)::float8 AS val FROM app.period_lock l JOIN app.period_lock_value v ON v.lock_id = l.id
      JOIN app.indicator i ON i.id = v.indicator_id
      WHERE l.org_id = ${orgId} AND l.reopened_at IS NULL AND v.ym BETWEEN ${period.fromYm} AND ${period.untilYm}
        AND (i.nature <> 'stock' OR v.ym = ${period.untilYm}) GROUP BY i.code`,
  )
  return new Map(found.map((f) => [f.indicator, f.val]))
}

/**
 * Locked and live value of each indicator of a unit, and what lies between. At the unit that locked, the locked value is the one
 * that was stored; below it, what the books held at the lock's sequences.
 */
export async function readLocked(deps: Deps, tx: Tx, actor: Actor, q: FigureQuery): Promise<LockedFigures> {
  const at = await askedPlace(tx, actor, q.org)
  const period = askedPeriod(deps, q)
  const [org, marks] = await Promise.all([brief(tx, at.id), marksOf(tx, at.id, period)])
  const nothing = { org, period, locks: [], partly: null, figures: [] }
  if (marks.length === 0) return nothing
  if (marks.length < monthsOf(period).length)
    return { ...nothing, partly: marks.map((m) => monthName(m.ym)).join('、') }
  const [live, moved, kept, locks] = await Promise.all([
    figuresOf(tx, at.id, period, 'then', monthOf(deps.today())),
    movedSince(tx, at.id, period),
    marks.every((m) => m.own) ? published(tx, at.id, period) : null,
    locksWhere(tx, actor, sql`l.id = ANY(${[...new Set(marks.map((m) => m.lock_id))]}::uuid[])`),
  ])
  const values = new Map(live.map((f) => [f.indicator, f.value]))
  const figures = indicators
    .filter((one) => !isBound(actor, one, at))
    .map(({ id }) => sinceOf(id, values.get(id) ?? 0, moved, kept))
  return { org, period, locks, partly: null, figures }
}

function sinceOf(
  indicator: string,
  live: number,
  moved: readonly Moved[],
  kept: ReadonlyMap<string, number> | null,
): SinceLock {
  const own = moved.filter((m) => m.indicator === indicator)
  const sum = (first: boolean) => own.reduce((n, m) => n + (m.is_first === first ? m.val : 0), 0)
  const [added, corrected] = [sum(true), sum(false)]
  const locked = kept ? (kept.get(indicator) ?? 0) : live - added - corrected
  return { indicator, locked, live, added, corrected, records: own.reduce((n, m) => n + m.records, 0) }
}

/** What one lock keeps, beside the live value of its months; also of a lock that was reopened. @throws Problem.notFound */
export async function readLock(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<KeptValues> {
  const [lock] = await locksWhere(tx, actor, sql`l.id = ${id}::uuid`)
  if (!lock) throw Problem.notFound()
  const at = await askedPlace(tx, actor, String(lock.org.id))
  const { fromYm, untilYm } = lock
  const [live, kept] = await Promise.all([
    figuresOf(tx, at.id, { calendar: 'year', label: '', fromYm, untilYm }, 'then', monthOf(deps.today())),
    rows<{ indicator: string; val: number }>(
      tx,
      sql`SELECT i.code AS indicator, sum(v.val)::float8 AS val FROM app.period_lock_value v JOIN app.indicator i ON i.id = v.indicator_id
        WHERE v.lock_id = ${id}::uuid AND (i.nature <> 'stock' OR v.ym = ${untilYm}) GROUP BY i.code`,
    ),
  ])
  const values = new Map(live.map((f) => [f.indicator, f.value]))
  const locked = new Map(kept.map((f) => [f.indicator, f.val]))
  const figures = indicators
    .filter((one) => !isBound(actor, one, at))
    .map((one) => ({
      indicator: one.id,
      locked: locked.get(one.id) ?? 0,
      live: values.get(one.id) ?? 0,
    }))
  return { lock, figures: figures.filter((f) => f.locked !== 0 || f.live !== 0) }
}

/** The records that moved one figure since its lock. @throws Problem.notFound, badCursor */
export async function readMoved(deps: Deps, tx: Tx, actor: Actor, q: FigureQuery): Promise<MovedRecords> {
  const declared = indicators.find((one) => one.id === q.indicator)
  if (!declared) throw Problem.notFound()
  const at = await askedPlace(tx, actor, q.org)
  if (isBound(actor, declared, at)) return { rows: [], next: null }
  const period = askedPeriod(deps, q)
  let bound = sql`true`
  if (q.after) {
    const [on, id] = q.after.split('_')
    if (!on || !isDay(on) || !id || !/^[0-9a-f-]{36}$/.test(id)) throw Problem.badCursor()
    bound = sql`(r.occurred_on, r.id) < (${on}::date, ${id}::uuid)`
  }
  const stock = declared.indicator.nature === 'stock'
  const asked = {
    orgId: at.id,
    indicatorId: deps.catalogue.indicatorId(declared.id),
    stock,
    period,
    todayYm: null,
  }
  const until = sql`coalesce((SELECT (m.seqs ->> l.district_id::text)::bigint FROM mark m WHERE m.ym = ${stock ? sql`${period.untilYm}::int` : sql`l.ym`}), 0)`
  const found = await rows<Omit<MovedRecords['rows'][number], 'programme'> & { programme: number }>(
    tx,
    sql`WITH mark AS MATERIALIZED (
        SELECT DISTINCT ON (k.ym) k.ym, k.seqs FROM app.lock_marks(${at.id}::int, ${monthsOf(period)}::int[]) k ORDER BY k.ym, k.depth
      ), moved AS (
        SELECT l.district_id, l.record_id, max(${until}) AS until, sum(l.val)::float8 AS value
        FROM ${entries(asked)} AND l.seq > ${until} GROUP BY 1, 2
      )
      SELECT r.id, r.programme, r.title, r.occurred_on::text AS "endsOn", r.state, v.value,
        jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier) AS org,
        NOT EXISTS (SELECT FROM app.ledger e WHERE e.district_id = v.district_id AND e.record_id = v.record_id AND e.state = 1
          AND e.seq <= v.until) AS first
      FROM moved v JOIN app.record r ON r.district_id = v.district_id AND r.id = v.record_id JOIN app.org o ON o.id = r.org_id
      WHERE ${bound} AND (v.value <> 0 OR r.state = 'voided') AND r.class <= ${mostClass(actor)}
      ORDER BY r.occurred_on DESC, r.id DESC LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1)! : null
  return {
    rows: shown.map((r) => ({ ...r, programme: deps.catalogue.programmeKey(r.programme) })),
    next: last ? `${last.endsOn}_${last.id}` : null,
  }
}
