import { describe, expect, it } from 'vitest'
import { addDays } from '../day.ts'
import { checkCharacter, maskIdNumber, maskPhone, readIdNumber } from './idNumber.ts'

const today = '2020-04-16'
/** The example printed in GB 11643-1999, annex A. */
const example = '11010519491231002X'
const fault = (text: string) => readIdNumber(text, today).fault

it('reads the example of the standard', () =>
  expect(readIdNumber(example, today)).toEqual({
    fault: null,
    number: example,
    birth: '1949-12-31',
    sex: '女',
    warning: null,
  }))

it.each([
  ['lower case', '11010519491231002x'],
  ['full width', '１１０１０５１９４９１２３１００２Ｘ'],
  ['blanks and a line end', ' 110105 19491231 002X\n'],
  ['a wide blank', '110105　19491231002X'],
])('reads it typed in %s', (_, text) => expect(readIdNumber(text, today)).toMatchObject({ number: example }))

it('lengthens a number of 15 digits', () =>
  expect(readIdNumber('110105491231002', today)).toMatchObject({ number: example, birth: '1949-12-31' }))

it.each<[string, string]>([
  ['', '身份证号应为 18 位（或旧式 15 位），现有 0 位'],
  ['1101051949123100', '身份证号应为 18 位（或旧式 15 位），现有 16 位'],
  ['1101051949123100X2', '身份证号应为数字，只有末位可以是 X，请检查是否混入了其他字符'],
  ['11010549123100X', '身份证号应为数字，只有末位可以是 X，请检查是否混入了其他字符'],
  ['99010519491231002X', '身份证号开头“99”不是省级地区代码'],
  ['11010519490230002X', '身份证号中的出生日期“19490230”不是有效日期'],
  ['110105202004170021', '身份证号中的出生日期“20200417”不是有效日期'],
  ['110105194912310021', '身份证号校验位不符，请对照证件逐位核对'],
])('%j: %s', (text, expected) => expect(fault(text)).toBe(expected))

it('takes residence permits and warns of county codes that were given up', () => {
  const permit = `81000019900101001`
  expect(fault(permit + checkCharacter(permit))).toBeNull()
  const old = '21021919600101002'
  expect(readIdNumber(old + checkCharacter(old), today)).toMatchObject({
    fault: null,
    warning: '地区代码 210219 已撤销，旧证仍有效，请核对证件',
  })
})

describe('over 400 numbers', () => {
  const numbers = Array.from({ length: 400 }, (_, n) => {
    const seventeen = `210202${addDays('1950-01-01', n * 61).replaceAll('-', '')}${String(n).padStart(3, '0')}`
    return seventeen + checkCharacter(seventeen)
  })

  it('tells birth and sex as they were written in', () => {
    for (const [n, number] of numbers.entries())
      expect(readIdNumber(number, today)).toMatchObject({
        birth: addDays('1950-01-01', n * 61),
        sex: n % 2 === 1 ? '男' : '女',
      })
  })

  it('finds every wrong digit and every swap of neighbours that differ', () => {
    const wrong = numbers.flatMap((number) =>
      Array.from(number, (c, i) => {
        const other = c === 'X' ? '0' : String((Number(c) + 1) % 10)
        const swap = number.slice(0, i) + (number[i + 1] ?? '') + c + number.slice(i + 2)
        return [number.slice(0, i) + other + number.slice(i + 1), swap]
      }).flat(),
    )
    const changed = wrong.filter((text) => !numbers.includes(text))
    expect(changed.length).toBeGreaterThan(10_000)
    expect(changed.filter((text) => fault(text) === null)).toEqual([])
  })
})

it('masks what a list may show', () => {
  expect(maskIdNumber(example)).toBe('1101**********002X')
  expect([maskPhone('13800005678'), maskPhone('041188')]).toEqual(['138****5678', '****88'])
})
