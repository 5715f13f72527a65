import { expect, it } from 'vitest'
import { toldStep } from './steps.ts'

const some = (count: number, longest = 3) => ({ count, longest })

it.each([
  ['hardship', some(7), null, 7, 3],
  ['hardship', some(4), null, null, 3],
  ['aid', null, some(5, 9), 5, 9],
  ['hardship', some(2), some(6, 9), 8, 9],
  // Four below would be told by the sum less the seven of her own, and their days as well.
  ['hardship', some(7), some(4, 9), 7, 3],
  ['hardship', some(3), some(4, 9), null, 3],
  // Of no person.
  ['record', some(1), null, 1, 3],
] as const)('%s: %o seen, %o below: %s told', (process, own, below, count, longest) => {
  expect(toldStep(process, own, below)).toEqual({ count, longest })
})

// That there is one, and since when, would tell of her in a unit where few could have applied.
it.each(['hardship', 'aid'] as const)('of four unseen, %s tells no step and no day', (process) => {
  expect(toldStep(process, null, some(4, 9))).toBeNull()
})
