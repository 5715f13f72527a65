import { expect, it } from 'vitest'
import { alarmAt, fileNameOf, isAlarm } from './rules.ts'

it('names a file by what, whose and when, by the clock in China', () => {
  const at = new Date('2026-11-22T06:30:59Z')
  expect(fileNameOf('培训台账', '沙河口区总工会', at, 'xlsx', false)).toBe(
    '培训台账_沙河口区总工会_20261122_1430.xlsx',
  )
  expect(fileNameOf('a/b: c', '某 “会”', at, 'csv', true)).toBe('abc_某“会”_20261122_1430_演示数据.csv')
})

it('tells of a day only beyond each limit', () => {
  expect(isAlarm(alarmAt)).toBe(false)
  for (const what of ['files', 'rows', 'fullRows'] as const)
    expect(isAlarm({ ...alarmAt, [what]: alarmAt[what] + 1 })).toBe(true)
})
