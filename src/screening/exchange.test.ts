import { expect, it } from 'vitest'
import type { Workbook } from '#paper/sheet/cell.ts'
import { listFor, readCame } from './exchange.ts'

const head = ['预约编码', '姓名', '手机号码', '预约日期', '到检', '请本人联系医院']
const sheet = (...lines: string[][]) =>
  ({
    sheets: [
      { name: '表', hidden: false, rows: lines.map((cells, at) => ({ row: at + 1, cells, merged: [] })) },
    ],
  }) as unknown as Workbook

it('the list for a hospital has its four columns and the two that it answers in', () =>
  expect(listFor('名单', []).book.sheets[0]!.columns.map(({ title }) => title)).toEqual(head))

it.each<[string, string[], object]>([
  [
    'came',
    ['S1', '王示', '138', '2020-04-16', '到检', ''],
    { code: 'S1', came: true, call: false, fault: null },
  ],
  ['missed', ['s1', '', '', '', '未到', ''], { code: 'S1', came: false, call: false, fault: null }],
  ['to call', ['S1', '', '', '', '到检', '是'], { came: true, call: true, fault: null }],
  ['not filled in', ['S1', '', '', '', '', ''], { came: null, fault: null }],
])('a line that says %s', (_, line, told) => expect(readCame(sheet(head, line))).toMatchObject([told]))

it.each<[string, string[][], string]>([
  ['another column', [[...head, '检查结果'], ['S1']], '多了“检查结果”一栏'],
  ['none of the two', [['编码', '结果']], '没有找到“预约编码”'],
])('is refused as a whole with %s', (_, lines, told) => expect(() => readCame(sheet(...lines))).toThrow(told))

it('a finding in a cell is a fault that does not repeat it', () => {
  const lines = [
    ['S1', '', '', '', '低度病变', ''],
    ['S2', '', '', '', '到检', '乳腺结节'],
    ['S3', '', '', '', '到检', '', '低度病变'],
  ]
  const found = readCame(sheet(head, ...lines))
  expect(found.map(({ fault }) => fault !== null)).toEqual([true, true, true])
  expect(JSON.stringify(found)).not.toMatch(/病变|结节/)
})
