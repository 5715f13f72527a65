import { beforeAll, describe, expect, it } from 'vitest'
import {
  isSensitive,
  nothingPublished,
  protectedCells,
  widthNeeded,
  type Lattice,
  type Published,
} from '#figures/disclosure/lattice.ts'
import { openSolver } from '#figures/disclosure/solver.server.ts'
import { suppress } from '#figures/disclosure/suppress.ts'
import type { Solver, System } from '#figures/disclosure/system.ts'
import { randomCase, type Case } from './randomTables.ts'

/** JINGUO_TABLES=5000 plays the long form. */
const cases = Number(process.env['JINGUO_TABLES'] ?? 120)

let solver: Solver
let reader: Solver
beforeAll(async () => {
  solver = await openSolver()
  reader = await openSolver()
})

/**
 * Another reader of the same tables: she knows no sums of cells, but that each cell is made of atoms. Her unknowns are the
 * atoms, one column per asked cell besides. @returns the protected cells that she can tell too closely
 */
function toldTooClosely(lattice: Lattice, published: Published, atomsOf: Case['atomsOf']): string[] {
  const asked = protectedCells(lattice, published.hidden)
  if (asked.length === 0) return []
  const keys = [...new Set([...lattice.cells.keys()].flatMap((key) => atomsOf.get(key)!.map((a) => a.key)))]
  const at = new Map(keys.map((key, i) => [key, i]))
  const cellRow = (key: string) => atomsOf.get(key)!.map((atom) => at.get(atom.key)!)
  const system: System = {
    shown: [],
    keys: [...keys, ...asked],
    upper: [...keys.map(() => Infinity), ...asked.map((key) => lattice.cells.get(key)!.base ?? Infinity)],
    rows: [
      ...[...published.shown].map((key) => {
        const unknowns = cellRow(key)
        return { unknowns, coefficients: unknowns.map(() => 1), equals: lattice.cells.get(key)!.value }
      }),
      ...asked.map((key, i) => {
        const unknowns = [keys.length + i, ...cellRow(key)]
        return { unknowns, coefficients: unknowns.map((_, n) => (n === 0 ? 1 : -1)), equals: 0 }
      }),
    ],
  }
  // What is not asked but has a base is bounded by it as well.
  for (const [key, { base }] of lattice.cells) {
    if (base === undefined || published.shown.has(key) || asked.includes(key)) continue
    system.upper.push(base)
    const unknowns = [system.keys.push(key) - 1, ...cellRow(key)]
    system.rows.push({ unknowns, coefficients: unknowns.map((_, n) => (n === 0 ? 1 : -1)), equals: 0 })
  }
  const rangeOf = reader.load(system)
  return asked.filter((key, i) => {
    const needed = widthNeeded(lattice.cells.get(key)!)
    const { min, max } = rangeOf(keys.length + i, needed)
    return max - min < needed - 1e-6
  })
}

const primaryOnly = ({ lattice, table }: Case['steps'][number], before: Published): Published => {
  const small = (key: string) => isSensitive(lattice.cells.get(key)!)
  return {
    shown: new Set([...before.shown, ...table.filter((key) => !small(key))]),
    hidden: new Set([...before.hidden, ...table.filter(small)]),
  }
}

/** Plays a case to its end. @returns broken bounds, untrue or unsticky cells, and how many cells there were */
function play(seed: number): { broken: string[]; shown: number; hidden: number } {
  const { steps, atomsOf } = randomCase(seed)
  const broken: string[] = []
  let published = nothingPublished
  for (const { lattice, table } of steps) {
    const next = suppress(lattice, published, table, solver)
    for (const key of published.hidden) if (!next.hidden.has(key)) broken.push(`${seed}: ${key} was opened`)
    for (const key of published.shown) if (!next.shown.has(key)) broken.push(`${seed}: ${key} was taken back`)
    for (const key of table)
      if (next.shown.has(key) === next.hidden.has(key)) broken.push(`${seed}: ${key} is in no state`)
    for (const key of next.shown) {
      const truth = atomsOf.get(key)!.reduce((n, atom) => n + atom.value, 0)
      if (lattice.cells.get(key)!.value !== truth) broken.push(`${seed}: ${key} is not true`)
    }
    published = next
  }
  // Every table out: the last reader knows all that any earlier one did.
  const whole = steps.at(-1)!.lattice
  for (const key of toldTooClosely(whole, published, atomsOf)) broken.push(`${seed}: ${key} can be told`)
  return { broken, shown: published.shown.size, hidden: published.hidden.size }
}

/** What is hidden when everything of a case is published. */
function hiddenOf(seed: number): string[] {
  const { steps } = randomCase(seed)
  const published = steps.reduce(
    (p, { lattice, table }) => suppress(lattice, p, table, solver),
    nothingPublished,
  )
  return [...published.hidden].sort()
}

describe('random tables in random orders', () => {
  it(
    `${cases} of them: no protected cell can be told, every shown one is true, and nothing changes its state`,
    { timeout: cases * 1000 },
    () => {
      const played = Array.from({ length: cases }, (_, seed) => play(seed + 1))
      const sum = (of: 'shown' | 'hidden') => played.reduce((n, p) => n + p[of], 0)
      console.log(`${cases} lattices: ${sum('shown')} cells shown, ${sum('hidden')} hidden`)
      expect(played.flatMap((p) => p.broken)).toEqual([])
      // A rule that hides everything would pass as well.
      expect(sum('shown')).toBeGreaterThan(sum('hidden') / 2)
    },
  )

  it('are told by that reader where only small cells are hidden', () => {
    const told = Array.from({ length: 30 }, (_, seed) => {
      const { steps, atomsOf } = randomCase(seed + 1)
      const published = steps.reduce((before, step) => primaryOnly(step, before), nothingPublished)
      return toldTooClosely(steps.at(-1)!.lattice, published, atomsOf).length > 0
    })
    expect(told.filter(Boolean).length).toBeGreaterThan(15)
  })

  it('get the same answer each time', () => {
    expect(hiddenOf(7)).toEqual(hiddenOf(7))
  })
})
