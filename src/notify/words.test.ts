import { describe, expect, it } from 'vitest'
import { codeWords, digestText, faultWords, isQuiet, maskOf, nameOf, wrongAddress } from './words.ts'

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

describe('why something did not arrive', () => {
  it('is told in our own words, never in those of another machine', () => {
    const said = Object.assign(new Error('550 用户 wang@union.example 不存在'), { code: 'EENVELOPE' })
    expect(faultWords(new Error('邮件没有发出', { cause: said }))).toBe('邮件没有发出')
    expect(faultWords(said)).toBe('没有送达')
    expect(faultWords(new Error('sms 连不上', { cause: new Error('短信网关 指向不允许访问的地址') }))).toBe(
      '短信网关 指向不允许访问的地址',
    )
  })

  it.each([
    [1003, '1003'],
    ['isv.OUT_OF_SERVICE', 'isv.OUT_OF_SERVICE'],
    ['13900000000 欠费', '没有代码'],
    ['x'.repeat(41), '没有代码'],
    [{ toString: () => '1' }, '没有代码'],
    [undefined, '没有代码'],
  ])('of a code %j: %s', (code, words) => expect(codeWords(code)).toBe(words))
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
