import { expect, it } from 'vitest'
import { bulletOf, percentOf } from './bullet.ts'

it('the bar ends at the larger of value and target, and time runs along the target', () => {
  expect(bulletOf(50, 100, 0.25)).toEqual({ value: 50, target: 100, time: 25 })
  expect(bulletOf(200, 100, 0.5)).toEqual({ value: 100, target: 50, time: 25 })
  expect(bulletOf(0, 100, 1)).toEqual({ value: 0, target: 100, time: 100 })
  expect(bulletOf(-3, 100, 0)).toEqual({ value: 0, target: 100, time: 0 })
})

it('what is not reached does not read 100%', () => {
  expect(percentOf(999, 1000)).toBe(99)
  expect(percentOf(1000, 1000)).toBe(100)
  expect(percentOf(1599, 1000)).toBe(159)
  expect(percentOf(0, 7)).toBe(0)
})
