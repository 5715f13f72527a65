import type { AnyRow } from '#kit/programme.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import type { Mapping } from './mapping.ts'
import { normalise, type Normal } from './normal.ts'
import { isMasked, refKey } from './ref.ts'
import type { LineIssue, SheetSpec } from './target.ts'

/** A row as it is kept: what the file says, and what was typed over it here, by key. */
export type RawLine = { cells: Cell[]; typed: Record<string, string> }

type Choose = (typed: string, choices: readonly string[]) => Normal

/** The cell of a column of ours: typed over, else the file's. */
export function cellAt({ cells, typed }: RawLine, mapping: Mapping, key: string): Cell {
  if (Object.hasOwn(typed, key)) return typed[key] || null
  const column = mapping.indexOf(key)
  return column < 0 ? null : (cells[column] ?? null)
}

/** Reads a row by the kinds of its columns. What was read in another way than it stands is said as a warning at its cell. */
export function readLine(
  spec: SheetSpec,
  mapping: Mapping,
  raw: RawLine,
  choose: Choose,
): { values: AnyRow; issues: LineIssue[]; assumed: readonly string[] } {
  const issues: LineIssue[] = []
  const values: Record<string, unknown> = {}
  const isExported = spec.hidden?.includes(refKey) === true && cellAt(raw, mapping, refKey) !== null
  for (const [key, field] of Object.entries(spec.fields)) {
    const cell = cellAt(raw, mapping, key)
    // What the export masked was never to be read; the target leaves what stands as it is.
    const read = isExported && isMasked(cell) ? { value: cell } : normalise(field, cell, choose)
    if ('fault' in read) {
      issues.push({
        column: key,
        message: read.fault,
        level: 'error',
        ...(read.fixes ? { fixes: read.fixes } : {}),
      })
    } else {
      if (read.value !== null && read.value !== '') values[key] = read.value
      if (read.note)
        issues.push({ column: key, message: read.note, level: 'warning', fixes: [String(read.value)] })
    }
  }
  for (const [key, from] of Object.entries(spec.implied ?? {}))
    if (values[key] === undefined && !issues.some((i) => i.column === key)) values[key] = values[from]
  const assumed = Object.keys(spec.defaults ?? {}).filter(
    (key) => values[key] === undefined && !issues.some((i) => i.column === key),
  )
  return { values: { ...spec.defaults, ...values }, issues, assumed }
}

/** Adds the issues of a form's rules, one a column: a cell that could not be read is not said to be empty as well. */
export function withIssues(
  issues: readonly LineIssue[],
  more: readonly { field: string; message: string }[],
): LineIssue[] {
  const wrong = new Set(issues.filter((i) => i.level === 'error').map((i) => i.column))
  return [
    ...issues,
    ...more
      .filter((i) => !wrong.has(i.field))
      .map((i) => ({ column: i.field || null, message: i.message, level: 'error' as const })),
  ]
}
