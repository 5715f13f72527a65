import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { withIssues } from '#intake/line.ts'
import { cellText } from '#intake/ref.ts'
import { isWrong, shownFields, type Line } from '#intake/target.ts'
import type { How } from '#intake/targets.server.ts'
import type { AnyRow } from '#kit/programme.ts'
import { readForm } from '#kit/validate.ts'
import { cellOf } from '#paper/sheet/fieldColumn.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import { nameSort } from '../pinyin.server.ts'
import { employerIssues, employerSheet, employerTarget } from './target.ts'

type Unit = { id: number; code: string; name: string; shortName: string; tier: string }
type Cover = { org: number; fromOn: string }
type Standing = { code: string; areaId: number; covers: Cover[]; values: AnyRow }
type Plan = { row: AnyRow; area: number; cover: Cover | null }

/** What was found out of a line while checking it, for its commit in the same transaction. */
const plans = new WeakMap<Line, Plan>()

const say = (line: Line, field: string, message: string): void => {
  line.issues = withIssues(line.issues, [{ field, message }])
}

/** Employers of the register as rows of the template; of several unions that cover one the first is shown. */
async function standing(tx: Tx): Promise<Standing[]> {
  const found = await rows<Omit<Standing, 'values'> & AnyRow>(
    tx,
    sql`SELECT e.code, e.name, e.kind, e.area_id AS "areaId", a.org_code AS area, e.workers, e.women_workers AS "womenWorkers", e.closed_on::text AS "closedOn",
        c.covers, c.covers -> 0 ->> 'code' AS union, c.covers -> 0 ->> 'fromOn' AS "coveredFrom"
      FROM app.enterprise e JOIN app.org a ON a.id = e.area_id CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(jsonb_build_object('org', x.org_id, 'fromOn', x.from_on, 'code', o.org_code) ORDER BY x.from_on, x.org_id), '[]') AS covers
        FROM app.org_employer x JOIN app.org o ON o.id = x.org_id WHERE x.code = e.code AND x.until_on IS NULL) c ORDER BY e.code`,
  )
  return found.map((row) => ({ code: row.code, areaId: row.areaId, covers: row.covers, values: row }))
}

/** The open unit that a text means, by code, name or short name. */
function finder(units: readonly Unit[]): (typed: string) => Unit | string {
  const byWord = new Map<string, Set<Unit>>()
  for (const unit of units)
    for (const word of [unit.code, unit.name, unit.shortName])
      byWord.set(word, (byWord.get(word) ?? new Set()).add(unit))
  return (typed) => {
    const [one, other] = byWord.get(typed) ?? []
    if (!one) return `没有“${typed}”这个单位，请填全称或组织编码`
    return other ? `有不止一个单位叫“${typed}”，请填组织编码` : one
  }
}

const dataKeys = ['name', 'kind', 'workers', 'womenWorkers', 'closedOn'] as const

async function check(deps: Deps, tx: Tx, lines: readonly Line[]): Promise<void> {
  const units = await rows<Unit>(
    tx,
    sql`SELECT id, org_code AS code, name, short_name AS "shortName", tier FROM app.org WHERE closed_on IS NULL`,
  )
  const find = finder(units)
  const there = new Map((await standing(tx)).map((one) => [one.code, one]))
  const seen = new Map<string, number>()
  for (const line of lines) {
    const { row, issues } = readForm(employerSheet.fields, line.values)
    line.issues = withIssues(line.issues, issues.length > 0 ? issues : employerIssues(row, deps.today()))
    const code = String(row['code'])
    const before = seen.get(code)
    if (before !== undefined) say(line, 'code', `与第 ${before} 行是同一个信用代码，请只留一行`)
    else seen.set(code, line.line)
    if (isWrong(line)) continue
    const area = find(String(row['area']))
    if (typeof area === 'string') say(line, 'area', area)
    else if (area.tier !== 'district' && area.tier !== 'subdistrict')
      say(line, 'area', '所在地请填区市县或街道（乡镇）工会')
    const union = typeof row['union'] === 'string' ? find(row['union']) : null
    if (typeof union === 'string') say(line, 'union', union)
    const old = there.get(code)
    if (typeof area === 'string' || typeof union === 'string' || isWrong(line)) continue
    const others = union ? (old?.covers ?? []).filter((c) => c.org !== union.id) : []
    const held = union ? old?.covers.find((c) => c.org === union.id) : undefined
    const fromOn = typeof row['coveredFrom'] === 'string' ? row['coveredFrom'] : deps.today()
    const late = others.find((c) => c.fromOn > fromOn)
    if (late) {
      say(line, 'coveredFrom', `现在覆盖它的工会从 ${late.fromOn} 起，新的不能更早，请改日期`)
      continue
    }
    plans.set(line, { row, area: area.id, cover: union && { org: union.id, fromOn } })
    if (!old) continue
    const changed = dataKeys.filter((key) => (row[key] ?? null) !== (old.values[key] ?? null))
    const was: Record<string, string> = Object.fromEntries(
      changed.map((key) => [key, cellText(old.values[key])]),
    )
    if (area.id !== old.areaId) was['area'] = cellText(old.values['area'])
    if (union && (!held || others.length > 0)) was['union'] = cellText(old.values['union'])
    if (Object.keys(was).length === 0) line.same = true
    else line.twin = { label: '更新登记册里的这一家', values: was, may: [] }
  }
}

type Kept = { row: object | null; covers: object[]; mark: string }

/** An employer with all its covers, as they stand, and a mark of them. */
const keptOf = async (tx: Tx, code: string): Promise<Kept> =>
  (await first<Kept>(
    tx,
    sql`SELECT row, covers, md5(coalesce(row::text, '') || covers::text) AS mark FROM (SELECT
      (SELECT to_jsonb(e) FROM app.enterprise e WHERE e.code = ${code}) AS row,
      (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.from_on, x.org_id), '[]') FROM app.org_employer x WHERE x.code = ${code}) AS covers) k`,
  ))!

const audit = (work: UnitOfWork, action: string, code: string, fields: string[]): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `employer:${code}`,
    fields,
    purpose: 'intake',
  })

async function commit(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  lines: readonly Line[],
  { keep }: How,
): Promise<string[]> {
  const made: string[] = []
  for (const line of lines) {
    const { row, area, cover } = plans.get(line)!
    const code = String(row['code'])
    const { row: was, covers } = await keptOf(tx, code)
    await sql`INSERT INTO app.enterprise (code, name, name_sort, kind, area_id, workers, women_workers, closed_on, updated_on)
      VALUES (${code}, ${row['name']}, ${nameSort(String(row['name']))}, ${row['kind']}, ${area}, ${row['workers']}, ${row['womenWorkers']}, ${row['closedOn'] ?? null}::date, ${deps.today()}::date)
      ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_sort = excluded.name_sort, kind = excluded.kind, area_id = excluded.area_id,
        workers = excluded.workers, women_workers = excluded.women_workers, closed_on = excluded.closed_on, updated_on = excluded.updated_on`.execute(
      tx,
    )
    if (cover) {
      await sql`UPDATE app.org_employer SET until_on = ${cover.fromOn}::date WHERE code = ${code} AND until_on IS NULL AND org_id <> ${cover.org}`.execute(
        tx,
      )
      await sql`INSERT INTO app.org_employer (org_id, code, from_on) SELECT ${cover.org}, ${code}, greatest(${cover.fromOn}::date, max(x.until_on))
        FROM app.org_employer x WHERE x.code = ${code} AND x.org_id = ${cover.org}
        HAVING count(*) FILTER (WHERE x.until_on IS NULL) = 0`.execute(tx)
    }
    keep(line, { row: was, covers })
    audit(work, 'employer.save', code, Object.keys(line.twin?.values ?? {}))
    made.push(`employer:${code}:${(await keptOf(tx, code)).mark}`)
  }
  return made
}

/** Gives employers their former row and covers back, where nobody changed them since. */
async function undo(
  tx: Tx,
  work: UnitOfWork,
  made: readonly string[],
  before: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const gone: string[] = []
  for (const text of made) {
    const [, code = '', mark] = text.split(':')
    if ((await keptOf(tx, code)).mark !== mark) continue
    const { row, covers } = before.get(text) as Omit<Kept, 'mark'>
    await sql`DELETE FROM app.org_employer WHERE code = ${code}`.execute(tx)
    if (row === null) await sql`DELETE FROM app.enterprise WHERE code = ${code}`.execute(tx)
    else
      await sql`UPDATE app.enterprise e SET name = n.name, name_sort = n.name_sort, kind = n.kind, area_id = n.area_id, workers = n.workers,
        women_workers = n.women_workers, closed_on = n.closed_on, updated_on = n.updated_on
        FROM jsonb_populate_record(NULL::app.enterprise, ${JSON.stringify(row)}::jsonb) n WHERE e.code = ${code}`.execute(
        tx,
      )
    await sql`INSERT INTO app.org_employer SELECT * FROM jsonb_populate_recordset(NULL::app.org_employer, ${JSON.stringify(covers)}::jsonb)`.execute(
      tx,
    )
    audit(work, 'employer.undo', code, [])
    gone.push(text)
  }
  return gone
}

/** The register of employers from a workbook, by credit code. */
export const employerIntake: Target = {
  ...employerTarget,
  check: (deps, tx, _, lines) => check(deps, tx, lines),
  commit,
  async standing(_, tx) {
    const shown = shownFields(employerSheet)
    return {
      employer: (await standing(tx)).map(({ values }) =>
        shown.map(([key, field]) => cellOf(field, values[key])),
      ),
    }
  },
  undo: (_, tx, work, made, __, before) => undo(tx, work, made, before),
}
