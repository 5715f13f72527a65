import { describe, expect, it } from 'vitest'
import {
  CHARACTER,
  CHARACTERS_A_LINE,
  LINE,
  PAGE,
  printable,
  signatureStarts,
  TYPE_AREA_WIDTH,
  widthOf,
} from './layout.ts'

const mm = (twips: number) => (twips / 1440) * 25.4

describe('the page of GB/T 9704-2012', () => {
  it('holds 22 lines of 28 characters, and no more', () => {
    const height = PAGE.height - PAGE.margin.top - PAGE.margin.bottom
    expect(Math.floor(height / LINE)).toBe(22)
    expect(Math.floor(TYPE_AREA_WIDTH / CHARACTER)).toBe(CHARACTERS_A_LINE)
  })

  it('has a type area of 156 × 225 mm', () => {
    expect(mm(TYPE_AREA_WIDTH)).toBeCloseTo(156, 0)
    expect(mm(PAGE.height - PAGE.margin.top - PAGE.margin.bottom)).toBeCloseTo(225, 0)
  })
})

describe('an unsealed signature', () => {
  it('counts half-width digits as halves', () => {
    expect(widthOf('2020年4月16日')).toBe(6.5)
    expect(widthOf('滨海市总工会')).toBe(6)
  })

  it('ends two characters from the right, the date two after the start of the name', () => {
    expect(signatureStarts('滨海市总工会女职工委员会', '2020年4月16日')).toEqual({ name: 14, date: 16 })
  })

  it('moves the name left where the date is the longer one', () => {
    const { name, date } = signatureStarts('市总工会', '2020年12月16日')
    expect(date + widthOf('2020年12月16日')).toBe(26)
    expect(date - name).toBe(2)
  })

  it('stays on the page with a name longer than the line', () => {
    expect(signatureStarts('长'.repeat(40), '2020年4月16日').name).toBe(0)
  })
})

describe('printable text', () => {
  it('keeps rare Han, emoji and quotation marks', () => {
    expect(printable('㛃𬱖玥喆堃赟🌸“”<&>')).toBe('㛃𬱖玥喆堃赟🌸“”<&>')
  })

  it('drops what XML cannot hold', () => {
    expect(printable('a\u0000b\u0008c\uD800d\uFFFEe\u009F')).toBe('abcde')
    expect(printable('第一行\r\n第二行\t列')).toBe('第一行 第二行 列')
  })
})
