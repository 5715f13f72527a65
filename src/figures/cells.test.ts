import { expect, test } from 'vitest'
import { trendOf, type Cells } from './cells.ts'

const months = [100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const cells = (yr: number, stock: boolean): Cells => ({ yr, stock, months })

test('a trend has months of a flow and month-end balances of a stock', () => {
  expect(trendOf(cells(2019, false))).toEqual(months.slice(1))
  expect(trendOf(cells(2019, true)).slice(0, 3)).toEqual([101, 103, 106])
})
