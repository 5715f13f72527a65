import { describe, expect, it } from 'vitest'
import { digestText, isQuiet, maskOf, nameOf, wrongAddress } from './words.ts'

describe('what a message says', () => {
  it.each([
    [0, '“春季培训”'],
    [1, '“春季培训”'],
    [2, '一条“教育培训”'],
    [3, '一条“教育培训”'],
    [4, '一条“教育培训”'],
  ])('of class S%i: %s', (level, name) => expect(nameOf('教育培训', '春季培训', level)).toBe(name))

  it('outside says that there is news, and leads nowhere', () => {
    expect(digestText(3)).toBe('【巾帼】您有 3 条新消息，请登录女职工工作平台查看。')
    expect(digestText(3)).not.toMatch(/https?:|\/\//)
  })

  it.each([
    [7, true],
    [8, false],
    [19, false],
    [20, true],
    [0, true],
  ])('at %i: quiet %s', (hour, quiet) => expect(isQuiet(hour)).toBe(quiet))
})

describe('an address', () => {
  it.each([
    ['mail', 'wang@union.example', true],
    ['mail', 'wang@union.example, a@b.cn', false],
    ['mail', 'wang', false],
    ['sms', '13900000000', true],
    ['sms', '1390000000', false],
    ['sms', '23900000000', false],
    ['wecom', 'WangShi_01', true],
    ['dingtalk', '王示一', false],
  ] as const)('%s %s: %s', (kind, address, right) => expect(wrongAddress(kind, address) === null).toBe(right))

  it('is shown masked', () => {
    expect(maskOf('sms', '13912345678')).toBe('139****5678')
    expect(maskOf('mail', 'wang@union.example')).toBe('w***@union.example')
    expect(maskOf('wecom', 'WangShi')).toBe('W***')
  })
})
