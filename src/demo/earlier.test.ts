import { expect, it } from 'vitest'
import { earlierValues } from './earlier.ts'

const years = [2016, 2017, 2018]
const told = [
  { indicator: 'training.sessions', value: 485, recorded: [2018] },
  { indicator: 'training.attendances', value: 30123, recorded: [] },
  { indicator: 'childcare.nationalHonours', value: 1, recorded: [] },
]
const cells = earlierValues(1, years, told, (year, page) => `${year} ${page}`)
const yearsOf = (indicator: string) => cells.filter((c) => c.indicator === indicator).map((c) => c.year)

it('makes up no total of a year that records tell of', () => {
  expect(yearsOf('training.sessions')).toEqual([2016, 2017])
  expect(yearsOf('training.attendances')).toEqual(years)
})

it('lets the years grow up to the counted one, never below one', () => {
  const all = cells.filter((c) => c.indicator === 'training.attendances').map((c) => c.value)
  expect(all.toSorted((a, b) => a - b)).toEqual(all)
  expect(all.at(-1)!).toBeLessThan(30123)
  expect(cells.filter((c) => c.indicator === 'childcare.nationalHonours').map((c) => c.value)).toEqual([
    1, 1, 1,
  ])
})

it('is the same on every machine', () => {
  expect(cells.map((c) => c.value)).toEqual([391, 427, 24412, 26354, 28284, 1, 1, 1])
})
