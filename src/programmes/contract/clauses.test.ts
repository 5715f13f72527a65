import { describe, expect, it } from 'vitest'
import { builtInRules, ruleBook } from '#kit/rule.ts'
import { clausesCheck, floorWarn, judge, silentOn } from './clauses.ts'
import { contractFloors } from './tables.ts'

const signedOn = '2019-03-12'
const clause = (item: string, agreed: number | null = null) => ({
  item,
  agreed,
  quote: `${item}按规定执行。`,
})
const below = (item: string, agreed: number | null) =>
  judge(clause(item, agreed), builtInRules, signedOn).below

describe('the floor of a clause', () => {
  it.each([
    ['产前休假', 15],
    ['产假', 98],
    ['难产增加产假', 15],
    ['多胞胎增加产假', 15],
    ['未满四个月流产假', 15],
    ['满四个月流产假', 42],
    ['哺乳期不加班不上夜班', 12],
    ['哺乳时间', 60],
    ['多胞胎增加哺乳时间', 60],
  ])('of %s is %i, and one less lies below', (item, floor) => {
    expect([below(item, floor), below(item, floor - 1)]).toEqual([false, true])
  })

  it('protects from the seventh month at the latest', () => {
    expect([below('孕期不加班不上夜班', 7), below('孕期不加班不上夜班', 8)]).toEqual([false, true])
  })

  it('judges no clause without a number, and none that the law gives no number', () => {
    expect([below('产假', null), below('教育培训', 0)]).toEqual([false, false])
  })

  it('is that of the day of signing', () => {
    const value = { ...contractFloors.versions[0]!.value, birthDays: 158 }
    const rules = ruleBook([{ key: contractFloors.key, fromOn: '2020-01-01', basis: '本省条例', value }])
    const issues = (day: string) => floorWarn({ clauses: [clause('产假', 98)], signedOn: day }, rules)
    expect(issues('2019-12-31')).toEqual([])
    expect(issues('2020-01-01')).toEqual([
      { field: 'clauses.0.agreed', message: '“产假”约定 98 天，低于法定的 158 天（本省条例）' },
    ])
  })
})

it('names an item once, but for the rest; tells what the text is silent on', () => {
  const list = [clause('产假'), clause('其他'), clause('其他'), clause('产假')]
  expect(clausesCheck({ clauses: list }).map((i) => i.field)).toEqual(['clauses.3.item'])
  expect(silentOn(list)).toContain('同工同酬')
  expect(silentOn(list)).not.toContain('产假')
  expect(silentOn(list)).not.toContain('其他')
})
