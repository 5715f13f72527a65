import { describe, expect, it } from 'vitest'
import { addMonths } from './day.ts'
import { contributions, difference, type Contribution } from './contribution.ts'
import { choice, count, day, money } from './field/index.ts'
import { defineProgramme } from './programme.ts'

const common = { cell: 'none', style: 'exact', definition: '口径' } as const

const fair = defineProgramme({
  key: 'fair',
  label: '集市',
  class: 'S1',
  section: '一',
  fields: {
    kind: choice('类别', ['大', '小'], { required: true }),
    visitors: count('人次'),
    cost: money('经费'),
    paidOn: day('付款日期'),
    fromOn: day('起', { required: true }),
    untilOn: day('止'),
  },
  list: ['title'],
  indicators: {
    fairs: { ...common, label: '场', unit: '场', kind: 'event', measure: 'records' },
    big: {
      ...common,
      label: '大',
      unit: '场',
      kind: 'event',
      measure: 'records',
      where: (r) => r.kind === '大',
    },
    visitors: { ...common, label: '人次', unit: '人次', kind: 'person_time', measure: { sum: 'visitors' } },
    cost: { ...common, label: '经费', unit: '元', kind: 'money', measure: { sum: 'cost' }, on: 'paidOn' },
    stalls: {
      ...common,
      label: '摊位',
      unit: '个',
      kind: 'thing',
      nature: 'stock',
      intervals: (r) => [{ fromOn: r.fromOn, untilOn: r.untilOn, value: 3 }],
    },
    'other.fairs': { ...common, label: '他', unit: '场', kind: 'event', measure: 'records' },
  },
})

const row = {
  endsOn: '2019-03-08',
  kind: '大',
  visitors: 7,
  cost: 0.29,
  paidOn: '2019-04-01',
  fromOn: '2019-01-31',
  untilOn: null,
}
const of = (changes: Record<string, unknown>, indicator: string) =>
  contributions(fair, { ...row, ...changes })
    .filter((c) => c.indicator === indicator)
    .map((c) => [c.ym, c.value])

describe('contributions', () => {
  it('of a row, written out', () => {
    expect(contributions(fair, row)).toEqual([
      { indicator: 'fair.fairs', ym: 201903, value: 1 },
      { indicator: 'fair.big', ym: 201903, value: 1 },
      { indicator: 'fair.visitors', ym: 201903, value: 7 },
      { indicator: 'fair.cost', ym: 201904, value: 29 },
      { indicator: 'fair.stalls', ym: 201901, value: 3 },
      { indicator: 'other.fairs', ym: 201903, value: 1 },
    ])
  })

  it('nothing where the filter fails, the value is null or zero, the date is not there', () => {
    expect(of({ kind: '小' }, 'fair.big')).toEqual([])
    expect(of({ visitors: null }, 'fair.visitors')).toEqual([])
    expect(of({ visitors: 0 }, 'fair.visitors')).toEqual([])
    expect(of({ paidOn: null }, 'fair.cost')).toEqual([])
  })

  it('a stock leaves in the month of the day after its last', () => {
    expect(of({ untilOn: '2019-05-30' }, 'fair.stalls')).toEqual([
      [201901, 3],
      [201905, -3],
    ])
    expect(of({ untilOn: '2019-05-31' }, 'fair.stalls')).toEqual([
      [201901, 3],
      [201906, -3],
    ])
    expect(of({ fromOn: '2019-05-02', untilOn: '2019-05-09' }, 'fair.stalls')).toEqual([])
  })
})

const sorted = (list: Contribution[]) => list.map((c) => `${c.indicator} ${c.ym} ${c.value}`).sort()

describe('difference', () => {
  it('is new minus old, merged', () => {
    const before = [
      { indicator: 'a', ym: 1, value: 5 },
      { indicator: 'b', ym: 1, value: 1 },
    ]
    const after = [
      { indicator: 'a', ym: 1, value: 7 },
      { indicator: 'a', ym: 2, value: 1 },
    ]
    expect(difference(before, after)).toEqual([
      { indicator: 'a', ym: 1, value: 2 },
      { indicator: 'b', ym: 1, value: -1 },
      { indicator: 'a', ym: 2, value: 1 },
    ])
    expect(difference(after, after)).toEqual([])
  })

  it('the differences of any life of a record sum to its last contributions', () => {
    let seed = 1
    const below = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
    const dayIn = (ym: number) =>
      `${Math.floor(ym / 100)}-${String(ym % 100).padStart(2, '0')}-0${1 + below(9)}`
    const someRow = () => {
      const ym = addMonths(201901, below(14))
      return {
        endsOn: dayIn(ym),
        kind: below(2) ? '大' : '小',
        visitors: below(3) ? below(50) : null,
        cost: below(1000) / 100,
        paidOn: below(4) ? dayIn(addMonths(ym, below(3))) : null,
        fromOn: dayIn(ym),
        untilOn: below(3) ? dayIn(addMonths(ym, below(6) + 1)) : null,
      }
    }
    for (let life = 0; life < 300; life++) {
      let now: Contribution[] = []
      const ledger: Contribution[] = []
      for (let version = 0; version <= below(6); version++) {
        // Every fourth version counts nothing: returned, withdrawn or voided.
        const next = below(4) ? contributions(fair, someRow()) : []
        const entries = difference(now, next)
        expect(entries.every((c) => c.value !== 0)).toBe(true)
        ledger.push(...entries)
        now = next
      }
      expect(sorted(difference([], ledger))).toEqual(sorted(now))
    }
  })
})
