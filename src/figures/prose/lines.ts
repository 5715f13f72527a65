import type { CellSaid, Paragraph, Place } from './paragraph.ts'
import { captionsOf } from './table/caption.ts'
import type { GridCell } from './table/grid.ts'
import { saidOf, type Said } from './table/said.ts'

/** A paragraph of a Word file, with the cell that holds it. */
export interface Placed extends Omit<Paragraph, 'cells'> {
  cell?: Omit<GridCell, 'text'> & { table: number }
}

interface Span {
  paragraph: number
  start: number
  end: number
}

type Line = Paragraph & { named: Required<Paragraph>['named'][number][]; places: Place[]; cells?: CellSaid[] }

/**
 * What is read of a Word file, line by line: its paragraphs, and each row of its tables as it stands in a table pasted
 * as text. Empty cells leave no gap, so that a unit stays beside its number; a further paragraph of a cell that is prose
 * begins a line, as it does when it is pasted.
 */
export function linesOf(paragraphs: readonly Placed[]): Paragraph[] {
  const lines: Line[] = []
  const said = saidOfTables(paragraphs)
  const open = new Map<number, { line: Line; column: number }>()
  paragraphs.forEach(({ cell, ...paragraph }, n) => {
    if (!cell) {
      const places = [{ at: 0, paragraph: n, from: 0 }]
      lines.push({ ...paragraph, named: [...(paragraph.named ?? [])], places })
      return
    }
    if (paragraph.text.trim() === '') return
    const row = open.get(cell.row)
    const isFurther = row?.column === cell.column
    const isOwn = !row || (isFurther && paragraph.text.includes('。'))
    const line: Line = isOwn ? { ...paragraph, text: '', named: [], places: [] } : row.line
    if (isOwn) lines.push(line)
    append(line, isFurther ? '\n' : '\t', paragraph, n)
    putSaid(line, cell.table, said.get(keyOf(cell)), paragraph.text.trim().length)
    open.set(cell.row, { line, column: cell.column })
  })
  return lines
}

/** Puts a paragraph of a cell behind what the line holds. */
function append(line: Line, between: string, { text, named = [], isSource }: Paragraph, n: number): void {
  const words = text.trim()
  const from = text.indexOf(words)
  if (line.text !== '') line.text += between
  const at = line.text.length
  line.places.push({ at, paragraph: n, from })
  line.named.push(...named.map((one) => ({ ...one, start: one.start - from + at, end: one.end - from + at })))
  line.text += words
  if (isSource) line.isSource = true
}

type Cell = Required<Placed>['cell']

const keyOf = ({ table, row, column }: Pick<Cell, 'table' | 'row' | 'column'>): string =>
  `${table} ${row} ${column}`

/** What the heads and labels of each table say of its cells. */
function saidOfTables(paragraphs: readonly Placed[]): Map<string, Said> {
  const tables = new Map<number, { first: number; cells: Map<string, GridCell> }>()
  paragraphs.forEach(({ cell, text }, n) => {
    if (!cell) return
    const table = tables.get(cell.table) ?? { first: n, cells: new Map<string, GridCell>() }
    tables.set(cell.table, table)
    const before = table.cells.get(keyOf(cell))
    table.cells.set(keyOf(cell), { ...cell, text: before ? `${before.text}\n${text}` : text })
  })
  const said = new Map<string, Said>()
  for (const [table, { first, cells }] of tables)
    for (const one of saidOf(
      [...cells.values()],
      captionsOf(paragraphs.slice(Math.max(0, first - 3), first)),
    ))
      said.set(keyOf({ table, ...one }), one)
  return said
}

/** What is said of the text that was put last into a line. */
function putSaid(line: Line, table: number, said: Said | undefined, length: number): void {
  if (!said) return
  line.cells ??= []
  const last = line.cells.at(-1)
  const end = line.text.length
  if (last?.row === said.row && last.column === said.column) last.end = end
  else line.cells.push({ ...said, table, start: end - length, end })
}

/** Where a stretch of a line stands in the Word file: in the paragraph in which it begins, as far as that goes. */
export function placeInFile(lines: readonly Paragraph[], { paragraph, start, end }: Span): Span {
  const places = lines[paragraph]?.places ?? []
  const here = places.findLastIndex(({ at }) => at <= start)
  const place = places[here]
  if (!place) return { paragraph, start, end }
  const until = (places[here + 1]?.at ?? Infinity) - 1
  const move = place.from - place.at
  return { paragraph: place.paragraph, start: start + move, end: Math.min(end, until) + move }
}
