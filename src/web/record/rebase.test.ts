import { expect, test } from 'vitest'
import type { RecordDetail } from '#record/api.ts'
import { bodyAt, rebase } from './rebase.ts'

const entry = (version: number, changes: RecordDetail['history'][number]['changes']) => ({
  version,
  at: '2020-04-16T08:00:00Z',
  person: '侯琳示',
  behalf: null,
  org: '沙河口区',
  action: 'resubmit',
  state: 'submitted',
  reason: null,
  changes,
  origin: null,
})
const record = {
  version: 4,
  body: { title: '春季培训', women: 25, all: 50, place: '礼堂' },
  history: [
    entry(1, []),
    entry(2, [{ field: 'women', old: 20, new: 22 }]),
    entry(3, [{ field: 'women', old: 22, new: 25 }]),
    entry(4, [{ field: 'place', old: '操场', new: '礼堂' }]),
  ],
}

test('a record as it stood: later changes taken back, newest first', () => {
  expect(bodyAt(record, 1)).toEqual({ title: '春季培训', women: 20, all: 50, place: '操场' })
  expect(bodyAt(record, 3)).toEqual({ title: '春季培训', women: 25, all: 50, place: '操场' })
  expect(bodyAt(record, 4)).toEqual(record.body)
  expect(bodyAt({ ...record, history: [] }, 1)).toBeNull()
})

test('what she changed and what the record changed stand together; the same field is hers to choose', () => {
  const mine = { title: '春季培训', women: 21, all: 60, place: '操场' }
  const { values, rivals, taken } = rebase({ values: mine, rivals: [], taken: [] }, record, 1)
  expect(values).toEqual({ title: '春季培训', women: 21, all: 60, place: '礼堂' })
  expect(taken).toEqual(['place'])
  expect(rivals).toEqual([{ field: 'women', mine: 21, theirs: 25, inRecord: true }])
})

test('where the history is not shown every difference is asked, none is guessed', () => {
  const mine = { ...record.body, all: 60 }
  const { rivals } = rebase({ values: mine, rivals: [], taken: [] }, { ...record, history: [] }, 2)
  expect(rivals.map(({ field }) => field)).toEqual(['all'])
})

test('choices that waited stay with her side in the form, unless the record now asks them', () => {
  const waiting = [
    { field: 'women', mine: 21, theirs: 30 },
    { field: 'title', mine: '甲', theirs: '乙' },
  ]
  const side = { values: { ...record.body, title: '甲', women: 21 }, rivals: waiting, taken: [] }
  const met = rebase(side, record, 4, { ...record.body, title: '甲', women: 20 })
  expect(met.rivals.map(({ field, theirs, inRecord }) => [field, theirs, inRecord ?? false])).toEqual([
    ['title', '乙', false],
    ['women', 25, true],
  ])
  expect([met.values, met.taken]).toEqual([side.values, []])
})
