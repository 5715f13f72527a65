/**
 * What a cell holds as its file says it: text, a number, yes or no, a day (`2019-08-05`), or an error that the program
 * which wrote the file left there. What it means is told by the column (src/intake/normal.ts).
 */
export type Cell = string | number | boolean | { day: string } | { error: string } | null

/** A row with its number in the file, from 1; cells by column, from 0. Rows without any value are left out. */
export type SheetRow = { row: number; cells: Cell[] }

/** Some rows on their way between threads: as bytes they lie beside the heap, where a hundred thousand cost no collection. */
export type PackedRows = { count: number; bytes: Uint8Array<ArrayBuffer> }

export type SheetHead = { name: string; hidden: boolean }

/** A whole workbook, for small ones; large ones come in pieces. */
export type Workbook = { sheets: (SheetHead & { rows: SheetRow[] })[] }

/** 0 → `A`, 27 → `AB`. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

/** `AB12` → column 27; null for what is no address. */
export function columnOf(address: string): number | null {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(address)?.[0]
  if (letters === undefined) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** What a reader of tables may see of a cell. */
export function textOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (typeof cell !== 'object') return String(cell)
  return 'day' in cell ? cell.day : cell.error
}
