import { expect, test } from 'vitest'
import { lockPeriod, lockState, monthsName, overlap } from './rules.ts'

test.each([
  [{ calendar: 'month', year: 2020, part: 3 }, [202003, 202003]],
  [{ calendar: 'quarter', year: 2020, part: 1 }, [202001, 202003]],
  [{ calendar: 'year', year: 2019, part: 1 }, [201901, 201912]],
] as const)('%o can be locked on 2020-04-16', (asked, months) => {
  const found = lockPeriod(asked, '2020-04-16')
  expect('fromYm' in found && [found.fromYm, found.untilYm]).toEqual(months)
})

test.each([
  [{ calendar: 'month', year: 2020, part: 4 }, '2020年4月还没有过完'],
  [{ calendar: 'quarter', year: 2020, part: 2 }, '2020年第二季度还没有过完'],
  [{ calendar: 'year', year: 2020, part: 1 }, '2020年还没有过完'],
  [{ calendar: 'quarter', year: 2019, part: 5 }, '期间不存在'],
] as const)('%o cannot', (asked, words) => {
  expect(lockPeriod(asked, '2020-04-16')).toMatchObject({
    field: 'part',
    message: expect.stringContaining(words),
  })
})

test('months are told as the calendar calls them', () => {
  expect([
    monthsName(201903, 201903),
    monthsName(201901, 201903),
    monthsName(201901, 201912),
    monthsName(201907, 201912),
    monthsName(202004, 202006),
    monthsName(201903, 201905),
    monthsName(201912, 202001),
  ]).toEqual([
    '2019年3月',
    '2019年第一季度',
    '2019年',
    '2019年下半年',
    '2020年第二季度',
    '2019年3月至5月',
    '2019年12月至2020年1月',
  ])
})

test('what is locked already is told by its months', () => {
  const year = { fromYm: 201901, untilYm: 201912 }
  expect(overlap(year, [])).toBeNull()
  expect(overlap(year, [{ fromYm: 202001, untilYm: 202003 }])).toBeNull()
  expect(
    overlap(year, [
      { fromYm: 201811, untilYm: 201901 },
      { fromYm: 201903, untilYm: 201903 },
    ]),
  ).toBe('2019年1月、2019年3月')
})

test('a lock stands, is asked to be reopened, is reopened', () => {
  expect([
    lockState({ askedAt: null, reopenedAt: null }),
    lockState({ askedAt: 'x', reopenedAt: null }),
    lockState({ askedAt: 'x', reopenedAt: 'y' }),
  ]).toEqual(['standing', 'asked', 'reopened'])
})
