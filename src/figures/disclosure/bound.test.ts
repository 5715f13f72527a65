import { describe, expect, it } from 'vitest'
import type { Indicator } from '#kit/indicator.ts'
import { indicators, programmes } from '#programmes/index.ts'
import { isTooSmallToPrint } from './bound.ts'

const found = (id: string): Indicator => indicators.find((i) => i.id === id)!.indicator
const [persons, cost] = [found('screening.persons'), found('screening.cost')]

describe('a sum of money over persons', () => {
  it('is untold, with the count beside it, in every programme that counts persons in small cells', () => {
    const told = programmes.flatMap((programme) => {
      const all = Object.entries(programme.indicators)
      const small = all.filter(([, i]) => i.kind === 'person' && i.cell !== 'none').map(([key]) => key)
      if (small.length === 0) return []
      return all
        .filter(([, i]) => i.kind === 'money')
        .map(([key, i]) => [key, i.cell, small.includes(i.beside ?? '')])
    })
    expect(told).toEqual([
      ['screening.cost', 'untold', true],
      ['hardship.money', 'untold', true],
      ['screening.grantMoney', 'untold', true],
    ])
  })

  it.each([
    [4, 200, true],
    [0, 200, true],
    [5, 250, false],
  ])('of %d persons: %d yuan are too small to print: %s', (count, value, small) => {
    expect(isTooSmallToPrint({ indicator: cost, value }, { indicator: persons, value: count })).toBe(small)
  })

  it('is not printed where nobody says of how many persons', () => {
    expect(isTooSmallToPrint({ indicator: cost, value: 1e9 })).toBe(true)
  })

  it('without the rule its 200 yuan would say what the hidden 4 were', () => {
    const open: Indicator = { ...cost, cell: 'none' }
    expect(isTooSmallToPrint({ indicator: persons, value: 4 })).toBe(true)
    expect(isTooSmallToPrint({ indicator: open, value: 200 })).toBe(false)
  })
})
