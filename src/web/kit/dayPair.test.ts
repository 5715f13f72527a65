import dayjs from 'dayjs'
import { expect, test } from 'vitest'
import { paired, type DayPair } from './dayPair.ts'

const [early, middle, late] = ['2020-04-01', '2020-04-16', '2020-05-01'].map((day) => dayjs(day)) as [
  dayjs.Dayjs,
  dayjs.Dayjs,
  dayjs.Dayjs,
]
const told = (pair: DayPair) => pair.map((day) => day?.format('MM-DD') ?? '—').join(' ')

test.each([
  ['a stretch moved later waits for its new end', [early, middle], 0, late, '05-01 —'],
  ['a stretch moved earlier waits for its new start', [middle, late], 1, early, '— 04-01'],
  ['one day is a stretch', [middle, null], 1, middle, '04-16 04-16'],
  ['what still fits stays', [early, late], 0, middle, '04-16 05-01'],
  ['a day taken away leaves the other', [early, late], 1, null, '04-01 —'],
] as const)('%s', (_, pair, at, day, is) => {
  expect(told(paired([...pair], at, day))).toBe(is)
})
