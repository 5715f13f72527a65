import type { CellSaid, Paragraph } from '../paragraph.ts'
import { captionsOf } from './caption.ts'
import type { GridCell } from './grid.ts'
import { saidOf } from './said.ts'

type Piece = { start: number; end: number; column: number }
type Row = { line: number; pieces: Piece[] }

/** What parts the cells of a line, the surest first; blanks part them where all lines have as many. */
const SIGNS: readonly [RegExp, boolean][] = [
  [/\t/g, false],
  [/[|｜│┃]/g, false],
  [/[ \u3000]{2,}/g, true],
]
/** 「|---|:--|」 under a head, and lines drawn with signs. */
const RULE = /^[\s|｜│┃+:\-—─━┌┬┐├┼┤└┴┘═]+$/
const FRAMED = /^\s*[|｜│┃].*[|｜│┃]\s*$/

/** Lines of a text; those of a table with what its heads and labels say of each cell. */
export function pastedLines(texts: readonly string[]): Paragraph[] {
  const lines: (Paragraph & { cells?: CellSaid[] })[] = texts.map((text) => ({ text }))
  let table = 0
  for (let from = 0; from < texts.length;) {
    const rows = rowsFrom(texts, from)
    const last = rows.at(-1)?.line ?? from
    const said =
      rows.length > 1
        ? saidOf(gridCells(texts, rows), captionsOf(lines.slice(Math.max(0, from - 3), from)))
        : []
    if (said.length > 0) {
      table++
      const pieces = new Map(rows.map((row) => [row.line, row.pieces]))
      for (const line of pieces.keys()) Object.assign(lines[line]!, { inTable: true, cells: [] })
      for (const one of said) {
        const piece = pieces.get(one.row)![one.column]!
        lines[one.row]!.cells!.push({ ...one, table, start: piece.start, end: piece.end })
      }
    }
    // Lines that make no table are not tried again one by one: that would take as long as their square.
    from = last + 1
  }
  return lines
}

const gridCells = (texts: readonly string[], rows: readonly Row[]): GridCell[] =>
  rows.flatMap(({ line, pieces }) =>
    pieces.map(({ start, end, column }) => ({
      row: line,
      column,
      span: 1,
      text: texts[line]!.slice(start, end),
    })),
  )

/** The rows of a table that begins with a line; by the first sign that parts two lines or more. */
function rowsFrom(texts: readonly string[], from: number): Row[] {
  for (const [sign, isBlank] of SIGNS) {
    const rows: Row[] = []
    for (let line = from; line < texts.length; line++) {
      // One line is drawn between two rows, and many are none.
      if (rows.length > 0 && RULE.test(texts[line]!)) {
        if (RULE.test(texts[line - 1]!)) break
        continue
      }
      const pieces = piecesOf(texts[line]!, sign, isBlank)
      if (pieces.length < 2 || (isBlank && rows.length > 0 && pieces.length !== rows[0]!.pieces.length)) break
      rows.push({ line, pieces })
    }
    const isFramed = rows.every(({ line }) => FRAMED.test(texts[line]!))
    if (rows.length > 1) return isFramed ? rows.map(withoutFrame) : rows
  }
  return []
}

/** 「| 项目 | 期 |」: the bars at both ends part nothing. */
const withoutFrame = ({ line, pieces }: Row): Row => ({
  line,
  pieces: pieces.slice(1, -1).map((piece, column) => ({ ...piece, column })),
})

function piecesOf(text: string, sign: RegExp, isBlank: boolean): Piece[] {
  const [lead, tail] = isBlank ? [text.search(/\S|$/), text.trimEnd().length] : [0, text.length]
  const pieces: Piece[] = []
  let start = lead
  const put = (end: number) => {
    const words = text.slice(start, end)
    const from = start + words.length - words.trimStart().length
    pieces.push({ start: from, end: Math.max(from, from + words.trim().length), column: pieces.length })
  }
  for (const found of text.matchAll(sign)) {
    if (found.index < lead || found.index >= tail) continue
    put(found.index)
    start = found.index + found[0].length
  }
  put(tail)
  return pieces
}
