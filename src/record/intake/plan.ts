import { formFields, type AnyRow, type Programme } from '#kit/programme.ts'
import type { Line } from '#intake/target.ts'
import { changesBetween } from '../changes.ts'
import type { RecordState } from '../workflow.ts'

/** What a row of a workbook is going to be, as its check found out. */
export type Plan =
  | { act: 'create'; row: AnyRow; hosts: number[] }
  | { act: 'edit' | 'correct'; row: AnyRow; hosts: number[] | undefined; id: string; version: number }

/** Plans of rows from their check to their commit in the same transaction. */
export const plans = new WeakMap<Line, Plan>()

/** The body that a form would send: what the form asks, nothing where nothing stands. */
export function bodyOf(programme: Programme, row: AnyRow): AnyRow {
  const names = [...Object.keys(formFields(programme)), ...Object.keys(programme.children)]
  return Object.fromEntries(
    names.flatMap((name) => (row[name] === null || row[name] === undefined ? [] : [[name, row[name]]])),
  )
}

const ascending = (ids: readonly number[]): string => String([...ids].sort((a, b) => a - b))

/** Whether a row says what stands already: every value, and the co-hosts where the workbook speaks of them. */
export const isSame = (
  programme: Programme,
  standing: { row: AnyRow; hosts: readonly number[] },
  row: AnyRow,
  hosts: readonly number[] | undefined,
): boolean =>
  changesBetween(programme, standing.row, row).length === 0 &&
  (hosts === undefined || ascending(hosts) === ascending(standing.hosts))

/** How a record of the own unit takes new values in its state; a sentence where it does not. */
export function updateOf(state: RecordState): { act: 'edit' | 'correct' } | { why: string } {
  switch (state) {
    case 'returned':
    case 'withdrawn':
      return { act: 'edit' }
    case 'accepted':
      return { act: 'correct' }
    case 'submitted':
      return { why: '这条记录正在审核，不能修改；请先撤回，或改回原来的内容' }
    case 'voided':
      return { why: '这条记录已作废，不能修改；要另报一条，请在 Excel 里清空这一行的记录编号' }
  }
}

/** What may be typed for co-hosts, taken apart. */
export const hostNames = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、，,；;\n]+/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
]
