import { expect, test } from 'vitest'
import { periodOfScope, readScope, scopeQuery, step, usualYear, withCalendar, writeScope } from './scope.ts'

const today = '2020-04-16'
const usual = readScope({}, today)

test('in spring people still look at last year', () => {
  expect(usualYear('2020-06-30')).toBe(2019)
  expect(usualYear('2020-07-01')).toBe(2020)
  expect(usual).toEqual({ calendar: 'year', year: 2019, part: 1, view: 'then' })
})

test('a scope survives the address', () => {
  const scope = { org: 12, calendar: 'month', year: 2018, part: 11, view: 'today' } as const
  expect(readScope(writeScope(scope, today), today)).toEqual(scope)
  expect(readScope(writeScope(usual, today), today)).toEqual(usual)
})

test('the usual scope leaves the address empty', () => {
  expect(Object.values(writeScope(usual, today)).filter(Boolean)).toEqual([])
})

test('a mistyped address falls back instead of failing', () => {
  expect(readScope({ org: '-1', calendar: 'week', year: '20x9', part: '5', view: 'later' }, today)).toEqual(
    usual,
  )
  expect(readScope({ calendar: 'quarter', part: '5' }, today).part).toBe(1)
  expect(readScope({ year: '' }, today).year).toBe(2019)
})

test('stepping crosses the year', () => {
  const december = readScope({ calendar: 'month', year: '2019', part: '12' }, today)
  expect(step(december, 1)).toMatchObject({ year: 2020, part: 1 })
  const first = readScope({ calendar: 'quarter', year: '2019', part: '1' }, today)
  expect(step(first, -1)).toMatchObject({ year: 2018, part: 4 })
  expect(step(usual, -1)).toMatchObject({ year: 2018, part: 1 })
})

test('another calendar starts at its first part', () => {
  const december = readScope({ calendar: 'month', part: '12' }, today)
  expect(periodOfScope(withCalendar(december, 'quarter')).label).toBe('2019年第一季度')
})

test('the endpoint is always asked in full', () => {
  expect(scopeQuery(usual)).toEqual({
    org: undefined,
    calendar: 'year',
    year: '2019',
    part: '1',
    view: 'then',
  })
})
