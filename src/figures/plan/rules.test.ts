import { describe, expect, it } from 'vitest'
import { elapsedOf, shareOut, stateOf, stepOf, sumWords } from './rules.ts'

describe('how far the time is', () => {
  it.each([
    ['2020-12-31', '2019-12-31', 0],
    ['2020-12-31', '2020-12-31', 1],
    ['2020-12-31', '2021-05-01', 1],
    ['2020-01-10', '2020-01-05', 0.5],
    // Due before the plan's year: over from its day on.
    ['2019-12-01', '2020-01-01', 1],
    ['2019-12-01', '2019-11-30', 0],
  ])('due %s, on %s: %d', (dueOn, today, share) => expect(elapsedOf(2020, dueOn, today)).toBe(share))
})

describe('how an item stands', () => {
  const item = { dueOn: '2020-06-30', doneOn: null, target: null, value: null }
  it('is done by its owner, reached by its figure, overdue after its day', () => {
    expect(stateOf(item, '2020-06-30')).toBe('open')
    expect(stateOf(item, '2020-07-01')).toBe('overdue')
    expect(stateOf({ ...item, doneOn: '2020-08-01' }, '2020-09-01')).toBe('done')
    expect(stateOf({ ...item, target: 10, value: 9 }, '2020-07-01')).toBe('overdue')
    expect(stateOf({ ...item, target: 10, value: 10 }, '2020-07-01')).toBe('reached')
    // A figure that the reader may not see proves nothing.
    expect(stateOf({ ...item, target: 10, value: null }, '2020-06-01')).toBe('open')
  })
})

describe('a target shared out', () => {
  it('sums to it, whatever the weights', () => {
    let seed = 7
    const next = () => (seed = (seed * 48_271) % 2_147_483_647)
    for (let round = 0; round < 2000; round++) {
      const weights = Array.from({ length: 1 + (next() % 20) }, () => next() % 50)
      const total = 1 + (next() % 100_000)
      const parts = shareOut(total, weights, round % 2 ? 100 : 1)
      const whole = weights.every((w) => w === 0) ? 0 : total
      expect((parts ?? []).reduce((a, b) => a + b, 0)).toBe(whole)
      expect((parts ?? []).filter((part) => part < 0)).toEqual([])
    }
  })

  it('gives the heavier no less, in whole yuan, and nothing to whoever weighs nothing', () => {
    expect(shareOut(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(shareOut(100, [3, 0, 1])).toEqual([75, 0, 25])
    expect(shareOut(100_050, [1, 1], stepOf({ kind: 'money' }))).toEqual([50_050, 50_000])
    expect(shareOut(5, [0, 0])).toBeNull()
  })
})

it('the sum is told beside the target, never forced', () => {
  expect(sumWords(100, 100, 3)).toBe('分解合计与目标一致')
  expect(sumWords(100, 99, 3)).toBe('分解合计低于目标')
  expect(sumWords(100, 120, 3)).toBe('分解合计高于目标')
  expect(sumWords(100, 0, 0)).toBeNull()
  expect(sumWords(null, 0, 0)).toBeNull()
})
