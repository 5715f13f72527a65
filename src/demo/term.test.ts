import { describe, expect, it } from 'vitest'
import { seeded } from '#demo/random.ts'
import { currentTerm, overdueTerm } from '#demo/term.ts'

const draws = <T>(make: () => T) => Array.from({ length: 2000 }, make)

describe('terms', () => {
  it('runs beyond April 2020 and has begun, when current', () => {
    const random = seeded(1)
    for (const t of draws(() => currentTerm(random, random.pick([3, 5])))) {
      expect(t.termFromOn < '2020-04-01').toBe(true)
      expect(t.termUntilOn > '2020-04-30').toBe(true)
    }
  })

  it('ended within the two years before April 2020, when overdue', () => {
    const random = seeded(2)
    for (const t of draws(() => overdueTerm(random, random.pick([3, 5])))) {
      expect(t.termUntilOn < '2020-04-01').toBe(true)
      expect(t.termUntilOn >= '2018-04-01').toBe(true)
    }
  })

  it('founds the committee with its first term', () => {
    const random = seeded(3)
    for (const t of draws(() => currentTerm(random, 5))) {
      expect(t.foundedOn <= t.termFromOn).toBe(true)
      expect(t.foundedOn === t.termFromOn).toBe(t.termNo === 1)
      expect(t.foundedOn >= '1994-01-01').toBe(true)
    }
  })
})
