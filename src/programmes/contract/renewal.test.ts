import { expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { renewalStage } from './renewal.ts'

const until = '2020-12-31'
const at = (left: number) =>
  renewalStage(until, addDays(until, -left), { firstDays: 90, secondDays: 30, thirdDays: 7 })

it('reminds ninety, thirty and seven days before the end, each once it has come', () => {
  expect([91, 90, 31, 30, 8, 7, 0, -1].map(at)).toEqual([null, 90, 90, 30, 30, 7, 7, null])
})
