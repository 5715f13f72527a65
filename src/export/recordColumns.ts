import { refLabel } from '#intake/ref.ts'
import { head } from '#kit/head.ts'
import { formFields, type AnyRow, type Programme } from '#kit/programme.ts'
import type { BookColumn } from '#paper/sheet/book.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { cellOf, columnOf, widthOf } from '#paper/sheet/fieldColumn.ts'
import { hasHosts } from '#record/intake/target.ts'
import { stateLabels, type RecordState } from '#record/workflow.ts'

// The columns of the import template, so that an exported file that was edited comes in again as changes; what is only to be
// read stands behind them, where the import passes over it.

/** A record as the export sees it. */
export type Leaving = {
  id: string
  version: number
  row: AnyRow
  state: RecordState
  org: string
  coHosts: readonly string[]
  /** Day of acceptance; null while it is not accepted. */
  acceptedOn: string | null
}

const text = (title: string, least: number, hidden?: true): BookColumn => ({
  title,
  kind: 'text',
  width: widthOf(title, least),
  ...(hidden ? { hidden } : {}),
})

type Mask = (cell: Cell) => Cell

export const recordColumns = (programme: Programme): BookColumn[] => [
  text(refLabel, 12, true),
  ...Object.values(formFields(programme)).map((field) => columnOf(field)),
  ...(hasHosts(programme) ? [text('联办单位', 20)] : []),
  text('状态', 10),
  text('填报单位', 26),
  { title: '审核通过日期', kind: 'day', width: 14 },
]

export const recordCells = (programme: Programme, r: Leaving, mask: Mask): Cell[] => [
  `${r.id}:${r.version}`,
  ...Object.entries(formFields(programme)).map(([key, field]) => mask(cellOf(field, r.row[key]))),
  ...(hasHosts(programme) ? [r.coHosts.join('、') || null] : []),
  stateLabels[r.state],
  r.org,
  r.acceptedOn === null ? null : { day: r.acceptedOn },
]

/** Rows of children say of which record they are by its name and day. */
export const childColumns = (programme: Programme, child: string): BookColumn[] => [
  text('所属记录', 24),
  { title: '所属记录日期', kind: 'day', width: 14 },
  ...Object.values(programme.children[child]!.fields).map((field) => columnOf(field)),
]

export const childCells = (
  programme: Programme,
  child: string,
  { row }: Pick<Leaving, 'row'>,
  mask: Mask,
): Cell[][] =>
  ((row[child] ?? []) as AnyRow[]).map((line) => [
    mask(cellOf(head.title, row['title'])),
    cellOf(head.endsOn, row[programme.dated ?? 'endsOn'] ?? row['endsOn']),
    ...Object.entries(programme.children[child]!.fields).map(([key, field]) =>
      mask(cellOf(field, line[key])),
    ),
  ])
