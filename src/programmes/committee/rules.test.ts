import { expect, it } from 'vitest'
import { seatsCheck, termsCheck, termsWarn } from './rules.ts'

const term = (fromOn: string, untilOn: string) => ({ fromOn, untilOn })
const seat = (name: string, fromOn: string, untilOn: string | null = null) => ({ name, fromOn, untilOn })

it('a committee has a term, the first not before its founding, each later than the last', () => {
  expect(termsCheck('2015-03-01', []).map((i) => i.field)).toEqual(['terms'])
  expect(
    termsCheck('2015-03-01', [term('2015-03-01', '2020-02-29'), term('2020-03-01', '2025-02-28')]),
  ).toEqual([])
  expect(termsCheck('2015-03-02', [term('2015-03-01', '2020-02-29')]).map((i) => i.field)).toEqual([
    'terms.0.fromOn',
  ])
  expect(
    termsCheck('2015-03-01', [term('2020-03-01', '2025-02-28'), term('2020-03-01', '2025-02-28')]).map(
      (i) => i.field,
    ),
  ).toEqual(['terms.1.fromOn'])
  expect(termsCheck('2015-03-01', [term('2020-03-01', '2020-02-28')]).map((i) => i.field)).toEqual([
    'terms.0.untilOn',
  ])
})

it.each([
  ['five years to the day', '2015-03-01', '2020-02-29', 0],
  ['three years from a leap day', '2020-02-29', '2023-02-28', 0],
  ['a month late', '2015-03-01', '2020-03-31', 0],
  ['a month and a day late', '2015-03-01', '2020-04-01', 1],
  ['four years', '2015-03-01', '2019-02-28', 1],
])('a term of %s', (_, fromOn, untilOn, warnings) => {
  expect(termsWarn([term(fromOn, untilOn)])).toHaveLength(warnings)
})

it('nobody sits twice at a time, or before the committee stands', () => {
  expect(
    seatsCheck('2015-03-01', [seat('王样', '2015-03-01', '2018-01-31'), seat('王样', '2018-02-01')]),
  ).toEqual([])
  expect(
    seatsCheck('2015-03-01', [seat('王样', '2015-03-01', '2018-01-31'), seat('王样', '2018-01-31')]).map(
      (i) => i.field,
    ),
  ).toEqual(['members.1.name'])
  expect(seatsCheck('2015-03-01', [seat('王样', '2015-02-28', '2015-02-27')]).map((i) => i.field)).toEqual([
    'members.0.fromOn',
    'members.0.untilOn',
  ])
})
