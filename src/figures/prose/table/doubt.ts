import type { CellSaid } from '../paragraph.ts'
import { agreeing, type Proofed } from '../proofed.ts'

/**
 * Several cells of a table that would be one figure, and differ: what parts them was not understood. Only a sum of them is
 * that figure.
 */
export function withoutDoubtful(figures: readonly (Proofed & { cell: CellSaid | null })[]): Proofed[] {
  const groups = new Map<string, (Proofed & { cell: CellSaid | null })[]>()
  for (const figure of figures) {
    const { cell, indicator, period, of, reason } = figure
    if (cell === null || indicator === null || reason === 'plan') continue
    const key = [cell.table, indicator, period, of].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), figure])
  }
  const doubtful = new Set(
    [...groups.values()].filter(differ).flatMap((group) => group.filter(({ cell }) => cell!.total === null)),
  )
  return figures.map((figure) => {
    const { cell: _, ...one } = figure
    return doubtful.has(figure) ? { ...one, indicator: null, verdict: null, live: null, reason: null } : one
  })
}

/** Whether no single value can be all of them. */
function differ(group: readonly Proofed[]): boolean {
  const ranges = group.map(agreeing)
  return Math.max(...ranges.map(({ low }) => low)) > Math.min(...ranges.map(({ high }) => high))
}
