import type { Board, Coverage } from '#figures/board/api.ts'
import type { Tier } from '#org/api.ts'

type Unit = Board['units'][number]

const ground: readonly Tier[] = ['grassroots', 'branch']

/** Offices below in official order, and what is attached directly apart: among offices it would be a long tail. A few, or none but these, stay as they are. */
export function foldUnits<U extends { org: { tier: Tier } }>(
  units: readonly U[],
): { shown: U[]; direct: U[] } {
  const offices = units.filter(({ org }) => !ground.includes(org.tier))
  const direct = units.filter(({ org }) => ground.includes(org.tier))
  return offices.length === 0 || direct.length < 2
    ? { shown: [...offices, ...direct], direct: [] }
    : { shown: offices, direct }
}

export const foldedName = (direct: readonly unknown[]): string => `直属基层 ${direct.length} 家`

/** The name of the folded line as a button of a drawing. */
export const foldButton = (isOpen: boolean, onFold: () => void) => ({
  fill: '#0958d9',
  className: 'board-name',
  role: 'button',
  tabIndex: 0,
  'aria-expanded': isOpen,
  onClick: onFold,
  onKeyDown: (event: { key: string }) => (event.key === 'Enter' || event.key === ' ') && onFold(),
})

/** The coverage of several units as one. */
export function coverageOf(units: readonly Unit[]): Coverage {
  const sum: Coverage = { units: 0, formed: 0, overdue: 0, missing: 0, notDue: 0, unknown: 0 }
  for (const { coverage } of units)
    for (const key of Object.keys(sum) as (keyof Coverage)[]) sum[key] += coverage[key]
  return sum
}

/** In each month of how many units something counts; null where the month has not come. */
export const acceptedOf = (units: readonly Unit[]): (number | null)[] =>
  Array.from({ length: 12 }, (_, m) =>
    units.every(({ months }) => months[m] === null)
      ? null
      : units.filter(({ months }) => months[m] === 'accepted').length,
  )
