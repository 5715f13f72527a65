import type { Issue } from '#kit/programme.ts'

/** The first year that a total may be of. */
export const FIRST_YEAR = 1949
/** As much as a cell of the ledger holds. */
const MOST = 999_999_999_999

export type Sides = { recorded: number | null; own: number | null; below: number | null }
export type Basis = 'recorded' | 'own' | 'below'

/**
 * What a year before the system compares with: records where there are any, for they can be opened one by one; else the
 * unit's own total; else the sum of the totals of units below. One of them, never two added up.
 */
export function basisOf({ recorded, own, below }: Sides): { value: number | null; basis: Basis | null } {
  if (recorded !== null) return { value: recorded, basis: 'recorded' }
  if (own !== null) return { value: own, basis: 'own' }
  return below === null ? { value: null, basis: null } : { value: below, basis: 'below' }
}

/** How far a unit's own total lies from the sum of those below it; null where one of the two is missing. */
export const gapOf = ({ own, below }: Pick<Sides, 'own' | 'below'>): number | null =>
  own === null || below === null ? null : own - below

/** Faults of one total as it was typed; `value` in the ledger's unit. */
export function cellFaults(
  cell: { year: number; value: number | null },
  label: string,
  thisYear: number,
  at: string,
): Issue[] {
  const issues: Issue[] = []
  if (!Number.isInteger(cell.year) || cell.year < FIRST_YEAR || cell.year > thisYear)
    issues.push({ field: `${at}year`, message: `年份应在 ${FIRST_YEAR} 到 ${thisYear} 之间` })
  else if (cell.year === thisYear)
    issues.push({ field: `${at}year`, message: `${thisYear} 年还没有结束，请逐条填报记录，不填估报` })
  if (cell.value !== null && (!Number.isInteger(cell.value) || cell.value < 0 || cell.value > MOST))
    issues.push({ field: `${at}value`, message: `${cell.year} 年“${label}”要填 0 或正数，最多十二位` })
  return issues
}
