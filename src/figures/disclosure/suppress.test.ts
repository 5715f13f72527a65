import { beforeAll, describe, expect, it } from 'vitest'
import {
  nothingPublished,
  isSensitive,
  type Cell,
  type Lattice,
  type Published,
  type Sum,
} from './lattice.ts'
import { openSolver } from './solver.server.ts'
import { auditBounds, CannotProtect, suppress } from './suppress.ts'
import { propagated, systemsOf, type Solver } from './system.ts'

let solver: Solver
beforeAll(async () => {
  solver = await openSolver()
})

const k = 5
const cellsOf = (values: Record<string, number>, more: Partial<Cell> = {}): Map<string, Cell> =>
  new Map(Object.entries(values).map(([key, value]) => [key, { value, k, ...more }]))
const tree = (values: Record<string, number>, ...sums: Sum[]): Lattice => ({ cells: cellsOf(values), sums })
const all = ({ cells }: Lattice) => [...cells.keys()]

describe('a cell', () => {
  it.each([
    [0, {}, false],
    [1, {}, true],
    [4, {}, true],
    [5, {}, false],
    [10, { k: 11 }, true],
    [11, { k: 11 }, false],
    [0, { positive: true, base: 4 }, true],
    [0, { positive: true, base: 5 }, false],
    [0, { positive: true }, false],
  ])('of %i with %o is hidden by itself: %s', (value, more, small) => {
    expect(isSensitive({ value, k, ...more })).toBe(small)
  })
})

describe('suppression', () => {
  it('hides a second part, so that the total does not give away the first', () => {
    const lattice = tree({ t: 60, a: 3, b: 7, c: 50 }, { total: 't', parts: ['a', 'b', 'c'] })
    const done = suppress(lattice, nothingPublished, all(lattice), solver)
    expect([...done.hidden].sort()).toEqual(['a', 'b'])
    expect(auditBounds(lattice, done, solver)).toEqual([])
  })

  it('hides the total where no part is left', () => {
    const lattice = tree({ t: 3, a: 3, b: 0 }, { total: 't', parts: ['a', 'b'] })
    expect([...suppress(lattice, nothingPublished, all(lattice), solver).hidden].sort()).toEqual(['a', 't'])
  })

  it('sees through two small cells whose sum is still small', () => {
    const lattice = tree({ t: 42, a: 2, b: 1, c: 39 }, { total: 't', parts: ['a', 'b', 'c'] })
    expect([...suppress(lattice, nothingPublished, all(lattice), solver).hidden].sort()).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('sees through both lines: a cell of the district table that the table of lines would give away', () => {
    const lattice = tree(
      { city: 70, districts: 33, industries: 37, a: 3, b: 30, x: 17, y: 20 },
      { total: 'city', parts: ['districts', 'industries'] },
      { total: 'districts', parts: ['a', 'b'] },
      { total: 'industries', parts: ['x', 'y'] },
      { total: 'city', parts: ['a', 'b', 'x', 'y'] },
    )
    const done = suppress(lattice, nothingPublished, all(lattice), solver)
    expect(done.hidden.has('a')).toBe(true)
    expect(auditBounds(lattice, done, solver)).toEqual([])
  })

  it('keeps what was hidden hidden and does not let a later table open it', () => {
    const q = { total: 'q1', parts: ['q1a', 'q1b'] }
    const year = [
      { total: 'q2', parts: ['q2a', 'q2b'] },
      { total: 'ya', parts: ['q1a', 'q2a'] },
      { total: 'yb', parts: ['q1b', 'q2b'] },
      { total: 'y', parts: ['ya', 'yb'] },
    ]
    const values = { q1: 23, q1a: 3, q1b: 20, q2: 50, q2a: 20, q2b: 30, y: 73, ya: 23, yb: 50 }
    const lattice = tree(values, q, ...year)
    const first = suppress(lattice, nothingPublished, ['q1', 'q1a', 'q1b'], solver)
    expect([...first.hidden].sort()).toEqual(['q1a', 'q1b'])
    const second = suppress(lattice, first, ['q2', 'q2a', 'q2b', 'y', 'ya', 'yb'], solver)
    expect([...first.hidden].every((key) => second.hidden.has(key))).toBe(true)
    expect([...first.shown].every((key) => second.shown.has(key))).toBe(true)
    expect(second.hidden.size).toBeGreaterThan(2)
    expect(auditBounds(lattice, second, solver)).toEqual([])
  })

  it('refuses a table that nothing can protect any more', () => {
    const lattice = tree({ t: 23, a: 3, b: 20 }, { total: 't', parts: ['a', 'b'] })
    const careless = { shown: new Set(['t', 'b']), hidden: new Set<string>() }
    expect(() => suppress(lattice, careless, ['a'], solver)).toThrow(CannotProtect)
  })

  it('refuses tables that contradict each other', () => {
    const lattice = tree({ t: 24, a: 3, b: 20 }, { total: 't', parts: ['a', 'b'] })
    expect(() =>
      auditBounds(lattice, { shown: new Set(['t', 'a', 'b']), hidden: new Set() }, solver),
    ).toThrow('contradict')
  })
})

describe('the bounds audit', () => {
  const lattice = tree({ t: 60, a: 3, b: 7, c: 50 }, { total: 't', parts: ['a', 'b', 'c'] })
  it.each<[string, Published, string[]]>([
    ['a small cell that is shown', { shown: new Set(['a']), hidden: new Set() }, ['a']],
    [
      'a hidden cell that a sum gives away',
      { shown: new Set(['t', 'b', 'c']), hidden: new Set(['a']) },
      ['a'],
    ],
    [
      'a small cell in no table that a sum gives away',
      { shown: new Set(['t', 'b', 'c']), hidden: new Set() },
      ['a'],
    ],
  ])('names %s', (_, published, keys) => {
    expect(auditBounds(lattice, published, solver).map((b) => b.key)).toEqual(keys)
  })

  it('asks for the whole base where that is less than k', () => {
    const small: Lattice = {
      cells: new Map([['a', { value: 0, k: 11, base: 3, positive: true }]]),
      sums: [],
    }
    expect(auditBounds(small, { shown: new Set(), hidden: new Set(['a']) }, solver)).toEqual([])
  })

  it('finds what bound propagation cannot: two sums over the same three cells', () => {
    // a + b = 10, b + c = 10, a + c = 8 in the plane: each is told exactly, though every range looks wide.
    const odd = tree(
      { ab: 10, bc: 10, ac: 8, a: 4, b: 6, c: 4 },
      { total: 'ab', parts: ['a', 'b'] },
      { total: 'bc', parts: ['b', 'c'] },
      { total: 'ac', parts: ['a', 'c'] },
    )
    const shown = new Set(['ab', 'bc', 'ac'])
    const [system] = systemsOf(odd, shown)
    expect(propagated(system!).every(({ min, max }) => max - min >= k)).toBe(true)
    expect(
      auditBounds(odd, { shown, hidden: new Set(['a', 'b', 'c']) }, solver)
        .map((b) => b.key)
        .sort(),
    ).toEqual(['a', 'b', 'c'])
  })
})
