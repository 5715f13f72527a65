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
    test: 'a minute after the deadline all are taken',
    partly:
      'what holds a place before it is taken is an offer; fifty requests that die before their commit are played beside it',
  },
  11: {
    in: 'tests/server/events.test.ts',
    test: 'who stayed away too often is barred',
    partly:
      'two absences bar, with reason, appeal and excuse; the cancel window is played in tests/races/signup.test.ts; attendance of childcare bars nobody: a class keeps how many children came, not which (decision 190)',
  },
  12: { in: 'tests/server/events.test.ts', test: 'is promised before, frozen at closing' },
  13: {
    not: 'no waiting room before opening: five thousand at once are decided without one (1), and who wants no race lets draw (12)',
  },
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
  24: {
    in: 'tests/races/quiz.test.ts',
    test: 'have one attempt each, also from two telephones',
    partly:
      'three thousand at once by the functions of the server; time to think and lost lines are played on the phone page',
  },
  25: { in: 'tests/races/quiz.test.ts', test: 'a hundred who hand in at once are one that counts' },
  26: { in: 'tests/server/honourCampaign.test.ts', test: 'score only after her own' },
  27: { in: 'tests/rights/policy.test.ts', test: 'no route is taken without a policy' },
  28: { in: 'tests/races/hardship.test.ts', test: 'is claimed once, sent once and paid once' },
  29: {
    in: 'tests/server/match.test.ts',
    test: 'fifty accounts of one adversary',
    partly: 'bytes and order of all that they read; times are not measured, and no picture is taken in',
  },
  30: {
    in: 'tests/races/signupStorm.test.ts',
    test: 'while servers die: no acknowledged act is lost',
    partly:
      'sign-up, giving up and records for some seconds in CI, for thirty minutes as npm run faults -- chaos; a database that goes away is played in tests/races/outage.test.ts; no full disk and no gateway for messages that is down (its repeats: tests/contract/channels.test.ts)',
  },
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
