import { expect, test } from 'vitest'
import { keyLines } from './keyLines.ts'

const figure = (indicator: string, value: number, waiting = 0, before = 0) => ({
  indicator,
  value,
  waiting,
  viewed: 0,
  before,
})

test('what moved or waits is shown, what only stood last year is not, and no more than asked', () => {
  const figures = [figure('a', 0, 0, 485), figure('b', 3), figure('c', 0, 2), figure('d', 1)]
  expect(keyLines(figures, 10).map((f) => f.indicator)).toEqual(['b', 'c', 'd'])
  expect(keyLines(figures, 2)).toHaveLength(2)
})
