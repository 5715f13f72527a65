import { expect, it } from 'vitest'
import { creditCodeFault } from './creditCode.ts'

/** The example printed in GB 32100-2015, appendix A. */
const example = '91350100M000100Y43'

it('accepts the example of the standard', () => expect(creditCodeFault(example)).toBeNull())

it.each<[string, string]>([
  ['91350100M000100Y4', '统一社会信用代码应为 18 位，现有 17 位'],
  ['91350100M000100Y44', '统一社会信用代码校验位不符，请对照证照核对'],
  ['91350100I000100Y43', '统一社会信用代码第 9 位“I”不是有效字符（不用 I、O、S、V、Z）'],
  ['', '统一社会信用代码应为 18 位，现有 0 位'],
])('%s: %s', (code, fault) => expect(creditCodeFault(code)).toBe(fault))

it('finds every single wrong character and every swap of neighbours that differ', () => {
  const with7 = Array.from(example).map(
    (c, i) => example.slice(0, i) + (c === '7' ? '8' : '7') + example.slice(i + 1),
  )
  const swapped = Array.from(example).flatMap((c, i) =>
    i > 0 && c !== example[i - 1]
      ? [example.slice(0, i - 1) + c + example[i - 1] + example.slice(i + 1)]
      : [],
  )
  expect(swapped.length).toBeGreaterThan(8)
  expect([...with7, ...swapped].filter((code) => creditCodeFault(code) === null)).toEqual([])
})
