import { textOf, type Cell } from './cell.ts'

/** What a spreadsheet would compute is kept from it by an apostrophe; a number of ours is a number. */
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const field = (cell: Cell): string => {
  if (typeof cell === 'number') return String(cell)
  return `"${inert(textOf(cell)).replaceAll('"', '""')}"`
}

/** One line of a .csv; a file begins with a byte order mark, so that Excel reads it as UTF-8. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`
export const csvStart = '\uFEFF'
