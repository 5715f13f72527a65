import { expect, it } from 'vitest'
import { dayNotes, dayOfReport } from './days.ts'

const told = (...texts: string[]) => dayNotes(texts.map((text) => ({ text }))).map(({ text }) => text)

const report = (text: string) => ['2019年工作总结', '一、主要工作', text, '2020年1月5日']
const day = (...lines: string[]) => dayOfReport(lines.map((text) => ({ text })))

it.each([
  ['2月30日举办讲座。', '2月30日'],
  ['11月31日，召开会议。', '11月31日'],
  ['13月开展慰问。', '13月'],
  ['2019年2月29日揭牌。', '2019年2月29日'],
  ['2019年13月5日揭牌。', '2019年13月5日'],
  ['二〇一九年四月三十一日印发。', '二〇一九年四月三十一日'],
  ['6月29日至31日举办培训班。', '6月29日至31日'],
  ['于2019-06-31开班。', '2019-06-31'],
  ['0月汇总。', '0月'],
])('%s names no day', (text, words) => {
  expect(told(text)).toEqual([`“${words}”不是一个日期，请核对`])
})

it.each([
  '2月29日举办讲座，2020年2月29日揭牌，12月31日收官。',
  '产假延长13个月，服务18月龄婴幼儿，聘月嫂20名。',
  '十二月三十一日前，三月八日，一月至十月，1—11月。',
  '4月28日至5月4日，2019.12.31，2019-02-28。',
  '版本2019.13.45.1不是日期。',
])('%s holds no wrong day', (text) => {
  expect(told(text)).toEqual([])
})

it('tells a day that lies after the report, and no plan', () => {
  expect(told(...report('2020年3月8日举办了庆祝活动。'))).toEqual([
    '“2020年3月8日”晚于报告自己的日期（2020-01-05），请核对',
  ])
  expect(told(...report('拟于2020年3月8日举办庆祝活动。'))).toEqual([])
  expect(told(...report('2019年3月8日举办了庆祝活动。'))).toEqual([])
  expect(told('一、工作计划', '2020年3月8日举办庆祝活动。', '（2020年1月5日）')).toEqual([])
  expect(told('2020年3月8日举办了庆祝活动。')).toEqual([])
})

it('reads the day of a report in figures and in words', () => {
  expect(day('总结', '（2019年12月31日）', '正文', '末段')).toBe('2019-12-31')
  expect(day('总结', '正文', '某市总工会', '二〇二〇年一月十五日')).toBe('2020-01-15')
  expect(day('总结', '2020年3月8日举办活动')).toBeNull()
})
