import { expect, it } from 'vitest'
import { standingByYear, standingIn, windowOf, yearsAfter } from './window.ts'

const terms = { minAge: 35, maxAge: 64, cycleYears: 3 }
const round = { from: '2020-04-01', until: '2020-06-30' }

it.each([
  ['2020-02-29', 3, '2023-03-01'],
  ['2020-02-29', 4, '2024-02-29'],
  ['2019-02-28', 1, '2020-02-28'],
])('%s and %i years is %s', (day, years, after) => expect(yearsAfter(day, years)).toBe(after))

it.each<[string, string | null, string, string]>([
  ['1985-06-30', null, '2020-06-30', '2050-06-29'],
  ['1984-02-29', null, '2019-03-01', '2049-02-28'],
  // Two years and 364 days ago is too early by a day, wherever it was.
  ['1970-01-01', '2017-04-16', '2020-04-16', '2034-12-31'],
  // Her first age binds where it comes later than the cycle.
  ['1985-06-30', '2016-01-01', '2020-06-30', '2050-06-29'],
])('who was born on %s and last came on %s may come from %s until %s', (birth, last, from, until) =>
  expect(windowOf(birth, last, terms)).toEqual({ from, until }),
)

it.each<[string, string | null, string, string]>([
  ['1985-06-30', null, 'due', '2020-06-30'],
  ['1985-07-01', null, 'later', '2020-07-01'],
  ['1955-04-02', null, 'due', '1990-04-02'],
  ['1955-04-01', null, 'over', '1990-04-01'],
  ['1970-01-01', '2017-06-30', 'due', '2020-06-30'],
  ['1970-01-01', '2017-07-01', 'later', '2020-07-01'],
  ['1957-01-01', '2019-05-01', 'over', '2022-05-01'],
])('born %s, last %s: %s from %s', (birth, last, state, from) =>
  expect(standingIn(round, windowOf(birth, last, terms))).toEqual({ state, from }),
)

it('the year decides where it can, as the day would; else the day must be opened', () => {
  for (let year = 1950; year <= 1990; year++)
    for (const last of [null, '2016-05-01', '2017-05-01', '2019-05-01']) {
      const found = standingByYear(round, year, last, terms)
      for (const rest of ['-01-01', '-02-28', '-04-01', '-04-02', '-06-30', '-07-01', '-12-31']) {
        const exact = standingIn(round, windowOf(`${year}${rest}`, last, terms))
        expect([year, last, rest, found?.state ?? exact.state]).toEqual([year, last, rest, exact.state])
      }
    }
  expect(standingByYear(round, 1985, null, terms)).toBe(null)
  expect(standingByYear(round, 1955, null, terms)).toBe(null)
  expect(standingByYear(round, 1970, null, terms)).toMatchObject({ state: 'due' })
  expect(standingByYear(round, 1990, null, terms)).toEqual({ state: 'later', from: '2025' })
  expect(standingByYear(round, 1970, '2019-05-01', terms)).toEqual({ state: 'later', from: '2022-05-01' })
})
