import { describe, expect, it } from 'vitest'
import { congressCheck, congressWarn, coveredCheck, datesCheck, filingWarn, termCheck } from './rules.ts'

const dates = {
  heldOn: '2019-03-10',
  signedOn: '2019-03-12',
  filedOn: '2019-03-15',
  effectiveOn: '2019-04-01',
  termUntilOn: '2021-03-31',
  publishedOn: null,
  unionFiledOn: null,
}
const fields = (issues: { field: string }[]) => issues.map((i) => i.field)

describe('dates', () => {
  it('in the order of the law raise nothing', () => {
    expect(datesCheck(dates)).toEqual([])
    const sameDay = { ...dates, heldOn: '2019-03-12', filedOn: '2019-03-12', effectiveOn: '2019-03-12' }
    expect(datesCheck(sameDay)).toEqual([])
  })

  it.each([
    ['signedOn', { heldOn: '2019-03-13' }],
    ['filedOn', { filedOn: '2019-03-11' }],
    ['effectiveOn', { effectiveOn: '2019-03-14' }],
    ['termUntilOn', { termUntilOn: '2019-03-31' }],
    ['publishedOn', { publishedOn: '2019-03-31' }],
    ['unionFiledOn', { unionFiledOn: '2019-03-11' }],
  ])('%s out of order stands at that field', (field, change) => {
    expect(fields(datesCheck({ ...dates, ...change }))).toEqual([field])
  })
})

describe('the term is one to three years', () => {
  it.each([
    ['2019-04-01', '2020-03-31', true],
    ['2019-04-01', '2020-04-01', true],
    ['2019-04-01', '2020-03-30', false],
    ['2019-04-01', '2022-03-31', true],
    ['2019-04-01', '2022-04-01', true],
    ['2019-04-01', '2022-04-02', false],
    ['2020-02-29', '2021-02-27', true],
    ['2020-02-29', '2021-02-26', false],
    ['2020-02-29', '2023-02-28', true],
    ['2020-02-29', '2023-03-01', false],
  ])('%s to %s: %s', (termFromOn, termUntilOn, right) => {
    expect(termCheck({ termFromOn, termUntilOn })).toHaveLength(right ? 0 : 1)
  })
})

describe('the congress', () => {
  it('has no more present than due, no more in favour than present', () => {
    expect(congressCheck({ due: 60, present: 60, inFavour: 60 })).toEqual([])
    expect(fields(congressCheck({ due: 60, present: 61, inFavour: 60 }))).toEqual(['present'])
    expect(fields(congressCheck({ due: 60, present: 50, inFavour: 51 }))).toEqual(['inFavour'])
  })

  it('warns below two thirds present or half in favour', () => {
    expect(congressWarn({ due: 60, present: 40, inFavour: 30 })).toEqual([])
    expect(fields(congressWarn({ due: 60, present: 39, inFavour: 29 }))).toEqual(['present', 'inFavour'])
  })
})

it('warns of late filing and of an effect before fifteen days', () => {
  expect(filingWarn({ ...dates, filedOn: '2019-03-22', effectiveOn: '2019-04-06' })).toEqual([])
  expect(fields(filingWarn({ ...dates, filedOn: '2019-03-23', effectiveOn: '2019-04-06' }))).toEqual([
    'filedOn',
    'effectiveOn',
  ])
})

it('covers one firm or several, none twice', () => {
  const [a, b] = [{ firm: '甲' }, { firm: '乙' }]
  expect(coveredCheck({ scope: '企业', covered: [a] })).toEqual([])
  expect(coveredCheck({ scope: '区域性', covered: [a, b] })).toEqual([])
  expect(fields(coveredCheck({ scope: '企业', covered: [] }))).toEqual(['covered'])
  expect(fields(coveredCheck({ scope: '企业', covered: [a, b] }))).toEqual(['covered'])
  expect(fields(coveredCheck({ scope: '行业性', covered: [a, b, a] }))).toEqual(['covered.2.firm'])
})
