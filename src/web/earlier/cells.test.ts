import { expect, test } from 'vitest'
import { chapters } from '../figures/chapters.ts'
import { spread, textOf, valueOf } from './cells.ts'

const lines = chapters.flatMap((c) => c.lines)
const line = (id: string) => lines.find((l) => l.id === id)!
const years = [2015, 2016, 2017]
const sessions = line('training.sessions')
const next = lines[lines.indexOf(sessions) + 1]!

test('numbers as people write them; money in yuan, the ledger in fen', () => {
  expect(valueOf('1,200', sessions)).toEqual({ value: 1200 })
  expect(valueOf(' 1.2万人次 ', line('training.attendances'))).toEqual({ value: 12000 })
  expect(valueOf('', sessions)).toEqual({ value: null })
  expect(valueOf('0', sessions)).toEqual({ value: 0 })
  expect(valueOf('3456.78', line('screening.cost'))).toEqual({ value: 345678 })
  expect(textOf(345678, line('screening.cost'))).toBe('3456.78')
  for (const bad of ['十几', '3.5', '-2']) expect(valueOf(bad, sessions)).toHaveProperty('fault')
  expect(valueOf('1.234', line('screening.cost'))).toHaveProperty('fault')
})

test('a block from a spreadsheet is laid out from where it is pasted', () => {
  const at = { indicator: 'training.sessions', year: 2016 }
  expect(spread('12\t15\n300\t\n', lines, years, at)).toEqual({
    cells: [
      { indicator: 'training.sessions', year: 2016, text: '12' },
      { indicator: 'training.sessions', year: 2017, text: '15' },
      { indicator: next.id, year: 2016, text: '300' },
    ],
    lost: 0,
  })
  // Beyond the last year there is no place.
  expect(spread('1\t2\t3', lines, years, at)).toMatchObject({ lost: 1 })
})

test('a table with years above and indicators at the side goes by its headings, in whatever order', () => {
  const text = `指标\t2017年\t2015\t2010\n${next.indicator.label}\t900\t700\t1\n没有的指标\t1\t2\t\n${sessions.indicator.label}\t14\t\t`
  expect(spread(text, lines, years, { indicator: 'honour.persons', year: 2015 })).toEqual({
    cells: [
      { indicator: next.id, year: 2017, text: '900' },
      { indicator: next.id, year: 2015, text: '700' },
      { indicator: 'training.sessions', year: 2017, text: '14' },
    ],
    lost: 3,
  })
})
