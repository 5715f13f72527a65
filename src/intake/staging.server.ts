import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { PolicyAction } from '#identity/policy.ts'
import { textOf } from '#paper/sheet/cell.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import type { CellsBody, IntakeDetail, IntakeDone, IntakeRow, RowsQuery } from './api.ts'
import { cellAt } from './line.ts'
import { readLines, specAt } from './lines.server.ts'
import { missingLabels, type Mapping } from './mapping.ts'
import type { ReadFile } from './receive.server.ts'
import { newSeal } from './seal.server.ts'
import {
  countRows,
  findIntake,
  listIntakes,
  readRows,
  sumCounts,
  writeRows,
  type Intake,
  type Kept,
} from './store.server.ts'
import { isAsked, stateOf, type Line } from './target.ts'

/** @throws Problem.denied, stepUpNeeded, notFound as the policy has it for the actor's own unit */
export function mustMay(actor: Actor, action: PolicyAction): void {
  const verdict = decide(actor, action, { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null })
  if (!verdict.allow) throw problemOf(verdict.reason)
}

/** @throws Problem.notFound */
export function targetOf(deps: Deps, key: string): Target {
  const found = deps.intakes.find((target) => target.key === key)
  if (!found) throw Problem.notFound()
  return found
}

/** Puts a file that was read into staging, checked. */
export async function stage(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  target: Target,
  id: string,
  fileName: string,
  file: ReadFile,
): Promise<IntakeDone> {
  const { actor } = work
  mustMay(actor, target.enterBy)
  const { wrapped, seal } = newSeal(deps.crypto, id)
  const head = { fileName, sheets: file.sheets, leftAside: file.leftAside }
  await sql`INSERT INTO app.intake (district_id, id, target, org_id, account_id, person_id, wrapped, head)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${target.key}, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.personId}::uuid,
      ${wrapped}::bytea, ${seal.close(head, 'head')}::bytea)`.execute(tx)
  const intake = await findIntake(deps, tx, actor, id)
  const lines = await readLines(target, head, file.rows)
  await target.check(deps, tx, actor, lines)
  await writeRows(tx, intake, stagedRows(file, lines))
  work.audit({
    districtId: actor.org.districtId,
    action: 'intake.stage',
    object: `intake:${id}`,
    fields: [target.key],
  })
  return { id, version: intake.version }
}

function* stagedRows(file: ReadFile, lines: readonly Line[]): Iterable<Kept> {
  let n = 0
  for (const { sheet, line, cells } of file.rows) {
    const read = lines[n++]!
    yield { sheet, line, cells, typed: {}, issues: read.issues, state: stateOf(read), made: null }
  }
}

/** Reads and checks rows anew, as if they came in now; rows that were committed are left out of it. */
export async function checkAll(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  target: Target,
  intake: Intake,
  all: readonly Kept[],
): Promise<{ kept: Kept[]; lines: Line[] }> {
  const waiting = all.filter((row) => row.state !== 'done')
  const lines = await readLines(target, intake.head, waiting)
  await target.check(deps, tx, actor, lines)
  const checked = waiting.map((row, n) => {
    const line = lines[n]!
    return { ...row, issues: line.issues, state: stateOf(line) }
  })
  return { kept: checked, lines }
}

/** Checks the whole workbook again after a change; writes only rows that came out otherwise. */
async function recheck(deps: Deps, tx: Tx, actor: Actor, target: Target, intake: Intake): Promise<void> {
  const all = await readRows(tx, intake, { most: target.most })
  const before = new Map(
    all.map((row) => [`${row.sheet} ${row.line}`, JSON.stringify([row.state, row.issues])]),
  )
  const { kept } = await checkAll(deps, tx, actor, target, intake, all)
  const changed = kept.filter(
    (row) => before.get(`${row.sheet} ${row.line}`) !== JSON.stringify([row.state, row.issues]),
  )
  await writeRows(tx, intake, changed)
}

/** Takes a change of an open workbook, once for each version. @throws Problem.intakeChanged, intakeClosed */
export async function mustBeOpen(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  version: number,
): Promise<{ intake: Intake; target: Target }> {
  const intake = await findIntake(deps, tx, actor, id, true)
  const target = targetOf(deps, intake.target)
  mustMay(actor, target.enterBy)
  if (intake.state !== 'open') throw Problem.intakeClosed()
  if (intake.version !== version) throw Problem.intakeChanged()
  await sql`UPDATE app.intake SET version = version + 1 WHERE id = ${id}::uuid`.execute(tx)
  return { intake, target }
}

/** Says anew which column is which. @throws Problem.invalid */
export async function setMapping(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, sheet, mapping }: { version: number; sheet: string; mapping: Mapping },
): Promise<IntakeDone> {
  const { intake, target } = await mustBeOpen(deps, tx, work.actor, id, version)
  const at = intake.head.sheets.findIndex((s) => s.key === sheet)
  if (at < 0) throw Problem.notFound()
  const spec = specAt(target, intake.head, at)
  const keys = mapping.filter((key) => key !== null)
  const stranger = keys.find((key) => !Object.hasOwn(spec.fields, key))
  const twice = keys.find((key, n) => keys.indexOf(key) !== n)
  if (stranger !== undefined || mapping.length !== intake.head.sheets[at]!.headings.length)
    throw Problem.invalid({ issues: [{ field: 'mapping', message: '栏目对应有误，请刷新后重试' }] })
  if (twice !== undefined) {
    const message = `“${spec.fields[twice]!.label}”对应了两列，请只留一列`
    throw Problem.invalid({ issues: [{ field: 'mapping', message }] })
  }
  intake.head.sheets[at]!.mapping = mapping
  await sql`UPDATE app.intake SET head = ${intake.seal.close(intake.head, 'head')}::bytea WHERE id = ${id}::uuid`.execute(
    tx,
  )
  await recheck(deps, tx, work.actor, target, intake)
  return { id, version: version + 1 }
}

/** Types over cells, then checks the workbook again: a double may be one no more. @throws Problem.notFound */
export async function setCells(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, cells }: CellsBody,
): Promise<IntakeDone> {
  const { intake, target } = await mustBeOpen(deps, tx, work.actor, id, version)
  const touched = new Map<string, Kept>()
  for (const { sheet, line, column, text } of cells) {
    const at = intake.head.sheets.findIndex((s) => s.key === sheet)
    if (at < 0 || !Object.hasOwn(specAt(target, intake.head, at).fields, column)) throw Problem.notFound()
    const place = `${at} ${line}`
    const row = touched.get(place) ?? (await readRows(tx, intake, { sheet: at, line, most: 1 }))[0]
    if (!row || row.state === 'done') throw Problem.notFound()
    row.typed[column] = text
    touched.set(place, row)
  }
  await writeRows(tx, intake, [...touched.values()])
  await recheck(deps, tx, work.actor, target, intake)
  return { id, version: version + 1 }
}

/** Takes a workbook away; what it became stays. */
export async function dropIntake(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  await findIntake(deps, tx, work.actor, id)
  await sql`DELETE FROM app.intake WHERE id = ${id}::uuid`.execute(tx)
  work.audit({ districtId: work.actor.org.districtId, action: 'intake.drop', object: `intake:${id}` })
}

const lineOf = (deps: Deps, intake: Intake, counts: IntakeDetail['counts']) => ({
  id: intake.id,
  target: intake.target,
  label: targetOf(deps, intake.target).label,
  fileName: intake.head.fileName,
  state: intake.state,
  version: intake.version,
  madeAt: intake.madeAt,
  keptUntil: intake.keptUntil,
  committedAt: intake.committedAt,
  counts,
})

/** The workbooks that wait, with how many rows are right and wrong. */
export async function list(deps: Deps, tx: Tx, actor: Actor) {
  const found = []
  for (const intake of await listIntakes(deps, tx, actor))
    found.push(lineOf(deps, intake, sumCounts((await countRows(tx, intake)).values())))
  return found
}

/** A workbook with its columns and what was found. @throws Problem.notFound */
export async function detail(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<IntakeDetail> {
  const intake = await findIntake(deps, tx, actor, id)
  const target = targetOf(deps, intake.target)
  const counts = await countRows(tx, intake)
  return {
    ...lineOf(deps, intake, sumCounts(counts.values())),
    leftAside: intake.head.leftAside,
    mayUndo: intake.mayUndo && target.undo !== undefined,
    sheets: intake.head.sheets.map((sheet, at) => {
      const spec = specAt(target, intake.head, at)
      return {
        ...sheet,
        label: spec.label,
        columns: Object.entries(spec.fields).map(([key, field]) => ({
          key,
          label: field.label,
          required: isAsked(spec, key),
          kind: field.kind,
          choices: field.choices ? [...field.choices] : null,
        })),
        missing: missingLabels(spec, sheet.mapping),
        counts: counts.get(at) ?? sumCounts([]),
      }
    }),
  }
}

const perPage = 100

/** A page of rows, as they read now. @throws Problem.notFound */
export async function listRows(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  query: RowsQuery,
): Promise<{ rows: IntakeRow[]; next: number | null }> {
  const intake = await findIntake(deps, tx, actor, id)
  const target = targetOf(deps, intake.target)
  const sheet = query.sheet ? intake.head.sheets.findIndex((s) => s.key === query.sheet) : 0
  if (!intake.head.sheets[sheet]) throw Problem.notFound()
  const found = await readRows(tx, intake, {
    sheet,
    after: Number(query.after ?? 0),
    most: perPage + 1,
    ...(query.state ? { state: query.state } : {}),
    ...(query.line ? { line: Number(query.line) } : {}),
  })
  const keys = Object.keys(specAt(target, intake.head, sheet).fields)
  const { mapping } = intake.head.sheets[sheet]
  return {
    rows: found.slice(0, perPage).map((row) => ({
      line: row.line,
      state: row.state,
      issues: row.issues,
      cells: Object.fromEntries(keys.map((key) => [key, textOf(cellAt(row, mapping, key))])),
    })),
    next: found.length > perPage ? found[perPage - 1]!.line : null,
  }
}
