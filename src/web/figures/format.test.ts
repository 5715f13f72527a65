import { expect, test } from 'vitest'
import { findLine, type Line } from './chapters.ts'
import { estimatedText, formatDelta, formatMonth, formatShare, formatValue, writtenOf } from './format.ts'

const line = findLine('training.attendances')!
const withIndicator = (change: Partial<Line['indicator']>): Line => ({
  ...line,
  indicator: { ...line.indicator, ...change } as Line['indicator'],
})

test('nothing reported is a dash, a reported zero is a zero', () => {
  expect(formatValue(undefined, 'event')).toBe('—')
  expect(formatValue(null, 'event')).toBe('—')
  expect(formatValue(0, 'event')).toBe('0')
})

test('thousands are set apart; money comes as fen and is shown in yuan', () => {
  expect(formatValue(999, 'person')).toBe('999')
  expect(formatValue(14091, 'person')).toBe('14,091')
  expect(formatValue(1234567, 'person')).toBe('1,234,567')
  expect(formatValue(123456789, 'money')).toBe('1,234,567.89')
  expect(formatValue(5, 'money')).toBe('0.05')
  expect(formatValue(-1200, 'event')).toBe('−1,200')
})

test('a difference carries its sign', () => {
  expect(formatDelta(486, 485, 'event')).toBe('+1')
  expect(formatDelta(485, 1486, 'event')).toBe('−1,001')
  expect(formatDelta(485, 485, 'event')).toBe('持平')
})

test('the written form is the one of the summary', () => {
  expect(writtenOf(30123, line)).toBe('3万人次')
  expect(writtenOf(0, line)).toBe('0人次')
  expect(writtenOf(-3, line)).toBe('−3人次')
  expect(writtenOf(150050, withIndicator({ kind: 'money', unit: '元', style: 'exact' }))).toBe('1500.50元')
})

test('a share of nothing is no share', () => {
  expect(formatShare(1, 3)).toBe('33.3%')
  expect(formatShare(485, 485)).toBe('100%')
  expect(formatShare(0, 7)).toBe('0%')
  expect(formatShare(0, 0)).toBe('—')
})

test('months are read out', () => {
  expect(formatMonth(201903)).toBe('2019年3月')
})

test('what is estimated is told beside the figure: all of it, part of it, or nothing', () => {
  expect(estimatedText(40, 40, 'event')).toBe('（估报）')
  expect(estimatedText(1200, 3000, 'event')).toBe('（其中估报 1,200）')
  expect(estimatedText(0, 3000, 'event')).toBe('')
})
