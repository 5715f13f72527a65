import { expect, it } from 'vitest'
import { choice, day, text } from '#kit/field/index.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { cellAt, readLine, withIssues } from './line.ts'
import { findHeadings, mapHeadings, missingLabels } from './mapping.ts'
import { stateOf, type Line, type SheetSpec } from './target.ts'

const spec: SheetSpec = {
  key: 'person',
  label: '会员',
  fields: {
    name: text('姓名', { required: true }),
    idNumber: text('证件号码', { required: true }),
    phone: text('手机号码'),
    fromOn: day('起始日期', { required: true }),
    kind: choice('登记为', ['会员', '女职工']),
  },
  synonyms: { idNumber: ['身份证号', '身份证号码'], phone: ['电话', '联系方式'], fromOn: ['入会时间'] },
}
const pinyin = (t: string) => (t === '手机号码' ? 'shoujihaoma sjhm' : 'x x')
const map = (...headings: string[]) => mapHeadings(headings, spec, pinyin)

it('finds columns by label, synonym, pinyin, and by what holds a label; each once', () => {
  expect(map('姓 名＊', '身份证号（必填）', 'sjhm', '2、入会时间', '备注')).toEqual([
    'name',
    'idNumber',
    'phone',
    'fromOn',
    null,
  ])
  expect(map('会员姓名', '姓名')).toEqual([null, 'name'])
  expect(map('本人手机号码', '', '电话')).toEqual([null, null, 'phone'])
  expect(map('职工姓名的曾用名和说明文字')).toEqual([null])
})

it('finds the headings below a title, and says what is missing', () => {
  const rows = [
    { row: 1, cells: ['某某公司会员名册'] as Cell[] },
    { row: 3, cells: ['序号', '姓名', '手机号码', '登记为'] as Cell[] },
    { row: 4, cells: [1, '王示一', 13800001234, '会员'] as Cell[] },
  ]
  const found = findHeadings(rows, spec, pinyin)!
  expect([found.row, found.mapping]).toEqual([3, [null, 'name', 'phone', 'kind']])
  expect(missingLabels(spec, found.mapping)).toEqual(['证件号码', '起始日期'])
  expect(findHeadings(rows.slice(2), spec, pinyin)).toBeNull()
})

it('reads a row; what was typed over goes before the file; a cell that cannot be read is faulted once', () => {
  const mapping = ['name', 'fromOn', null, 'kind']
  const raw = {
    cells: ['王示一', '2019年', '闲话', '工会会员'] as Cell[],
    typed: { name: '王示二', kind: '' },
  }
  expect(cellAt(raw, mapping, 'name')).toBe('王示二')
  expect(cellAt(raw, mapping, 'kind')).toBeNull()
  expect(cellAt(raw, mapping, 'phone')).toBeNull()
  const { values, issues } = readLine(spec, mapping, { ...raw, typed: {} }, () => ({
    value: '会员',
    note: '读作',
  }))
  expect(values).toEqual({ name: '王示一', kind: '会员' })
  expect(issues.map((i) => [i.column, i.level])).toEqual([
    ['fromOn', 'error'],
    ['kind', 'warning'],
  ])
  const all = withIssues(issues, [
    { field: 'fromOn', message: '请选择起始日期' },
    { field: 'kind', message: '未满 16 周岁' },
  ])
  expect(all.map((i) => [i.column, i.message])).toEqual([
    ['fromOn', expect.stringContaining('2019年')],
    ['kind', '读作'],
    ['kind', '未满 16 周岁'],
  ])
})

it('a row is wrong before it is the same, and the same before it is warned', () => {
  const line = { twin: null, choice: null, of: null }
  const warning = { column: null, message: '', level: 'warning' as const }
  expect(stateOf({ ...line, issues: [], same: false })).toBe('right')
  expect(stateOf({ ...line, issues: [warning], same: false })).toBe('warned')
  expect(stateOf({ ...line, issues: [warning], same: true })).toBe('same')
  expect(stateOf({ ...line, issues: [{ ...warning, level: 'error' }], same: true })).toBe('wrong')
})

it('a double waits for her choice, and what is part of a row goes the way of that row', () => {
  const twin = { label: '', values: {}, may: ['skip' as const, 'add' as const] }
  const double = { issues: [], same: false, of: null, twin }
  const states = ([null, 'skip', 'update', 'add'] as const).map((choice) => stateOf({ ...double, choice }))
  expect(states).toEqual(['double', 'skipped', 'double', 'right'])
  const there = { ...twin, may: ['skip' as const, 'update' as const] }
  expect(stateOf({ ...double, twin: there, choice: 'update' })).toBe('update')
  expect(stateOf({ ...double, twin: { ...twin, may: [] }, choice: null })).toBe('update')
  const of = (choice: 'skip' | 'add' | null) => ({ ...whole, choice, twin })
  const whole: Line = {
    sheet: '',
    line: 2,
    values: {},
    assumed: [],
    given: new Set(),
    issues: [],
    same: false,
    asks: null,
    of: null,
    twin,
    choice: null,
  }
  const part = (choice: 'skip' | 'add' | null) =>
    stateOf({ issues: [], same: false, twin: null, choice: null, of: of(choice) })
  expect([part(null), part('skip'), part('add')]).toEqual(['double', 'skipped', 'right'])
})
