import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Acceptance scenarios of sign-up and what stands beside it: where each is played (a test whose name holds the words) and what of it is not, or why it is not at all. */
const scenarios: Readonly<Record<number, { in: string; test: string; partly?: string } | { not: string }>> = {
  1: {
    in: 'tests/races/signupStorm.test.ts',
    test: 'a thousand in flight, a third hung up on',
    partly: '750 for 30 in CI; 5,000 for 200 as npm run faults -- storm',
  },
  2: { in: 'tests/races/signup.test.ts', test: 'gives 200 of 800 a place' },
  3: { in: 'tests/races/signupStorm.test.ts', test: 'after the server died between commit and answer' },
  4: { in: 'tests/server/eventIntake.test.ts', test: 'as her telephone and her cadre' },
  5: {
    in: 'tests/races/signup.test.ts',
    test: 'lets in whoever was received before the organiser closed',
  },
  6: { in: 'tests/races/signup.test.ts', test: 'lets nobody overtake while a hundred leave' },
  7: { in: 'tests/races/signup.test.ts', test: 'is offered with a deadline, taken once on two telephones' },
  8: { in: 'tests/races/signup.test.ts', test: 'throws nobody out where places are lowered' },
  9: { in: 'tests/races/signup.test.ts', test: 'exceeds no quota of a district nor of a hall' },
  10: {
    in: 'tests/races/signup.test.ts',
    test: 'leaves no place behind where fifty vanish',
    partly:
      'nothing holds a place before it is given but an offer, whose deadline is played as scenario 7: what is played are fifty requests that die before their commit',
  },
  11: {
    in: 'tests/server/events.test.ts',
    test: 'who stayed away too often is barred',
    partly:
      'two absences bar, with reason, appeal and excuse; the cancel window is played in tests/races/signup.test.ts; attendance of childcare bars nobody',
  },
  12: { in: 'tests/server/events.test.ts', test: 'is promised before, frozen at closing' },
  13: { not: 'no waiting room before opening' },
  14: { in: 'tests/server/eventScans.test.ts', test: 'the earliest, and one conflict' },
  15: { in: 'tests/server/eventScans.test.ts', test: 'refused by its own reason' },
  16: { in: 'tests/server/eventSessions.test.ts', test: 'of six sessions whoever was in five' },
  17: { in: 'tests/server/certificates.test.ts', test: 'knows no code that was not issued' },
  18: { in: 'tests/races/screening.test.ts', test: 'gives no place and no day twice' },
  19: { in: 'tests/races/signup.test.ts', test: 'gives the last place once, to whoever was decided first' },
  20: { in: 'tests/server/screening.test.ts', test: 'comes once a cycle' },
  21: { in: 'tests/rights/matrix.test.ts', test: 'each person, of each thing, in each standing' },
  22: { in: 'tests/server/smallCells.test.ts', test: 'keeps what hidden cells were from every person' },
  23: { in: 'tests/server/screening.test.ts', test: 'sends attendance back by code' },
  24: { not: 'no quiz yet' },
  25: { not: 'no quiz yet' },
  26: { in: 'tests/server/honourCampaign.test.ts', test: 'score only after her own' },
  27: { in: 'tests/rights/policy.test.ts', test: 'no route is taken without a policy' },
  28: { in: 'tests/races/hardship.test.ts', test: 'is claimed once, sent once and paid once' },
  29: { in: 'tests/server/match.test.ts', test: 'looks to the other exactly as if nothing had been said' },
  30: { not: 'thirty minutes of everything are not written yet' },
}

/** Names of the tests of a file. */
const namesOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(.*?)\1/gs)].map(([, , name]) => name!)

it('every scenario names the test that plays it, or why none does', () => {
  expect(Object.keys(scenarios).map(Number)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
  const lost = Object.entries(scenarios).filter(
    ([, one]) => 'in' in one && (one.test === '' || !namesOf(one.in).some((name) => name.includes(one.test))),
  )
  expect(lost).toEqual([])
})
