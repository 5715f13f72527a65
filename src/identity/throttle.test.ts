import { expect, it } from 'vitest'
import { delayAfter, limits, waitWords } from './throttle.ts'

it('five failures are free, then each doubles the wait up to a quarter of an hour, and none locks', () => {
  const delays = [0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1000].map((n) => delayAfter(n, limits.account.free))
  expect(delays).toEqual([0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900])
})

it('a wait is told in words', () => {
  expect([0.2, 15, 60, 65, 900].map(waitWords)).toEqual(['1 秒', '15 秒', '1 分钟', '1 分 5 秒', '15 分钟'])
})
