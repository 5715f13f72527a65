import { expect, test } from 'vitest'
import { boxes } from '#record/api.ts'
import { boxesOf, targetOf } from './boxes.ts'

const card = { id: 'p1', recordId: 'r1', programme: 'training', link: null }

test('a cadre sees every box, what presses most first; whoever only signs or scores the one that waits', () => {
  for (const reviewing of [true, false]) expect(new Set(boxesOf('cadre', reviewing))).toEqual(new Set(boxes))
  expect([boxesOf('cadre', true)[0], boxesOf('cadre', false)[0]]).toEqual(['review', 'fill'])
  expect(boxesOf('leader', true)).toEqual(['review'])
})

test('each card leads to the act that is asked', () => {
  expect(targetOf('review', { ...card, kind: 'void' })).toEqual({ to: 'review', search: { id: 'p1' } })
  expect(targetOf('fill', { ...card, kind: 'draft', recordId: null })).toMatchObject({
    search: { draft: 'p1' },
  })
  expect(targetOf('returned', { ...card, kind: 'record' })).toMatchObject({
    search: { record: 'r1', kind: 'draft' },
  })
  expect(targetOf('returned', { ...card, kind: 'correction' })).toMatchObject({ search: { draft: 'p1' } })
  expect(targetOf('done', { ...card, kind: 'record' })).toMatchObject({ to: 'record', search: { id: 'r1' } })
  expect(targetOf('review', { ...card, kind: 'matter', link: '/childcare/p1' })).toEqual({
    to: 'link',
    href: '/childcare/p1',
  })
  expect(targetOf('mine', { ...card, kind: 'correction' })).toMatchObject({
    to: 'record',
    search: { id: 'r1' },
  })
})
