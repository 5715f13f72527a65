import { expect, test } from 'vitest'
import { count, money, yesNo } from '#kit/field/index.ts'
import {
  countText,
  effortText,
  formatClock,
  formatCount,
  formatInstant,
  formatMoney,
  formatMonth,
  formatValue,
} from './format.ts'

test('thousands, zero and absence are told apart', () => {
  expect(formatCount(1393)).toBe('1,393')
  expect(formatCount(1_000_000)).toBe('1,000,000')
  expect(formatCount(100)).toBe('100')
  expect(formatCount(0)).toBe('0')
  expect(formatCount(null)).toBe('—')
  expect(formatCount(-1234)).toBe('−1,234')
  expect(formatMoney(1234.5)).toBe('1,234.50')
  expect(formatMoney(999)).toBe('999.00')
})

test('a count is exact or says that it is not', () => {
  expect(countText(1393, false)).toBe('共 1,393 条')
  expect(countText(10_000, true)).toBe('1万条以上')
})

test('work is told in the measure that one can picture', () => {
  expect(effortText(5)).toBe('约 5 分钟')
  expect(effortText(119)).toBe('约 119 分钟')
  expect(effortText(120)).toBe('约 2 小时')
  expect(effortText(96_750)).toBe('约 1,613 小时')
})

test('instants are shown in Beijing time, over midnight too', () => {
  expect(formatInstant('2020-04-16T06:03:00Z')).toBe('2020-04-16 14:03')
  expect(formatInstant('2019-12-31T17:30:00Z')).toBe('2020-01-01 01:30')
  expect(formatInstant('2020-04-16T14:03:00+08:00')).toBe('2020-04-16 14:03')
  expect(formatInstant('昨天')).toBe('昨天')
  expect(formatClock('2020-04-16T23:59:00Z')).toBe('07:59')
})

test('values by kind; what was typed wrong is shown as typed', () => {
  expect(formatValue(count('人次'), 1200)).toBe('1,200')
  expect(formatValue(money('经费'), 1200)).toBe('1,200.00')
  expect(formatValue(yesNo('开放'), false)).toBe('否')
  expect(formatValue(count('人次'), '六十')).toBe('六十')
  expect(formatValue(count('人次'), null)).toBe('—')
  expect(formatValue(undefined, [1, 2])).toBe('2 行')
})

test('months', () => {
  expect(formatMonth(201903)).toBe('2019年3月')
})
