import { expect, test } from 'vitest'

import { type Signs, UPKEEP, due } from '#server/embedded/upkeep.ts'

const now = 10_000_000
/** Somebody worked a moment ago, all was done long ago. */
const busy: Signs = { now, activeAt: now - 100, walBytes: 0, checkpointedAt: 0, vacuumedAt: 0 }
const quiet: Signs = { ...busy, activeAt: now - UPKEEP.idleMs }
const big = UPKEEP.checkpointBytes

test.each<[string, Partial<Signs>, ReturnType<typeof due>]>([
  ['much WAL: at once, whoever works', { ...busy, walBytes: big }, 'checkpoint'],
  ['a little WAL: not while somebody works', { ...busy, walBytes: big - 1 }, null],
  ['a little WAL, quiet, last one long ago', { walBytes: 1 }, 'checkpoint'],
  ['a little WAL, quiet, last one lately', { walBytes: 1, checkpointedAt: now - 1 }, 'vacuum'],
  ['quiet and somebody worked since the last sweep', {}, 'vacuum'],
  ['swept a moment ago', { vacuumedAt: now - UPKEEP.vacuumEveryMs + 1 }, null],
  ['nobody worked since the last sweep', { activeAt: now - 200_000, vacuumedAt: now - 100_000 }, null],
])('%s', (_name, signs, expected) => {
  expect(due({ ...quiet, ...signs })).toBe(expected)
})
