import { expect, it } from 'vitest'
import { extract } from './extract.ts'
import { readNumeral } from './numeral.ts'

const DIGITS = '零一二三四五六七八九'
const CAPITALS: Readonly<Record<string, string>> = {
  一: '壹', 二: '贰', 三: '叁', 四: '肆', 五: '伍', 六: '陆', 七: '柒', 八: '捌', 九: '玖', 十: '拾', 百: '佰', 千: '仟',
} // prettier-ignore

/** Below 10,000: 3050 → 三千零五十. */
function section(n: number): string {
  let said = ''
  let gap = false
  for (const [weight, word] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(n / weight) % 10
    if (digit === 0) gap ||= said !== ''
    else {
      said += `${gap ? '零' : ''}${DIGITS[digit]}${word}`
      gap = false
    }
  }
  return said
} // prettier-ignore

/** As a clerk writes it, 零 for what is left out between two parts. */
function inChinese(n: number): string {
  if (n < 10_000) return section(n).replace(/^一十/, '十')
  const [scale, word] = n < 100_000_000 ? [10_000, '万'] : [100_000_000, '亿']
  const [high, low] = [Math.floor(n / scale), n % scale]
  return `${inChinese(high)}${word}${low > 0 && low < scale / 10 ? '零' : ''}${low > 0 ? inLater(low) : ''}`
}
/** Behind a larger part 一十 keeps its 一: 一百万零一十. */
const inLater = (n: number): string => inChinese(n).replace(/^十/, '一十')

const valueOf = (text: string): number | null => {
  const found = readNumeral(text, 0)
  if (!found || found.length !== text.length) return null
  return (found.digits * found.scale) / 10 ** found.decimals
}

it('reads every integer back that is written in Chinese numerals, up to 10^12', () => {
  let seed = 20191129
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const wrong: [number, string][] = []
  for (let n = 0; n < 40_000; n++) {
    // Of each length as many, every second with zeros within.
    const all = Math.floor(10 ** (random() * 12)) || 1
    const step = n % 2 === 0 ? 1 : 10 ** Math.floor(random() * Math.log10(all))
    const value = n < 12_000 ? n + 1 : Math.ceil(all / step) * step
    const said = inChinese(value)
    const capital = [...inLater(value)].map((c) => CAPITALS[c] ?? c).join('')
    for (const words of capital.length > 1 ? [said, capital] : [said])
      if (valueOf(words) !== value) wrong.push([value, words])
  }
  expect(wrong).toEqual([])
})

it.each([
  ['投入一亿二千万元', [120_000_000]],
  ['支出一亿零五百万元', [105_000_000]],
  ['全省投入十二亿三千万元', [1_230_000_000]],
  ['贷款1亿零500万元', [105_000_000]],
  ['走访廿八户', [28]],
  ['慰问卅五人、卌二户', [35, 42]],
  ['救助金人民币叁万伍仟元', [35_000]],
  ['发放壹拾贰万元', [120_000]],
  ['举办培训485（期）', [485]],
  ['暑期开班九个', [9]],
  ['受检14 091人', [14_091]],
  ['受检 14 091 人', [14_091]],
  ['发放手册两万五册', [25_000]],
  ['走访一百二户', [120]],
  ['走访一百零二户', [102]],
  ['建起志愿队伍百余人', [100]],
  ['来自大陆百余家', [100]],
])('%s counts %s', (text, values) => {
  expect(extract(text).map(({ written }) => written.value / written.per)).toEqual(values)
})
