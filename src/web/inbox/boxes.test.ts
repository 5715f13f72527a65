import { expect, test } from 'vitest'
import { boxes } from '#record/api.ts'
import { boxesOf, targetOf } from './boxes.ts'

const card = { id: 'p1', recordId: 'r1', programme: 'training' }

test('a reviewing unit sees every box, a grassroots one all but the review', () => {
  expect(new Set(boxesOf(true))).toEqual(new Set(boxes))
  expect(boxesOf(false)).not.toContain('review')
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
  expect(targetOf('fill', { ...card, kind: 'task' })).toEqual({ to: 'task', id: 'p1' })
  expect(targetOf('mine', { ...card, kind: 'correction' })).toMatchObject({
    to: 'record',
    search: { id: 'r1' },
  })
})
