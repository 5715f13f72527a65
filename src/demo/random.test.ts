import { afterEach, describe, expect, it, vi } from 'vitest'
import { seeded, split } from '#demo/random.ts'

const draw = (seed: number) => {
  const random = seeded(seed)
  return [random.int(0, 1e6), random.logNormal(80, 0.8), random.shuffle([1, 2, 3, 4, 5, 6, 7, 8])]
}
const sum = (parts: number[]) => parts.reduce((a, b) => a + b, 0)

afterEach(() => vi.restoreAllMocks())

describe('seeded', () => {
  it('gives the published sequence of mulberry32', () => {
    const random = seeded(1)
    const words = [1, 2, 3].map(() => random.next() * 2 ** 32)
    expect(words).toEqual([2693262067, 11749833, 2265367787])
  })

  it('repeats itself for the same seed and differs for another', () => {
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('reaches both ends of int and never goes beyond', () => {
    const random = seeded(3)
    const seen = new Set(Array.from({ length: 500 }, () => random.int(-2, 2)))
    expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2])
  })

  it('draws a log-normal of the median and spread asked for', () => {
    const random = seeded(5)
    const logs = Array.from({ length: 20_000 }, () => Math.log(random.logNormal(80, 0.8)))
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length
    const variance = logs.reduce((a, x) => a + (x - mean) ** 2, 0) / logs.length
    expect(Math.exp(mean)).toBeGreaterThan(78)
    expect(Math.exp(mean)).toBeLessThan(82)
    expect(Math.sqrt(variance)).toBeCloseTo(0.8, 1)
  })

  it('uses none of the functions whose last bit engines may choose', () => {
    for (const name of ['random', 'exp', 'log', 'cos', 'sin', 'pow'] as const)
      vi.spyOn(Math, name).mockImplementation(() => {
        throw new Error(`Math.${name}`)
      })
    expect(() => seeded(1).logNormal(80, 0.8)).not.toThrow()
  })

  it('refuses to pick from nothing', () => {
    expect(() => seeded(1).pick([])).toThrow(RangeError)
  })

  it('shuffles without losing anything or touching the argument', () => {
    const list = Object.freeze([1, 2, 3, 4, 5])
    expect(
      seeded(9)
        .shuffle(list)
        .sort((a, b) => a - b),
    ).toEqual([1, 2, 3, 4, 5])
  })
})

describe('split', () => {
  it('is proportional, by largest remainder, earlier parts first', () => {
    expect(split(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(split(100, [50, 30, 20])).toEqual([50, 30, 20])
    expect(split(7, [0.6, 0.3, 0.1])).toEqual([4, 2, 1])
    expect(split(485, [3, 0, 1])).toEqual([364, 0, 121])
  })

  it('keeps the minimum', () => {
    expect(split(10, [1000, 1, 1], 2)).toEqual([6, 2, 2])
    expect(split(6, [0, 0, 0], 2)).toEqual([2, 2, 2])
    expect(split(0, [])).toEqual([])
  })

  it('adds up exactly whatever the weights', () => {
    const random = seeded(11)
    for (let i = 0; i < 2000; i++) {
      const weights = Array.from({ length: random.int(1, 60) }, () => random.logNormal(1, 2))
      const minimum = random.int(0, 3)
      const total = weights.length * minimum + random.int(0, 60_000)
      const parts = split(total, weights, minimum)
      expect(sum(parts)).toBe(total)
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(minimum)
      expect(parts.every(Number.isInteger)).toBe(true)
    }
  })

  it('refuses what cannot be', () => {
    expect(() => split(5, [1, 1, 1], 2)).toThrow(RangeError)
    expect(() => split(5, [1, -1])).toThrow(RangeError)
    expect(() => split(5, [0, 0])).toThrow(RangeError)
    expect(() => split(5, [])).toThrow(RangeError)
    expect(() => split(5.5, [1])).toThrow(RangeError)
    expect(() => split(5, [NaN])).toThrow(RangeError)
  })
})
