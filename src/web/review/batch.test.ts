import { expect, test } from 'vitest'
import type { Card } from '#record/api.ts'
import { batchLimit, chosenOf, mustOpenOf, neighbourOf, notInBatch, stepped } from './batch.ts'

const card = (id: string, more: Partial<Card> = {}): Card => ({
  kind: 'record',
  id,
  recordId: id,
  programme: 'training',
  label: '教育培训',
  link: null,
  title: id,
  org: { id: 1, code: 'A', name: '甲', shortName: '甲', tier: 'grassroots' },
  person: '例',
  state: 'submitted',
  at: '2020-04-16T00:00:00Z',
  afterLock: false,
  endsOn: null,
  version: 1,
  warnings: 0,
  what: '请审核',
  dueOn: null,
  left: null,
  minutes: null,
  ...more,
})

test('records with warnings and requests are judged one by one', () => {
  expect(notInBatch(card('a'), 'district')).toBeNull()
  expect(notInBatch(card('a', { warnings: 1 }), 'district')).toMatch('提醒')
  expect(notInBatch(card('a', { kind: 'void' }), 'district')).toMatch('逐条')
})

test('only the tier that accepts passes in a batch', () => {
  expect(notInBatch(card('a'), 'subdistrict')).toMatch('上级')
  expect(notInBatch(card('a'), 'industry')).toBeNull()
  expect(notInBatch(card('a', { programme: 'lecture' }), 'district')).toMatch('上级')
  expect(notInBatch(card('a', { programme: 'lecture' }), 'city')).toBeNull()
})

test('a batch holds what is chosen, still there and allowed, and no more than the limit', () => {
  const cards = [card('a'), card('b', { warnings: 2 }), card('c')]
  expect(chosenOf(cards, new Set(['c', 'b', 'a', 'gone']), 'district').map((c) => c.id)).toEqual(['a', 'c'])
  const many = Array.from({ length: batchLimit + 20 }, (_, i) => card(`n${i}`))
  expect(chosenOf(many, new Set(many.map((c) => c.id)), 'city')).toHaveLength(batchLimit)
})

test('the cursor goes on when a card leaves, and stops at the ends', () => {
  expect(neighbourOf(['a', 'b', 'c'], 'b')).toBe('c')
  expect(neighbourOf(['a', 'b', 'c'], 'c')).toBe('b')
  expect(neighbourOf(['a'], 'a')).toBeUndefined()
  expect(stepped(['a', 'b'], 'b', 1)).toBe('b')
  expect(stepped(['a', 'b'], 'a', -1)).toBe('a')
  expect(stepped(['a', 'b'], undefined, 1)).toBe('a')
  expect(stepped([], 'x', 1)).toBeUndefined()
})

test('only texts are ids', () => {
  expect(mustOpenOf({ mustOpen: ['a', 3, 'b'] })).toEqual(['a', 'b'])
  expect(mustOpenOf(undefined)).toEqual([])
})
