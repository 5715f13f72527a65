import { describe, expect, it } from 'vitest'
import { seeded } from '#demo/random.ts'
import { demoTree } from '#demo/tree.ts'
import { castOf, drawer, hosts, named, splitWithin } from './cast.ts'

const total = (list: number[]) => list.reduce((a, b) => a + b, 0)

describe('splitWithin', () => {
  it('is split while nothing meets its bound', () => {
    expect(splitWithin(10, [1, 1, 3], [9, 9, 9], 0)).toEqual([2, 2, 6])
  })

  it('passes on what a bound keeps out, in proportion', () => {
    expect(splitWithin(100, [1, 1, 8], [99, 99, 20])).toEqual([40, 40, 20])
    expect(splitWithin(100, [1, 3, 6], [99, 30, 30])).toEqual([40, 30, 30])
  })

  it('sums exactly and stays within bounds, whatever the numbers', () => {
    const random = seeded(3)
    for (let i = 0; i < 300; i++) {
      const bounds = Array.from({ length: random.int(1, 30) }, () => random.int(1, 50))
      const n = random.int(bounds.length, total(bounds))
      const parts = splitWithin(
        n,
        bounds.map(() => random.next() + 0.01),
        bounds,
      )
      expect(total(parts)).toBe(n)
      expect(parts.filter((part, k) => part < 1 || part > bounds[k]!)).toEqual([])
    }
  })

  it('refuses more than the bounds hold', () => {
    expect(() => splitWithin(10, [1, 1], [4, 4])).toThrow(RangeError)
  })
})

describe('drawer', () => {
  it('draws in proportion and never what weighs nothing', () => {
    const next = drawer(seeded(1), ['a', 'b', 'c'], (x) => ({ a: 1, b: 0, c: 3 })[x]!)
    const drawn = Array.from({ length: 4000 }, next)
    const share = drawn.filter((x) => x === 'c').length / 4000
    expect(share).toBeGreaterThan(0.72)
    expect(share).toBeLessThan(0.78)
    expect(drawn).not.toContain('b')
    expect(() => drawer(seeded(1), ['a'], () => 0)).toThrow(RangeError)
  })
})

describe('the cast', () => {
  const cast = castOf(demoTree())

  it('knows the federation above each unit', () => {
    expect(cast.topOf(cast.byCode.get('DL0101001')!).code).toBe('DL01')
    expect(cast.topOf(cast.byCode.get('DL03')!).code).toBe('DL03')
    expect(cast.topOf(cast.city)).toBe(cast.city)
    expect(total(cast.upper.map(cast.unitsOf))).toBe(cast.grassroots.length)
  })

  it('gives hosts in the shares asked for, each federation in its turn', () => {
    const list = hosts(seeded(5), cast, 400, {
      city: 0.1,
      upper: 0.4,
      middle: 0.2,
      grassroots: 0.3,
      leastWomen: 90,
    })
    const tiers = (...of: string[]) => list.filter((o) => of.includes(o.tier))
    expect(list).toHaveLength(400)
    expect(tiers('city')).toHaveLength(40)
    expect(new Set(tiers('district', 'industry')).size).toBe(cast.upper.length)
    expect(tiers('subdistrict')).toHaveLength(80)
    expect(tiers('grassroots')).toHaveLength(120)
    expect(tiers('grassroots').filter((o) => o.womenWorkers < 90)).toEqual([])
  })

  it('says which unit it misses', () => {
    expect(() => named(cast, /月球/, 'DL01')).toThrow('月球')
    expect(() => castOf([])).toThrow('no city')
  })
})
