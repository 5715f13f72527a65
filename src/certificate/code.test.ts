import { expect, it } from 'vitest'
import { codeOf, digestLetters, groupedCode, maskedName, readCode } from './code.ts'

const digest = '0123456789ABCDEFGHJKMNPQRS'
const code = codeOf(digest)

it('a code is seven groups of four and is read back however it is typed', () => {
  expect(digest).toHaveLength(digestLetters)
  expect(groupedCode(code)).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
  expect(readCode(groupedCode(code))).toBe(code)
  expect(readCode(` ${groupedCode(code).toLowerCase().replaceAll('-', ' ')} `)).toBe(code)
  expect(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code)
})

it('a slip at any one letter is told before anything is looked up', () => {
  for (let at = 0; at < code.length; at++) {
    for (const other of '23YZ') {
      if (code[at] === other) continue
      expect([at, readCode(code.slice(0, at) + other + code.slice(at + 1))]).toEqual([at, null])
    }
  }
})

it('what is no code is none', () => {
  expect(['', 'A', code + '0', code.slice(1), '<script>', 'U'.repeat(28)].map(readCode)).toEqual(
    Array.from({ length: 6 }, () => null),
  )
})

it('a name shows its first character', () => {
  expect(['王芳', '张示宁', '欧阳示例', '𬱖例', '李'].map(maskedName)).toEqual([
    '王*',
    '张**',
    '欧***',
    '𬱖*',
    '李*',
  ])
})
