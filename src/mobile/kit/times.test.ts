import { expect, it } from 'vitest'
import { dayWords, distanceWords, spanWords, timeWords } from './times.ts'

it('tells days and times on China’s clock', () => {
  expect(dayWords('2020-03-07T16:00:00Z')).toBe('3月8日 周日')
  expect(timeWords('2020-03-08T01:05:00Z')).toBe('3月8日 周日 09:05')
  expect(spanWords('2020-03-08T01:00:00Z', '2020-03-08T03:00:00Z')).toBe('3月8日 周日 09:00—11:00')
  expect(spanWords('2020-12-31T01:00:00Z', '2021-01-01T03:00:00Z')).toBe(
    '12月31日 周四 09:00 至 1月1日 周五 11:00',
  )
})

it.each([
  [0, '10 米'],
  [324, '320 米'],
  [994, '990 米'],
  [995, '1.0 公里'],
  [1449, '1.4 公里'],
  [9949, '9.9 公里'],
  [9950, '10 公里'],
  [23_400, '23 公里'],
])('%d metres: %s', (metres, words) => {
  expect(distanceWords(metres)).toBe(words)
})
