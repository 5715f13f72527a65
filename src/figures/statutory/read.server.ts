import { sql } from 'kysely'
import { addDays, lastDayOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import { partsIn, periodOf, type Period } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { brief } from '#record/place.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { committeesOn } from '#org/committeesOn.server.ts'
import { committeeFromOn } from '#org/duty.server.ts'
import { headsOn } from '#org/headsOn.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { askedPlace, readFigures } from '../service.server.ts'
import type { Cell, StatutoryTable, TableHead, TableList, TableQuery } from './api.ts'
import { beganOf } from './began.server.ts'
import { check, type Span } from './checks.ts'
import { layoutOf, layouts, linesOf, type Layout, type LayoutKey, type RegisterKey } from './layouts.ts'

/** A table as it is kept. */
export type Stored = {
  district_id: number
  id: string
  org_id: number
  revision: number
  state: 'open' | 'submitted' | 'signed'
  version: number
  asked: Record<string, number>
  notes: Record<string, string>
  reason: string
  content: SignedContent | null
  content_hash: string | null
  prepared_person: string
  preparer: string
  signer: string | null
  signed_at: string | null
}

/** What a signature is under. */
export type SignedContent = {
  head: TableHead | null
  /** Absent where it was signed before the day was kept: then the register told of the day of signing. */
  registerOn?: string
  /** Head counts are of that day as well; absent where it was signed before they had days. */
  areHeadsOfDay?: true
  /** The month in which the books began, as was told then; absent where it was signed before that was kept. */
  beganYm?: number | null
  cells: Cell[]
  notes: Record<string, string>
}

const columns = sql`t.district_id, t.id, t.org_id, t.revision, t.state, t.version, t.asked, t.notes, t.reason, t.content, t.content_hash,
  p.person_id AS prepared_person, p.name AS preparer, s.name AS signer,
  to_jsonb(t.signed_at) #>> '{}' AS signed_at`

/** All revisions of a table, newest first. */
export const revisionsOf = (
  tx: Tx,
  orgId: number,
  layout: LayoutKey,
  year: number,
  part: number,
): Promise<Stored[]> =>
  rows<Stored>(
    tx,
    sql`SELECT ${columns} FROM app.statutory_table t JOIN app.account p ON p.id = t.prepared_by
      LEFT JOIN app.account s ON s.id = t.signed_by
      WHERE t.org_id = ${orgId} AND t.layout = ${layout} AND t.year = ${year} AND t.part = ${part} ORDER BY t.revision DESC`,
  )

/** The part of a year that a layout is asked for. @throws Problem.badRequest */
export function askedPart(layout: Layout, year: number, part: number): Period {
  const isYear = Number.isInteger(year) && year >= 2000 && year <= 2100
  if (isYear && Number.isInteger(part) && part >= 1 && part <= partsIn[layout.calendar])
    return periodOf(layout.calendar, year, part)
  throw Problem.badRequest({ issues: [{ field: 'year', message: '期间不存在，请重新选择' }] })
}

/** The legal head that holds on a day, or null: then the table says that it has none. */
export const headOf = (tx: Tx, layout: LayoutKey, today: string): Promise<TableHead | null> =>
  first<TableHead>(
    tx,
    sql`SELECT form_no AS "formNo", issuer, approval_no AS "approvalNo", valid_from AS "validFrom", valid_until AS "validUntil"
      FROM app.statutory_head WHERE layout = ${layout} AND ${today}::date BETWEEN valid_from AND valid_until
      ORDER BY valid_from DESC LIMIT 1`,
  )

const heads = (column: string) =>
  sql`coalesce(sum(coalesce(${sql.ref(`h.${column}`)}, ${sql.ref(`o.${column}`)})) FILTER (WHERE o.closed_on IS NULL OR h.org_id IS NOT NULL), 0)::int8`

/**
 * What the register of units tells of a scope on a day, the unit itself included: the units, committees and head counts of that
 * day. People of a unit merged since are counted in it up to its last day, or in its successor where that wasn't kept; what was
 * closed without one was never founded.
 */
const registerOf = async (
  tx: Tx,
  scopeCode: string,
  day: string,
  today: string,
): Promise<Record<RegisterKey, number>> => {
  const committeeFrom = await committeeFromOn(tx, day)
  const seated =
    day < today
      ? committeesOn(day)
      : sql`(SELECT c.org_id, c.form, c.term_until_on AS until_on FROM app.org_committee c)`
  const women = sql`coalesce(h.women_members, o.women_members)`
  return (await first<Record<RegisterKey, number>>(
    tx,
    sql`SELECT count(*) AS units, count(*) FILTER (WHERE ${women} >= ${committeeFrom}) AS due,
      count(*) FILTER (WHERE ${women} >= ${committeeFrom} AND k.form = 'committee') AS formed,
      count(*) FILTER (WHERE k.until_on < ${day}::date) AS overdue, ${heads('workers')} AS workers, ${heads('women_workers')} AS "womenWorkers",
      ${heads('members')} AS members, ${heads('women_members')} AS "womenMembers"
      FROM app.org o LEFT JOIN ${seated} k ON k.org_id = o.id LEFT JOIN ${headsOn(day)} h ON h.org_id = o.id AND ${day}::date < ${today}::date
      WHERE o.scope_code >= ${scopeCode} AND o.scope_code < ${`${scopeCode}~`}
        AND coalesce(o.founded_on, ${day}::date) <= ${day}::date
        AND (o.closed_on IS NULL OR o.closed_on > ${day}::date AND o.successor_id IS NOT NULL)`,
  ))!
}

/** The day of which the register tells in a table: the last of its period, or today while that runs. */
export const registerOnOf = ({ untilYm }: Period, today: string): string => {
  const last = lastDayOf(untilYm)
  return last < today ? last : today
}

/** What was signed of the same period a year before, by line: no register and no memory tells it now. */
const signedBefore = async (
  tx: Tx,
  orgId: number,
  layout: LayoutKey,
  at: { year: number; part: number },
): Promise<Map<string, number | null>> => {
  const all = await revisionsOf(tx, orgId, layout, at.year - 1, at.part)
  const last = all.find((table) => table.content !== null)
  return new Map(last?.content?.cells.map(({ code, value }) => [code, value]))
}

/** The cells as the books, the register and what was typed tell them now. */
export async function liveCells(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  layout: Layout,
  at: { id: number; scopeCode: string; year: number; part: number },
  asked: Readonly<Record<string, number>>,
): Promise<Cell[]> {
  const query = {
    org: String(at.id),
    calendar: layout.calendar,
    year: String(at.year),
    part: String(at.part),
  }
  const { figures } = await readFigures(deps, tx, actor, query)
  const on = registerOnOf(askedPart(layout, at.year, at.part), deps.today())
  const register = await registerOf(tx, at.scopeCode, on, deps.today())
  const earlier = await signedBefore(tx, at.id, layout.key, at)
  const byId = new Map(figures.map((f) => [f.indicator, f]))
  return linesOf(layout).map(({ code, from }) => {
    const signed = earlier.get(code) ?? null
    if ('register' in from) return { code, value: register[from.register], before: signed }
    if ('asked' in from) return { code, value: asked[code] ?? null, before: signed }
    const { value, before, withheld } = byId.get(from.indicator)!
    // Nothing accepted a year before is no zero: what was signed then tells, where it told anything.
    return { code, value, before: before || signed || null, ...(withheld ? { withheld } : {}) }
  })
}

export const findingsOf = (layout: Layout, cells: readonly Cell[], span: Span) =>
  check(layout, new Map(cells.map((c) => [c.code, c])), span)

/** A signed table beside what the books say now. */
const drifted = (signed: readonly Cell[], live: readonly Cell[]): Cell[] => {
  const now = new Map(live.map((c) => [c.code, c.value]))
  return signed.map((cell) => {
    const value = now.get(cell.code) ?? null
    return value === null || value === cell.value ? cell : { ...cell, live: value }
  })
}

/** A table of a unit and period, filled. @throws Problem.notFound, badRequest */
export async function readTable(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  key: LayoutKey,
  q: TableQuery,
): Promise<StatutoryTable> {
  const layout = layoutOf(key)
  const year = Number(q.year ?? deps.today().slice(0, 4))
  const part = Number(q.part ?? 1)
  const period = askedPart(layout, year, part)
  const place = await askedPlace(tx, actor, q.org)
  if (!can(actor, 'statutory.read', place)) throw Problem.notFound()
  const all = await revisionsOf(tx, place.id, key, year, part)
  const stored = q.revision === undefined ? all[0] : all.find((t) => t.revision === Number(q.revision))
  if (q.revision !== undefined && !stored) throw Problem.notFound()
  const live = await liveCells(deps, tx, actor, layout, { ...place, year, part }, stored?.asked ?? {})
  const signed = stored?.content ?? null
  const beganYm = signed ? (signed.beganYm ?? null) : await beganOf(tx, place.id, period)
  const own = place.id === actor.org.id
  const isNewest = stored === all[0]
  return {
    org: await brief(tx, place.id),
    layout: key,
    year,
    part,
    period,
    isOver: lastDayOf(period.untilYm) < deps.today(),
    state: stored?.state ?? 'none',
    revision: stored?.revision ?? 1,
    revisions: all.map((t) => t.revision),
    version: stored?.version ?? 0,
    head: signed ? signed.head : await headOf(tx, key, deps.today()),
    registerOn: signed ? (signed.registerOn ?? null) : registerOnOf(period, deps.today()),
    areHeadsOfDay: signed ? (signed.areHeadsOfDay ?? false) : true,
    cells: signed ? drifted(signed.cells, live) : live,
    beganYm,
    findings: findingsOf(layout, signed?.cells ?? live, { period, beganYm }),
    notes: signed?.notes ?? stored?.notes ?? {},
    reason: stored?.reason ?? '',
    preparedBy: stored?.preparer ?? null,
    signed:
      stored?.signer && stored.signed_at && stored.content_hash
        ? { by: stored.signer, at: stored.signed_at, hash: stored.content_hash }
        : null,
    mayFill: own && isNewest && can(actor, 'statutory.fill', place),
    maySign:
      own && isNewest && can(actor, 'statutory.sign', place) && stored?.prepared_person !== actor.personId,
  }
}

/** The tables of a year that a unit owes, in the order in which they fall due. */
export async function listTables(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<TableList> {
  const kept = await rows<{
    layout: LayoutKey
    part: number
    state: 'open' | 'submitted' | 'signed'
    revision: number
    signedOn: string | null
  }>(
    tx,
    sql`SELECT DISTINCT ON (layout, part) layout, part, state, revision, (signed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "signedOn"
      FROM app.statutory_table WHERE org_id = ${actor.org.id} AND year = ${year} ORDER BY layout, part, revision DESC`,
  )
  const byKey = new Map(kept.map((t) => [`${t.layout} ${t.part}`, t]))
  const today = deps.today()
  return layouts
    .flatMap((layout) =>
      Array.from({ length: partsIn[layout.calendar] }, (_, i) => {
        const period = askedPart(layout, year, i + 1)
        const last = lastDayOf(period.untilYm)
        const found = byKey.get(`${layout.key} ${i + 1}`)
        return {
          layout: layout.key,
          part: i + 1,
          period,
          dueOn: addDays(last, layout.dueDays),
          isOver: last < today,
          state: found?.state ?? ('none' as const),
          revision: found?.revision ?? 1,
          signedOn: found?.signedOn ?? null,
        }
      }),
    )
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn))
}
