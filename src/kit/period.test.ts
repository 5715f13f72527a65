import { describe, expect, it } from 'vitest'
import {
  calendars,
  hasPart,
  isToCome,
  monthsOf,
  namedSpan,
  partsIn,
  periodCode,
  periodOf,
  readPeriodCode,
  wholeMonths,
  yearsOf,
} from './period.ts'

describe('periodOf', () => {
  it.each([
    ['year', 1, '2019年', 201901, 201912],
    ['statistics', 1, '2019统计年度', 201810, 201909],
    ['half', 1, '2019年上半年', 201901, 201906],
    ['half', 2, '2019年下半年', 201907, 201912],
    ['months', 109, '2019年1—9月', 201901, 201909],
    ['quarter', 1, '2019年第一季度', 201901, 201903],
    ['quarter', 4, '2019年第四季度', 201910, 201912],
    ['month', 2, '2019年2月', 201902, 201902],
  ] as const)('%s %d of 2019', (calendar, part, label, fromYm, untilYm) => {
    expect(periodOf(calendar, 2019, part)).toEqual({ calendar, label, fromYm, untilYm })
  })

  it('halves, quarters and months of a year make the year, twelve months each way', () => {
    const year = monthsOf(periodOf('year', 2019))
    expect(year).toHaveLength(12)
    expect([1, 2].flatMap((h) => monthsOf(periodOf('half', 2019, h)))).toEqual(year)
    expect([1, 2, 3, 4].flatMap((q) => monthsOf(periodOf('quarter', 2019, q)))).toEqual(year)
    expect(year.flatMap((_, i) => monthsOf(periodOf('month', 2019, i + 1)))).toEqual(year)
    expect(monthsOf(periodOf('statistics', 2019))).toHaveLength(12)
  })
})

it.each([
  ['months', 109, true],
  ['months', 1112, true],
  ['months', 9, false],
  ['months', 901, false],
  ['months', 113, false],
  ['half', 2, true],
  ['half', 3, false],
  ['month', 1.5, false],
] as const)('%s has a part %d: %s', (calendar, part, has) => {
  expect(hasPart(calendar, part)).toBe(has)
})

it.each(['2019', '2019s', '2019h2', '2019q3', '2019m9', '2019m1-9'])(
  'the short name %s comes back',
  (code) => {
    expect(periodCode(readPeriodCode(code)!)).toBe(code)
  },
)
it.each(['19', '2019h3', '2019x1', '2019q1-2', '2019m9-1', '2019m13', ''])('%s names no period', (code) => {
  expect(readPeriodCode(code)).toBeNull()
})

describe('yearsOf', () => {
  it('one year, or the two that a statistics year touches', () => {
    expect(yearsOf(periodOf('quarter', 2019, 3))).toEqual([{ year: 2019, from: 7, until: 9 }])
    expect(yearsOf(periodOf('statistics', 2019))).toEqual([
      { year: 2018, from: 10, until: 12 },
      { year: 2019, from: 1, until: 9 },
    ])
  })

  it.each(calendars)('%s: the same months as monthsOf', (calendar) => {
    const period = periodOf(calendar, 2020, calendar === 'months' ? 210 : partsIn[calendar])
    const months = yearsOf(period).flatMap(({ year, from, until }) =>
      Array.from({ length: until - from + 1 }, (_, i) => year * 100 + from + i),
    )
    expect(months).toEqual(monthsOf(period))
  })
})

describe('wholeMonths', () => {
  it.each([
    ['2020-01-01', '2020-03-31', [202001, 202003]],
    ['2019-11-01', '2020-02-29', [201911, 202002]],
    ['2020-01-02', '2020-03-31', null],
    ['2020-01-01', '2020-03-30', null],
    ['2019-01-01', '2020-01-31', null],
    ['2020-03-01', '2020-02-29', null],
  ] as const)('%s to %s: %j', (from, until, months) => {
    const period = wholeMonths(from, until)
    expect(period && [period.fromYm, period.untilYm]).toEqual(months)
  })
})

describe('isToCome', () => {
  it.each([
    ['year', 2020, 1, false],
    ['year', 2021, 1, true],
    ['statistics', 2021, 1, true],
    ['statistics', 2020, 1, false],
    ['quarter', 2020, 2, false],
    ['quarter', 2020, 3, true],
    ['month', 2020, 5, true],
  ] as const)('%s %d, part %d, on 16 April 2020: %s', (calendar, year, part, expected) =>
    expect(isToCome(periodOf(calendar, year, part), '2020-04-16')).toBe(expected),
  )
})

describe('namedSpan', () => {
  it.each([
    [201901, 201912, { calendar: 'year', year: 2019, part: 1 }],
    [201810, 201909, { calendar: 'statistics', year: 2019, part: 1 }],
    [201901, 201906, { calendar: 'months', year: 2019, part: 106 }],
    [201905, 201905, { calendar: 'months', year: 2019, part: 505 }],
    [201812, 201911, null],
  ])('%d to %d', (fromYm, untilYm, asked) => expect(namedSpan(fromYm, untilYm)).toEqual(asked))
})
