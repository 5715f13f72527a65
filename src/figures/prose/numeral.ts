/**
 * A number as it is written: `digits` × 10^-`decimals` × `scale`. `scaled` when 千 万 亿 stand behind Arabic digits, or
 * 万 亿 in a Chinese numeral; `tens` when the last scale is 万 or 亿, whose whole numbers are read to a tenth.
 */
export interface Numeral {
  digits: number
  decimals: number
  scale: number
  scaled: boolean
  wan: boolean
  /** Length in the text. */
  length: number
  chinese: boolean
  /** 百, 千, 万 alone: `百余`. A number only with 余 or 近. */
  bare: boolean
}

const DIGITS: Record<string, number> = {
  零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9,
} // prettier-ignore
const SCALES: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 }
/** Of cheques and receipts, and of almanacs: each read as what it is in plain numerals. */
const PLAIN: Record<string, string> = {
  壹: '一', 贰: '二', 叁: '三', 肆: '四', 伍: '五', 陆: '六', 柒: '七', 捌: '八', 玖: '九',
  拾: '十', 佰: '百', 仟: '千', 萬: '万', 億: '亿', 廿: '二十', 卅: '三十', 卌: '四十',
} // prettier-ignore

const ARABIC = /(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?!\d| \d)|\d+)(?:\.\d+)?/y
const SCALE = /\s*([十百千]?[万亿]|万亿|千|百(?!日|年|姓|货|强|佳|科|家|合))(?!元?店|里|瓦|克|米|分之)/y
const CHINESE = /[零〇一二两三四五六七八九十百千万亿廿卅卌]{1,24}(?:点[零〇一二三四五六七八九]{1,8}[万亿]?)?/y
const CAPITAL = /[壹贰叁肆伍陆柒捌玖][零壹贰叁肆伍陆柒捌玖拾佰仟万萬亿億]{1,23}/y
/** Where a Chinese numeral may begin: 队伍 and 大陆 hold none. */
const BEGINS = /[一二两三四五六七八九十百千万亿廿卅卌壹贰叁肆柒捌玖]|(?<![队退入行落])伍|(?<![大登内着水])陆/y

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Whether a Chinese numeral may begin at `at`. */
export const mayBegin = (text: string, at: number): boolean => match(BEGINS, text, at) !== null

/** The number that starts at `at`, or null. */
export function readNumeral(text: string, at: number): Numeral | null {
  const c = text[at] ?? ''
  if (c >= '0' && c <= '9') return arabic(text, at)
  return c in DIGITS || c in SCALES || c in PLAIN ? chinese(text, at) : null
}

const scaleOf = (words: string): number => [...words].reduce((product, c) => product * SCALES[c]!, 1)

function arabic(text: string, at: number): Numeral | null {
  const parts: { digits: string; scale: number; wan: boolean }[] = []
  let end = at
  for (;;) {
    // 「1亿零500万」
    const from = end + (parts.length > 0 && text[end] === '零' ? 1 : 0)
    const number = match(ARABIC, text, from)
    if (!number) break
    const scale = match(SCALE, text, from + number[0].length)
    const factor = scale ? scaleOf(scale[1]!) : 1
    const before = parts.at(-1)
    if (before && (factor >= before.scale || before.digits.includes('.'))) break
    parts.push({
      digits: number[0].replaceAll(/[, ]/g, ''),
      scale: factor,
      wan: /[万亿]/.test(scale?.[1] ?? ''),
    })
    end = from + number[0].length + (scale?.[0].length ?? 0)
    if (!scale) break
  }
  const last = parts.at(-1)
  if (!last) return null
  const decimals = last.digits.split('.')[1]?.length ?? 0
  const sum = parts
    .slice(0, -1)
    .reduce((total, part) => total + (Number(part.digits) * part.scale * 10 ** decimals) / last.scale, 0)
  const digits = Math.round(sum) + Number(last.digits.replace('.', ''))
  if (!Number.isSafeInteger(digits) || digits * last.scale > Number.MAX_SAFE_INTEGER / 1000) return null
  const { scale, wan } = last
  return { digits, decimals, scale, scaled: scale > 1, wan, length: end - at, chinese: false, bare: false }
}

/** `三千二百`, `二十三`, `两万`, `一点五万`, `二〇` (no: digit by digit is a year or a name, never a count). */
function chinese(text: string, at: number): Numeral | null {
  const written = (match(CAPITAL, text, at) ?? match(CHINESE, text, at))?.[0]
  if (!written) return null
  const found = [...written].map((c) => PLAIN[c] ?? c).join('')
  const point = /^(.*)点([^万亿]*)([万亿])?$/.exec(found)
  const whole = parseWhole(point ? point[1]! : found)
  if (!whole) return null
  const common = { length: written.length, chinese: true, bare: whole.bare }
  if (point) {
    const places = [...point[2]!].map((c) => DIGITS[c]!)
    const scale = point[3] ? SCALES[point[3]]! : 1
    const digits = places.reduce((n, d) => n * 10 + d, whole.value)
    return { ...common, digits, decimals: places.length, scale, scaled: scale > 1, wan: scale > 1 }
  }
  const { value, weight, big, wan } = whole
  return { ...common, digits: value / weight, decimals: 0, scale: weight, scaled: big, wan }
}

type Whole = { value: number; weight: number; big: boolean; wan: boolean; bare: boolean }

/** `weight` is that of the last written digit; `wan` when 万 or 亿 closes the numeral. Null for what is no count. */
function parseWhole(words: string): Whole | null {
  if (words.length > 1 && /^[零〇]|[零〇一二三四五六七八九两]{2,}/.test(words.replaceAll(/零(?=[一二三四五六七八九])/g, '')))
    return null // prettier-ignore
  // Told apart: 一亿二千万 is a 亿 and 二千 of 万, 一万亿 is 一万 of 亿.
  let hundredMillions = 0
  let tenThousands = 0
  let section = 0
  let digit: number | null = null
  let weight = 1
  let largest = Infinity
  let after = ''
  for (const c of words) {
    if (c in DIGITS) {
      digit = DIGITS[c]!
      continue
    }
    const scale = SCALES[c]!
    const below: number = section + (digit ?? 0)
    if (scale < 10_000) {
      if (scale >= largest) return null
      largest = scale
      section += (digit ?? 1) * scale
    } else {
      if ((c === '亿' ? hundredMillions : tenThousands) > 0) return null
      if (c === '亿') hundredMillions = (tenThousands + below || 1) * scale
      tenThousands = c === '亿' ? 0 : (below || 1) * scale
      section = 0
      largest = Infinity
    }
    weight = scale
    after = c
    digit = null
  }
  if (digit !== null) weight = /[百千万亿][一二两三四五六七八九]$/.test(words) ? SCALES[after]! / 10 : 1
  const value = hundredMillions + tenThousands + section + (digit ?? 0) * weight
  if (!Number.isSafeInteger(value) || value > 1e13) return null
  const closes = /[万亿]$/.test(words)
  // 三百万 is written to its last 万, not to the hundred of them: digits that close with 万 keep their units.
  if (closes) weight = SCALES[words.at(-1)!]!
  return { value, weight, big: /[万亿]/.test(words), wan: closes, bare: /^[百千万亿]+$/.test(words) }
}
