import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { textOf } from '#paper/sheet/cell.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { CellsBody, ChoicesBody, FillBody, IntakeDone } from './api.ts'
import { cellAt } from './line.ts'
import { sheetAt, specAt } from './lines.server.ts'
import type { Mapping } from './mapping.ts'
import { mustBeOpen, recheck } from './staging.server.ts'
import { findIntake, readRows, writeRows, type Kept } from './store.server.ts'

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

/** Puts one text into many cells of a column, then checks the workbook again. @throws Problem.notFound */
export async function fillCells(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, sheet, column, how, line = 0, was = '', text }: FillBody,
): Promise<IntakeDone & { cells: number }> {
  const { intake, target } = await mustBeOpen(deps, tx, work.actor, id, version)
  const at = sheetAt(intake.head, sheet)
  const { fields, hidden = [] } = specAt(target, intake.head, at)
  if (!Object.hasOwn(fields, column) || hidden.includes(column)) throw Problem.notFound()
  const { mapping } = intake.head.sheets[at]!
  const all = (await readRows(tx, intake, { sheet: at, most: target.most })).filter((r) => r.state !== 'done')
  const shown = (row: Kept) => textOf(cellAt(row, mapping, column))
  const below = all.filter((row) => row.line > line)
  const stop = below.findIndex((row) => shown(row) !== '')
  const wanted = {
    replace: () => all.filter((row) => shown(row) === was),
    below: () => below,
    gap: () => (stop < 0 ? below : below.slice(0, stop)),
  }[how]()
  for (const row of wanted) row.typed[column] = text
  await writeRows(tx, intake, wanted)
  await recheck(deps, tx, work.actor, target, intake)
  return { id, version: version + 1, cells: wanted.length }
}

/** Notes what becomes of doubles, then checks the workbook again. @throws Problem.notFound */
export async function setChoices(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, sheet, lines, choice }: ChoicesBody,
): Promise<IntakeDone> {
  const { intake, target } = await mustBeOpen(deps, tx, work.actor, id, version)
  const at = sheetAt(intake.head, sheet)
  const all = await readRows(tx, intake, { sheet: at, most: target.most })
  const wanted = all.filter(
    (row) =>
      row.state !== 'done' &&
      row.twin !== null &&
      (lines === null ? row.choice === null : lines.includes(row.line)) &&
      (choice === null || row.twin.may.includes(choice)),
  )
  await writeRows(
    tx,
    intake,
    wanted.map((row) => ({ ...row, choice })),
  )
  await recheck(deps, tx, work.actor, target, intake)
  return { id, version: version + 1 }
}

/** Takes a workbook away; what it became stays. */
export async function dropIntake(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  await findIntake(deps, tx, work.actor, id)
  await sql`DELETE FROM app.intake WHERE id = ${id}::uuid`.execute(tx)
  work.audit({ districtId: work.actor.org.districtId, action: 'intake.drop', object: `intake:${id}` })
}
