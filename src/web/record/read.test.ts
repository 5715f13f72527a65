import { expect, test } from 'vitest'
import { choice, count, day, text, yesNo } from '#kit/field/index.ts'
import { fillRows, pastedRows, readCell, readDay, readNumber } from './read.ts'

test('numbers as people type them; words stay words', () => {
  expect(readNumber('１，２００')).toBe(1200)
  expect(readNumber(' 60 ')).toBe(60)
  expect(readNumber('12.5')).toBe(12.5)
  expect(readNumber('-3')).toBe(-3)
  expect(readNumber('')).toBeNull()
  expect(readNumber('约60人')).toBe('约60人')
  expect(readNumber('1e9')).toBe('1e9')
  expect(readNumber('12345678901234567890')).toBe('12345678901234567890')
})

test('days as sheets write them; days that do not exist stay as typed', () => {
  expect(readDay('2019.8.5')).toBe('2019-08-05')
  expect(readDay('2019年8月5日')).toBe('2019-08-05')
  expect(readDay('２０１９/08/05')).toBe('2019-08-05')
  expect(readDay('20190805')).toBe('2019-08-05')
  expect(readDay('2019-02-30')).toBe('2019-02-30')
  expect(readDay('三月八日')).toBe('三月八日')
})

test('cells by kind of field', () => {
  expect(readCell(count('人数'), '1,024')).toBe(1024)
  expect(readCell(yesNo('开放'), '是')).toBe(true)
  expect(readCell(yesNo('开放'), '也许')).toBe('也许')
  expect(readCell(choice('级别', ['市级', '省级']), '省级')).toBe('省级')
  expect(readCell(day('日期'), '2019.3.8')).toBe('2019-03-08')
  expect(readCell(text('名称'), '')).toBeNull()
})

test('a copied range is rows and cells; a single value is no range', () => {
  expect(pastedRows('大连')).toBeNull()
  expect(pastedRows('甲\t1\r\n乙\t2\r\n')).toEqual([
    ['甲', '1'],
    ['乙', '2'],
  ])
  expect(pastedRows('甲\t\t3')).toEqual([['甲', '', '3']])
  expect(pastedRows('"甲\n厂"\t"说""好"""')).toEqual([['甲\n厂', '说"好"']])
})

test('a range fills rows from the cell on, adds rows, leaves other cells, stays within the limit', () => {
  const fields = { firm: text('企业'), code: text('代码'), women: count('女职工') }
  const lines = [{ firm: '甲厂', women: 5 }]
  const cells = [
    ['A1', '12'],
    ['B2', '三', '多余'],
  ]
  expect(fillRows(fields, lines, 0, 'code', cells)).toEqual([
    { firm: '甲厂', code: 'A1', women: 12 },
    { code: 'B2', women: '三' },
  ])
  expect(fillRows(fields, lines, 0, 'code', cells, 1)).toHaveLength(1)
})
