import { expect, test } from 'vitest'
import { actWord, elapsed } from './words.ts'

test('acts of the history have Chinese words; new ones are shown as they are', () => {
  expect(actWord('return')).toBe('退回修改')
  expect(actWord('归档')).toBe('归档')
})

test('time between two steps', () => {
  expect(elapsed('2020-04-16T06:00:00Z', '2020-04-16T06:00:10Z')).toBe('1 分钟内')
  expect(elapsed('2020-04-16T06:00:00Z', '2020-04-16T06:59:00Z')).toBe('59 分钟')
  expect(elapsed('2020-04-16T06:00:00Z', '2020-04-17T06:00:00Z')).toBe('24 小时')
  expect(elapsed('2020-04-16T06:00:00Z', '2020-04-19T06:00:00Z')).toBe('3 天')
  expect(elapsed('2020-04-16T06:00:00Z', '2020-04-15T06:00:00Z')).toBe('')
  expect(elapsed('昨天', '今天')).toBe('')
})
