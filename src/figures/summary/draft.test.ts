import { expect, test } from 'vitest'
import { standsIn, type Draft } from './draft.ts'

test('a passage stands in a text by its record or by its words', () => {
  const blocks: Draft['blocks'] = [
    {
      id: 'a',
      kind: 'paragraph',
      pieces: [{ text: '改写过的话', records: ['r1'] }, { text: '；市级媒体报道了做法。' }],
    },
  ]
  expect(standsIn({ blocks }, 'r1', '原来的话。')).toBe(true)
  expect(standsIn({ blocks }, 'r2', '市级媒体报道了做法。')).toBe(true)
  expect(standsIn({ blocks }, 'r2', '原来的话。')).toBe(false)
})
