import { expect, it } from 'vitest'
import { delayAfter, limits, networkOf, waitWords } from './throttle.ts'

it('five failures are free, then each doubles the wait up to a quarter of an hour, and none locks', () => {
  const delays = [0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1000].map((n) => delayAfter(n, limits.account.free))
  expect(delays).toEqual([0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900])
})

it('a wait is told in words', () => {
  expect([0.2, 15, 60, 65, 900].map(waitWords)).toEqual(['1 秒', '15 秒', '1 分钟', '1 分 5 秒', '15 分钟'])
})

it('an IPv6 address counts as its /64, an IPv4 one as itself however it is written', () => {
  const same = ['2001:db8:0:1::7', '2001:DB8:0:1:ffff:1:2:3', '2001:0db8:0000:0001::']
  expect(same.map(networkOf)).toEqual(same.map(() => '2001:db8:0:1::/64'))
  expect(['2001:db8::1', 'fe80::1%eth0', '::1'].map(networkOf)).toEqual([
    '2001:db8:0:0::/64',
    'fe80:0:0:0::/64',
    '0:0:0:0::/64',
  ])
  expect(['192.0.2.7', '::ffff:192.0.2.7'].map(networkOf)).toEqual(['192.0.2.7', '192.0.2.7'])
})
