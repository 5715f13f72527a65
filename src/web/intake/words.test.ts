import { expect, it } from 'vitest'
import { countSentence, readyOf } from './words.ts'

it('says in one sentence what is to do', () => {
  const counts = { right: 5, warned: 4, wrong: 3, same: 0, done: 0 }
  expect(readyOf(counts)).toBe(9)
  expect(countSentence(counts)).toBe('共 12 行：3 行需要修改，9 行可以导入')
  expect(countSentence({ right: 0, warned: 0, wrong: 0, same: 2, done: 1 })).toBe(
    '共 3 行：2 行已有、不重复导入，1 行已导入',
  )
})
