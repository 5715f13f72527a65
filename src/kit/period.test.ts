import { describe, expect, it } from 'vitest'
import { calendars, monthsOf, partsIn, periodOf, yearsOf } from './period.ts'

describe('periodOf', () => {
  it.each([
    ['year', 1, '2019年', 201901, 201912],
    ['statistics', 1, '2019统计年度', 201810, 201909],
    ['half', 1, '2019年上半年', 201901, 201906],
    ['half', 2, '2019年下半年', 201907, 201912],
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

describe('yearsOf', () => {
  it('one year, or the two that a statistics year touches', () => {
    expect(yearsOf(periodOf('quarter', 2019, 3))).toEqual([{ year: 2019, from: 7, until: 9 }])
    expect(yearsOf(periodOf('statistics', 2019))).toEqual([
      { year: 2018, from: 10, until: 12 },
      { year: 2019, from: 1, until: 9 },
    ])
  })

  it.each(calendars)('%s: the same months as monthsOf', (calendar) => {
    const period = periodOf(calendar, 2020, partsIn[calendar])
    const months = yearsOf(period).flatMap(({ year, from, until }) =>
      Array.from({ length: until - from + 1 }, (_, i) => year * 100 + from + i),
    )
    expect(months).toEqual(monthsOf(period))
  })
})
