import { describe, expect, it } from 'vitest'
import { linesOf, placeInFile } from './lines.ts'

const cell = (row: number, column: number, text: string) => ({
  text,
  inTable: true,
  cell: { table: 1, row, column: column - 1, span: 1 },
})

describe('the lines of a Word file', () => {
  const lines = linesOf([
    { text: '一、培训' },
    cell(1, 1, ' 培训班'),
    cell(1, 1, '（期）'),
    cell(1, 2, ''),
    cell(1, 3, '36'),
    cell(2, 1, '主要做法'),
    cell(2, 2, '面向一线。'),
    cell(2, 2, '举办培训3期。'),
    cell(2, 3, '4场'),
    { text: '' },
  ])

  it('are its paragraphs, and the rows of its tables without their empty cells', () => {
    expect(lines.map(({ text }) => text)).toEqual([
      '一、培训',
      '培训班\n（期）\t36',
      '主要做法\t面向一线。',
      '举办培训3期。\t4场',
      '',
    ])
    expect(lines.map(({ inTable = false }) => inTable)).toEqual([false, true, true, true, false])
  })

  it('lead back to the paragraph of the cell, and to no further one', () => {
    expect(placeInFile(lines, { paragraph: 1, start: 8, end: 10 })).toEqual({
      paragraph: 4,
      start: 0,
      end: 2,
    })
    expect(placeInFile(lines, { paragraph: 1, start: 1, end: 10 })).toEqual({
      paragraph: 1,
      start: 2,
      end: 4,
    })
    expect(placeInFile(lines, { paragraph: 3, start: 4, end: 6 })).toEqual({
      paragraph: 7,
      start: 4,
      end: 6,
    })
    expect(placeInFile([{ text: '培训3期' }], { paragraph: 0, start: 2, end: 4 })).toEqual({
      paragraph: 0,
      start: 2,
      end: 4,
    })
  })

  it('keep what a content control says of a figure, and whose rows are sources', () => {
    const named = [{ indicator: 'training.sessions', start: 1, end: 3 }]
    const [line, own] = linesOf([
      cell(1, 1, '本年'),
      { ...cell(1, 2, ' 36'), named },
      cell(2, 1, '1'),
      { ...cell(2, 2, '培训'), isSource: true },
    ])
    expect(line).toMatchObject({
      text: '本年\t36',
      named: [{ indicator: 'training.sessions', start: 3, end: 5 }],
    })
    expect(line!.isSource).toBeUndefined()
    expect(own!.isSource).toBe(true)
  })
})
