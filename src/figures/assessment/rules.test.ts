import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { formula, type Formula, type NewSheet, type SheetLine } from './api.ts'
import { columnOf, owedBy, scoreOf, sheetFaults, totalOf } from './rules.ts'

const facts = { value: 80, lastYear: 100, plan: 160, womenMembers: 4000 }
const ratio = (against: 'plan' | 'lastYear' | 'value', value: number | null = null): Formula => ({
  kind: 'ratio',
  indicator: 'training.sessions',
  against,
  value,
})

describe('points from a figure', () => {
  it.each<[string, Formula, Partial<typeof facts> | { plan: null }, number | null]>([
    ['half of its plan', ratio('plan'), {}, 500],
    ['no plan to set it against', ratio('plan'), { plan: null }, null],
    ['against last year', ratio('lastYear'), {}, 800],
    ['nothing last year', ratio('lastYear'), { lastYear: 0 }, null],
    ['never above full', ratio('value', 40), {}, 1000],
    ['below zero counts as none', ratio('value', 40), { value: -5 }, 0],
    ['per hundred heads', { kind: 'perHead', indicator: 'x', full: 4 }, {}, 500],
    ['no heads', { kind: 'perHead', indicator: 'x', full: 4 }, { womenMembers: 0 }, null],
    ['yes from the number on', { kind: 'yesNo', indicator: 'x', atLeast: 80 }, {}, 1000],
    ['no below it', { kind: 'yesNo', indicator: 'x', atLeast: 81 }, {}, 0],
    [
      'the highest step reached',
      {
        kind: 'steps',
        indicator: 'x',
        steps: [
          { from: 100, points: 900 },
          { from: 10, points: 300 },
          { from: 50, points: 700 },
        ],
      },
      {},
      700,
    ],
    ['no step reached', { kind: 'steps', indicator: 'x', steps: [{ from: 81, points: 300 }] }, {}, 0],
  ])('%s', (_, how, more, points) => expect(scoreOf(how, 1000, { ...facts, ...more })).toBe(points))
})

const lines: SheetLine[] = [
  {
    key: 'a',
    kind: 'formula',
    section: '建功',
    item: '培训',
    points: 1000,
    formula: ratio('lastYear'),
    evidence: '',
  },
  { key: 'b', kind: 'manual', section: '组织', item: '换届', points: 2000, formula: null, evidence: '' },
  { key: 'c', kind: 'bonus', section: '加分', item: '创新', points: 500, formula: null, evidence: '' },
  { key: 'd', kind: 'veto', section: '否决', item: '造假', points: 0, formula: null, evidence: '' },
]

describe('a column', () => {
  it('sums figures and what it gave itself; a veto is no number', () => {
    const auto = new Map([['a', 800]])
    expect(totalOf(lines, auto, new Map())).toBeNull()
    expect(totalOf(lines, auto, new Map([['b', 1500]]))).toBe(2300)
    expect(
      totalOf(
        lines,
        auto,
        new Map([
          ['b', 1500],
          ['c', 200],
          ['d', 1],
        ]),
      ),
    ).toBe(2500)
  })
  it('owes what only it can give', () => {
    expect(owedBy(lines, new Map())).toBe(1)
    expect(owedBy(lines, new Map([['b', 0]]))).toBe(0)
  })
  it('is of one unit each: nobody writes in two, nobody in another’s', () => {
    const at = { org: 3, above: 2, issuer: 1 }
    expect([1, 2, 3, 4].map((own) => columnOf(own, at))).toEqual(['final', 'review', 'self', null])
    // Where the unit above is the issuer there is no review of its own.
    expect(columnOf(1, { ...at, above: 1 })).toBe('final')
  })
})

const yesNo = (indicator: string) => ({ kind: 'yesNo' as const, indicator, atLeast: 1 })

describe('a sheet', () => {
  const sheet: NewSheet = {
    year: 2019,
    title: '2019年考核',
    note: '',
    tiers: ['district'],
    fromYm: 201812,
    untilYm: 201911,
    selfDue: '2019-12-10',
    reviewDue: '2019-12-20',
    finalDue: '2019-12-31',
    lines,
  }
  const known = new Map([
    ['training.sessions', { cell: 'none' }],
    ['screening.persons', { cell: 'k5' }],
    ['screening.cost', { cell: 'untold' }],
  ] as const)
  const fields = (more: Partial<NewSheet>) => sheetFaults({ ...sheet, ...more }, known).map((i) => i.field)
  it('is refused where its parts do not fit', () => {
    expect(fields({})).toEqual([])
    expect(fields({ untilYm: 201811 })).toEqual(['untilYm'])
    expect(fields({ untilYm: 201912 })).toEqual(['untilYm'])
    expect(fields({ reviewDue: '2019-12-09' })).toEqual(['reviewDue'])
    expect(fields({ finalDue: '2019-12-19' })).toEqual(['finalDue'])
    expect(fields({ lines: [lines[0]!, lines[0]!] })).toEqual(['lines.1.key'])
    expect(fields({ lines: [{ ...lines[0]!, formula: null }] })).toEqual(['lines.0.formula'])
    expect(fields({ lines: [{ ...lines[1]!, points: 0 }] })).toEqual(['lines.0.points'])
    expect(fields({ lines: [{ ...lines[0]!, formula: ratio('value') }] })).toEqual(['lines.0.formula.value'])
  })
  it('does not tell in points what a table of figures may not tell', () => {
    const scored = (indicator: string) => ({ ...lines[0]!, formula: yesNo(indicator) })
    expect(fields({ lines: [scored('screening.persons'), lines[1]!] })).toEqual([])
    expect(fields({ lines: [scored('screening.persons')] })).toEqual(['lines.0.formula.indicator'])
    expect(fields({ lines: [scored('screening.cost'), lines[1]!] })).toEqual(['lines.0.formula.indicator'])
    expect(fields({ lines: [scored('training.sessions')] })).toEqual([])
  })
  it('takes nothing but indicators of the register as a source: no log-ins, no speed', () => {
    for (const indicator of ['session.count', 'account.logins', 'audit.acts', 'record.speed'])
      expect(
        fields({ lines: [{ ...lines[0]!, formula: { kind: 'yesNo', indicator, atLeast: 1 } }] }),
      ).toEqual(['lines.0.formula.indicator'])
    const kinds = formula.def.options.map((option) => option.shape.kind.def.values[0])
    expect(kinds).toEqual(['ratio', 'perHead', 'yesNo', 'steps'])
    expect(z.safeParse(formula, { kind: 'rank', indicator: 'training.sessions' }).success).toBe(false)
    expect(
      z.safeParse(formula, { kind: 'yesNo', indicator: 'training.sessions', atLeast: 1, source: 'logins' })
        .success,
    ).toBe(false)
  })
})
