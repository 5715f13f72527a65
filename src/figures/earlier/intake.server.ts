import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { scaleOf } from '#kit/contribution.ts'
import { readForm } from '#kit/validate.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { withIssues } from '#intake/line.ts'
import { isWrong, type Line } from '#intake/target.ts'
import { shownFields } from '#intake/target.ts'
import { indicators } from '#programmes/index.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import { boundAt } from '../disclosure/withhold.server.ts'
import { sidesOf } from './read.server.ts'
import { cellFaults } from './rules.ts'
import { byLabel, earlierSheet, earlierTarget } from './target.ts'

type Unit = Place & { code: string; name: string; shortName: string; districtId: number }
type Total = { unit: Unit; indicator: string; number: number; year: number; value: number; source: string }

/** What was found out of a line while checking it, for its commit in the same transaction. */
const totals = new WeakMap<Line, Total>()

const say = (line: Line, field: string, message: string): void => {
  line.issues = withIssues(line.issues, [{ field, message }])
}

const unitsOf = (tx: Tx, { org }: Actor): Promise<Unit[]> =>
  rows<Unit>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode", org_code AS code, name, short_name AS "shortName", district_id AS "districtId"
      FROM app.org WHERE scope_code >= ${org.scopeCode} AND scope_code < ${`${org.scopeCode}~`}`,
  )

/** The units that a text may mean, by code, name and short name. */
function finder(units: readonly Unit[]): (text: string) => Unit | string {
  const found = new Map<string, Set<Unit>>()
  for (const unit of units)
    for (const word of [unit.code, unit.name, unit.shortName])
      found.set(word, (found.get(word) ?? new Set()).add(unit))
  return (text) => {
    const [one, other] = found.get(text) ?? []
    if (!one) return `您的范围内没有“${text}”，请填单位全称或组织编码`
    return other ? `有不止一个单位叫“${text}”，请填组织编码` : one
  }
}

/** Reads a row as a total; null where it has faults, which stand at the row then. */
function readTotal(deps: Deps, actor: Actor, line: Line, unit: Unit | string): Total | null {
  const { row, issues } = readForm(earlierSheet.fields, line.values)
  line.issues = withIssues(line.issues, issues)
  if (typeof unit === 'string') say(line, 'org', unit)
  if (row === null || typeof unit === 'string' || isWrong(line)) return null
  const declared = byLabel.get(String(row['indicator']))!
  if (boundAt(actor, unit).has(declared.id)) {
    say(line, 'indicator', '这项指标不由您录入')
    return null
  }
  const { label } = declared.indicator
  const [year, typed] = [Number(row['year']), Number(row['value'])]
  const value = typed * 10 ** scaleOf(declared.indicator)
  const rounded = Math.round(value)
  if (Math.abs(value - rounded) > 1e-6) say(line, 'value', `“${label}”要填整数`)
  for (const { field, message } of cellFaults(
    { year, value: rounded },
    label,
    Number(deps.today().slice(0, 4)),
    '',
  ))
    say(line, field, message)
  const number = deps.catalogue.indicatorId(declared.id)
  return isWrong(line)
    ? null
    : { unit, indicator: declared.id, number, year, value: rounded, source: String(row['source']) }
}

const keyOf = (t: { unit: { id: number }; indicator: string; year: number }): string =>
  `${t.unit.id} ${t.indicator} ${t.year}`

async function check(deps: Deps, tx: Tx, actor: Actor, lines: readonly Line[]): Promise<void> {
  const units = await unitsOf(tx, actor)
  const find = finder(units)
  const own = units.find(({ id }) => id === actor.org.id)!
  const first = new Map<string, number>()
  const read: [Line, Total][] = []
  for (const line of lines) {
    const typed = line.values['org']
    const total = readTotal(deps, actor, line, typeof typed === 'string' ? find(typed) : own)
    if (!total) continue
    const before = first.get(keyOf(total))
    if (before !== undefined) {
      say(line, 'indicator', `与第 ${before} 行是同一单位、同一指标、同一年，请只留一行`)
      continue
    }
    first.set(keyOf(total), line.line)
    read.push([line, total])
  }
  const there = await standing(
    tx,
    read.map(([, t]) => t.unit.id),
  )
  const recorded = await recordedAt(
    tx,
    read.map(([, t]) => t),
  )
  for (const [line, total] of read) {
    const stands = there.filter((t) => keyOf({ ...t, unit: { id: t.org } }) === keyOf(total))
    if (stands.some((t) => t.state === 'submitted')) say(line, 'year', '这个数正在审核，请先审完或撤回再导入')
    else if (stands.some((t) => t.state === 'accepted' && t.value === total.value)) line.same = true
    if (recorded.has(keyOf(total)))
      line.issues = [
        ...line.issues,
        { column: 'year', message: '当年已有逐条记录，以记录为准，这个数只供对照', level: 'warning' },
      ]
    totals.set(line, total)
  }
}

const standing = (tx: Tx, orgs: readonly number[]) =>
  rows<{ org: number; indicator: string; year: number; value: number; state: string }>(
    tx,
    sql`SELECT t.org_id AS org, i.code AS indicator, t.year, t.val::float8 AS value, t.state FROM app.earlier_total t
      JOIN app.indicator i ON i.id = t.indicator_id
      WHERE t.org_id = ANY (${[...new Set(orgs)]}::int[]) AND t.state IN ('submitted', 'accepted')`,
  )

/** Which of the totals lie in a year that has records. */
async function recordedAt(tx: Tx, list: readonly Total[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const id of new Set(list.map((t) => t.unit.id))) {
    const years = [...new Set(list.filter((t) => t.unit.id === id).map((t) => t.year))]
    for (const sides of (await sidesOf(tx, id, years)).values())
      if (sides.recorded !== null) found.add(keyOf({ unit: { id }, ...sides }))
  }
  return found
}

/** Submits the rows; a draft or a returned total of the same cell gives way. */
async function commit(_: Deps, tx: Tx, work: UnitOfWork, lines: readonly Line[]): Promise<string[]> {
  const made: string[] = []
  for (const line of lines) {
    const total = totals.get(line)
    if (!total || !can(work.actor, 'earlier.enter', total.unit))
      throw new Error('a row that was checked is none')
    const { unit, indicator, number, year, value, source } = total
    const id = uuidv7()
    await sql`UPDATE app.earlier_total SET state = 'withdrawn' WHERE org_id = ${unit.id} AND indicator_id = ${number} AND year = ${year}
      AND state IN ('draft', 'returned')`.execute(tx)
    await sql`INSERT INTO app.earlier_total (district_id, id, org_id, indicator_id, year, val, source, state, entered_by)
      VALUES (${unit.districtId}, ${id}::uuid, ${unit.id}, ${number}, ${year}, ${value}, ${source}, 'submitted', ${work.actor.accountId}::uuid)`.execute(
      tx,
    )
    work.audit({
      districtId: unit.districtId,
      action: 'earlier.submit',
      object: `earlier:${id}`,
      body: { org: unit.id, indicator, year, value, source },
    })
    made.push(id)
  }
  return made
}

/** Takes back what nobody has decided yet. */
async function undo(_: Deps, tx: Tx, work: UnitOfWork, made: readonly string[]): Promise<string[]> {
  const gone = await rows<{ id: string; district: number }>(
    tx,
    sql`UPDATE app.earlier_total SET state = 'withdrawn' WHERE id = ANY (${made}::uuid[]) AND state = 'submitted'
      RETURNING id, district_id AS district`,
  )
  for (const { id, district } of gone)
    work.audit({ districtId: district, action: 'earlier.withdraw', object: `earlier:${id}`, body: { id } })
  return gone.map(({ id }) => id)
}

/** A row for each indicator, of the last year that has no records of it. */
async function template(deps: Deps, tx: Tx, actor: Actor): Promise<Record<string, Cell[][]>> {
  const last = Number(deps.today().slice(0, 4)) - 1
  const years = Array.from({ length: 5 }, (_, n) => last - n)
  const sides = await sidesOf(tx, actor.org.id, years)
  const place = { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null }
  const bound = boundAt(actor, place)
  const columns = shownFields(earlierSheet).map(([key]) => key)
  const lines = indicators
    .filter(({ id }) => !bound.has(id))
    .map(({ id, indicator }): Cell[] => {
      const year = years.find((y) => (sides.get(`${id} ${y}`)?.recorded ?? null) === null)
      return columns.map((key) =>
        key === 'indicator' ? indicator.label : key === 'year' ? (year ?? null) : null,
      )
    })
  return { [earlierSheet.key]: lines }
}

/** Totals of years before the system from a workbook. */
export const earlierIntake: Target = { ...earlierTarget, check, commit, undo, lastYear: template }
