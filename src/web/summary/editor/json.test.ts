import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { draft, type Draft } from '#figures/summary/draft.ts'
import { docOf, draftOf, type EditorNode } from './json.ts'

const record = '019e0000-0000-7000-8000-000000000001'
const text: Draft = {
  title: ['滨海市总工会女职工委员会', '2019年工作总结'],
  blocks: [
    { id: 'b1', kind: 'heading', level: 1, text: '一、主要工作' },
    {
      id: 'b2',
      kind: 'paragraph',
      lead: '培训。',
      pieces: [
        { text: '共办' },
        { figure: { indicator: 'training.sessions' } },
        { text: '，' },
        { text: '获推广', records: [record] },
        { figure: { indicator: 'training.attendances', calendar: 'half', year: 2019, part: 1, style: 'yu' } },
        { text: '。' },
      ],
    },
    { id: 'b3', kind: 'paragraph', pieces: [] },
  ],
}

test('a text goes into the editor and comes out the same', () => {
  expect(draftOf(docOf(text.blocks), text.title)).toEqual(text)
})

test('what is pasted becomes plain: no control characters, no foreign figure, ids of their own', () => {
  const doc: EditorNode = {
    type: 'doc',
    content: [
      { type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text: '甲\t乙\u0007丙' }] },
      {
        type: 'paragraph',
        attrs: { id: 'a' },
        content: [{ type: 'figure', attrs: { chip: { html: '<b>' } } }],
      },
      { type: 'heading', attrs: { id: null, level: 9 }, content: [{ type: 'text', text: '题' }] },
      { type: 'paragraph', content: [{ type: 'text', text: '长'.repeat(9001) }] },
    ],
  }
  const made = draftOf(doc, ['题'])
  expect(z.safeParse(draft, made).success).toBe(true)
  expect(made.blocks[0]).toMatchObject({ pieces: [{ text: '甲 乙 丙' }] })
  expect(made.blocks[1]).toMatchObject({ pieces: [] })
  expect(made.blocks[2]).toMatchObject({ kind: 'heading', level: 2 })
  expect(new Set(made.blocks.map(({ id }) => id)).size).toBe(4)
})
