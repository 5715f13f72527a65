import { expect, test } from 'vitest'
import { findLine } from './chapters.ts'
import { trendMonths, trendOption } from './trendOption.ts'

const line = findLine('training.sessions')!
const org = { id: 1, code: '1', name: '市总工会', shortName: '市总', tier: 'city' as const }
const zeros = Array.from({ length: 12 }, () => 0)
const trend = {
  org,
  indicator: line.id,
  year: 2020,
  value: [3, 5, 8, 2, ...zeros.slice(4)],
  waiting: [0, 0, 0, 4, ...zeros.slice(4)],
  before: zeros.map((_, i) => i + 1),
}

test('months to come have no value, the current one is open', () => {
  const months = trendMonths(trend, line, 202004)
  expect(months.map((m) => m.value)).toEqual([3, 5, 8, 2, ...Array.from({ length: 8 }, () => null)])
  expect(months.filter((m) => m.open).map((m) => m.month)).toEqual(['4月'])
  expect(months.map((m) => m.before)).toEqual(trend.before)
})

test('a past year is closed throughout', () => {
  expect(trendMonths({ ...trend, year: 2019 }, line, 202004).some((m) => m.open || m.value === null)).toBe(
    false,
  )
})

test('fen become yuan', () => {
  const money = { ...line, indicator: { ...line.indicator, kind: 'money' as const } }
  expect(trendMonths({ ...trend, value: [150] }, money, 202004)[0]!.value).toBe(1.5)
})

test('what waits has its own series, and only when something waits', () => {
  const names = (waiting: number[]) => {
    const months = trendMonths({ ...trend, waiting }, line, 202004)
    return trendOption(months, trend, line).series.map((s) => s.name)
  }
  expect(names(trend.waiting)).toEqual(['2020年', '待审核（未计入）', '2019年'])
  expect(names(zeros)).toEqual(['2020年', '2019年'])
})
