import { expect, test } from 'vitest'
import type { Drill } from '#figures/api.ts'
import {
  barWidth,
  byGap,
  byName,
  byValue,
  hasRecords,
  recomputation,
  rowName,
  splitRows,
  sumOf,
  waitingText,
  type DrillRow,
  type Pair,
} from './drillRows.ts'

const row = (id: number, line: number, own: boolean, pair: Pair | null): DrillRow => ({
  org: { id, code: String(id), name: `第${id}区总工会`, shortName: `第${id}区`, tier: 'district' as const },
  own,
  line,
  children: 0,
  values: pair ? { 'training.sessions': pair } : {},
})
const named = (name: string, own = false) => ({
  ...row(1, 1, own, null),
  org: { ...row(1, 1, own, null).org, shortName: name },
})
const half = (target: number) => ({ target, elapsed: 0.5 })
const drill: Drill = {
  org: row(1, 1, true, null).org,
  period: { calendar: 'year', label: '2019年', fromYm: 201901, untilYm: 201912 },
  rows: [
    row(1, 1, true, [5, 0]),
    row(2, 1, false, [10, 2]),
    row(3, 1, false, null),
    row(4, 2, false, [99, 9]),
  ],
}

test('units that are only seen are set apart and never added', () => {
  const { counted, viewed } = splitRows(drill)
  expect(counted.map((r) => r.org.id)).toEqual([1, 2, 3])
  expect(viewed.map((r) => r.org.id)).toEqual([4])
  expect(sumOf(counted, 'training.sessions')).toEqual([15, 2])
})

test('a unit without records can be left out, the own office never', () => {
  const rows = [
    row(1, 1, true, null),
    row(2, 1, false, null),
    row(3, 1, false, [0, 4]),
    row(4, 1, false, [0, 0]),
  ]
  expect(rows.filter(hasRecords).map((r) => r.org.id)).toEqual([1, 3])
})

test('sorting by value keeps the official order among equals and does not touch the given rows', () => {
  const rows = [row(1, 1, false, [3, 0]), row(2, 1, false, [7, 0]), row(3, 1, false, [3, 0])]
  expect(byValue(rows, 'training.sessions').map((r) => r.org.id)).toEqual([2, 1, 3])
  expect(rows.map((r) => r.org.id)).toEqual([1, 2, 3])
})

test('by gap those furthest behind what is due by now stand first, those without a target last in official order', () => {
  const id = 'training.sessions'
  const rows = [
    row(1, 1, true, [9, 0]),
    row(2, 1, false, [8, 0]),
    row(3, 1, false, null),
    row(4, 1, false, [8, 0]),
    row(5, 1, false, [1, 0]),
  ]
  const targets = new Map([
    [2, half(10)],
    [3, half(4)],
    [4, half(40)],
  ])
  expect(byGap(rows, id, targets).map((r) => r.org.id)).toEqual([3, 4, 2, 1, 5])
})

test('by name the own office stays first', () => {
  const rows = [named('中山区'), named('市总工会', true), named('沙河口区'), named('甘井子区')]
  expect(byName(rows).map((r) => r.org.shortName)).toEqual(['市总工会', '甘井子区', '沙河口区', '中山区'])
})

test('a small value still shows a bar, none shows none', () => {
  expect(barWidth(1, 100_000)).toBe(1)
  expect(barWidth(50, 100)).toBe(50)
  expect(barWidth(0, 100)).toBe(0)
  expect(barWidth(0, 0)).toBe(0)
})

test('the own office is 本级', () => {
  expect(drill.rows.slice(0, 2).map(rowName)).toEqual(['本级', '第2区'])
})

test('what waits is told beside the value', () => {
  expect(waitingText(0, 'event')).toBe('')
  expect(waitingText(1203, 'event')).toBe('+1,203 待审核')
  expect(waitingText(-2, 'event')).toBe('−2 待审核')
})

test('the page can be added up again', () => {
  const page = [{ value: 3 }, { value: 1200 }]
  expect(recomputation(page, 485, 30123, 'person_time')).toBe('本页 2 条合计 1,203，全部 485 条合计 = 30,123')
})
