import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Acceptance scenarios of sign-up and what stands beside it: where each is played (a test whose name holds the words), or why it is not. */
const scenarios: Readonly<Record<number, { in: string; test: string } | { not: string }>> = {
  1: { in: 'tests/races/signupStorm.test.ts', test: 'all decided within 30 s' },
  2: { in: 'tests/races/signup.test.ts', test: 'gives 200 of 800 a place' },
  3: {
    not: 'an answer lost by a killed server: the repeat with its key is played in one process only (tests/server/events.test.ts)',
  },
  4: { in: 'tests/server/events.test.ts', test: 'once through every door' },
  5: { in: 'tests/server/events.test.ts', test: 'too early, too late' },
  6: { in: 'tests/races/signup.test.ts', test: 'lets nobody overtake while a hundred leave' },
  7: { in: 'tests/races/signup.test.ts', test: 'is offered with a deadline, taken once on two telephones' },
  8: { in: 'tests/races/signup.test.ts', test: 'throws nobody out where places are lowered' },
  9: { in: 'tests/races/signup.test.ts', test: 'exceeds no quota of a district nor of a hall' },
  10: { not: 'no place is held before it is taken: there is no hold that could be lost' },
  11: { in: 'tests/server/events.test.ts', test: 'who stayed away too often is barred' },
  12: { in: 'tests/server/events.test.ts', test: 'is promised before, frozen at closing' },
  13: { not: 'no waiting room before opening' },
  14: { not: 'no check-in without a line' },
  15: { not: 'no signed tickets; a forged code of the poster is refused (tests/server/events.test.ts)' },
  16: { not: 'an event has one attendance, not one for each evening' },
  17: { in: 'tests/server/certificates.test.ts', test: '' },
  18: { in: 'tests/races/screening.test.ts', test: '' },
  19: { in: 'tests/races/signup.test.ts', test: 'gives the last place once, to whoever was decided first' },
  20: { in: 'tests/server/screening.test.ts', test: '' },
  21: { in: 'tests/rights/matrix.test.ts', test: '' },
  22: { in: 'tests/server/smallCells.test.ts', test: '' },
  23: { in: 'tests/server/screening.test.ts', test: '' },
  24: { not: 'no quiz yet' },
  25: { not: 'no quiz yet' },
  26: { in: 'tests/server/honourCampaign.test.ts', test: '' },
  27: { in: 'tests/rights/policy.test.ts', test: '' },
  28: { in: 'tests/races/hardship.test.ts', test: '' },
  29: { not: 'no match-making profiles yet' },
  30: { not: 'thirty minutes of everything are not written yet' },
}

it('every scenario names the test that plays it, or why none does', () => {
  expect(Object.keys(scenarios).map(Number)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
  const lost = Object.entries(scenarios).filter(
    ([, one]) => 'in' in one && !readFileSync(one.in, 'utf8').includes(one.test),
  )
  expect(lost).toEqual([])
})
