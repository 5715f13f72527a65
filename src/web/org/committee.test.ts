import { expect, test } from 'vitest'
import { committeeState, formation, monthsLeft, monthsOverdue, sinceText } from './committee.ts'

test('who owes a delegate alone is no gap in red', () => {
  expect(committeeState({ committee: 'missing' })).toEqual({ tone: 'bad', label: '应建未建' })
  expect(committeeState({ committee: 'none' }).tone).toBe('plain')
})

test('each state has its own words', () => {
  const states = ['formed', 'delegate', 'overdue', 'missing', 'none'] as const
  expect(new Set(states.map((committee) => committeeState({ committee }).label)).size).toBe(5)
})

test('the rate stands with its two numbers', () => {
  const found = formation({ units: 40, grassroots: 38, due: 36, formed: 33, overdue: 4, from: 10 })
  expect(found).toMatchObject({ rate: '91.7%', formed: 33, missing: 3 })
  expect(found.sentence).toContain('应建 36 个')
  expect(formation({ units: 2, grassroots: 2, due: 0, formed: 0, overdue: 0, from: 10 }).rate).toBe('—')
})

test('whole months past the term', () => {
  expect(monthsOverdue('2020-04-16', '2020-04-16')).toBe(0)
  expect(monthsOverdue('2020-03-20', '2020-04-16')).toBe(0)
  expect(monthsOverdue('2020-03-16', '2020-04-16')).toBe(1)
  expect(monthsOverdue('2019-01-11', '2020-04-16')).toBe(15)
})

test('whole months until the end of a term', () => {
  expect(monthsLeft('2020-04-16', '2020-04-16')).toBe(0)
  expect(monthsLeft('2020-07-15', '2020-04-16')).toBe(2)
  expect(monthsLeft('2020-07-16', '2020-04-16')).toBe(3)
})

test('an edge from the start has no month', () => {
  expect(sinceText(0)).toBe('建立以来')
  expect(sinceText(201807)).toBe('2018年7月起')
})
