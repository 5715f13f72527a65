import { expect, it } from 'vitest'
import { sharedRun } from './ownWords.ts'

const asked = '我在示例厂三车间，怀孕七个月，班长 还排夜班，可以吗？'

it.each([
  ['the whole', asked, '我在示例厂三车间怀孕七个月班长还排夜班可以吗'],
  ['a part of it alone, however short', '班长还排夜班？', '班长还排夜班'],
  [
    'a long run with other words round it',
    '请问怀孕七个月，班长还排夜班可以不去吗',
    '怀孕七个月班长还排夜班可以',
  ],
  ['the same with other stops', '怀孕七个月；班长还排夜班、可以吗！', '怀孕七个月班长还排夜班可以吗'],
])('%s is her own', (_, written, run) => expect(sharedRun(asked, written)).toBe(run))

it('what is written anew is not', () => {
  expect(sharedRun(asked, '怀孕七个月以上的女职工，单位可以安排夜班吗')).toBeNull()
  expect(sharedRun('', '产假有多少天')).toBeNull()
})
