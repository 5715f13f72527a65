import { expect, test } from 'vitest'
import { imprint, meet, merge, same, withTheirs } from './merge.ts'

const base = { title: '春季培训', count: 1, place: '礼堂' }

test('two devices changed different fields: both are kept', () => {
  const merged = merge(base, { ...base, count: 2 }, { ...base, place: '会议室', note: '改了地方' })
  expect(merged).toEqual({
    values: { title: '春季培训', count: 2, place: '会议室', note: '改了地方' },
    rivals: [],
    taken: ['place', 'note'],
  })
})

test('the same field: ours stands, theirs beside it, and the server keeps its own until she chooses', () => {
  const { values, rivals, taken } = merge(base, { ...base, count: 2 }, { ...base, count: 3 })
  expect(values['count']).toBe(2)
  expect(rivals).toEqual([{ field: 'count', mine: 2, theirs: 3 }])
  expect(taken).toEqual([])
  expect(withTheirs(values, rivals)['count']).toBe(3)
})

test('the same change on both sides is no difference, and a field emptied on one side is a change', () => {
  expect(merge(base, { ...base, count: 2 }, { ...base, count: 2 }).rivals).toEqual([])
  expect(merge(base, base, { title: '春季培训', count: 1 }).values['place']).toBeUndefined()
  expect(merge(base, { ...base, place: '' }, { ...base, place: '操场' }).rivals).toHaveLength(1)
})

test('rows: cells changed on either side, rows added on either side', () => {
  const rows = [{ firm: '甲厂', women: 1 }]
  const cells = merge(
    { rows },
    { rows: [{ firm: '甲厂', women: 5 }] },
    { rows: [{ firm: '甲一厂', women: 1 }] },
  )
  expect(cells).toMatchObject({ values: { rows: [{ firm: '甲一厂', women: 5 }] }, rivals: [] })
  const added = merge(
    { rows },
    { rows: [...rows, { firm: '乙厂' }, { firm: '丙厂' }] },
    { rows: [...rows, { firm: '丙厂' }, { firm: '丁厂' }] },
  )
  expect(added.values['rows']).toEqual([...rows, { firm: '乙厂' }, { firm: '丙厂' }, { firm: '丁厂' }])
})

test('rows that cannot be brought together are a choice, never a guess', () => {
  const rows = [{ women: 1 }, { women: 2 }]
  expect(
    merge({ rows }, { rows: [{ women: 9 }, { women: 2 }] }, { rows: [{ women: 8 }, { women: 2 }] }).rivals,
  ).toHaveLength(1)
  expect(merge({ rows }, { rows: [{ women: 2 }] }, { rows: [...rows, { women: 3 }] }).rivals).toHaveLength(1)
})

test('every mixture of two sides keeps every change: no field goes unasked', () => {
  const fields = ['a', 'b', 'c']
  const was = { a: 0, b: 0, c: 0 }
  const sides = Array.from({ length: 27 }, (_, n) =>
    Object.fromEntries(fields.map((field, i) => [field, Math.floor(n / 3 ** i) % 3])),
  )
  const lost = sides.flatMap((mine) =>
    sides.flatMap((theirs) => {
      const { values, rivals } = merge(was, mine, theirs)
      return fields.filter((field) => {
        const kept = [values[field], rivals.find((rival) => rival.field === field)?.theirs]
        return [mine[field], theirs[field]].some((value) => value !== 0 && !kept.includes(value))
      })
    }),
  )
  expect(lost).toEqual([])
})

test('blank and absent are one, whatever the order of the fields', () => {
  expect(same({ a: '', b: [{ x: 1, y: null }] }, { b: [{ x: 1 }] })).toBe(true)
  expect(same([], undefined)).toBe(true)
  expect(imprint({ b: 1, a: 2 })).toBe(imprint({ a: 2, b: 1 }))
})

test('what she has not chosen stays a choice, also after other fields came in', () => {
  const side = {
    values: { subject: '沟通', count: 1 },
    base: { subject: '礼仪', count: 1 },
    rivals: [{ field: 'subject', mine: '沟通', theirs: '礼仪' }],
    tried: [],
  }
  expect(meet(side, { subject: '礼仪', count: 5 })).toMatchObject({
    values: { subject: '沟通', count: 5 },
    rivals: side.rivals,
  })
  expect(meet(side, { subject: '沟通', count: 1 })!.rivals).toEqual([])
  expect(meet(side, side.base)).toBeNull()
  expect(meet({ ...side, tried: [imprint({ subject: '沟' })] }, { subject: '沟' })).toBeNull()
})
