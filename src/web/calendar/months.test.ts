import { expect, test } from 'vitest'
import { monthsOf, stretchesOf } from './months.ts'

const special = [
  { day: '2020-04-26', kind: 'work' as const, name: '劳动节' },
  { day: '2020-05-01', kind: 'off' as const, name: '劳动节' },
  { day: '2020-05-02', kind: 'off' as const, name: '劳动节' },
  { day: '2020-05-09', kind: 'work' as const, name: '劳动节' },
]

test('a year is twelve sheets that begin on Monday', () => {
  const months = monthsOf(2020, special)
  expect(months.map((m) => m.days.length)).toEqual([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
  expect(months[4]!.lead).toBe(4)
  expect(months[3]!.days[25]).toEqual({ day: '2020-04-26', kind: 'work' })
  expect(months[4]!.days.slice(0, 4).map((d) => d.kind)).toEqual(['off', 'off', 'weekend', 'weekday'])
})

test('neighbouring days are one stretch', () => {
  expect(stretchesOf(special).map(({ from, until, days }) => [from, until, days])).toEqual([
    ['2020-04-26', '2020-04-26', 1],
    ['2020-05-01', '2020-05-02', 2],
    ['2020-05-09', '2020-05-09', 1],
  ])
})
