import type { Note } from '../note.ts'
import type { CellSaid, Paragraph } from '../paragraph.ts'
import type { Proofed } from '../proofed.ts'

type InCell = { figure: Proofed; at: number; cell: CellSaid }

/** Sums of a table that its rows or columns don't make: 合计 below them, or 全年 and 合计 behind them. */
export function tableNotes(
  figures: readonly Proofed[],
  paragraphs: readonly Pick<Paragraph, 'cells'>[],
): Note[] {
  const lines = new Map<string, InCell[]>()
  figures.forEach((figure, at) => {
    const cell = paragraphs[figure.paragraph]?.cells?.find(
      ({ start, end }) => start <= figure.start && figure.end <= end,
    )
    if (!cell || cell.role === 'beside' || figure.written.unit === '%') return
    const of: [CellSaid['total'], number][] = [
      ['column', cell.column],
      ['row', cell.row],
    ]
    for (const [kind, n] of of) {
      const key = `${kind} ${cell.table} ${n}`
      lines.set(key, [...(lines.get(key) ?? []), { figure, at, cell }])
    }
  })
  return [...lines].flatMap(([key, line]) => noteOf(line, key.startsWith('column') ? 'column' : 'row'))
}

function noteOf(line: readonly InCell[], kind: 'column' | 'row'): Note[] {
  const sums = line.filter(({ cell }) => cell.total === kind || (kind === 'column' && cell.total === 'both'))
  const [total, ...others] = sums
  // Beside sums of parts it is not told what adds up to the whole.
  if (!total || others.length > 0 || line.some(({ cell }) => cell.total === 'part')) return []
  const parts = line.filter(
    ({ cell }) => cell !== total.cell && !cell.isPart && cell.role === total.cell.role,
  )
  const all = [total, ...parts].map(({ figure }) => figure.written)
  const { unit, per, value } = total.figure.written
  const isAlike = all.every(
    (one) => one.unit === unit && ['exact', 'rounded'].includes(one.precision) && one.per === per,
  )
  if (
    parts.length < 2 ||
    !isAlike ||
    all.some((one) => one.weight * 2 > one.value && one.precision === 'rounded')
  )
    return []
  const sum = parts.reduce((n, { figure }) => n + figure.written.value, 0)
  // Parts told in rounded numbers may miss the sum by half a last digit each.
  const slack = all.reduce((n, one) => n + (one.precision === 'rounded' ? one.weight / 2 : 0), 0)
  if (Math.abs(sum - value) <= slack) return []
  const { figure, at } = total
  const words = `${kind === 'column' ? '各行' : '各列'}相加为${sum / per}${unit}，与表中的${value / per}${unit}相差${Math.abs(sum - value) / per}，请核对`
  return [{ at, paragraph: figure.paragraph, text: words }]
}
