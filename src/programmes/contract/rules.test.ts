import { builtInRules, ruleBook } from '#kit/rule.ts'
import { contractClock, contractTerm } from './tables.ts'
import { describe, expect, it } from 'vitest'
import {
  chainCheck,
  congressCheck,
  congressWarn,
  coveredCheck,
  datesCheck,
  filingWarn,
  objectionWarn,
  replyWarn,
  termCheck,
} from './rules.ts'

const dates = {
  offeredOn: '2019-02-01',
  repliedOn: '2019-02-21',
  draftedOn: '2019-03-01',
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
    ['repliedOn', { repliedOn: '2019-01-31' }],
    ['draftedOn', { draftedOn: '2019-02-20' }],
    ['heldOn', { heldOn: '2019-02-28' }],
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
    expect(termCheck({ termFromOn, termUntilOn, signedOn: termFromOn }, builtInRules)).toHaveLength(
      right ? 0 : 1,
    )
  })
})

const held = { heldOn: '2019-03-01' }
const warned = (present: number, inFavour: number) =>
  fields(congressWarn({ ...held, due: 60, present, inFavour }, builtInRules))

describe('the congress', () => {
  it('has no more present than due, no more in favour than present', () => {
    expect(congressCheck({ ...held, due: 60, present: 60, inFavour: 60 })).toEqual([])
    expect(fields(congressCheck({ ...held, due: 60, present: 61, inFavour: 60 }))).toEqual(['present'])
    expect(fields(congressCheck({ ...held, due: 60, present: 50, inFavour: 51 }))).toEqual(['inFavour'])
  })

  it('warns below two thirds present or half in favour', () => {
    expect(warned(40, 30)).toEqual([])
    expect(warned(39, 29)).toEqual(['present', 'inFavour'])
  })
})

it('warns of late filing and of an effect before fifteen days', () => {
  expect(filingWarn({ ...dates, filedOn: '2019-03-22', effectiveOn: '2019-04-06' }, builtInRules)).toEqual([])
  expect(
    fields(filingWarn({ ...dates, filedOn: '2019-03-23', effectiveOn: '2019-04-06' }, builtInRules)),
  ).toEqual(['filedOn', 'effectiveOn'])
})

it('warns of a reply after twenty days, and of an objection', () => {
  expect(replyWarn(dates, builtInRules)).toEqual([])
  expect(fields(replyWarn({ ...dates, repliedOn: '2019-02-22' }, builtInRules))).toEqual(['repliedOn'])
  expect(replyWarn({ offeredOn: null, repliedOn: '2019-02-22' }, builtInRules)).toEqual([])
  expect(objectionWarn({ finding: '无异议' })).toEqual([])
  expect(fields(objectionWarn({ finding: '提出异议' }))).toEqual(['finding'])
})

it('follows upon another contract', () => {
  expect(chainCheck({ regNo: '2', replacesNo: '1' })).toEqual([])
  expect(fields(chainCheck({ regNo: '2', replacesNo: '2' }))).toEqual(['replacesNo'])
})

it('covers one firm or several, none twice', () => {
  const [a, b] = [{ firm: '甲' }, { firm: '乙' }]
  expect(coveredCheck({ scope: '企业', covered: [a] })).toEqual([])
  expect(coveredCheck({ scope: '区域性', covered: [a, b] })).toEqual([])
  expect(fields(coveredCheck({ scope: '企业', covered: [] }))).toEqual(['covered'])
  expect(fields(coveredCheck({ scope: '企业', covered: [a, b] }))).toEqual(['covered'])
  expect(fields(coveredCheck({ scope: '行业性', covered: [a, b, a] }))).toEqual(['covered.2.firm'])
})

it('asks the tables as they held on the day of signing', () => {
  const version = { fromOn: '2020-01-01', basis: '市总工会〔2020〕1号' }
  const rules = ruleBook([
    { ...version, key: contractTerm.key, value: { leastYears: 2, mostYears: 3 } },
    { ...version, key: contractClock.key, value: { fileDays: 5, objectionDays: 15 } },
  ])
  const oneYear = { termFromOn: '2020-04-01', termUntilOn: '2021-03-31' }
  expect(termCheck({ ...oneYear, signedOn: '2019-12-31' }, rules)).toEqual([])
  expect(termCheck({ ...oneYear, signedOn: '2020-01-01' }, rules)[0]?.message).toContain('不足 2 年')
  const filed = { ...dates, signedOn: '2020-03-12', filedOn: '2020-03-18', effectiveOn: '2020-04-02' }
  expect(fields(filingWarn(filed, rules))).toEqual(['filedOn'])
  expect(filingWarn(filed, builtInRules)).toEqual([])
})
