import type { Lattice } from './lattice.ts'

/** Σ coefficient · unknown = equals; coefficients are 1 and −1. */
export type Row = { unknowns: number[]; coefficients: number[]; equals: number }

/** What a reader of the published tables can set up: unknowns from 0 to an upper bound, tied by rows. */
export type System = {
  keys: string[]
  upper: number[]
  rows: Row[]
  /** Shown cells that its sums hold. */
  shown: string[]
}

export type Range = { min: number; max: number }

/**
 * Takes a system and answers for one unknown at a time, until it takes the next: its least and most; where two solutions that
 * it has met are `enough` apart already, these instead.
 */
export type Solver = { load(system: System): (unknown: number, enough: number) => Range }

/**
 * The unknowns that hang together, each group a system of its own: shown cells are constants, all others unknown.
 * @throws Error when shown cells contradict a sum: a shown cell is not true
 */
export function systemsOf({ cells, sums }: Lattice, shown: ReadonlySet<string>): System[] {
  const parent = new Map<string, string>()
  const find = (key: string): string => {
    let root = key
    while (parent.get(root) !== root) root = parent.get(root)!
    parent.set(key, root)
    return root
  }
  for (const key of cells.keys()) if (!shown.has(key)) parent.set(key, key)
  const open = sums.map(({ total, parts }) => ({
    terms: [[total, 1] as const, ...parts.map((part) => [part, -1] as const)],
  }))
  const rows = open.map(({ terms }) => {
    const unknown = terms.filter(([key]) => !shown.has(key))
    const known = terms.filter(([key]) => shown.has(key))
    const equals = -known.reduce((n, [key, sign]) => n + sign * cells.get(key)!.value, 0)
    if (unknown.length === 0 && equals !== 0)
      throw new Error(`published cells contradict a sum: ${terms[0]![0]}`)
    for (const [key] of unknown) parent.set(find(key), find(unknown[0]![0]))
    return { unknown, equals, known }
  })
  const systems = new Map<string, System>()
  const places = new Map<string, number>()
  for (const key of parent.keys()) {
    const root = find(key)
    const system: System = systems.get(root) ?? { keys: [], upper: [], rows: [], shown: [] }
    systems.set(root, system)
    places.set(key, system.keys.length)
    system.keys.push(key)
    system.upper.push(cells.get(key)!.base ?? Infinity)
  }
  for (const { unknown, equals, known } of rows) {
    if (unknown.length === 0) continue
    const { rows: own, shown: around } = systems.get(find(unknown[0]![0]))!
    own.push({
      unknowns: unknown.map(([key]) => places.get(key)!),
      coefficients: unknown.map(([, sign]) => sign),
      equals,
    })
    around.push(...known.map(([key]) => key))
  }
  return [...systems.values()]
}

const passes = 50

/**
 * Ranges by bound propagation: never narrower than the true ones, so what is too narrow here is too narrow; where no cycle of
 * sums exists they are the true ones. Cheap first look before the linear programs.
 */
export function propagated({ upper, rows }: System): Range[] {
  const ranges: Range[] = upper.map((max) => ({ min: 0, max }))
  for (let pass = 0; pass < passes; pass++) {
    let tightened = false
    for (const { unknowns, coefficients, equals } of rows) {
      for (const [i, unknown] of unknowns.entries()) {
        let least = equals
        let most = equals
        for (const [j, other] of unknowns.entries()) {
          if (i === j) continue
          const { min, max } = ranges[other]!
          least -= coefficients[j] === 1 ? max : -min
          most -= coefficients[j] === 1 ? min : -max
        }
        const [min, max] = coefficients[i] === 1 ? [least, most] : [-most, -least]
        const range = ranges[unknown]!
        if (min > range.min || max < range.max) {
          range.min = Math.max(min, range.min)
          range.max = Math.min(max, range.max)
          tightened = true
        }
      }
    }
    if (!tightened) break
  }
  return ranges
}
