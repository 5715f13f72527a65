import { describe, expect, it } from 'vitest'
import { proofread } from '#figures/prose/proof.ts'
import { known, readReport } from '#figures/prose/read.server.ts'
import { yearOf } from '#figures/prose/proof.ts'
import { p, packed, tbl, tc, tr } from '../support/wordTable.ts'
import { readTables, type LabelledTable } from './labelled.ts'

const textOf = (cell: LabelledTable['rows'][number][number]) => (typeof cell === 'string' ? '' : cell.text)

const pasted = ({ captions, rows }: LabelledTable, sign: string): Uint8Array =>
  Buffer.from([...captions, ...rows.map((row) => row.map(textOf).join(sign))].join('\n'))

/** As Word has it, its cells merged. */
function inWord({ captions, rows }: LabelledTable): Uint8Array {
  const cellsOf = (row: LabelledTable['rows'][number], n: number) =>
    row.flatMap((cell, column) => {
      if (cell === 'before') return []
      const span = row.slice(column + 1).findIndex((next) => next !== 'before')
      const wide = span < 0 ? row.length - column : span + 1
      const goesOn = rows[n + 1]?.[column] === 'above' ? '<w:vMerge w:val="restart"/>' : ''
      return [
        tc(p(textOf(cell)), `<w:gridSpan w:val="${wide}"/>${cell === 'above' ? '<w:vMerge/>' : goesOn}`),
      ]
    })
  return packed(captions.map(p).join('') + tbl(...rows.map((row, n) => tr(...cellsOf(row, n)))))
}

interface Score {
  right: number
  said: number
  all: number
}
const none = (): Score => ({ right: 0, said: 0, all: 0 })
const sum = (a: Score, b: Score): Score => ({
  right: a.right + b.right,
  said: a.said + b.said,
  all: a.all + b.all,
})
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

const keyOf = (text: string, value: number, unit: string, precision: string) =>
  [text, value, unit, precision].join(' ')

/** Right = text, value, unit and precision, in the order of the table; an indicator with what it is told of. */
function score(
  table: LabelledTable,
  bytes: Uint8Array,
): { figures: Score; indicators: Score; wrong: string[] } {
  const paragraphs = readReport(bytes)
  const year = yearOf(paragraphs)
  const labels = table.rows.flat().flatMap((cell) => (typeof cell === 'string' ? [] : cell.labels))
  const found = proofread(paragraphs, null, known, year).filter(
    ({ paragraph }) => paragraph >= table.captions.length,
  )
  const left = labels.map((label) => ({
    label,
    key: keyOf(label.text, label.value, label.unit, label.precision),
  }))
  const figures = { right: 0, said: found.length, all: labels.length }
  const indicators = { right: 0, said: 0, all: labels.filter(({ indicator }) => indicator !== null).length }
  const wrong: string[] = []
  for (const { text, written, indicator, reason, period } of found) {
    const told = reason ?? (period === null || period === String(year) ? null : period)
    const key = keyOf(text, written.value / written.per, written.unit, written.precision)
    const at = left.findIndex((one) => one.key === key)
    const label = at < 0 ? undefined : left.splice(0, at + 1).at(-1)!.label
    if (label) figures.right++
    if (indicator !== null) indicators.said++
    const isRight = label && label.indicator === indicator && (indicator === null || label.told === told)
    if (isRight && indicator !== null) indicators.right++
    if (!isRight) wrong.push(`${key}: ${indicator} ${told} for ${label?.indicator} ${label?.told}`)
  }
  return { figures, indicators, wrong }
}

describe.each([
  ['of a Word file', inWord],
  ['pasted with tabs', (table: LabelledTable) => pasted(table, '\t')],
  ['pasted with bars', (table: LabelledTable) => pasted(table, ' | ')],
])('labelled tables %s', (name, bytesOf) => {
  it.each(['tables-a.txt', 'tables-b.txt'])('in %s give figures and indicators, 98 % or more', (file) => {
    let [figures, indicators] = [none(), none()]
    for (const table of readTables(file)) {
      const one = score(table, bytesOf(table))
      if (process.env['WRONG'])
        console.log(
          table.name,
          JSON.stringify(one.figures),
          JSON.stringify(one.indicators),
          '\n' + one.wrong.join('\n'),
        )
      figures = sum(figures, one.figures)
      indicators = sum(indicators, one.indicators)
    }
    console.log(
      `${file} ${name}: ${figures.all} figures, precision ${percent(figures.right, figures.said)}, recall ${percent(figures.right, figures.all)}; ` +
        `${indicators.all} with an indicator, precision ${percent(indicators.right, indicators.said)}, recall ${percent(indicators.right, indicators.all)}`,
    )
    for (const { right, said, all } of [figures, indicators])
      expect(right / Math.max(said, all)).toBeGreaterThanOrEqual(0.98)
  })
})
