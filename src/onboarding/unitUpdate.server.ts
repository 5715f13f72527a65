import { sql, type RawBuilder } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { cellText, refKey } from '#intake/ref.ts'
import { isWrong, type Line } from '#intake/target.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { tierLabels } from '#org/api.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { unitIssues, type Known } from './rules.ts'
import { committeeForms } from './sheets.ts'

/** What a workbook may change of a unit that stands. */
const editable = [
  'name',
  'shortName',
  'orgType',
  'regionCode',
  'workers',
  'womenWorkers',
  'members',
  'womenMembers',
] as const

/** Columns that are changed elsewhere, and where. */
const elsewhere: Readonly<Record<string, string>> = {
  tier: '层级不在表格里改，请在“组织变更”里办理',
  superior: '这个单位已有另一上级，改隶请在“组织变更”里提出',
  view: '会看不在表格里改，请市总工会在组织页调整',
  ...Object.fromEntries(
    ['committee', 'director', 'termNo', 'foundedOn', 'termFromOn', 'termUntilOn'].map((key) => [
      key,
      '与现有的女职工组织不同；组建、换届、增补由该单位登记，不在这里改',
    ]),
  ),
}

/** A unit that stands, with its columns of the template. */
export type Standing = Known & { id: number; mark: string; countedOn: string | null; values: AnyRow }

type Stored = Omit<Standing, 'values'> & Record<string, unknown>

/** Units o that are open, by the tree; all, or those of a condition. */
export async function standingUnits(tx: Tx, where: RawBuilder<unknown> = sql`true`): Promise<Standing[]> {
  const found = await rows<Stored>(
    tx,
    sql`SELECT o.id, o.org_code AS code, o.name, o.tier, p.org_code AS superior, v.org_code AS view, app.org_mark(o) AS mark, o.counted_on AS "countedOn", o.short_name AS "shortName",
      o.org_type AS "orgType", o.region_code AS "regionCode", o.workers, o.women_workers AS "womenWorkers", o.members, o.women_members AS "womenMembers",
      c.form, c.director, c.term_no AS "termNo", c.founded_on AS "foundedOn", c.term_from_on AS "termFromOn", c.term_until_on AS "termUntilOn"
      FROM app.org o LEFT JOIN app.org_edge e ON e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912 LEFT JOIN app.org p ON p.id = e.parent_id
      LEFT JOIN app.org_edge w ON w.child_id = o.id AND w.line = 2 AND w.to_ym = 999912 LEFT JOIN app.org v ON v.id = w.parent_id
      LEFT JOIN app.org_committee c ON c.org_id = o.id WHERE o.closed_on IS NULL AND ${where} ORDER BY o.scope_code`,
  )
  return found.map(({ form, ...unit }) => ({
    ...unit,
    values: {
      ...unit,
      tier: tierLabels[unit.tier],
      committee: Object.entries(committeeForms).find(([, known]) => known === form)?.[0] ?? null,
    },
  }))
}

/** `<code>:<mark>` as it was exported. */
export const unitRef = ({ code, mark }: Standing): string => `${code}:${mark}`

type Plan = { old: Standing; now: AnyRow }
/** Rows that change a unit, from their check to their commit in the same transaction. */
export const unitUpdates = new WeakMap<Line, Plan>()

const bare = (value: unknown): unknown => (value === undefined || value === '' ? null : value)

/**
 * What becomes of the row of a unit that stands: nothing, an update, a double, or a word on where it is changed instead.
 * @param row as it reads, superior and 会看 by their codes
 * @returns faults, at their cells
 */
export function decideUnit(
  line: Line,
  row: AnyRow,
  old: Standing,
  labels: Readonly<Record<string, string>>,
): Issue[] {
  const ref = line.values[refKey]
  const isNamed = typeof ref === 'string'
  if (isNamed && ref.slice(0, ref.lastIndexOf(':')) !== old.code)
    return [{ field: 'code', message: '组织编码永久不变，请改回导出时的编码' }]
  const says = (key: string) => line.given.has(key) && (isNamed || bare(row[key]) !== null)
  if (!isNamed && old.name !== row['name'])
    return [
      {
        field: 'code',
        message: `编码 ${old.code} 已是“${old.name}”，请核对；要改名，请下载现有单位的表格，在其中修改`,
      },
    ]
  const differs = (key: string) => says(key) && bare(row[key]) !== bare(old.values[key])
  const strange = Object.keys(elsewhere).filter(differs)
  const issues = strange.map((field) => ({ field, message: elsewhere[field]! }))
  if (isNamed || strange.includes('superior')) {
    if (issues.length > 0) return issues
  } else
    for (const { field, message } of issues) line.issues.push({ column: field, message, level: 'warning' })
  const changed = editable.filter((key) => differs(key) && (bare(row[key]) !== null || key === 'regionCode'))
  if (changed.length === 0) {
    line.same = true
    return []
  }
  const now = { ...old.values, ...Object.fromEntries(changed.map((key) => [key, bare(row[key])])) }
  const faults = unitIssues(now, labels)
  if (faults.length > 0 || isWrong(line)) return faults
  const values = Object.fromEntries(changed.map((key) => [key, cellText(old.values[key])]))
  const isStale = isNamed && ref !== unitRef(old)
  if (isNamed && !isStale) line.twin = { label: '更新已有的单位', values, may: [] }
  else {
    const label = isStale ? '导出以后这个单位的资料又改过，现在是' : '已有这个单位，资料不同，现在是'
    line.twin = { label, values, may: ['skip', 'update'] }
    if (line.choice !== 'update') return []
  }
  unitUpdates.set(line, { old, now })
  return []
}

/**
 * Writes a unit over the state that was checked.
 * @param on the edit, and the day from which its head counts hold; null where it is taken back
 * @returns its new mark
 */
export async function writeUnit(
  tx: Tx,
  id: number,
  mark: string,
  values: AnyRow,
  on: { cause: string | null; day: string | null },
): Promise<string | null> {
  const spec = { ...values, nameSort: nameSort(String(values['name'])) }
  const done = await first<{ mark: string | null }>(
    tx,
    sql`SELECT app.edit_org(${id}::int, ${mark}, ${JSON.stringify(spec)}::jsonb, ${on.cause}::uuid, ${on.day}::date) AS mark`,
  )
  return done?.mark ?? null
}

export const noteUnit = (work: UnitOfWork, action: string, id: number, fields: string[]): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `org:${id}`,
    fields,
    purpose: 'intake',
  })

const heads = ['workers', 'womenWorkers', 'members', 'womenMembers'] as const

/** Notes of which day head counts are. */
export const dateHeads = (tx: Tx, ids: readonly number[], on: string | null) =>
  sql`SELECT app.date_heads(${[...ids]}::int[], ${on}::date)`.execute(tx)

/** `cause` names the edit beside the head counts that it ended; missing where it was edited before head counts had days. */
export type Before = { id: number; values: AnyRow; countedOn: string | null; cause?: string }

/** @returns `edit:<id>:<mark>` and what stood before. @throws Problem.intakeChanged where it was changed meanwhile */
export async function updateUnit(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  { old, now }: Plan,
): Promise<{ made: string; before: Before }> {
  const cause = uuidv7()
  const mark = await writeUnit(tx, old.id, old.mark, now, { cause, day: deps.today() })
  if (mark === null) throw Problem.intakeChanged()
  const fields = editable.filter((key) => bare(now[key]) !== bare(old.values[key]))
  if (heads.some((key) => now[key] !== old.values[key])) await dateHeads(tx, [old.id], deps.today())
  noteUnit(work, 'org.edit', old.id, fields)
  return {
    made: `edit:${old.id}:${mark}`,
    before: {
      id: old.id,
      countedOn: old.countedOn,
      cause,
      values: Object.fromEntries(editable.map((key) => [key, old.values[key] ?? null])),
    },
  }
}
