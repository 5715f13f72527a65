import type { Cell } from './cell.ts'

/** How the cells of a column are typed: text keeps leading zeros and 18 digits as they are. */
export type ColumnKind = 'text' | 'number' | 'money' | 'day'

export type BookColumn = {
  title: string
  kind: ColumnKind
  /** In characters of the digits' width; a Han character takes two. */
  width: number
  /** Marked with ＊ and a warm ground. */
  required?: boolean
  /** Shown when the pointer rests on the title. */
  note?: string
  /** Offered as a list to choose from. */
  choices?: readonly string[]
  /** Kept for the way back, out of sight. */
  hidden?: true
}

/** What is wrong with one cell, written into its note; the cell turns red or amber. */
export type Mark = { column: number; note: string; level: 'error' | 'warning' }
export type BookRow = { cells: Cell[]; marks?: Mark[] }

/** What is written into a sheet of somebody's own workbook. Places count from nought, rows as the file counts them. */
export type SheetMarks = {
  name: string
  /** Columns behind hers: their titles stand in the row of her headings. */
  headingRow: number
  added: { column: number; title: string; width: number }[]
  rows: { row: number; cells: [column: number, text: string | null][]; marks: Mark[] }[]
}

export type BookSheet = {
  name: string
  columns: BookColumn[]
  rows: Iterable<BookRow> | AsyncIterable<BookRow>
  /** Empty rows that already carry the formats and lists of their columns. */
  blank?: number
}

/** A workbook to write; `keys` stand in a hidden sheet and tell the reader which template it is. */
export type Book = { sheets: BookSheet[]; keys: Readonly<Record<string, string>> }

export const keysSheet = '_jinguo'
export const listsSheet = '字典'

/** Rows under the heading that a template prepares. */
export const preparedRows = 500
