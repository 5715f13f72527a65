import { expect, it } from 'vitest'
import { barOf } from './screening.ts'

const org = { id: 1, code: 'D1', name: '示例区总工会', shortName: '示例区', tier: 'district' as const }
const none = { listed: 0, booked: 0, attended: 0, missed: 0, declined: 0, cancelled: 0 }
const round = { id: 'r', title: '第一批', org, isOwner: true, follow: null }
const told = (counts: object, follow: { needed: number; closed: number } | null = null) =>
  barOf({ ...round, counts: { ...none, ...counts }, follow }, 100).steps.map(({ count }) => count)

it('each step holds those of the next', () => {
  expect(told({ listed: 20, booked: 10, attended: 30, missed: 5, declined: 9 })).toEqual([100, 65, 45, 30])
})

it.each([
  // Three came.
  [{ listed: 10, booked: 7, attended: 3 }, [100, 20, 10, null]],
  // Three of twelve didn't come, which the rest would tell.
  [{ attended: 9, missed: 3 }, [100, 12, 12, null]],
  // Nor by what stands between two numbers, one of them told.
  [{ listed: 3, attended: 9 }, [100, 12, null, null]],
  [{ listed: 3 }, [100, null, null, 0]],
  [{}, [100, 0, 0, 0]],
] as const)('tells nothing of few: %o', (counts, steps) => {
  expect(told(counts)).toEqual(steps)
})

it('tells who was asked to call to those named for it alone', () => {
  expect(told({ attended: 30 })).toHaveLength(4)
  expect(told({ attended: 30 }, { needed: 6, closed: 8 })).toEqual([100, 30, 30, 30, 14, 8])
  expect(told({ attended: 30 }, { needed: 2, closed: 8 })).toEqual([100, 30, 30, 30, 10, null])
})
