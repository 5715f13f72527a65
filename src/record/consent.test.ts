import { expect, test } from 'vitest'
import { careRoom } from '#programmes/careRoom/definition.ts'
import { training } from '#programmes/training/definition.ts'
import { concernedMonths, consentSteps, stillToAgree } from './consent.ts'

const line = [
  { id: 1, tier: 'grassroots' },
  { id: 2, tier: 'subdistrict' },
  { id: 3, tier: 'district' },
  { id: 4, tier: 'city' },
] as const

const held = (endsOn: string, women = 20) => ({ startsOn: endsOn, endsOn, count: 1, women, all: 30 })

test.each([
  ['a changed number', held('2019-03-08'), held('2019-03-08', 25), [201903]],
  ['words alone', held('2019-03-08'), held('2019-03-08'), [201903]],
  ['a date in another month', held('2019-03-08'), held('2019-05-01'), [201903, 201905]],
  ['a voiding', held('2019-03-08'), null, [201903]],
])('%s concerns the months of the fact, old and new', (_, before, after, months) => {
  expect(concernedMonths(training, before, after)).toEqual(months)
})

test('what happens to a room later concerns that month, not the one it was built in', () => {
  const room = {
    builtOn: '2015-06-01',
    endsOn: '2015-06-01',
    coveredWomen: 40,
    delistedOn: null,
    intervals: [],
  }
  expect(concernedMonths(careRoom, room, { ...room, delistedOn: '2020-02-01' })).toEqual([202002])
  expect(concernedMonths(careRoom, room, { ...room, phone: '12345678' })).toEqual([])
  expect(concernedMonths(careRoom, room, null)).toEqual([201506])
})

test.each([
  ['an open period', [], [3]],
  ['locked by the accepting unit', [3], [3]],
  ['locked by the city', [4], [3, 4]],
  ['locked by both', [4, 3], [3, 4]],
  ['locked by a unit that is no superior any more', [9], [3, 4]],
])('%s: who must agree, from below', (_, lockers, ids) => {
  expect(consentSteps(line, 'district', lockers).map((s) => s.id)).toEqual(ids)
})

test('a unit that locked below the accepting one agrees first', () => {
  expect(consentSteps(line, 'city', [3]).map((s) => s.id)).toEqual([3, 4])
})

test('whoever agreed is not asked again', () => {
  const steps = consentSteps(line, 'district', [4])
  expect(stillToAgree(steps, [], 3).map((s) => s.id)).toEqual([4])
  expect(stillToAgree(steps, [{ org: 3 }], 4)).toEqual([])
  expect(stillToAgree(steps, [], 4).map((s) => s.id)).toEqual([3])
})
