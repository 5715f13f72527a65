import { describe, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { attributes, lifeOf, openIntervals, type Statement } from './intervals.ts'

const room = (intervals: Statement[], builtOn = '2018-01-01', delistedOn: string | null = null) => ({
  builtOn,
  delistedOn,
  intervals,
})
const said = (attribute: string, fromOn: string, untilOn: string | null = null): Statement => ({
  attribute,
  fromOn,
  untilOn,
})
const spans = (r: ReturnType<typeof room>) => openIntervals(r).map((i) => `${i.fromOn} ${i.untilOn ?? '…'}`)

const dayNo = (n: number) => addDays('2019-01-01', n)
const holds = (s: { fromOn: string; untilOn: string | null }, day: string) =>
  s.fromOn <= day && (s.untilOn === null || day <= s.untilOn)

describe('openIntervals', () => {
  it.each<[string, Statement[], string[]]>([
    ['nothing said', [], []],
    ['open, on no map', [said('对外开放', '2019-01-01')], []],
    ['on a map, not open', [said('百度上线', '2019-01-01')], []],
    ['a rank opens nothing', [said('对外开放', '2019-01-01'), said('级别', '2019-01-01')], []],
    [
      'from the later of both',
      [said('对外开放', '2019-01-01'), said('高德上线', '2019-03-05')],
      ['2019-03-05 …'],
    ],
    [
      'to the earlier end',
      [said('对外开放', '2019-01-01', '2019-06-30'), said('腾讯上线', '2018-05-01', '2019-12-31')],
      ['2019-01-01 2019-06-30'],
    ],
    [
      'one map goes as the other comes: no gap',
      [
        said('对外开放', '2019-01-01'),
        said('高德上线', '2019-02-01', '2019-05-31'),
        said('百度上线', '2019-06-01'),
      ],
      ['2019-02-01 …'],
    ],
    [
      'a day between two maps is a gap',
      [
        said('对外开放', '2019-01-01'),
        said('高德上线', '2019-02-01', '2019-05-31'),
        said('百度上线', '2019-06-02'),
      ],
      ['2019-02-01 2019-05-31', '2019-06-02 …'],
    ],
    [
      'two maps at once count once',
      [
        said('对外开放', '2019-01-01'),
        said('高德上线', '2019-02-01', '2019-12-31'),
        said('百度上线', '2019-03-01', '2019-04-30'),
      ],
      ['2019-02-01 2019-12-31'],
    ],
    [
      'closed for a while',
      [
        said('百度上线', '2018-06-01'),
        said('对外开放', '2019-01-01', '2019-03-31'),
        said('对外开放', '2019-07-01'),
      ],
      ['2019-01-01 2019-03-31', '2019-07-01 …'],
    ],
    [
      'both for one day',
      [said('对外开放', '2019-01-01', '2019-05-05'), said('百度上线', '2019-05-05')],
      ['2019-05-05 2019-05-05'],
    ],
    ['never both', [said('对外开放', '2019-01-01', '2019-05-04'), said('百度上线', '2019-05-05')], []],
    [
      'a map without end swallows later ones',
      [
        said('对外开放', '2019-01-01'),
        said('百度上线', '2019-02-01'),
        said('高德上线', '2019-03-01', '2019-04-01'),
      ],
      ['2019-02-01 …'],
    ],
  ])('%s', (_, intervals, expected) => expect(spans(room(intervals))).toEqual(expected))

  it('the life of the room bounds everything', () => {
    const always = [said('对外开放', '2018-01-01'), said('百度上线', '2018-01-01')]
    expect(spans(room(always, '2019-05-20'))).toEqual(['2019-05-20 …'])
    expect(spans(room(always, '2019-05-20', '2019-09-01'))).toEqual(['2019-05-20 2019-08-31'])
    expect(spans(room(always, '2019-05-20', '2019-05-20'))).toEqual([])
  })

  it('agrees, day by day, with the question asked of each day', () => {
    let seed = 7
    const below = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
    for (let round = 0; round < 200; round++) {
      const intervals = Array.from({ length: below(8) }, () => {
        const from = below(40)
        return said(attributes[below(5)]!, dayNo(from), below(4) ? dayNo(from + below(15)) : null)
      })
      const r = room(intervals, dayNo(below(20)), below(3) ? null : dayNo(20 + below(30)))
      const given = openIntervals(r)
      const days = Array.from({ length: 70 }, (_, n) => dayNo(n))
      const byDay = days.filter(
        (day) =>
          holds({ fromOn: r.builtOn, untilOn: r.delistedOn && addDays(r.delistedOn, -1) }, day) &&
          intervals.some((s) => s.attribute === '对外开放' && holds(s, day)) &&
          intervals.some((s) => s.attribute.endsWith('上线') && holds(s, day)),
      )
      expect(days.filter((day) => given.some((i) => holds(i, day)))).toEqual(byDay)
      expect(given.every((i) => i.value === 1)).toBe(true)
      // Ascending and never adjoining, so that no month gets +1 and −1 for a room that stayed open.
      for (let i = 1; i < given.length; i++)
        expect(given[i]!.fromOn > addDays(given[i - 1]!.untilOn!, 1)).toBe(true)
    }
  })

  it('leaves its argument as it was', () => {
    const intervals = [
      said('百度上线', '2019-02-01', '2019-03-01'),
      said('高德上线', '2019-01-01', '2019-02-15'),
    ]
    const before = structuredClone(intervals)
    openIntervals(room([said('对外开放', '2019-01-01'), ...intervals]))
    expect(intervals).toEqual(before)
  })
})

it('a room lives from the day it was built to the eve of its delisting', () => {
  expect(lifeOf(room([], '2019-05-20'))).toEqual([{ fromOn: '2019-05-20', untilOn: null, value: 1 }])
  expect(lifeOf(room([], '2019-05-20', '2019-05-21'))).toEqual([
    { fromOn: '2019-05-20', untilOn: '2019-05-20', value: 1 },
  ])
  expect(lifeOf(room([], '2019-05-20', '2019-05-20'))).toEqual([])
})
