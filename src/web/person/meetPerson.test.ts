import { expect, test } from 'vitest'
import type { PersonDetail } from '#person/api.ts'
import { meetPerson } from './meetPerson.ts'

const person = (values: object, phone: string | null) =>
  ({ values, masks: { idNumber: '2102**********1234', phone, guardian: false } }) as unknown as PersonDetail
const was = person({ name: '常例晴', employment: '在职', education: '大专' }, '139****0001')

test('a colleague saved other fields: both stand, and a new mask is told while what she typed of it stays', () => {
  const mine = { ...was.values, education: '本科', phone: '13900000009' }
  const met = meetPerson(mine, was, person({ ...was.values, employment: '退休' }, '139****0002'))
  expect(met.values).toMatchObject({ employment: '退休', education: '本科', phone: '13900000009' })
  expect(met.rivals).toEqual([])
  expect(met.taken).toHaveLength(2)
  expect(met.taken[1]).toContain('139****0002')
})

test('the same field is hers to choose', () => {
  const met = meetPerson(
    { ...was.values, employment: '灵活就业' },
    was,
    person({ ...was.values, employment: '退休' }, '139****0001'),
  )
  expect(met.rivals).toEqual([{ field: 'employment', mine: '灵活就业', theirs: '退休' }])
  expect([met.values['employment'], met.taken]).toEqual(['灵活就业', []])
})
