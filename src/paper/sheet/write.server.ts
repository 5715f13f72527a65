import { writeXlsx, type Cell as OutCell, type CellStyle, type CellValue, type WriteSheet } from 'hucre/xlsx'
import { keysSheet, listsSheet, type BookColumn, type BookRow, type ColumnKind } from './book.ts'
import { columnLetters, type Cell } from './cell.ts'

/** A sheet with all its rows, as the writing thread has collected them. */
export type WholeSheet = { name: string; columns: BookColumn[]; rows: BookRow[]; blank: number }
export type WholeBook = { sheets: WholeSheet[]; keys: Readonly<Record<string, string>> }

const formats: Record<ColumnKind, string> = {
  text: '@',
  number: '0',
  money: '#,##0.00',
  day: 'yyyy-mm-dd',
}
export const ground = (rgb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb } }) as const
const line = { style: 'thin', color: { rgb: 'D9D9D9' } } as const
const heading = (required: boolean): CellStyle => ({
  font: { bold: true, color: { rgb: required ? '8C1D18' : '262626' } },
  fill: ground(required ? 'FBE9E7' : 'F5F0E8'),
  alignment: { vertical: 'center', horizontal: 'center', wrapText: true },
  border: { bottom: line, right: line },
  numFmt: '@',
})
export const grounds = { error: 'FFC7CE', warning: 'FFEB9C' } as const

/** What XML cannot hold goes; what would read as an escape is escaped (ECMA-376 §22.4.2.4). */
export const safe = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- these are the characters to remove
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Surrogate}/gu, '')
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')

function valueOf(cell: Cell): CellValue {
  if (typeof cell === 'string') return safe(cell)
  if (typeof cell !== 'object' || cell === null) return cell
  // A day is a number with a format; UTC, so that no zone moves it.
  return 'day' in cell ? new Date(`${cell.day}T00:00:00Z`) : safe(cell.error)
}

/** Writes a workbook. Heavy: only the writing thread calls it. Every text is typed as text, so nothing in it is computed. */
export async function writeBook({ sheets, keys }: WholeBook): Promise<Uint8Array> {
  const lists: { title: string; choices: readonly string[] }[] = []
  const written = sheets.map((sheet) => sheetOf(sheet, lists))
  const depth = Math.max(0, ...lists.map((l) => l.choices.length))
  const dictionary: WriteSheet = {
    name: listsSheet,
    rows: Array.from({ length: depth }, (_, n) => lists.map((l) => safe(l.choices[n] ?? '') || null)),
    veryHidden: true,
  }
  const marks: WriteSheet = {
    name: keysSheet,
    rows: Object.entries(keys).map(([key, value]) => [key, safe(value)]),
    veryHidden: true,
  }
  return writeXlsx({
    sheets: [...written, ...(depth > 0 ? [dictionary] : []), marks],
    properties: { creator: '巾帼' },
  })
}

/** As many characters stand beside each other on an upright page without being made much smaller. */
const PORTRAIT = 110

function sheetOf(
  { name, columns, rows, blank }: WholeSheet,
  lists: { title: string; choices: readonly string[] }[],
): WriteSheet {
  const cells = new Map<string, Partial<OutCell>>()
  columns.forEach(({ note, required = false }, column) =>
    cells.set(`0,${column}`, {
      style: heading(required),
      ...(note ? { comment: { author: '巾帼', text: safe(note) } } : {}),
    }),
  )
  rows.forEach(({ marks = [] }, n) => {
    for (const { column, note, level } of marks)
      cells.set(`${n + 1},${column}`, {
        style: { fill: ground(grounds[level]), numFmt: formats[columns[column]?.kind ?? 'text'] },
        comment: { author: '巾帼', text: safe(note) },
      })
  })
  const last = rows.length + blank + 1
  const empty = Array.from({ length: blank }, () => columns.map(() => null))
  return {
    name,
    columns: columns.map(({ kind, width, hidden = false }) => ({ width, hidden, numFmt: formats[kind] })),
    rows: [
      columns.map(({ title, required }) => safe(required ? `${title}＊` : title)),
      ...rows.map((row) => columns.map((_, column) => valueOf(row.cells[column] ?? null))),
      ...empty,
    ],
    cells,
    freezePane: { rows: 1 },
    // A page holds all columns; further pages follow downwards.
    pageSetup: {
      paperSize: 'a4',
      orientation: columns.reduce((sum, { width }) => sum + width, 0) > PORTRAIT ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
    dataValidations: columns.flatMap(({ title, choices }, column) => {
      if (!choices || last < 2) return []
      const list = columnLetters(lists.push({ title, choices }) - 1)
      const at = columnLetters(column)
      return {
        type: 'list' as const,
        range: `${at}2:${at}${last}`,
        formula1: `${listsSheet}!$${list}$1:$${list}$${choices.length}`,
        allowBlank: true,
        showErrorMessage: true,
        errorStyle: 'warning' as const,
        errorTitle: title,
        errorMessage: '请从下拉列表中选择',
      }
    }),
  }
}
