import { openXlsx, saveXlsx, type Cell as OutCell, type Sheet } from 'hucre/xlsx'
import type { SheetMarks } from './book.ts'
import { ground, grounds, safe } from './write.server.ts'

const author = '巾帼'

/**
 * Writes marks into a workbook and leaves all else of it as it is: other sheets, widths, formats, formulas. Heavy: only the
 * thread calls it.
 */
export async function markBook(bytes: Uint8Array, sheets: readonly SheetMarks[]): Promise<Uint8Array> {
  const book = await openXlsx(bytes, { readStyles: true })
  for (const marks of sheets) {
    const sheet = book.sheets.find((one) => one.name === marks.name)
    if (!sheet) throw new Error('a sheet that was read is there no more')
    write(sheet, marks)
  }
  return saveXlsx(book)
}

function write(sheet: Sheet, { headingRow, added, rows }: SheetMarks): void {
  const cells = (sheet.cells ??= new Map<string, OutCell>())
  const columns = (sheet.columns ??= [])
  const put = (row: number, column: number, text: string | null) => {
    const line = (sheet.rows[row - 1] ??= [])
    while (line.length < column) line.push(null)
    line[column] = text === null ? null : safe(text)
    const known = cells.get(`${row - 1},${column}`)
    if (known) cells.set(`${row - 1},${column}`, { ...styleOf(known), value: line[column]! })
  }
  for (const { column, title, width } of added) {
    while (columns.length < column) columns.push({})
    columns[column] = { ...columns[column], width }
    put(headingRow, column, title)
  }
  for (const { row, cells: texts, marks } of rows) {
    for (const [column, text] of texts) put(row, column, text)
    for (const { column, note, level } of marks) {
      const known = cells.get(`${row - 1},${column}`)
      const said = known?.comment ? `${known.comment.text}\n${note}` : note
      cells.set(`${row - 1},${column}`, {
        ...(known ?? { value: sheet.rows[row - 1]?.[column] ?? null }),
        style: { ...known?.style, fill: ground(grounds[level]) },
        comment: { author, text: safe(said) },
      } as OutCell)
    }
  }
}

/** A cell that was typed over is a text now, in the look that it had. */
const styleOf = ({ style, comment }: OutCell) => ({
  type: 'string' as const,
  ...(style ? { style } : {}),
  ...(comment ? { comment } : {}),
})
