import { expect, test } from 'vitest'
import { findLine } from './chapters.ts'
import { isEstimate, yearsOption } from './yearsOption.ts'

const year = (year: number, value: number | null, more: object = {}) => ({
  year,
  value,
  from: value === null ? null : ('records' as const),
  estimated: 0,
  below: null,
  ...more,
})
const line = findLine('training.sessions')!

test('estimated years are hatched, and the dashed line ends at the first counted one', () => {
  const years = [
    year(2016, 30, { from: 'estimate' }),
    year(2017, null),
    year(2018, 41, { estimated: 41 }),
    year(2019, 47, { estimated: 5 }),
    year(2020, 3),
  ]
  expect(years.map(isEstimate)).toEqual([true, false, true, false, false])
  const { series, xAxis } = yearsOption({ years }, line, 2020)
  expect(series.map((s) => [s.name, s.data])).toEqual([
    ['逐条记录', [null, null, null, 47, 3]],
    ['估报', [30, null, 41, null, null]],
    ['估报走势', [30, null, 41, 47, null]],
  ])
  expect(xAxis.data).toEqual(['2016年\n估报', '2017年', '2018年\n估报', '2019年', '2020年\n未完'])
})

test('without an estimate there is one series, and no word of estimates', () => {
  expect(yearsOption({ years: [year(2019, 47)] }, line, 2020).series).toHaveLength(1)
})
