import { expect, it } from 'vitest'
import type { Sheet, SheetLine } from '#figures/assessment/api.ts'
import { readSteps, sheetBody, sheetValues } from './sheetValues.ts'

it('steps are read as they are typed; what is no pair falls away', () => {
  expect(readSteps('1=4、3=7.5，6＝10')).toEqual([
    { from: 1, points: 400 },
    { from: 3, points: 750 },
    { from: 6, points: 1000 },
  ])
  expect(readSteps('多办多得')).toEqual([])
})

it('a stored sheet goes through the form unchanged, and a new line gets a number of its own', () => {
  const formulas: SheetLine['formula'][] = [
    { kind: 'ratio', indicator: 'a.b', against: 'value', value: 40 },
    { kind: 'ratio', indicator: 'a.b', against: 'plan', value: null },
    { kind: 'perHead', indicator: 'a.b', full: 2.5 },
    { kind: 'yesNo', indicator: 'a.b', atLeast: 1 },
    { kind: 'steps', indicator: 'a.b', steps: [{ from: 2, points: 350 }] },
    null,
  ]
  const lines = formulas.map((formula, n): SheetLine => ({
    key: `l${n + 1}`,
    kind: formula ? 'formula' : 'manual',
    section: '建功',
    item: `第${n + 1}项`,
    points: 1050,
    formula,
    evidence: '',
  }))
  const sheet = {
    year: 2019,
    title: '考核',
    note: '',
    tiers: ['district'],
    fromYm: 201812,
    untilYm: 201911,
    selfDue: '2019-12-10',
    reviewDue: '2019-12-20',
    finalDue: '2019-12-31',
    lines,
  } as unknown as Sheet
  const values = sheetValues(sheet, '2020-04-16')
  expect(sheetBody(values).lines).toEqual(lines)
  const { key: _key, ...fresh } = values.lines[0]!
  expect(sheetBody({ ...values, lines: [fresh, ...values.lines.slice(1)] }).lines.map((l) => l.key)).toEqual([
    'l7',
    'l2',
    'l3',
    'l4',
    'l5',
    'l6',
  ])
})
