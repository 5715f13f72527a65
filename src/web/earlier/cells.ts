import type { EarlierCell, EarlierState } from '#figures/earlier/api.ts'
import { FEN_PER_YUAN } from '#figures/written.ts'
import { readNumber } from '#intake/normal.ts'
import type { Line } from '../figures/chapters.ts'

export const cellKey = (indicator: string, year: number): string => `${indicator} ${year}`

export const stateWords: Readonly<Record<EarlierState, string>> = {
  draft: '草稿',
  submitted: '待审核',
  returned: '退回',
  accepted: '估报',
  replaced: '已更替',
  withdrawn: '已撤下',
  voided: '已作废',
}

const scaleOf = (line: Line): number => (line.indicator.kind === 'money' ? FEN_PER_YUAN : 1)

/** The text of a value in its input: plain digits, money in yuan. */
export const textOf = (value: number, line: Line): string => String(value / scaleOf(line))

/** What was typed as the ledger's value; null = nothing typed; a fault says what to do. */
export function valueOf(text: string, line: Line): { value: number | null } | { fault: string } {
  if (text.trim() === '') return { value: null }
  const number = readNumber(text)
  if (number === null) return { fault: '只填数字，如 1200 或 1.2万' }
  const value = number * scaleOf(line)
  const whole = Math.round(value)
  if (Math.abs(value - whole) > 1e-6) return { fault: scaleOf(line) === 1 ? '填整数' : '最多两位小数' }
  return whole < 0 ? { fault: '不能小于 0' } : { value: whole }
}

/** The total of a cell that she works on, and the accepted one that it is to take the place of. */
export function pairOf(cells: readonly EarlierCell[]): {
  moving: EarlierCell | undefined
  accepted: EarlierCell | undefined
} {
  return {
    moving: cells.find((c) => c.state !== 'accepted'),
    accepted: cells.find((c) => c.state === 'accepted'),
  }
}

export type Pasted = { indicator: string; year: number; text: string }

/** 「2017年」「2017」; anything else is no year. */
const yearOf = (cell: string): number => Number(/^(\d{4})年?$/.exec(cell)?.[1] ?? Number.NaN)

/**
 * What was copied from a spreadsheet, as cells: where its first row names years and its first column indicators it goes by
 * them, else it is laid out from the cell in which it was pasted. What has no place in the table is counted.
 */
export function spread(
  text: string,
  lines: readonly Pick<Line, 'id' | 'indicator'>[],
  years: readonly number[],
  at: { indicator: string; year: number },
): { cells: Pasted[]; lost: number } {
  const table = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((row) => row.split('\t').map((cell) => cell.trim()))
  const headed = (table[0] ?? []).slice(1).some((cell) => years.includes(yearOf(cell)))
  const byLabel = new Map(lines.map((line) => [line.indicator.label, line.id]))
  const columns = headed ? table[0]!.slice(1).map(yearOf) : years.slice(years.indexOf(at.year))
  const from = lines.findIndex(({ id }) => id === at.indicator)
  const cells: Pasted[] = []
  let lost = 0
  const take = (indicator: string | undefined, values: readonly string[]) =>
    values.forEach((value, n) => {
      if (value === '') return
      const year = columns[n]
      if (indicator === undefined || year === undefined || !years.includes(year)) lost++
      else cells.push({ indicator, year, text: value })
    })
  table.slice(headed ? 1 : 0).forEach((row, n) => {
    const named = byLabel.get(row[0] ?? '')
    if (headed || named !== undefined) take(named, row.slice(1))
    else take(lines[from + n]?.id, row)
  })
  return { cells, lost }
}
