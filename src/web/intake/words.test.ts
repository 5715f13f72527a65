import { expect, it } from 'vitest'
import { readyOf } from '#intake/target.ts'
import { countSentence, legendOf } from './words.ts'

it('says in one sentence what is to do', () => {
  const counts = {
    right: 5,
    warned: 4,
    update: 0,
    wrong: 3,
    double: 0,
    skipped: 0,
    same: 0,
    done: 0,
    undone: 0,
  }
  expect(readyOf(counts)).toBe(9)
  expect(countSentence(counts)).toBe('共 12 行：3 行有错，9 行可以导入')
  expect(countSentence({ ...counts, right: 0, warned: 0, wrong: 0, double: 1, same: 2, done: 1 })).toBe(
    '共 4 行：1 行疑似重复，2 行已有、不重复导入，1 行已导入',
  )
  const edits = { ...counts, wrong: 0, warned: 0, update: 2 }
  expect(countSentence(edits)).toBe('共 7 行：7 行可以导入（其中 2 行将更新已有内容）')
  expect(legendOf(edits).map((one) => one.grade)).toEqual(['cell-changed'])
  expect(legendOf(counts).map((one) => one.grade)).toEqual(['cell-error', 'cell-warning'])
})
