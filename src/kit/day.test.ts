import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  daysIn,
  isDay,
  longDay,
  monthOf,
  monthsAfter,
  realDayOf,
  toldInstant,
} from './day.ts'

describe('isDay', () => {
  it.each(['2019-03-08', '2020-02-29', '2000-02-29', '1900-01-01', '2999-12-31'])('%s is a day', (day) => {
    expect(isDay(day)).toBe(true)
  })
  it.each([
    '2019-02-29',
    '1900-02-29',
    '2019-04-31',
    '2019-13-01',
    '2019-00-10',
    '2019-01-00',
    '1899-12-31',
    '3000-01-01',
    '2019-3-8',
    '2019/03/08',
    ' 2019-03-08',
    '2019-03-08T00:00',
    '',
  ])('“%s” is none', (day) => expect(isDay(day)).toBe(false))
})

const lengths = (year: number) => Array.from({ length: 12 }, (_, i) => daysIn(year, i + 1))

it('knows the length of every month', () => {
  expect(lengths(2019)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
  expect(lengths(2020)[1]).toBe(29)
  expect(lengths(2100)[1]).toBe(28)
})

it.each([
  [201912, 1, 202001],
  [202001, -1, 201912],
  [201901, 11, 201912],
  [201903, -15, 201712],
  [201908, 0, 201908],
])('%d and %d months is %d', (ym, n, result) => expect(addMonths(ym, n)).toBe(result))

it.each([
  ['2019-12-31', 1, '2020-01-01'],
  ['2020-02-28', 1, '2020-02-29'],
  ['2019-03-01', -1, '2019-02-28'],
  ['2019-03-08', 365, '2020-03-07'],
])('%s and %d days is %s', (day, n, result) => expect(addDays(day, n)).toBe(result))

it('every day of four years follows from the one before', () => {
  let day = '2018-12-31'
  for (let year = 2019; year <= 2022; year++)
    for (let month = 1; month <= 12; month++)
      for (let d = 1; d <= daysIn(year, month); d++) {
        day = addDays(day, 1)
        expect(day).toBe(`${year}-${String(month).padStart(2, '0')}-${String(d).padStart(2, '0')}`)
        expect(monthOf(day)).toBe(year * 100 + month)
      }
  expect(day).toBe('2022-12-31')
})

it('writes a day as documents do', () => expect(longDay('2019-08-05')).toBe('2019年8月5日'))

it.each([
  ['2020-04-15T15:59:59.999Z', '2020-04-15'],
  ['2020-04-15T16:00:00Z', '2020-04-16'],
  ['2019-12-31T16:00:00Z', '2020-01-01'],
])('%s is %s in China', (at, day) => expect(realDayOf(new Date(at))).toBe(day))

describe('an instant as screens tell it', () => {
  const clock = { today: '2020-04-16', behind: 2418 }
  it.each([
    ['2026-11-29T00:30:00.000Z', '2020-04-16T00:30:00.000Z'],
    ['2026-12-06T00:30:00.000Z', '2020-04-23T00:30:00.000Z'],
    ['2020-04-16T06:10:00Z', '2020-04-16T06:10:00Z'],
    ['2019-03-08T06:10:00Z', '2019-03-08T06:10:00Z'],
    ['昨天', '昨天'],
  ])('%s is told as %s in a demo', (at, told) => expect(toldInstant(at, clock)).toBe(told))
  it('and as it is where the business clock is the real one', () =>
    expect(toldInstant('2026-12-06T00:30:00Z', { today: '2026-11-29', behind: 0 })).toBe(
      '2026-12-06T00:30:00Z',
    ))
})

it.each([
  ['2019-03-05', 12, '2020-03-05'],
  ['2020-02-29', 12, '2021-02-28'],
  ['2019-10-31', 1, '2019-11-30'],
  ['2020-03-31', -1, '2020-02-29'],
])('%s and %d months is %s', (day, n, result) => expect(monthsAfter(day, n)).toBe(result))
