import { describe, expect, it } from 'vitest'
import { inkOn, places, stepOf, steps, tilesOf } from './tiles.ts'

const unit = (code: string) => ({
  org: { id: 1, code, name: code, shortName: code, tier: 'district' as const },
})

/** Relative luminance (WCAG). */
const light = (hex: string) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

describe('tiles', () => {
  it('give each unit that has a place one of its own', () => {
    const tiles = tilesOf(Object.keys(places).map(unit))
    expect(new Set(tiles.map((t) => `${t.column} ${t.row}`)).size).toBe(tiles.length)
  })

  it('put whoever has no place below, in order', () => {
    const tiles = tilesOf([unit('X1'), unit('DL01'), unit('X2')])
    expect(tiles.map((t) => [t.org.code, t.column, t.row])).toEqual([
      ['DL01', 4, 4],
      ['X1', 0, 5],
      ['X2', 1, 5],
    ])
    expect(tilesOf([unit('X1')])[0]).toMatchObject({ column: 0, row: 0 })
  })

  it('colour by fifths of the largest', () => {
    expect([0, 1, 20, 40, 60, 80, 100].map((v) => stepOf(v, 100))).toEqual([0, 0, 1, 2, 3, 4, 4])
    expect(stepOf(0, 0)).toBe(0)
  })

  it('keep text readable on every step', () => {
    for (const [i, ground] of steps.entries()) {
      const [a, b] = [light(ground), light(inkOn(i))].sort((x, y) => y - x)
      expect((a! + 0.05) / (b! + 0.05), ground).toBeGreaterThanOrEqual(4.5)
    }
  })
})
