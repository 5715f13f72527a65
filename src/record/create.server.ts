import { rulesFor } from '#rules/tables.server.ts'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { columnName, tableOf } from '#kit/columns.ts'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { AnyRow, Issue, Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { Deps } from '#server/deps.server.ts'
import { firstKeyed, keyed, type Tx } from '#server/database.server.ts'
import { pacer } from '#intake/pace.server.ts'
import type { NewRecord, Written } from './api.ts'
import { enterChange } from './books.server.ts'
import { insertOrigins } from './origin.server.ts'
import type { Origin } from './origin.ts'
import { briefs, placements } from './place.server.ts'
import { insertSpines, insertTyped, spineOfHead, type HistoryLine, type Loaded } from './rows.server.ts'
import { classNumber, wordsOf, type Spine } from './spine.ts'
import { copyRecord } from './tell.server.ts'
import { turns } from './turns.ts'
import { besideStanding, sameAgain, unusual } from './warnings.ts'
import { validRow } from './valid.server.ts'
import { rememberedBigrams } from './words.ts'

/** A programme whose class the policy does not open to the actor is not there. @throws Problem.notFound */
export function mustEnter(actor: Actor, programme: Programme): void {
  const { id, scopeCode } = actor.org
  const own = { id, scopeCode, viewCode: null, class: classNumber(programme.class) }
  const verdict = decide(actor, 'record.create', own)
  if (!verdict.allow) throw problemOf(verdict.reason)
}

/** Warnings of rows that one unit enters, with their co-hosts: the programme's own, the same again, outside the usual range. */
export async function warningsOf(
  tx: Tx,
  deps: Pick<Deps, 'catalogue'>,
  programme: Programme,
  orgId: number,
  list: readonly AnyRow[],
  hosts: readonly (readonly number[])[],
  except: readonly (string | null)[] = [],
): Promise<Issue[][]> {
  const days = [...new Set(list.map((row) => String(row['endsOn'])))]
  const number = deps.catalogue.programmeId(programme.key)
  const measured = 'women' in programme.fields ? 'women' : null
  const units = [...new Set([orgId, ...hosts.flat()])]
  const [rules, past, near, standing] = await Promise.all([
    rulesFor(tx, programme),
    measured
      ? firstKeyed<{ values: number[] | null }>(
          tx,
          sql`SELECT array_agg(t.${sql.ref(columnName(measured))}) AS values FROM (
        SELECT district_id, id, state FROM app.record WHERE org_id = ${orgId} AND programme = ${number}
        ORDER BY occurred_on DESC LIMIT 50) x
      JOIN ${sql.raw(`app.${tableOf(programme)}`)} t ON t.district_id = x.district_id AND t.record_id = x.id WHERE x.state = 'accepted'`,
        )
      : null,
    keyed<{ id: string; on: string; title: string; hosts: number[] }>(
      tx,
      sql`SELECT id, held_on::text AS on, title, hosts FROM app.same_day(${units}::int[], ${number}::smallint, ${days}::date[])`,
    ),
    standingOf(tx, programme, number, orgId),
  ])
  const nearOn = new Map<string, typeof near>()
  for (const one of near) {
    const sameDay = nearOn.get(one.on)
    if (sameDay) sameDay.push(one)
    else nearOn.set(one.on, [one])
  }
  const earlierOn = new Map<string, string[]>()
  const taken = rememberedBigrams()
  const pause = pacer()
  const found: Issue[][] = []
  for (const [i, row] of list.entries()) {
    await pause()
    const own = [orgId, ...hosts[i]!]
    const [on, title] = [String(row['endsOn']), String(row['title'])]
    const titles = (nearOn.get(on) ?? [])
      .filter((n) => n.id !== (except[i] ?? null) && n.hosts.some((h) => own.includes(h)))
      .map((n) => n.title)
    const earlier = earlierOn.get(on) ?? []
    const issues = sameAgain(title, [...titles, ...earlier], taken)
    earlierOn.set(on, earlier)
    earlier.push(title)
    found.push([
      ...programme.warn(row, rules),
      ...besideStanding(
        row,
        programme,
        standing.filter((s) => s.id !== (except[i] ?? null)).map((s) => s.title),
      ),
      ...issues,
      ...(measured ? unusual(row, measured, programme.fields[measured]!.label, past?.values ?? []) : []),
    ])
  }
  return found
}

/** Of a programme of which a unit has one at a time: those that have been sent or passed and have not ended. */
async function standingOf(
  tx: Tx,
  programme: Programme,
  number: number,
  orgId: number,
): Promise<{ id: string; title: string }[]> {
  if (programme.standsUntil === null) return []
  return keyed<{ id: string; title: string }>(
    tx,
    sql`SELECT r.id, r.title FROM app.record r JOIN ${sql.raw(`app.${tableOf(programme)}`)} t ON t.district_id = r.district_id AND t.record_id = r.id
      WHERE r.org_id = ${orgId} AND r.programme = ${number} AND r.state IN ('submitted', 'returned', 'accepted')
        AND t.${sql.ref(columnName(programme.standsUntil))} IS NULL ORDER BY r.id LIMIT 2`,
  )
}

/** What stands on a new spine besides its head. */
export type Filing = Pick<Spine, 'state' | 'turn_of' | 'version' | 'warnings' | 'warning_note'> & {
  id: string
  programme: Programme
  orgId: number
  accountId: string
  personId: string
  enteredOn: string
  coHosts: readonly number[]
}

/** Builds the spine of a record from its row, its placement and its filing. */
export function spineOf(
  deps: Pick<Deps, 'catalogue'>,
  row: AnyRow,
  place: Pick<Spine, 'scope_code' | 'view_code' | 'then_code' | 'then_view' | 'district_id'>,
  filing: Filing,
  now: string,
): Spine {
  const privacy = classNumber(filing.programme.class)
  const { scope_code, then_code, district_id } = place
  return {
    ...spineOfHead(row),
    scope_code,
    then_code,
    district_id,
    view_code: privacy <= 1 ? place.view_code : null,
    then_view: privacy <= 1 ? place.then_view : null,
    id: filing.id,
    programme: deps.catalogue.programmeId(filing.programme.key),
    class: privacy,
    org_id: filing.orgId,
    co_hosts: [...filing.coHosts],
    state: filing.state,
    turn_of: filing.turn_of,
    version: filing.version,
    warnings: filing.warnings,
    warning_note: filing.warning_note,
    words: wordsOf(row),
    created_by: filing.accountId,
    entered_on: filing.enteredOn,
    submitted_by: filing.personId,
    submitted_at: now,
    decided_by: null,
    decided_at: null,
    updated_at: now,
  }
}

export type Item = NewRecord & { id?: string; origin?: Origin | null }

/** Co-hosts of submissions, each once. @throws Problem.invalid at the field when one is the owner or no unit of the tree */
export async function hostsOf(
  tx: Tx,
  orgId: number,
  items: readonly Pick<Item, 'coHosts'>[],
  at: (n: number) => string = () => '',
): Promise<number[][]> {
  const lists = items.map((item) => [...new Set(item.coHosts ?? [])])
  const known = await briefs(tx, lists.flat())
  const issues = lists.flatMap((list, n) => {
    const field = `${at(n)}coHosts`
    if (list.includes(orgId)) return [{ field, message: '联办单位不用填本单位，请删去' }]
    return list.every((id) => known.has(id)) ? [] : [{ field, message: '所选的联办单位不存在，请重新选择' }]
  })
  if (issues.length > 0) throw Problem.invalid({ issues })
  return lists
}

/**
 * Enters and submits records of the actor's own unit: valid rows, warnings with their note, the first unit's turn.
 * All or nothing. Issues of a batch stand at `records.<n>.<field>`.
 * @throws Problem.invalid, Problem.warningsNeedNote
 */
export async function createRecords(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  items: readonly Item[],
): Promise<Written[]> {
  const { actor } = work
  mustEnter(actor, programme)
  const today = deps.today()
  const at = (n: number) => (items.length > 1 ? `records.${n}.` : '')
  const rules = await rulesFor(tx, programme)
  const list = items.map((item, n) => validRow(programme, item.body, today, rules, at(n)))
  const hosts = await hostsOf(tx, actor.org.id, items, at)
  const months = list.map((row) => monthOf(String(row['endsOn'])))
  const [warnings, places] = await Promise.all([
    warningsOf(tx, deps, programme, actor.org.id, list, hosts),
    placements(tx, actor.org.id, [...months, monthOf(today)]),
  ])
  const unexplained = warnings.flatMap((w, n) =>
    items[n]!.warningNote?.trim() ? [] : w.map((i) => ({ ...i, field: at(n) + i.field })),
  )
  if (unexplained.length > 0) throw Problem.warningsNeedNote({ warnings: unexplained })
  const first = turns(places.at(-1)!.line, programme.acceptedBy)[0]!
  const now = new Date().toISOString()
  const records: Loaded[] = list.map((row, n) => ({
    row,
    spine: spineOf(
      deps,
      row,
      places[n]!,
      {
        id: items[n]!.id ?? uuidv7(),
        programme,
        orgId: actor.org.id,
        accountId: actor.accountId,
        personId: actor.personId,
        enteredOn: today,
        coHosts: hosts[n]!,
        state: 'submitted',
        turn_of: first.id,
        version: 1,
        warnings: warnings[n]!.map((w) => w.message),
        warning_note: warnings[n]!.length > 0 ? items[n]!.warningNote!.trim() : null,
      },
      now,
    ),
  }))
  insertSpines(
    tx,
    records.map((r) => r.spine),
  )
  insertTyped(
    tx,
    programme,
    records,
    records.map(({ spine }) => historyOf(spine, actor, 'submit', now)),
  )
  for (const { spine } of records)
    if (spine.co_hosts.length > 0) copyRecord(tx, work, programme, spine, [], '上报了')
  insertOrigins(
    tx,
    records.map(({ spine }, n) => ({ spine, origin: items[n]!.origin ?? null })),
  )
  return records.map(({ spine, row }) => {
    enterChange(work, deps.catalogue, programme, spine, null, { row, state: 'submitted' })
    work.audit({
      districtId: spine.district_id,
      action: 'record.submit',
      object: `${programme.key}:${spine.id}`,
      fields: Object.keys(row).filter((key) => row[key] !== null),
      body: row,
    })
    return { id: spine.id, state: spine.state, version: spine.version, turnOf: first }
  })
}

/** Who a history line tells of: the actor, or somebody whose earlier act is told. */
export type HistoryBy = { accountId: string; org: { id: number }; onBehalf?: string }

/** A history line of a spine's present version. */
export function historyOf(
  spine: Spine,
  by: HistoryBy,
  action: string,
  at: string,
  more: { reason?: string | null; changes?: object[] } = {},
): HistoryLine {
  return {
    district_id: spine.district_id,
    record_id: spine.id,
    version: spine.version,
    at,
    account_id: by.accountId,
    org_id: by.org.id,
    behalf_post: by.onBehalf?.split(' 代 ')[1] ?? null,
    action,
    state: spine.state,
    reason: more.reason ?? null,
    changes: more.changes ?? [],
  }
}
