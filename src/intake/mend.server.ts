import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { textOf } from '#paper/sheet/cell.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import type { CellsBody, ChoicesBody, FillBody, IntakeDone, MappingBody } from './api.ts'
import { cellAt } from './line.ts'
import { sheetAt, specAt } from './lines.server.ts'
import { checkAll, inPieces, mustBeOpen, mustMay, targetOf } from './staging.server.ts'
import { findIntake, readRows, writeRows, type Intake, type Kept } from './store.server.ts'

/** A change before it is written: what it does to the workbook, given all of its rows. @returns the rows that it touches */
type Change = (intake: Intake, target: Target, all: Kept[]) => readonly Kept[]

/** What a change comes to: rows that it touched and rows that came out otherwise for it. */
export type Mended = { isHead: boolean; intake: Intake; rows: Kept[]; touched: number }

/** What is told of a row, to compare. */
const told = ({ state, issues, twin, asks }: Kept): string => JSON.stringify([state, issues, twin, asks])
const placeOf = ({ sheet, line }: Kept): string => `${sheet} ${line}`

/**
 * Works a change out before the transaction that writes it, so that checking thousands of rows keeps no other request waiting.
 * @returns null where the workbook is not, or no more, as the change has it: `keep` says why, or a repeat gets its answer
 */
async function workOut(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number,
  change: Change,
  isHead = false,
): Promise<Mended | null> {
  const db = inPieces(deps, actor)
  const intake = await findIntake(deps, db, actor, id)
  const target = targetOf(deps, intake.target)
  mustMay(actor, target.enterBy)
  if (intake.version !== version || intake.state !== 'open') return null
  const all = await readRows(db, intake, { most: target.most })
  const before = new Map(all.map((row) => [placeOf(row), told(row)]))
  const touched = new Set(change(intake, target, all).map(placeOf))
  const { kept } = await checkAll(deps, db, actor, target, intake, all)
  const rows = kept.filter((row) => touched.has(placeOf(row)) || before.get(placeOf(row)) !== told(row))
  return { isHead, intake, rows, touched: touched.size }
}

/** Writes a change that was worked out. @throws Problem.intakeChanged, intakeClosed where the workbook went on meanwhile */
export async function keep(
  deps: Deps,
  tx: Tx,
  { actor }: UnitOfWork,
  id: string,
  version: number,
  mended: Mended | null,
): Promise<IntakeDone> {
  await mustBeOpen(deps, tx, actor, id, version)
  if (mended === null) throw Problem.intakeChanged()
  const { intake, isHead, rows } = mended
  if (isHead)
    await sql`UPDATE app.intake SET head = ${intake.seal.close(intake.head, 'head')}::bytea WHERE id = ${id}::uuid`.execute(
      tx,
    )
  await writeRows(tx, intake, rows)
  return { id, version: version + 1 }
}

/** Says anew which column is which. @throws Problem.invalid */
export const setMapping = (
  deps: Deps,
  actor: Actor,
  id: string,
  { version, sheet, mapping }: MappingBody,
): Promise<Mended | null> =>
  workOut(
    deps,
    actor,
    id,
    version,
    ({ head }, target) => {
      const at = head.sheets.findIndex((s) => s.key === sheet)
      if (at < 0) throw Problem.notFound()
      const spec = specAt(target, head, at)
      const keys = mapping.filter((key) => key !== null)
      const stranger = keys.find((key) => !Object.hasOwn(spec.fields, key))
      const twice = keys.find((key, n) => keys.indexOf(key) !== n)
      if (stranger !== undefined || mapping.length !== head.sheets[at]!.headings.length)
        throw Problem.invalid({ issues: [{ field: 'mapping', message: '栏目对应有误，请刷新后重试' }] })
      if (twice !== undefined) {
        const message = `“${spec.fields[twice]!.label}”对应了两列，请只留一列`
        throw Problem.invalid({ issues: [{ field: 'mapping', message }] })
      }
      head.sheets[at]!.mapping = mapping
      return []
    },
    true,
  )

/** Types over cells. @throws Problem.notFound */
export const setCells = (
  deps: Deps,
  actor: Actor,
  id: string,
  { version, cells }: CellsBody,
): Promise<Mended | null> =>
  workOut(deps, actor, id, version, ({ head }, target, all) => {
    const byPlace = new Map(all.map((row) => [placeOf(row), row]))
    return cells.map(({ sheet, line, column, text }) => {
      const at = head.sheets.findIndex((s) => s.key === sheet)
      if (at < 0 || !Object.hasOwn(specAt(target, head, at).fields, column)) throw Problem.notFound()
      const row = byPlace.get(`${at} ${line}`)
      if (!row || row.state === 'done') throw Problem.notFound()
      row.typed[column] = text
      return row
    })
  })

/** Puts one text into many cells of a column. @throws Problem.notFound */
export const fillCells = (
  deps: Deps,
  actor: Actor,
  id: string,
  { version, sheet, column, how, line = 0, was = '', text }: FillBody,
): Promise<Mended | null> =>
  workOut(deps, actor, id, version, ({ head }, target, rows) => {
    const at = sheetAt(head, sheet)
    const { fields, hidden = [] } = specAt(target, head, at)
    if (!Object.hasOwn(fields, column) || hidden.includes(column)) throw Problem.notFound()
    const { mapping } = head.sheets[at]!
    const all = rows.filter((row) => row.sheet === at && row.state !== 'done')
    const shown = (row: Kept) => textOf(cellAt(row, mapping, column))
    const below = all.filter((row) => row.line > line)
    const stop = below.findIndex((row) => shown(row) !== '')
    const wanted = {
      replace: () => all.filter((row) => shown(row) === was),
      below: () => below,
      gap: () => (stop < 0 ? below : below.slice(0, stop)),
    }[how]()
    for (const row of wanted) row.typed[column] = text
    return wanted
  })

/** Notes what becomes of doubles. @throws Problem.notFound */
export const setChoices = (
  deps: Deps,
  actor: Actor,
  id: string,
  { version, sheet, lines, choice }: ChoicesBody,
): Promise<Mended | null> =>
  workOut(deps, actor, id, version, ({ head }, _, rows) => {
    const at = sheetAt(head, sheet)
    const wanted = rows.filter(
      (row) =>
        row.sheet === at &&
        row.state !== 'done' &&
        row.twin !== null &&
        (lines === null ? row.choice === null : lines.includes(row.line)) &&
        (choice === null || row.twin.may.includes(choice)),
    )
    for (const row of wanted) row.choice = choice
    return wanted
  })

/** Takes a workbook away; what it became stays. */
export async function dropIntake(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  await findIntake(deps, tx, work.actor, id)
  await sql`DELETE FROM app.intake WHERE id = ${id}::uuid`.execute(tx)
  work.audit({ districtId: work.actor.org.districtId, action: 'intake.drop', object: `intake:${id}` })
}
