import type { CellSaid } from '../paragraph.ts'
import { agreeing, type Proofed } from '../proofed.ts'

type InTable = Proofed & { cell: CellSaid | null }

/**
 * Several cells of a table that would be one figure, and differ: what parts them was not understood. Only a sum of them is
 * that figure; of sums that differ only that of rows and columns both.
 */
export function withoutDoubtful(figures: readonly InTable[]): Proofed[] {
  const groups = new Map<string, InTable[]>()
  for (const figure of figures) {
    const { cell, indicator, period, of, reason } = figure
    if (cell === null || indicator === null || reason === 'plan') continue
    const key = [cell.table, indicator, period, of].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), figure])
  }
  const doubtful = new Set(
    [...groups.values()].filter(differ).flatMap((group) => {
      const sure = surest(group)
      return group.filter((figure) => !sure.includes(figure))
    }),
  )
  return figures.map((figure) => {
    const { cell: _, ...one } = figure
    return doubtful.has(figure) ? { ...one, indicator: null, verdict: null, live: null, reason: null } : one
  })
}

/** Of cells that differ those that can be of the whole. */
function surest(group: readonly InTable[]): readonly InTable[] {
  const sums = group.filter(({ cell }) => ['column', 'row', 'both'].includes(cell!.total ?? ''))
  if (sums.length > 0 && !differ(sums)) return sums
  const whole = sums.filter(({ cell }) => cell!.total === 'both')
  return whole.length > 0 && !differ(whole) ? whole : []
}

/** Whether no single value can be all of them. */
function differ(group: readonly Proofed[]): boolean {
  const ranges = group.map(agreeing)
  return Math.max(...ranges.map(({ low }) => low)) > Math.min(...ranges.map(({ high }) => high))
}
