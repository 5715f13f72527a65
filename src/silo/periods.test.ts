import { expect, test } from 'vitest'
import { periodName, periodsOf, quarterEnd, quarterOf, quarterStart } from './periods.ts'

const at = (quarter: number, n: number, topic = 'a') => ({ quarter, topic, n })

test('small quarters are told with the next ones, across the year, and each matter once', () => {
  const told = periodsOf([at(20194, 4), at(20201, 5, 'b'), at(20203, 2), at(20204, 11), at(20211, 10)], 20212)
  expect(told).toEqual([
    { fromQuarter: 20194, untilQuarter: 20203, counts: { a: 6, b: 5 } },
    { fromQuarter: 20204, untilQuarter: 20204, counts: { a: 11 } },
  ])
  expect(told.map(periodName)).toEqual(['2019年四季度至2020年三季度', '2020年四季度'])
})

test('what was told stays as it was when more is closed, and an open quarter is not told', () => {
  const first = [at(20201, 11), at(20202, 3)]
  expect(periodsOf(first, 20203)).toEqual(periodsOf([...first, at(20203, 30)], 20203))
  expect(periodsOf([...first, at(20203, 30)], 20204)[0]).toEqual(periodsOf(first, 20203)[0])
  expect(periodsOf([], 20203)).toEqual([])
})

test('quarters begin and end on their days', () => {
  expect(['2020-03-31', '2020-04-01', '2020-12-31'].map(quarterOf)).toEqual([20201, 20202, 20204])
  expect([quarterStart(20202), quarterEnd(20202), quarterStart(20204)]).toEqual([
    '2020-04-01',
    '2020-06-30',
    '2020-10-01',
  ])
})
