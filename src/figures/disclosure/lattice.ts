/**
 * Statistical disclosure control of tables of counts (cell suppression; Hundepool et al., Statistical Disclosure Control,
 * 2012, ch. 4). A cell is a non-negative count; sums tie cells together across tier, line, category and period.
 */
export type Cell = {
  value: number
  /** Threshold: counts from 1 to k − 1 are hidden. */
  k: number
  /** Persons of whom the cell counts some, where that number is known outside: the cell is no larger. */
  base?: number
  /** A sensitive positive column: here 0 of a small base tells of everybody in it. */
  positive?: boolean
}

/** total = sum of parts, by keys of cells. */
export type Sum = { total: string; parts: readonly string[] }

export type Lattice = { cells: ReadonlyMap<string, Cell>; sums: readonly Sum[] }

/** Which cells the tables published so far show, and which they hide. */
export type Published = { shown: ReadonlySet<string>; hidden: ReadonlySet<string> }

export const nothingPublished: Published = { shown: new Set(), hidden: new Set() }

/** Whether a count by itself is too small to be shown. */
export function isSensitive({ value, k, base, positive }: Cell): boolean {
  if (value === 0) return positive === true && base !== undefined && base > 0 && base < k
  return value < k
}

/**
 * How far apart the least and the most possible value of a cell that must stay open are at least: of a small one k, or the
 * base where that is less; a larger one that is hidden for a small one's sake is not told exactly.
 */
export function widthNeeded(cell: Cell): number {
  return isSensitive(cell) ? Math.min(cell.k, cell.base ?? cell.k) : Math.min(1, cell.base ?? 1)
}

/** What suppression aims at: without a base the larger ones as open as the small. A base may leave them less room. */
export const widthAimed = (cell: Cell): number => (cell.base === undefined ? cell.k : widthNeeded(cell))

/** The cells whose value must stay open: what tables hide, and what is too small anywhere, published or not. */
export function protectedCells({ cells }: Lattice, hidden: ReadonlySet<string>): string[] {
  return [...cells].filter(([key, cell]) => hidden.has(key) || isSensitive(cell)).map(([key]) => key)
}
