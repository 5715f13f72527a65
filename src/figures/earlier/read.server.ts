import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { periodOf } from '#kit/period.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import type { OrgBrief } from '#org/api.ts'
import { indicators } from '#programmes/index.ts'
import { brief } from '#record/place.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { isBound } from '../disclosure/bound.ts'
import { boundAt } from '../disclosure/withhold.server.ts'
import { totals } from '../read.server.ts'
import { askedPlace } from '../service.server.ts'
import type { EarlierCell, EarlierGrid, EarlierQuery, EarlierTrace, EarlierWaiting } from './api.ts'
import { basisOf, FIRST_YEAR, type Sides } from './rules.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))
/** Years that one question may ask for: each is a period of the books. */
const mostYears = 12

/** Columns of a total `t` as a cell; `actor` tells which are her own. */
const cellColumns = (actor: Actor): RawBuilder<unknown> =>
  sql`t.id, i.code AS indicator, t.year, t.val::float8 AS value, t.source, t.state, t.reason, e.name AS by,
    to_jsonb(t.entered_at) #>> '{}' AS at, d.name AS "decidedBy", to_jsonb(t.decided_at) #>> '{}' AS "decidedAt", e.person_id = ${actor.personId}::uuid AS "isMine"`
const cellTables = sql`app.earlier_total t JOIN app.indicator i ON i.id = t.indicator_id
  LEFT JOIN app.account e ON e.id = t.entered_by LEFT JOIN app.account d ON d.id = t.decided_by`

/** The years of a query; default the five before the business year. @throws Problem.badRequest */
export function askedYears(deps: Pick<Deps, 'today'>, q: Pick<EarlierQuery, 'from' | 'until'>): number[] {
  const last = Number(deps.today().slice(0, 4)) - 1
  const until = Number(q.until ?? last)
  const from = Number(q.from ?? until - 4)
  const isRange = Number.isInteger(from) && Number.isInteger(until) && from <= until
  if (!isRange || from < FIRST_YEAR || until > last || until - from >= mostYears) {
    const message = `请选择 ${FIRST_YEAR} 到 ${last} 之间、不超过 ${mostYears} 年的年份`
    throw Problem.badRequest({ issues: [{ field: 'from', message }] })
  }
  return Array.from({ length: until - from + 1 }, (_, n) => from + n)
}

const keyOf = (indicator: string, year: number): string => `${indicator} ${year}`

/** What records, the unit's own totals and those below say of each indicator and year; what nobody says is missing. */
export async function sidesOf(
  tx: Tx,
  orgId: number,
  years: readonly number[],
  only: readonly string[] | null = null,
): Promise<Map<string, Sides & { indicator: string; year: number }>> {
  const found = new Map<string, Sides & { indicator: string; year: number }>()
  const at = (indicator: string, year: number) => {
    const key = keyOf(indicator, year)
    const old = found.get(key)
    if (old) return old
    const fresh = { indicator, year, recorded: null, own: null, below: null }
    found.set(key, fresh)
    return fresh as Sides & { indicator: string; year: number }
  }
  const [books, estimates] = await Promise.all([
    totals(
      tx,
      [orgId],
      years.map((y) => periodOf('year', y)),
      only,
    ),
    standing(tx, orgId, years, only),
  ])
  for (const { indicator, state, viewed, values } of books) {
    if (state !== 1 || viewed || !byId.has(indicator)) continue
    values.forEach((value, n) => {
      if (value !== 0) at(indicator, years[n]!).recorded = value
    })
  }
  for (const { indicator, year, own, below } of estimates) {
    const sides = at(indicator, year)
    sides.own = own
    sides.below = below
  }
  return found
}

/** What compares of years without records, of each indicator that has such a total; nothing else is asked where there is none. */
export async function estimatesOf(
  tx: Tx,
  orgId: number,
  years: readonly number[],
): Promise<{ indicator: string; year: number; value: number }[]> {
  const estimates = await standing(tx, orgId, years, null)
  if (estimates.length === 0) return []
  const sides = await sidesOf(tx, orgId, years, [...new Set(estimates.map((e) => e.indicator))])
  return [...sides.values()].flatMap((found) => {
    const { value, basis } = basisOf(found)
    if (value === null || basis === 'recorded') return []
    return [{ indicator: found.indicator, year: found.year, value }]
  })
}

/** Accepted totals in the scope of a unit by the tree at the year's end; `isInside` = another one of a unit above it covers it. */
const accepted = (
  orgId: number,
  years: readonly number[],
  only: readonly string[] | null,
): RawBuilder<unknown> =>
  sql`SELECT t.district_id, t.id, t.org_id, t.indicator_id, t.year, t.val, c.depth, EXISTS (
      SELECT FROM app.earlier_total u JOIN app.org_closure a ON a.anc = ${orgId} AND a.des = u.org_id AND a.depth > 0 AND a.line < 2
          AND a.from_ym <= u.year * 100 + 12 AND u.year * 100 + 12 < a.to_ym
        JOIN app.org_closure x ON x.anc = u.org_id AND x.des = t.org_id AND x.depth > 0 AND x.line < 2
          AND x.from_ym <= u.year * 100 + 12 AND u.year * 100 + 12 < x.to_ym
      WHERE u.state = 'accepted' AND u.indicator_id = t.indicator_id AND u.year = t.year) AS inside
    FROM app.earlier_total t JOIN app.org_closure c ON c.anc = ${orgId} AND c.des = t.org_id AND c.line < 2
      AND c.from_ym <= t.year * 100 + 12 AND t.year * 100 + 12 < c.to_ym
    JOIN app.indicator n ON n.id = t.indicator_id AND (${only}::text[] IS NULL OR n.code = ANY (${only}::text[]))
    WHERE t.state = 'accepted' AND t.year = ANY (${years}::smallint[])`

const standing = (tx: Tx, orgId: number, years: readonly number[], only: readonly string[] | null) =>
  rows<{ indicator: string; year: number; own: number | null; below: number | null }>(
    tx,
    sql`SELECT i.code AS indicator, a.year, sum(a.val) FILTER (WHERE a.depth = 0)::float8 AS own,
        sum(a.val) FILTER (WHERE a.depth > 0 AND NOT a.inside)::float8 AS below
      FROM (${accepted(orgId, years, only)}) a JOIN app.indicator i ON i.id = a.indicator_id GROUP BY 1, 2`,
  )

/** The totals of one unit over some years, to be entered and looked at. @throws Problem.notFound, badRequest */
export async function readEarlier(deps: Deps, tx: Tx, actor: Actor, q: EarlierQuery): Promise<EarlierGrid> {
  const at = await askedPlace(tx, actor, q.org)
  const years = askedYears(deps, q)
  const bound = boundAt(actor, at)
  const cells = await rows<EarlierCell>(
    tx,
    sql`SELECT ${cellColumns(actor)} FROM ${cellTables} WHERE t.org_id = ${at.id} AND t.year = ANY (${years}::smallint[])
      AND t.state IN ('draft', 'submitted', 'returned', 'accepted') ORDER BY t.year, t.indicator_id, t.entered_at`,
  )
  const beside = await sidesOf(tx, at.id, years)
  return {
    org: await brief(tx, at.id),
    years,
    mayEnter: can(actor, 'earlier.enter', at),
    mayDecide: can(actor, 'earlier.decide', at),
    cells: cells.filter((c) => !bound.has(c.indicator)),
    beside: [...beside.values()]
      .filter((b) => !bound.has(b.indicator) && (b.recorded !== null || b.below !== null))
      .map(({ indicator, year, recorded, below }) => ({ indicator, year, recorded, below })),
    withheld: [...bound],
  }
}

/** Totals `t` of units `o` that await a decision in the scope of the actor. */
const awaits = ({ org: { scopeCode } }: Actor): RawBuilder<unknown> =>
  sql`t.state = 'submitted' AND o.scope_code >= ${scopeCode} AND o.scope_code < ${`${scopeCode}~`}`
const placeColumn = sql`jsonb_build_object('id', o.id, 'scopeCode', o.scope_code, 'viewCode', o.view_code) AS place`

/** Whether she may decide a total of an indicator at a unit: what is kept from her she does not. */
function decides(actor: Actor, { indicator, place }: { indicator: string; place: Place }): boolean {
  const declared = byId.get(indicator)
  return declared !== undefined && can(actor, 'earlier.decide', place) && !isBound(actor, declared, place)
}

type Awaiting = { id: number; indicator: string; place: Place; org: OrgBrief; count: number }

/** Units and indicators of which totals await her decision, with how many of these others entered. */
async function awaiting(tx: Tx, actor: Actor): Promise<Awaiting[]> {
  const found = await rows<Awaiting>(
    tx,
    sql`SELECT i.id, i.code AS indicator, ${briefOf('o')} AS org, ${placeColumn}, n.count
      FROM (SELECT t.org_id, t.indicator_id, count(*) FILTER (WHERE a.person_id <> ${actor.personId}::uuid)::int AS count FROM app.earlier_total t
        JOIN app.org o ON o.id = t.org_id JOIN app.account a ON a.id = t.entered_by WHERE ${awaits(actor)} GROUP BY 1, 2) n
      JOIN app.org o ON o.id = n.org_id JOIN app.indicator i ON i.id = n.indicator_id`,
  )
  return found.filter((one) => decides(actor, one))
}

/** How many totals await her decision, by unit and indicator: none that she entered herself. */
export const countWaiting = async (tx: Tx, actor: Actor): Promise<Pick<Awaiting, 'org' | 'count'>[]> =>
  (await awaiting(tx, actor)).filter(({ count }) => count > 0)

/** What awaits a decision, in the scope of whoever may decide. */
export async function readWaiting(tx: Tx, actor: Actor): Promise<EarlierWaiting> {
  const hers = await awaiting(tx, actor)
  const mine = await rows<EarlierWaiting[number] & { place: Place }>(
    tx,
    sql`SELECT ${cellColumns(actor)}, ${briefOf('o')} AS org, NULL AS recorded, s.val::float8 AS standing,
        ${placeColumn}
      FROM ${cellTables} JOIN app.org o ON o.id = t.org_id
      LEFT JOIN app.earlier_total s ON s.org_id = t.org_id AND s.indicator_id = t.indicator_id AND s.year = t.year AND s.state = 'accepted'
      JOIN unnest(${hers.map(({ org }) => org.id)}::int[], ${hers.map(({ id }) => id)}::int[]) AS h (org_id, indicator_id)
        ON h.org_id = t.org_id AND h.indicator_id = t.indicator_id
      WHERE ${awaits(actor)} ORDER BY t.entered_at, t.id LIMIT ${bounds.earlierWaiting.most}`,
  )
  const waiting: EarlierWaiting = []
  const units = new Map<number, Map<string, Sides>>()
  for (const { place, ...cell } of mine) {
    const sides = units.get(place.id) ?? (await sidesOf(tx, place.id, yearsAt(mine, place.id)))
    units.set(place.id, sides)
    waiting.push({ ...cell, recorded: sides.get(keyOf(cell.indicator, cell.year))?.recorded ?? null })
  }
  return waiting
}

const yearsAt = (list: readonly { place: Place; year: number }[], id: number): number[] => [
  ...new Set(list.filter((one) => one.place.id === id).map((one) => one.year)),
]

/** The 估报 records behind a year's total, counted or not, and all that were decided before. @throws Problem.notFound, badRequest */
export async function readEarlierTrace(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  q: { org?: string | undefined; indicator: string; year: string },
): Promise<EarlierTrace> {
  const at = await askedPlace(tx, actor, q.org)
  const declared = byId.get(q.indicator)
  if (!declared) throw Problem.notFound()
  const [year] = askedYears(deps, { from: q.year, until: q.year })
  const head = { org: await brief(tx, at.id), indicator: q.indicator, year: year! }
  const nothing = { recorded: null, own: null, below: null }
  if (isBound(actor, declared, at))
    return { ...head, ...nothing, value: null, basis: null, withheld: 'unreleased', parts: [] }
  const only = [q.indicator]
  const sides = (await sidesOf(tx, at.id, [year!], only)).get(keyOf(q.indicator, year!)) ?? nothing
  const { value, basis } = basisOf(sides)
  const parts = await rows<EarlierCell & { org: OrgBrief; depth: number; inside: boolean }>(
    tx,
    sql`SELECT ${cellColumns(actor)}, ${briefOf('o')} AS org, c.depth, coalesce(a.inside, true) AS inside
      FROM ${cellTables} JOIN app.org o ON o.id = t.org_id
      JOIN app.org_closure c ON c.anc = ${at.id} AND c.des = t.org_id AND c.line < 2
        AND c.from_ym <= ${year! * 100 + 12} AND ${year! * 100 + 12} < c.to_ym
      LEFT JOIN (${accepted(at.id, [year!], only)}) a ON a.district_id = t.district_id AND a.id = t.id
      WHERE i.code = ${q.indicator} AND t.year = ${year} AND t.state NOT IN ('draft', 'withdrawn')
      ORDER BY c.depth, o.org_code, t.id DESC LIMIT ${bounds.earlierParts.most}`,
  )
  const { recorded, own, below } = sides
  return {
    ...head,
    recorded,
    own,
    below,
    value,
    basis,
    parts: parts.map(({ depth, inside, ...part }) => ({
      ...part,
      isCounted:
        part.state === 'accepted' &&
        ((basis === 'own' && depth === 0) || (basis === 'below' && depth > 0 && !inside)),
    })),
  }
}
