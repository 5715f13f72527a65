import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import type { OrgBrief } from '#org/api.ts'
import { committeeFromOn } from '#org/duty.server.ts'
import { indicators } from '#programmes/index.ts'
import { briefs } from '#record/place.server.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { totals } from '../read.server.ts'
import { askedPeriod, askedPlace } from '../service.server.ts'
import type { Board, Coverage, Filed } from './api.ts'
import { readGroups } from './groups.server.ts'
import { readScreening, readScreeningBelow } from './screening.server.ts'
import { readSteps } from './steps.server.ts'

/** From so many days a record waits longer than anybody should. */
const lateAfter = 7
const mostBlind = 20
const flows = indicators.filter(({ indicator }) => indicator.nature !== 'stock').map(({ id }) => id)

const waiting = (tx: Tx, actor: Actor, scopeCode: string, today: string): Promise<Board['stuck']> =>
  rows<Board['stuck'][number]>(
    tx,
    sql`SELECT t.tier, count(*) AS records, count(*) FILTER (WHERE x.days > ${lateAfter}) AS late, max(x.days) AS longest
      FROM app.record r JOIN app.org t ON t.id = r.turn_of
      CROSS JOIN LATERAL (SELECT greatest(0, ${today}::date - (r.updated_at AT TIME ZONE 'Asia/Shanghai')::date) AS days) x
      WHERE r.state = 'submitted' AND r.scope_code >= ${scopeCode} AND r.scope_code < ${`${scopeCode}~`} AND ${visible(actor)}
      GROUP BY t.tier ORDER BY array_position(ARRAY['grassroots', 'subdistrict', 'district', 'industry', 'city'], t.tier)`,
  )

const counted = (today: string, committeeFrom: number) => sql`count(*) AS units,
  count(*) FILTER (WHERE o.women_members >= ${committeeFrom} AND k.form = 'committee' AND k.term_until_on >= ${today}::date) AS formed,
  count(*) FILTER (WHERE o.women_members >= ${committeeFrom} AND k.form = 'committee' AND k.term_until_on < ${today}::date) AS overdue,
  count(*) FILTER (WHERE o.women_members >= ${committeeFrom} AND k.form IS DISTINCT FROM 'committee') AS missing,
  count(*) FILTER (WHERE o.women_members < ${committeeFrom} AND (o.women_members > 0 OR k.org_id IS NOT NULL)) AS "notDue",
  count(*) FILTER (WHERE o.women_members = 0 AND k.org_id IS NULL) AS unknown`

/** Coverage of the office itself (its own id) and of each unit directly below with all that is below it. */
async function coverages(
  tx: Tx,
  at: { id: number; scopeCode: string },
  today: string,
  committeeFrom: number,
): Promise<Map<number, Coverage>> {
  const found = await rows<Coverage & { id: number }>(
    tx,
    sql`SELECT coalesce(b.id, ${at.id}) AS id, ${counted(today, committeeFrom)}
      FROM app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id
      LEFT JOIN app.org b ON b.scope_code = substr(o.scope_code, 1, ${at.scopeCode.length + 4}) AND b.id <> ${at.id}
      WHERE o.scope_code >= ${at.scopeCode} AND o.scope_code < ${`${at.scopeCode}~`} AND o.closed_on IS NULL GROUP BY 1`,
  )
  return new Map(found.map(({ id, ...coverage }) => [id, coverage]))
}

const sumOf = (all: Iterable<Coverage>): Coverage => {
  const sum: Coverage = { units: 0, formed: 0, overdue: 0, missing: 0, notDue: 0, unknown: 0 }
  for (const one of all) for (const key of Object.keys(sum) as (keyof Coverage)[]) sum[key] += one[key]
  return sum
}

const blindSpots = (
  tx: Tx,
  scopeCode: string,
  today: string,
  committeeFrom: number,
): Promise<Board['blind']> =>
  rows<Board['blind'][number]>(
    tx,
    sql`SELECT jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier) AS org,
        coalesce(p.short_name, '') AS above, o.women_members AS "womenMembers",
        CASE WHEN k.form IS DISTINCT FROM 'committee' THEN 'missing' ELSE 'overdue' END AS why
      FROM app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id
      LEFT JOIN app.org_edge e ON e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912 LEFT JOIN app.org p ON p.id = e.parent_id
      WHERE o.scope_code >= ${scopeCode} AND o.scope_code < ${`${scopeCode}~`} AND o.closed_on IS NULL AND o.women_members >= ${committeeFrom}
        AND (k.form IS DISTINCT FROM 'committee' OR k.term_until_on < ${today}::date)
      ORDER BY o.women_members DESC, o.org_code LIMIT ${mostBlind}`,
  )

const lastFrozen = (tx: Tx, org: number, year: number): Promise<Board['frozen']> =>
  first<NonNullable<Board['frozen']>>(
    tx,
    sql`SELECT id, to_jsonb(created_at) #>> '{}' AS at FROM app.snapshot WHERE org_id = ${org} AND year = ${year} ORDER BY created_at DESC, id DESC LIMIT 1`,
  )

/** What each unit's months hold, told by the same books as every figure. */
async function filing(
  tx: Tx,
  units: readonly number[],
  year: number,
  todayYm: number,
): Promise<Map<number, (Filed | null)[]>> {
  const months = Array.from({ length: 12 }, (_, i) => periodOf('month', year, i + 1))
  const empty = () => months.map((m): Filed | null => (m.fromYm > todayYm ? null : 'none'))
  const found = new Map(units.map((id) => [id, empty()]))
  for (const total of await totals(tx, units, months, flows)) {
    const row = found.get(total.org_id)
    if (!row || total.viewed) continue
    total.values.forEach((value, m) => {
      if (value === 0 || row[m] === null || row[m] === 'accepted') return
      row[m] = total.state === 1 ? 'accepted' : 'waiting'
    })
  }
  return found
}

/** How a scope stands: what waits where, who is organised, who reported when. @throws Problem.notFound outside scope and view */
export async function readBoard(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  q: { org?: string | undefined; year?: string | undefined },
): Promise<Board> {
  const at = await askedPlace(tx, actor, q.org)
  const year = Math.floor(askedPeriod(deps, { year: q.year }).untilYm / 100)
  const today = deps.today()
  const below = await rows<{ id: number }>(
    tx,
    sql`SELECT o.id FROM app.org_edge e JOIN app.org o ON o.id = e.child_id
      WHERE e.parent_id = ${at.id} AND e.line = 1 AND e.to_ym = 999912 ORDER BY o.org_code`,
  )
  const ids = below.map((b) => b.id)
  const committeeFrom = await committeeFromOn(tx, today)
  const [names, covered, months, stuck, blind, groups, steps, screening, screeningBelow, frozen] =
    await Promise.all([
      briefs(tx, [at.id, ...ids]),
      coverages(tx, at, today, committeeFrom),
      filing(tx, ids, year, monthOf(today)),
      waiting(tx, actor, at.scopeCode, today),
      blindSpots(tx, at.scopeCode, today, committeeFrom),
      readGroups(tx, actor, at),
      readSteps(tx, actor, at, today),
      readScreening(tx, actor, at, year),
      readScreeningBelow(tx, actor, at, year),
      can(actor, 'summary.read', at) ? lastFrozen(tx, at.id, year) : null,
    ])
  const org = (id: number): OrgBrief => names.get(id)!
  return {
    org: org(at.id),
    year,
    stuck,
    coverage: sumOf(covered.values()),
    committeeFrom,
    units: ids.map((id) => ({
      org: org(id),
      coverage: covered.get(id) ?? sumOf([]),
      months: months.get(id)!,
    })),
    groups,
    steps,
    screening,
    screeningBelow,
    frozen,
    blind,
  }
}
