import { describe, expect, it } from 'vitest'
import { workCalendar } from '#rules/calendar.ts'
import { burdenOf, dueOf, leftUntil, stageOn, stateOf, surveyFields } from './rules.ts'

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

describe('a due date', () => {
  // 2020-04-26 is a Sunday that is worked; 1 to 5 May are off.
  const calendar = workCalendar([
    { day: '2020-04-26', kind: 'work', name: '劳动节' },
    ...[1, 2, 3, 4, 5].map((d) => ({ day: `2020-05-0${d}`, kind: 'off' as const, name: '劳动节' })),
  ])

  it.each([
    ['2020-04-15', 'late', '已逾期 1 个工作日'],
    ['2020-04-16', 'today', '今天到期'],
    ['2020-04-19', 'soon', '还有 1 个工作日'],
    ['2020-04-21', 'soon', '还有 3 个工作日'],
    ['2020-04-22', 'far', '还有 4 个工作日'],
  ])('%s', (due, level, words) =>
    expect(dueOf(leftUntil(calendar, due, '2020-04-16'))).toEqual({ level, words }),
  )

  it('on a holiday asks for the last working day before it, and is late from its end', () => {
    expect(leftUntil(calendar, '2020-05-03', '2020-04-30')).toBe(0)
    expect(leftUntil(calendar, '2020-05-03', '2020-05-02')).toBe(0)
    expect(leftUntil(calendar, '2020-05-03', '2020-05-04')).toBe(-1)
    expect(leftUntil(calendar, '2020-05-03', '2020-05-06')).toBe(-1)
    expect(leftUntil(calendar, '2020-05-03', '2020-05-07')).toBe(-2)
  })

  it.each([
    ['2020-04-23', null],
    ['2020-04-24', 'before'],
    ['2020-04-25', null],
    ['2020-04-26', 'before'],
    ['2020-04-28', 'due'],
    ['2020-04-29', 'after'],
    ['2020-04-30', 'above'],
    ['2020-05-01', null],
    ['2020-05-06', 'above'],
  ])('reminds on %s: %s', (today, stage) => expect(stageOn(calendar, '2020-04-28', today)).toBe(stage))
})
