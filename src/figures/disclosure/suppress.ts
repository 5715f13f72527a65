import {
  isSensitive,
  protectedCells,
  widthAimed,
  widthNeeded,
  type Cell,
  type Lattice,
  type Published,
} from './lattice.ts'
import { propagated, systemsOf, type Range, type Solver, type System } from './system.ts'

/** A cell whose value can be told too closely from what is published. */
export type Breach = { key: string; range: Range; needed: number }

/** Solvers answer in floating point; counts are whole. */
const tolerance = 1e-6

const tooNarrow = ({ min, max }: Range, needed: number): boolean => max - min < needed - tolerance

function* asked(
  lattice: Lattice,
  system: System,
  watched: ReadonlySet<string>,
  widthOf: (cell: Cell) => number,
): Generator<[number, string, number]> {
  for (const [at, key] of system.keys.entries())
    if (watched.has(key)) yield [at, key, widthOf(lattice.cells.get(key)!)]
}

/** The cells that a quick look already finds told too closely. */
function quickBreaches(lattice: Lattice, systems: readonly System[], watched: ReadonlySet<string>): Breach[] {
  const breaches: Breach[] = []
  for (const system of systems) {
    const ranges = propagated(system)
    for (const [at, key, needed] of asked(lattice, system, watched, widthAimed))
      if (tooNarrow(ranges[at]!, needed)) breaches.push({ key, range: ranges[at]!, needed })
  }
  return breaches
}

/** The same by linear programs; a cell that `passed` names needs no second look. */
function* exactBreaches(
  lattice: Lattice,
  systems: readonly System[],
  watched: ReadonlySet<string>,
  solver: Solver,
  widthOf: (cell: Cell) => number,
  passed = new Set<string>(),
): Generator<Breach> {
  for (const system of systems) {
    const cells = [...asked(lattice, system, watched, widthOf)].filter(([, key]) => !passed.has(key))
    if (cells.length === 0) continue
    const rangeOf = solver.load(system)
    for (const [at, key, needed] of cells) {
      const range = rangeOf(at, needed)
      if (tooNarrow(range, needed)) yield { key, range, needed }
      else passed.add(key)
    }
  }
}

/**
 * The bounds audit: for every protected cell the least and the most that it can be, given all that is published. Empty when
 * each small one is at least min(k, base) apart and no other is told exactly. That somebody knows the rule itself does not count.
 * @throws Error when a shown cell contradicts a sum
 */
export function auditBounds(lattice: Lattice, published: Published, solver: Solver): Breach[] {
  for (const key of published.shown)
    if (published.hidden.has(key)) throw new Error(`a hidden cell was shown: ${key}`)
  const systems = systemsOf(lattice, published.shown)
  const watched = new Set(protectedCells(lattice, published.hidden))
  const shownSmall = [...published.shown].filter((key) => isSensitive(lattice.cells.get(key)!))
  return [
    ...shownSmall.map((key) => {
      const { value } = lattice.cells.get(key)!
      return { key, range: { min: value, max: value }, needed: widthNeeded(lattice.cells.get(key)!) }
    }),
    ...exactBreaches(lattice, systems, watched, solver, widthNeeded),
  ]
}

/** No choice of hidden cells protects a cell any more: the table must not be published. */
export class CannotProtect extends Error {
  readonly key: string
  constructor(key: string) {
    super(`cell ${key} cannot be protected`)
    this.key = key
  }
}

/**
 * Decides which cells of a new table are hidden, so that everything published, this table and all earlier ones, keeps every
 * protected cell open. The same input gives the same answer; what was hidden or shown before stays so.
 * @param table keys of the new table; those published before keep their state
 * @throws CannotProtect
 */
export function suppress(
  lattice: Lattice,
  before: Published,
  table: readonly string[],
  solver: Solver,
): Published {
  const fresh = new Set(table.filter((key) => !before.shown.has(key) && !before.hidden.has(key)))
  const hidden = new Set(before.hidden)
  for (const key of fresh) if (isSensitive(lattice.cells.get(key)!)) hidden.add(key)
  const shown = new Set([...before.shown, ...fresh].filter((key) => !hidden.has(key)))
  const neighbours = neighboursOf(lattice)
  const settled = new Set<string>()
  // Hiding one more cell only widens what can be told of the others: who passed once passes again.
  const passed = new Set<string>()
  for (;;) {
    // Where the new table shows nothing, nothing is told that was not told before.
    const systems = systemsOf(lattice, shown).filter(
      (s) => s.shown.some((key) => fresh.has(key)) || s.keys.some((key) => fresh.has(key)),
    )
    const watched = new Set(protectedCells(lattice, hidden).filter((key) => !settled.has(key)))
    const breach =
      quickBreaches(lattice, systems, watched)[0] ??
      firstOf(exactBreaches(lattice, systems, watched, solver, widthAimed, passed))
    if (!breach) return { shown, hidden }
    const mayHide = (key: string) => fresh.has(key) && shown.has(key) && !settled.has(key)
    const next = complement(lattice, breach, neighbours, mayHide, shown)
    if (next !== null) {
      shown.delete(next)
      hidden.add(next)
    } else if (!isSensitive(lattice.cells.get(breach.key)!)) {
      // Hidden for another's sake, and earlier tables leave no more room: told exactly, hiding it is vain; else it stays.
      settled.add(breach.key)
      if (fresh.has(breach.key) && breach.range.max - breach.range.min < tolerance) {
        hidden.delete(breach.key)
        shown.add(breach.key)
        passed.clear()
      }
    } else throw new CannotProtect(breach.key)
  }
}

/** The sums that each cell stands in. */
function neighboursOf({ sums }: Lattice): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, string[][]>()
  for (const { total, parts } of sums) {
    // Parts before their total: what many read is hidden last.
    const cells = [...parts, total]
    for (const key of cells) found.set(key, [...(found.get(key) ?? []), cells])
  }
  return found
}

/**
 * The cell to hide besides: one that stands in a sum with the breached cell, or with hidden cells that do, as near as
 * possible; the smallest part large enough to open it, else the smallest such total. Where none is large enough, the nearest.
 */
function complement(
  { cells }: Lattice,
  { key: from, needed, range }: Breach,
  neighbours: ReadonlyMap<string, readonly (readonly string[])[]>,
  mayHide: (key: string) => boolean,
  shown: ReadonlySet<string>,
): string | null {
  const missing = needed - (range.max - range.min)
  const valueOf = (key: string): number => cells.get(key)!.value
  const bySize = (a: string, b: string) => valueOf(a) - valueOf(b) || (a < b ? -1 : 1)
  const seen = new Set([from])
  let layer = [from]
  let nearest: string | undefined
  while (layer.length > 0) {
    const sums = layer.flatMap((key) => neighbours.get(key) ?? [])
    const parts = [...new Set(sums.flatMap((sum) => sum.slice(0, -1)).filter(mayHide))].sort(bySize)
    const totals = [...new Set(sums.map((sum) => sum.at(-1)!).filter(mayHide))].sort(bySize)
    const best = parts.find((key) => valueOf(key) >= missing) ?? totals.find((key) => valueOf(key) >= missing)
    if (best !== undefined) return best
    nearest ??= totals.at(-1) ?? parts.at(-1)
    layer = [...new Set(sums.flat())].filter((key) => !seen.has(key) && !shown.has(key))
    for (const key of layer) seen.add(key)
  }
  return nearest ?? null
}

/** The first of a sequence whose rest is dear, or null. */
function firstOf<T>(sequence: Iterable<T>): T | null {
  for (const one of sequence) return one
  return null
}
