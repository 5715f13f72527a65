import { describe, expect, it } from 'vitest'
import { faultsOf, readPasted } from './question.ts'

const row = (...cells: string[]) => cells.join('\t')

describe('questions pasted from a sheet', () => {
  it('are read by kind, with options that stand empty passed over', () => {
    const { questions, faults } = readPasted(
      [
        row('题型', '题目', '选项A', '选项B', '选项C', '选项D', '答案', '解析'),
        row('单选', '女职工产假至少多少天？', '90', '98', '128', '', 'b', '特别规定第七条'),
        row('多选题', '四期保护指哪些时期？', '经期', '孕期', '哺乳期', '更年期', 'A、B、C', ''),
        row('判断', '哺乳时间算作劳动时间。', '', '', '', '', '对', ''),
      ].join('\n'),
    )
    expect(faults).toEqual([])
    expect(questions.map(({ kind, options, answer }) => [kind, options, answer])).toEqual([
      ['single', ['90', '98', '128'], [2]],
      ['multiple', ['经期', '孕期', '哺乳期', '更年期'], [1, 2, 3]],
      ['truth', ['对', '错'], [1]],
    ])
    expect(questions[0]!.explanation).toBe('特别规定第七条')
  })

  it('are told by their row where they cannot be asked', () => {
    const { questions, faults } = readPasted(
      [row('填空', '甲乙丙丁', '甲', '乙', 'A'), row('单选', '哪一个是对的？', '甲', '乙', 'C')].join('\n'),
    )
    expect(questions).toEqual([])
    expect(faults.map((one) => one.split('：')[0])).toEqual(['第 1 行', '第 2 行'])
  })
})

it('a question with one option, two same options or two answers of one choice is refused', () => {
  const question = { kind: 'single' as const, stem: '哪一个是对的？', options: ['甲', '乙'], answer: [1] }
  expect(faultsOf(question)).toEqual([])
  expect(faultsOf({ ...question, options: ['甲'] }).length).toBe(1)
  expect(faultsOf({ ...question, options: ['甲', '甲'] }).length).toBe(1)
  expect(faultsOf({ ...question, answer: [1, 2] }).length).toBe(1)
  expect(faultsOf({ ...question, answer: [] }).length).toBe(1)
})
