import { describe, expect, it } from 'vitest'
import type { HonourTitle, Nominee } from './api.ts'
import { averageOf, mustRecuse, nomineeFaults, quotaFaults, repeats, sharesOf, yearsLater } from './checks.ts'
import { honourEligibility, honourShares } from './tables.ts'

const rule = honourEligibility.versions[0]!.value
const title = (more: Partial<HonourTitle> = {}): HonourTitle => ({
  key: 'a',
  name: '市五一巾帼标兵',
  subject: '个人',
  level: '市级',
  demand: 'model',
  series: '五一巾帼标兵',
  places: 10,
  ...more,
})
const nominee = (more: Partial<Nominee> = {}): Nominee => ({
  typeKey: 'a',
  personId: null,
  name: '张示宁',
  employer: '示例单位',
  sex: '女',
  nation: null,
  birthMonth: '1985-03',
  politics: '群众',
  education: null,
  jobTitle: null,
  position: '班长',
  postKind: null,
  frontSince: '2015-04-16',
  isIndustrial: true,
  isMigrant: false,
  isHead: false,
  isNonPublic: false,
  size: null,
  women: null,
  headName: null,
  headIsWoman: null,
  foundedOn: null,
  motto: null,
  before: '',
  deedsShort: '勤勉',
  deeds: '勤勉尽责',
  ...more,
})
const today = '2020-04-16'
const fieldsOf = (n: Nominee, t = title()) => nomineeFaults(n, t, rule, today).map((f) => f.field)

describe('a nomination', () => {
  it.each([
    ['2015-04-16', []],
    ['2015-04-17', ['frontSince']],
  ])('to be a model of the front line since %s: %j', (frontSince, faults) =>
    expect(fieldsOf(nominee({ frontSince }))).toEqual(faults),
  )

  const post = title({ subject: '集体', demand: 'post' })
  it.each([
    [6, 10, true, []],
    [59, 100, true, ['women']],
    [60, 100, false, ['headIsWoman']],
    [11, 10, true, ['women']],
  ])('of a collective of %i women in %i, a woman at its head %s: %j', (women, size, headIsWoman, faults) =>
    expect(fieldsOf(nominee({ women, size, headIsWoman, headName: '李示安' }), post)).toEqual(faults),
  )

  it.each([
    [500, []],
    [501, ['deedsShort']],
  ])('tells its deeds in short in %i characters: %j', (n, faults) =>
    expect(fieldsOf(nominee({ deedsShort: '㛃'.repeat(n) }))).toEqual(faults),
  )

  it('of a man is none, and empty it says what is missing', () => {
    expect(fieldsOf(nominee({ sex: '男' }))).toEqual(['sex'])
    expect(fieldsOf(nominee({ name: '', deeds: '', birthMonth: '1985-13' }))).toEqual([
      'name',
      'deeds',
      'birthMonth',
    ])
  })
})

it('a leap day is five years old on 1 March', () => {
  expect(yearsLater('2016-02-29', 5)).toBe('2021-03-01')
  expect(yearsLater('2016-02-29', 4)).toBe('2020-02-29')
})

it.each([
  ['市级', 1],
  ['国家级', 1],
  ['区县（产业）级', 0],
])('who was honoured so at %s: %i hindrance for the city title', (level, n) => {
  const before = [{ title: '示例五一巾帼标兵', level, grantedOn: '2018-03-05' }]
  expect(repeats(title(), before)).toHaveLength(n)
  expect(repeats(title({ series: '三八红旗手' }), before)).toEqual([])
})

const list = (industrial: number, heads: number) =>
  Array.from({ length: 100 }, (_, i) => ({
    isIndustrial: i < industrial,
    isMigrant: true,
    isHead: i < heads,
    isNonPublic: true,
  }))

const keeps = (industrial: number, heads: number) =>
  sharesOf(list(industrial, heads), honourShares.versions[0]!.value).map((s) => s.keeps)

it('shares are exact at their bounds', () => {
  expect(keeps(35, 13)).toEqual([true, true, true, true])
  expect(keeps(34, 14)).toEqual([false, true, false, true])
})

it('the mean leaves out extremes from five scores on', () => {
  expect(averageOf([], 5)).toBeNull()
  expect(averageOf([80, 90, 100, 0], 5)).toBe(6750)
  expect(averageOf([80, 90, 100, 0, 85], 5)).toBe(8500)
})

it('a juror leaves herself and her own unit alone', () => {
  const juror = { personId: 'p', orgId: 1 }
  expect(mustRecuse(juror, { personId: null, orgId: 1 })).toBe(true)
  expect(mustRecuse(juror, { personId: 'p', orgId: 2 })).toBe(true)
  expect(mustRecuse(juror, { personId: 'q', orgId: 2 })).toBe(false)
})

const shared = (n: number) => quotaFaults([title()], [{ type: 'a', places: n }]).map((f) => f.field)

it('places by unit fit the places in all', () => {
  expect([shared(10), shared(11)]).toEqual([[], ['types.0.places']])
})
