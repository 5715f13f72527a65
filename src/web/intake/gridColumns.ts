import type { IntakeRow, IntakeSheet } from '#intake/api.ts'

export type Column = IntakeSheet['columns'][number]

/** Columns worth the width: those of the file, then what was faulted or typed besides, and what every row must have. */
export const shownColumns = (sheet: IntakeSheet): Column[] => [
  ...sheet.columns.filter((c) => sheet.mapping.includes(c.key)),
  ...sheet.columns.filter((c) => !sheet.mapping.includes(c.key) && c.required),
  ...sheet.columns.filter((c) => !sheet.mapping.includes(c.key) && !c.required),
]

export function widthOf({ kind, label, key }: Column): number {
  if (key === 'title' || kind === 'note') return 220
  if (kind === 'count' || kind === 'yesNo') return Math.max(88, label.length * 15 + 24)
  if (kind === 'creditCode' || key === 'idNumber') return 190
  return Math.max(128, label.length * 15 + 24)
}

export const saidOf = (row: IntakeRow, key: string): string =>
  row.issues
    .filter((issue) => issue.column === key)
    .map((issue) => issue.message)
    .join('；')

/** Whether a row that is an update changes what stands under a column. */
function changes({ state, twin, cells }: IntakeRow, key: string): boolean {
  if (state !== 'update' || !twin || !Object.hasOwn(twin.values, key)) return false
  // Of an update that nobody need decide only what differs is told.
  return twin.may.length === 0 || ((cells[key] ?? '') !== '' && cells[key] !== twin.values[key])
}

export function gradeOf(row: IntakeRow, key: string): string {
  const levels = row.issues.filter((issue) => issue.column === key).map((issue) => issue.level)
  if (levels.length > 0) return levels.includes('error') ? 'cell-error' : 'cell-warning'
  return changes(row, key) ? 'cell-changed' : ''
}

/** Where to look first in a row: its first fault, else what it changes, else its first word of warning. */
export const firstFault = (row: IntakeRow, columns: readonly Column[]): string | null =>
  row.issues.find((i) => i.level === 'error' && i.column)?.column ??
  columns.find(({ key }) => changes(row, key))?.key ??
  row.issues.find((i) => i.column)?.column ??
  null
