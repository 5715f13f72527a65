import { expect, it } from 'vitest'
import { normalise } from './mask.ts'
import { codeOf, momentIn, momentOfTitle } from './when.ts'

it.each([
  ['举办培训', '2019'],
  ['上半年举办培训', '2019h1'],
  ['2018年下半年，举办培训', '2018h2'],
  ['一季度举办培训', '2019q1'],
  ['前三季度，举办培训', '2019m1-9'],
  ['1—9月，举办培训', '2019m1-9'],
  ['1—6月，举办培训', '2019h1'],
  ['一至三季度举办培训', '2019m1-9'],
  ['4月至6月，举办培训', '2019q2'],
  ['截至9月底，全市新建', '2019m1-9'],
  ['截至三季度末，全市新建', '2019m1-9'],
  ['3月份集中开展', '2019m3'],
  ['3月8日当天举办', '2019'],
  ['2019统计年度，新签', '2019s'],
  ['2018年10月至2019年9月，新签', '2019s'],
  ['2018年举办', '2018'],
  ['上年同期培训', '2018'],
  ['比上年多办11期，达到', '2019'],
  ['较去年同期增加，共', '2019'],
  ['上半年200期，下半年', '2019h2'],
  ['上半年200期，全年', '2019'],
  ['上半年200期，2018年', '2018'],
  ['三年来累计举办', 'other'],
  ['近五年来', 'other'],
  ['1998年举办', 'other'],
])('%s is of %s', (head, code) => {
  expect(codeOf(momentIn(normalise(head), { year: 2019, part: null }))).toBe(code)
})

it('a report of a half year is of it where nothing else is said', () => {
  const moment = momentOfTitle(['滨海市总工会女职工委员会', '2019年上半年工作总结'], 2019)
  expect(codeOf(moment)).toBe('2019h1')
  expect(codeOf(momentIn('全年举办', moment))).toBe('2019')
  expect(codeOf(momentOfTitle(['2019年工作总结和2020年上半年工作要点'], 2019))).toBe('2019')
})
