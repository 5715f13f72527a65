import { describe, expect, it } from 'vitest'
import { figureBookmark, figureTag, parseFigureTag, sourceBookmark } from './names.ts'

describe('names of a figure in a file', () => {
  it('carry indicator, value and snapshot there and back', () => {
    const tag = { indicator: 'training.sessions', value: 485, snapshot: 'S2019-1' }
    expect(figureTag(tag)).toBe('fig:training.sessions=485@S2019-1')
    expect(parseFigureTag(figureTag(tag))).toEqual(tag)
    const money = { indicator: 'screening.cost', value: 12000.5, snapshot: 'S2020-12' }
    expect(parseFigureTag(figureTag(money))).toEqual(money)
  })

  it.each([
    '',
    'fig:training.sessions=485',
    'fig:a=1e9@S2019-1',
    'fig:a b=1@S2019-1',
    'fig:a=--1@S2019-1',
    'x',
  ])('does not take %s for a tag of ours', (text) => expect(parseFigureTag(text)).toBeNull())

  it('are bookmarks that Word accepts', () => {
    expect(figureBookmark('training.sessions', 2)).toBe('fig_training_sessions_2')
    expect(sourceBookmark('training.sessions')).toBe('src_training_sessions')
  })

  it('never grow longer than Word keeps', () => {
    const long = `programme.${'x'.repeat(40)}`
    expect(() => figureBookmark(long, 1)).toThrow(RangeError)
    expect(() => sourceBookmark(long)).toThrow(RangeError)
    expect(() => figureTag({ indicator: long, value: 123_456_789, snapshot: 'S2019-1' })).toThrow(RangeError)
    expect(() => sourceBookmark('a b')).toThrow(RangeError)
  })
})
