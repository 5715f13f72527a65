import { expect, test } from 'vitest'
import type { Draft } from '#figures/summary/draft.ts'
import { changesOf } from './diff.ts'

const draft = (...lines: string[]): Draft => ({
  title: ['题'],
  blocks: lines.map((text, n) => ({ id: `b${n}`, kind: 'paragraph', pieces: text ? [{ text }] : [] })),
})

test('a rewritten line is told by its characters, what stayed by its number of lines', () => {
  expect(changesOf(draft('甲乙', '丙'), draft('甲丁', '丙', '戊'))).toEqual([
    { kind: 'same', lines: 1 },
    {
      kind: 'changed',
      stretches: [
        { text: '甲', kind: 'same' },
        { text: '乙', kind: 'removed' },
        { text: '丁', kind: 'added' },
      ],
    },
    { kind: 'same', lines: 1 },
    { kind: 'changed', stretches: [{ text: '戊', kind: 'added' }] },
  ])
})

const figure = (correction?: { written: string; reason: string }): Draft => ({
  title: ['题'],
  blocks: [
    {
      id: 'a',
      kind: 'paragraph',
      pieces: [{ figure: { indicator: 'training.sessions', ...(correction ? { correction } : {}) } }],
    },
  ],
})

test('a figure is told by what it counts, and a correction of it is a change', () => {
  const [, change] = changesOf(figure(), figure({ written: '490期', reason: '补报' }))
  expect(change).toMatchObject({
    kind: 'changed',
    stretches: [{ kind: 'same' }, { text: '：490期', kind: 'added' }, { kind: 'same' }],
  })
  expect(changesOf(figure(), figure())).toEqual([{ kind: 'same', lines: 2 }])
})
