import { expect, test } from 'vitest'
import type { OrgNode } from '#org/api.ts'
import { canOpen, idOf, keysTo, parentAt, shows, treeOf } from './tree.ts'

const brief = (id: number) => ({
  id,
  code: `c${id}`,
  name: `第${id}工会`,
  shortName: `第${id}`,
  tier: 'district' as const,
})
const node = (id: number, line = 1, children = 0): OrgNode => ({
  ...brief(id),
  orgType: '',
  line,
  children,
  path: '',
  womenMembers: 20,
  committee: 'formed',
})

test('a unit in two lines stands twice, under two keys', () => {
  const read = new Map([
    [1, [node(2, 1, 1), node(3, 1, 1)]],
    [2, [node(9)]],
    [3, [node(9, 2)]],
  ])
  const root = treeOf(brief(1), read)
  const keys = root.children!.flatMap((b) => [b.key, ...(b.children ?? []).map((c) => c.key)])
  expect(keys).toEqual(['1/2', '1/2/9', '1/3', '1/3/9~'])
  expect(keys.map(idOf)).toEqual([2, 9, 3, 9])
  expect([shows(root, '1/3/9~'), shows(root, '1/3/9'), shows(root, '1')]).toEqual([true, false, true])
})

test('what was not read can still be opened, a unit without units cannot', () => {
  const root = treeOf(brief(1), new Map([[1, [node(2, 1, 5), node(3)]]]))
  expect(root.children!.map((b) => [b.isLeaf, b.children])).toEqual([
    [false, undefined],
    [true, undefined],
  ])
})

test('the way down starts at the own unit, not at the city', () => {
  const above = [brief(1), brief(2), brief(5)]
  expect(keysTo(1, above)).toEqual(['1', '1/2', '1/2/5'])
  expect(keysTo(2, above)).toEqual(['2', '2/5'])
  expect(keysTo(7, above)).toEqual([])
})

test('the way up ends at the own unit; the city opens every one', () => {
  const above = [{ id: 1 }, { id: 2 }, { id: 5 }]
  expect([1, 2, 5, 8].map((id) => canOpen(brief(2), above, id))).toEqual([false, true, true, false])
  expect(canOpen({ ...brief(1), tier: 'city' }, above, 8)).toBe(true)
})

test('a month belongs to the superior whose edge covers it; the end month is no longer covered', () => {
  const edges = [
    { line: 1, parent: brief(2), fromYm: 0, toYm: 201807, docNo: null },
    { line: 1, parent: brief(3), fromYm: 201807, toYm: null, docNo: null },
    { line: 2, parent: brief(4), fromYm: 201901, toYm: null, docNo: null },
  ]
  expect(parentAt(edges, 1, 201806)?.id).toBe(2)
  expect(parentAt(edges, 1, 201807)?.id).toBe(3)
  expect(parentAt(edges, 2, 201812)).toBeNull()
})
