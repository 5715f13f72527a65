import { expect, test } from 'vitest'
import { basisOf, cellFaults, gapOf } from './rules.ts'

test('one side compares: records before the own total, the own total before the sum below', () => {
  expect(basisOf({ recorded: 5, own: 7, below: 6 })).toEqual({ value: 5, basis: 'recorded' })
  expect(basisOf({ recorded: null, own: 7, below: 6 })).toEqual({ value: 7, basis: 'own' })
  expect(basisOf({ recorded: null, own: null, below: 6 })).toEqual({ value: 6, basis: 'below' })
  expect(basisOf({ recorded: null, own: null, below: null })).toEqual({ value: null, basis: null })
  // Nothing happened is a total too.
  expect(basisOf({ recorded: null, own: 0, below: 6 })).toEqual({ value: 0, basis: 'own' })
})

test('the gap is told only where there are two sides', () => {
  expect(gapOf({ own: 120, below: 100 })).toBe(20)
  expect(gapOf({ own: null, below: 100 })).toBeNull()
  expect(gapOf({ own: 120, below: null })).toBeNull()
})

const faults = (year: number, value: number | null) =>
  cellFaults({ year, value }, '培训期数', 2020, 'cells.0.').map((i) => i.field)

test('a total is of a year that is over, and a whole number in the ledger', () => {
  expect(faults(2017, 12)).toEqual([])
  expect(faults(2017, null)).toEqual([])
  expect(faults(2020, 12)).toEqual(['cells.0.year'])
  expect(faults(2021, 12)).toEqual(['cells.0.year'])
  expect(faults(1900, 12)).toEqual(['cells.0.year'])
  expect(faults(2017, -1)).toEqual(['cells.0.value'])
  expect(faults(2017, 1.5)).toEqual(['cells.0.value'])
  expect(faults(2017, 1e12)).toEqual(['cells.0.value'])
})
