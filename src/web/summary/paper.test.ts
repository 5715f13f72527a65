import { expect, test } from 'vitest'
import { exact, figuresByHeading, momentOf, movement, readinessOf, type Block } from './paper.ts'

const figure = (indicator: string) => ({
  figure: { indicator, label: indicator, value: 485, unit: '期', written: '485期', snapshot: '' },
})
const blocks: Block[] = [
  { kind: 'paragraph', runs: [{ text: '这一年，我们做了不少事。' }] },
  { kind: 'heading', level: 1, text: '一、主要工作' },
  { kind: 'heading', level: 2, text: '（一）教育培训' },
  { kind: 'paragraph', lead: '培训。', runs: [{ text: '共办' }, figure('a.b'), { text: '。' }] },
  { kind: 'paragraph', runs: [figure('a.b'), figure('a.c')] },
  { kind: 'heading', level: 2, text: '（二）维权' },
  { kind: 'paragraph', runs: [figure('d.e')] },
  { kind: 'paragraph', runs: [{ text: '一是人手少。' }] },
  { kind: 'paragraph', runs: [{ text: '二是底数不清。' }] },
]
test('figures stand under their heading, each once', () => {
  expect(figuresByHeading(blocks).map((g) => [g.heading, g.figures.map((f) => f.indicator)])).toEqual([
    ['（一）教育培训', ['a.b', 'a.c']],
    ['（二）维权', ['d.e']],
  ])
})

test('a figure without accepted records is missing, whatever waits', () => {
  expect(readinessOf(0, 0)).toBe('missing')
  expect(readinessOf(0, 4)).toBe('missing')
  expect(readinessOf(485, 0)).toBe('complete')
  expect(readinessOf(485, -1)).toBe('waiting')
})

test('movement names both values', () => {
  expect(movement(485, 486)).toBe('485 → 486')
  expect(movement(14091, 14091)).toBe('14,091')
  expect(exact(-1234.5)).toBe('−1,234.5')
})

test('a moment is told in Shanghai, whatever the server’s form', () => {
  expect(momentOf('2026-11-28T21:05:09+08:00')).toBe('11月28日 21:05')
  expect(momentOf('2026-11-28T16:05:09.000Z')).toBe('11月29日 00:05')
})
