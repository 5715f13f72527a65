import { expect, it } from 'vitest'
import { seeded } from '#demo/random.ts'
import { isWeekend, monthsFor, SHAPES, someDay, TODAY } from './calendar.ts'

it('working days are no weekends and no holidays, weekends are', () => {
  const random = seeded(9)
  const days = (ym: number, weekend: boolean) =>
    Array.from({ length: 300 }, () => someDay(random, ym, weekend))
  expect(days(201902, false).filter((d) => isWeekend(d) || (d >= '2019-02-04' && d <= '2019-02-10'))).toEqual(
    [],
  )
  expect(days(201910, true).filter((d) => !isWeekend(d) || d <= '2019-10-07')).toEqual([])
  expect(new Set(days(201903, false)).size).toBe(21)
  expect(isWeekend('2019-03-09')).toBe(true)
  expect(isWeekend('2019-03-08')).toBe(false)
})

it('no day lies after the demo’s today', () => {
  const random = seeded(9)
  const days = Array.from({ length: 200 }, () => someDay(random, 202004))
  expect(days.filter((d) => d > TODAY)).toEqual([])
  expect(days).toContain(TODAY)
})

it('months follow the shape exactly', () => {
  const months = monthsFor(seeded(2), 2019, 100, SHAPES.even)
  expect(months).toHaveLength(100)
  expect(months.filter((ym) => ym === 201903)).toHaveLength(16)
  expect(months.filter((ym) => ym === 201902)).toHaveLength(2)
})

it('every shape has twelve months', () => {
  expect(Object.values(SHAPES).filter((shape) => shape.length !== 12)).toEqual([])
})
