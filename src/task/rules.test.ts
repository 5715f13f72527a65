import { describe, expect, it } from 'vitest'
import { alike, burdenOf, dueOf, knownAlready, likeness, remindedOn, stateOf, surveyFields } from './rules.ts'

describe('the state at a unit', () => {
  it.each([
    [null, 'unreceived'],
    [{ state: 'unreceived', taskVersion: 1 }, 'unreceived'],
    [{ state: 'received', taskVersion: 2 }, 'received'],
    [{ state: 'received', taskVersion: 1 }, 'changed'],
    [{ state: 'reported', taskVersion: 1 }, 'changed'],
    [{ state: 'closed', taskVersion: 1 }, 'closed'],
  ] as const)('%j of version 2: %s', (answer, state) => expect(stateOf(answer, 2)).toBe(state))
})

describe('burden', () => {
  const fields = surveyFields([
    { kind: 'count', label: '女职工人数', required: true },
    { kind: 'note', label: '意见', required: true },
    { kind: 'yesNo', label: '是否同意', required: true },
    { kind: 'text', label: '联系人', required: false },
  ])

  it('counts what is required and not filled in', () =>
    expect(burdenOf(fields, new Set(['q1']))).toEqual({ fields: 3, known: 1, toFill: 2, minutes: 2 }))
})

describe('what is asked already', () => {
  const known = [{ label: '女职工人数', where: '组织档案' }]
  it.each([
    ['本单位女职工人数', 1],
    ['女职工总人数', 1],
    ['现有女职工人数（人）', 1],
    ['女职工代表的意见', 0],
    ['职工食堂座位数', 0],
  ])('%s', (label, found) => expect(knownAlready([{ label }], known)).toHaveLength(found))

  it('is told by pairs of characters', () => {
    expect(likeness('女会员人数', '工会会员人数')).toBeLessThan(alike)
    expect(likeness('', '女职工人数')).toBe(0)
  })
})

describe('a due date', () => {
  it.each([
    ['2020-04-15', 'late', '已逾期 1 天'],
    ['2020-04-16', 'today', '今天到期'],
    ['2020-04-19', 'soon', '还有 3 天'],
    ['2020-04-20', 'far', '还有 4 天'],
  ])('%s', (due, level, words) => expect(dueOf(due, '2020-04-16')).toMatchObject({ level, words }))

  it.each([
    ['2020-04-16', null],
    ['2020-04-17', 'unit'],
    ['2020-04-18', null],
    ['2020-04-20', 'unit'],
    ['2020-04-21', 'unit'],
    ['2020-04-22', 'above'],
    ['2020-04-23', null],
  ])('reminds on %s: %s', (today, who) => expect(remindedOn('2020-04-20', today)).toBe(who))
})
