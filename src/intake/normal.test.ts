import { describe, expect, it } from 'vitest'
import { choice, count, creditCode, day, text, yesNo } from '#kit/field/index.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { choose } from './choose.ts'
import { normalise, readDay, readNumber } from './normal.ts'

const sound: Record<string, string> = {
  沙河口区: 'shahekouqu shkq',
  沙河囗区: 'shahekouqu shkq',
  甘井子区: 'ganjingziqu gjzq',
  中山区: 'zhongshanqu zsq',
  中共党员: 'zhonggongdangyuan zgdy',
}
const pick = (typed: string, choices: readonly string[]) => choose(typed, choices, (t) => sound[t] ?? '')
const of = (field: Parameters<typeof normalise>[0], cell: Cell) => normalise(field, cell, pick)

describe('days', () => {
  it.each([
    ['2019-08-05', '2019-08-05'],
    ['2019.8.5', '2019-08-05'],
    ['2019/8/5 9:30', '2019-08-05'],
    ['2019年8月5日', '2019-08-05'],
    ['２０１９年８月５日', '2019-08-05'],
    ['2019 年 8 月 5 日', '2019-08-05'],
    ['二〇一九年八月二十五日', '2019-08-25'],
    ['二○一九年十二月十日'.replace('○', '零'), '2019-12-10'],
    ['20190805', '2019-08-05'],
    ['43682', '2019-08-05'],
    ['2020.2.29', '2020-02-29'],
    ['2019.2.29', null],
    ['2019.13.1', null],
    ['8.5', null],
    ['2019', null],
    ['某日', null],
  ])('%s → %s', (typed, expected) => expect(readDay(typed)).toBe(expected))

  it('says how it read them, and what is missing', () => {
    expect(of(day('起始日期'), '2019.8.5')).toEqual({
      value: '2019-08-05',
      note: '“2019.8.5”读作 2019-08-05',
    })
    expect(of(day('起始日期'), '2019-08-05')).toEqual({ value: '2019-08-05' })
    expect(of(day('起始日期'), { day: '2019-08-05' })).toEqual({ value: '2019-08-05' })
    expect(of(day('起始日期'), 20190805)).toMatchObject({ value: '2019-08-05' })
    expect(of(day('起始日期'), '2019年8月')).toEqual({ fault: '“2019年8月”只到月，请写到日，如 2019-08-05' })
    expect(of(day('起始日期'), '上周')).toEqual({
      fault: '“上周”不是有效日期，请按 2019-08-05 的样子填写',
    })
    expect(of(day('起始日期'), null)).toEqual({ value: null })
  })
})

describe('numbers', () => {
  it.each([
    ['1,234', 1234],
    ['１２３', 123],
    ['1.1万', 11_000],
    ['1.23万元', 12_300],
    ['0.57万', 5700],
    ['3亿', 300_000_000],
    ['30人', 30],
    ['-5', -5],
    ['约30', null],
    ['十', null],
    ['1.2.3', null],
  ])('%s → %s', (typed, expected) => expect(readNumber(typed)).toBe(expected))

  it('a dash is nothing, a day is no number, an error of a formula is told', () => {
    expect(of(count('人数'), '—')).toEqual({ value: null })
    expect(of(count('人数'), { day: '2019-08-05' })).toEqual({ fault: '“2019-08-05”是日期，这里要填数字' })
    expect(of(count('人数'), { error: '#REF!' })).toEqual({
      fault: '这一格的公式出错（#REF!），请改成实际内容',
    })
    expect(of(count('人数'), '若干')).toMatchObject({ fault: expect.stringContaining('不是数字') as string })
  })
})

describe('numbers that are names', () => {
  const lost = { fault: expect.stringContaining('末几位已经丢失') as string }
  it.each<[Cell, object]>([
    ['210202199003072345', { value: '210202199003072345' }],
    [2.1020219900307235e17, lost],
    ['2.10202E+17', lost],
    ['2.1E17', lost],
    [13800001234, { value: '13800001234' }],
    ['007', { value: '007' }],
    ['', { value: null }],
  ])('%s', (cell, expected) => expect(of(text('证件号码'), cell)).toEqual(expected))
  it('a credit code as a number has lost its end too', () =>
    expect(of(creditCode('信用代码'), 9.135010010000014e17)).toEqual(lost))
})

it.each<[Cell, unknown]>([
  ['√', true],
  ['是', true],
  ['Ｙ', true],
  [1, true],
  [true, true],
  ['×', false],
  ['否', false],
  ['无', false],
  [0, false],
  ['', null],
])('yes or no: %s → %s', (cell, expected) => expect(of(yesNo('农民工'), cell)).toEqual({ value: expected }))
it('neither yes nor no is asked about', () =>
  expect(of(yesNo('农民工'), '可能')).toEqual({ fault: '“可能”看不出是或否，请填“是”或“否”' }))

describe('labels of a list', () => {
  const areas = choice('区域', ['沙河口区', '甘井子区', '中山区'])
  it.each([
    ['沙河口区', { value: '沙河口区' }],
    [' 沙河口区　', { value: '沙河口区' }],
    ['沙河口', { value: '沙河口区', note: '“沙河口”读作“沙河口区”' }],
    ['大连市沙河口区', { value: '沙河口区', note: '“大连市沙河口区”读作“沙河口区”' }],
    ['shkq', { value: '沙河口区', note: '“shkq”读作“沙河口区”' }],
    ['zhongshan', { value: '中山区', note: '“zhongshan”读作“中山区”' }],
    ['沙河囗区', { value: '沙河口区', note: '“沙河囗区”读作“沙河口区”' }],
    ['甘井孑区', { value: '甘井子区', note: '“甘井孑区”读作“甘井子区”' }],
  ])('%s', (typed, expected) => expect(of(areas, typed)).toEqual(expected))

  it('never guesses among several, nor far away', () => {
    const politics = choice('政治面貌', ['中共党员', '中共预备党员', '群众'])
    expect(of(politics, '中共')).toMatchObject({ fault: '“中共”可以是“中共党员”、“中共预备党员”，请写清楚' })
    expect(of(politics, '无')).toMatchObject({
      fault: '“无”不在可选项中，请从“中共党员、中共预备党员、群众”中选择',
    })
    const kinds = choice('登记为', ['会员', '女职工'])
    expect(of(kinds, '非会员')).toMatchObject({ fault: expect.stringContaining('不在可选项中') as string })
    expect(of(kinds, '工会会员')).toMatchObject({ value: '会员' })
    const tiers = choice('层级', ['区市县', '街道（乡镇）', '基层'])
    expect(of(tiers, '区县')).toMatchObject({ value: '区市县' })
    expect(of(tiers, '街道')).toMatchObject({ value: '街道（乡镇）' })
    expect(of(areas, '区')).toMatchObject({ fault: expect.stringContaining('不在可选项中') as string })
  })
})
