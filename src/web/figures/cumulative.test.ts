import { expect, it } from 'vitest'
import { findLine } from './chapters.ts'
import { cumulativeOption, sumMonths } from './cumulative.ts'

const line = findLine('training.sessions')!
const trend = {
  org: { id: 1, code: 'C', name: '市总工会', shortName: '市总', tier: 'city' as const },
  indicator: line.id,
  year: 2020,
  value: [3, 0, 2, 1, 9, 0, 0, 0, 0, 0, 0, 0],
  waiting: Array.from({ length: 12 }, () => 0),
  before: Array.from({ length: 12 }, () => 2),
}

it('adds up what has come and leaves out what has not', () => {
  const months = sumMonths(trend, line, 202004, undefined)
  expect(months.map((m) => m.value)).toEqual([3, 3, 5, 6, ...Array.from({ length: 8 }, () => null)])
  expect(months.at(-1)).toMatchObject({ before: 24, planned: null })
  expect(months.filter((m) => m.open).map((m) => m.month)).toEqual([4])
})

it('lets the plan rise evenly to its due month and stay there, and marks how much of the time is over', () => {
  const target = { target: 60, dueOn: '2020-06-30', elapsed: 0.584 }
  const months = sumMonths(trend, line, 202004, target)
  expect(months.map((m) => m.planned)).toEqual([10, 20, 30, 40, 50, 60, 60, 60, 60, 60, 60, 60])
  const { series } = cumulativeOption(months, { year: 2020, line, target })
  expect(series.map((s) => s.name)).toEqual(['2020年累计', '计划（按时间均分）', '2019年累计'])
  expect(JSON.stringify(series[0])).toContain('时间过去 58%')
  // A year that is over has no such mark.
  const past = sumMonths(trend, line, 202104, target)
  expect(JSON.stringify(cumulativeOption(past, { year: 2020, line, target }))).not.toContain('markLine')
})
