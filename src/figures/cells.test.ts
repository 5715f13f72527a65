import { expect, test } from 'vitest'
import { periodOf } from '#kit/period.ts'
import { trendOf, valueIn, type Cells } from './cells.ts'

const months = [100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const cells = (yr: number, stock: boolean): Cells => ({ yr, stock, months })

test('a flow gives the months of the period, of either of its years', () => {
  expect(valueIn(periodOf('quarter', 2019, 2), cells(2019, false))).toBe(4 + 5 + 6)
  expect(valueIn(periodOf('statistics', 2019), cells(2018, false))).toBe(10 + 11 + 12)
  expect(valueIn(periodOf('statistics', 2019), cells(2019, false))).toBe(45)
  expect(valueIn(periodOf('year', 2019), cells(2018, false))).toBe(0)
})

test('a stock gives its balance at the end of the period, once', () => {
  expect(valueIn(periodOf('month', 2019, 1), cells(2019, true))).toBe(101)
  expect(valueIn(periodOf('statistics', 2019), cells(2019, true))).toBe(145)
  expect(valueIn(periodOf('statistics', 2019), cells(2018, true))).toBe(0)
})

test('a trend has months of a flow and month-end balances of a stock', () => {
  expect(trendOf(cells(2019, false))).toEqual(months.slice(1))
  expect(trendOf(cells(2019, true)).slice(0, 3)).toEqual([101, 103, 106])
})
