import { expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { stageOf } from './termStage.ts'

const rule = { firstDays: 90, secondDays: 30 }
const until = '2020-07-15'

it.each([
  [91, null],
  [90, 90],
  [31, 90],
  [30, 30],
  [1, 30],
  [0, 0],
  [-1, 0],
  [-30, 0],
  [-31, null],
])('%i days before the end of a term', (left, stage) => {
  expect(stageOf(until, addDays(until, -left), rule)).toBe(stage)
})
