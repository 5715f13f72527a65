import { bare, isNumber, ISSUE_HEAD, mayBeYear, namesUnits, unitOf } from './words.ts'

/** A cell as its file has it; `goesOn`: it is one with the cell above. */
export interface GridCell {
  row: number
  column: number
  /** So many columns wide. */
  span: number
  text: string
  goesOn?: boolean
}

/** A table whose heads are understood: which rows and columns name what stands in the others. */
export interface Grid {
  /** What stands alone above the heads. */
  titles: string[]
  /** Of a column, from the top. */
  headOf(column: number): string[]
  /** Of a cell, from the left: label and column. */
  labelsOf(row: number, column: number): { text: string; column: number }[]
  /** What stands above the labels. */
  headsOfLabels: string[]
  /** The name of the unit that a row is of. */
  unitNamed(row: number): string | null
  /** What the column of units says of a row. */
  unitTold(row: number): string | null
  /** Rows below the heads, as they stand. */
  rows: number[]
  columns: number
  isLabel(column: number): boolean
  /** Whether it counts rows, or tells of other things than work. */
  isIssue(column: number): boolean
  text(row: number, column: number): string
}

/** No head is taller. */
const MOST_HEAD_ROWS = 3
/** As wide as Word has them, and longer than any of a report: what is larger was made to hold up the server. */
const MOST_COLUMNS = 63
const MOST_ROWS = 2000

/** Null where no head is understood: its rows are then read as lines of text. */
export function gridOf(cells: readonly GridCell[]): Grid | null {
  if (cells.some(({ column, span }) => column + span > MOST_COLUMNS)) return null
  if (new Set(cells.map(({ row }) => row)).size > MOST_ROWS) return null
  const table = new Table(cells)
  const { numbers } = table
  let first = 0
  while (first < numbers.length && table.filled(numbers[first]!).length <= 1) first++
  const height = heightOf(table, first)
  const rows = numbers.slice(first + height).filter((row) => table.filled(row).length > 0)
  if (height === 0 || rows.length === 0) return null
  const all = Array.from({ length: table.columns }, (_, column) => column)
  const heads = all.map((column) => headOf(table, numbers.slice(first, first + height), column))
  const lowest = heads.map((texts) => bare(texts.at(-1) ?? ''))
  const bodies = all.map((column) => rows.map((row) => table.text(row, column)).filter((text) => text !== ''))
  const units = all.find((column) => isAll(bodies[column]!, (text) => unitOf(text) !== null))
  const labels = all.filter((column) => {
    const body = bodies[column]!
    const isText = isAll(body, mayBeYear) || isAll(body, (text) => !isNumber(text))
    return isText && column !== units && !ISSUE_HEAD.test(lowest[column]!)
  })
  const named = labels.find((column) => namesUnits(lowest[column]!))
  const labelled = carriedDown(table, rows, labels)
  return {
    titles: numbers.slice(0, first).flatMap((row) => table.filled(row).map(({ text }) => text)),
    headOf: (column) => heads[column]!,
    labelsOf: (row, before) =>
      labelled
        .get(row)!
        .filter(({ column }) => column < before && column !== named)
        .filter(({ text }, n, list) => text !== list[n - 1]?.text),
    headsOfLabels: labels.flatMap((column) => heads[column]!),
    unitNamed: (row) => labelled.get(row)!.find(({ column }) => column === named)?.text ?? null,
    unitTold: (row) => (units === undefined ? null : unitOf(table.text(row, units))),
    rows,
    columns: table.columns,
    isLabel: (column) => labels.includes(column),
    isIssue: (column) => ISSUE_HEAD.test(lowest[column]!),
    text: (row, column) => table.text(row, column),
  }
}

const isAll = (body: readonly string[], are: (text: string) => boolean): boolean =>
  body.length > 0 && body.every(are)

/** Heads of a column from the top, one that reaches over two lines once. */
function headOf(table: Table, rows: readonly number[], column: number): string[] {
  const texts = rows.map((row, n) => table.headText(row, column, n < rows.length - 1))
  return texts.filter((text, n) => text !== '' && text !== texts[n - 1])
}

/** The labels of each row; an empty one that is not the last goes on with what stood above it. */
function carriedDown(table: Table, rows: readonly number[], labels: readonly number[]) {
  const above = new Map<number, string>()
  return new Map(
    rows.map((row) => {
      const own = labels.map((column) => {
        const text = bare(
          table.text(row, column) || (column === labels.at(-1) ? '' : (above.get(column) ?? '')),
        )
        above.set(column, text)
        return { text, column }
      })
      return [row, own.filter(({ text }) => text !== '')]
    }),
  )
}

/** So many rows from `first` on are heads: the lines of one head stand under merged or empty cells. */
function heightOf(table: Table, first: number): number {
  let height = 0
  for (const row of table.numbers.slice(first, first + MOST_HEAD_ROWS)) {
    const texts = table.filled(row).map(({ text }) => text)
    if (texts.some((text) => /\d/.test(text) && !isHeadText(text))) break
    if (height > 0 && !table.isOpen(table.numbers[first + height - 1]!)) break
    if (height === 0 && texts.length < 2) break
    height++
  }
  return height
}

/** Digits that a head may hold: of a time, or within a bracket or an ordinal. */
const isHeadText = (text: string): boolean =>
  (mayBeYear(text) || !isNumber(text)) &&
  bare(text).length <= 24 &&
  !/\d+(?:期|场|人次|名|万元|份)/.test(bare(text))

class Table {
  readonly #rows = new Map<number, GridCell[]>()
  /** By row, the text that stands in each column. */
  readonly #texts = new Map<number, string[]>()
  readonly columns: number
  readonly numbers: number[]

  constructor(cells: readonly GridCell[]) {
    for (const cell of cells) {
      const row = this.#rows.get(cell.row)
      if (row) row.push(cell)
      else this.#rows.set(cell.row, [cell])
    }
    this.columns = cells.reduce((most, { column, span }) => Math.max(most, column + span), 0)
    this.numbers = [...this.#rows.keys()].toSorted((a, b) => a - b)
    let above: string[] = []
    for (const row of this.numbers) {
      const texts = Array<string>(this.columns).fill('')
      for (const { column, span, text, goesOn } of this.#rows.get(row)!)
        for (let at = column; at < column + span; at++) texts[at] = goesOn ? (above[at] ?? '') : text.trim()
      this.#texts.set(row, texts)
      above = texts
    }
  }

  /** Cells of a row that say something. */
  filled = (row: number): GridCell[] => this.#rows.get(row)!.filter(({ text }) => text.trim() !== '')

  /** Of a cell, or of the one that it goes on with. */
  text = (row: number, column: number): string => this.#texts.get(row)?.[column] ?? ''

  /** A line of a head: pasted as text, a merged one leaves empty cells behind it. */
  headText(row: number, column: number, isUpper: boolean): string {
    const texts = this.#texts.get(row)!
    const left = isUpper ? texts.findLastIndex((text, at) => at > 0 && at <= column && text !== '') : -1
    return texts[left] ?? this.text(row, column)
  }

  /** Whether something of a head may stand below this line of it. */
  isOpen(row: number): boolean {
    const cells = this.#rows.get(row)!
    const reach = cells.reduce((most, { column, span }) => Math.max(most, column + span), 0)
    return cells.some(({ span, text }) => span > 1 || text.trim() === '') || reach < this.columns
  }
}
