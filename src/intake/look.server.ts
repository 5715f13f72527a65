import type { Actor } from '#identity/actor.ts'
import { textOf } from '#paper/sheet/cell.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rowsPerPage, type IntakeDetail, type IntakeRow, type RowsQuery } from './api.ts'
import { cellAt } from './line.ts'
import { sheetAt, specAt } from './lines.server.ts'
import { missingLabels } from './mapping.ts'
import { targetOf } from './staging.server.ts'
import {
  askedOf,
  countRows,
  faultsOf,
  findIntake,
  listIntakes,
  readRows,
  sumCounts,
  type Intake,
} from './store.server.ts'
import { isAsked, shownFields } from './target.ts'

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
    goesBack: target.goesBack,
    stays: target.stays,
    mayDraft: target.drafts ?? false,
    asks: await askedOf(tx, intake),
    sheets: intake.head.sheets.map(({ key, title, headings, mapping }, at) => {
      const spec = specAt(target, intake.head, at)
      return {
        key,
        title,
        headings,
        mapping,
        label: spec.label,
        columns: shownFields(spec).map(([name, field]) => ({
          key: name,
          label: field.label,
          required: isAsked(spec, name),
          kind: field.kind,
          choices: field.choices ? [...field.choices] : null,
        })),
        missing: missingLabels(spec, mapping),
        counts: counts.get(at) ?? sumCounts([]),
      }
    }),
  }
}

/** A page of rows, as they read now. @throws Problem.notFound */
export async function listRows(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  query: RowsQuery,
): Promise<{ from: number; rows: IntakeRow[] }> {
  const intake = await findIntake(deps, tx, actor, id)
  const target = targetOf(deps, intake.target)
  const sheet = sheetAt(intake.head, query.sheet)
  const from = Number(query.from ?? 0)
  const found = await readRows(tx, intake, {
    sheet,
    from,
    most: rowsPerPage,
    ...(query.state ? { state: query.state } : {}),
    ...(query.line ? { line: Number(query.line) } : {}),
  })
  const keys = Object.keys(specAt(target, intake.head, sheet).fields)
  const { mapping } = intake.head.sheets[sheet]!
  return {
    from,
    rows: found.map(({ line, state, issues, choice, twin, ...row }) => ({
      line,
      state,
      issues,
      choice,
      twin,
      cells: Object.fromEntries(keys.map((key) => [key, textOf(cellAt(row, mapping, key))])),
    })),
  }
}

/** The rows of a sheet that keep it from going in. @throws Problem.notFound */
export async function listFaults(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  sheet?: string,
): Promise<{ line: number; at: number }[]> {
  const intake = await findIntake(deps, tx, actor, id)
  return faultsOf(tx, intake, sheetAt(intake.head, sheet))
}
