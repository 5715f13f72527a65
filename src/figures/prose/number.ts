import type { Precision } from '../written.ts'
import { readNumeral, type Numeral } from './numeral.ts'

/** What stands before a number and says how near it is. Longest first; what precedes the word makes it another. */
const before: readonly [pattern: RegExp, precision: Precision][] = [
  [/(?:不少于|不低于|不下于?|不小于|至少|最少|起码|不少过)$/, 'at_least'],
  [/(?:不超过|不多于|不高于|不大于|最多|至多|最高不超过)$/, 'at_most'],
  [/(?:超过了?|突破了?|超出|高于|多于|大于|(?<!不)逾|(?<!不)超)$/, 'more_than'],
  [/(?:将近|接近|不足|不到|几近|(?<![最附邻远新靠贴亲走])近)$/, 'nearly'],
  [
    /(?:大约|大概|约为|约有|约计|约合|(?<![合签违预节契解履相邀续条公])约|(?<=[新首续补]签[、和及][新首续补]签)约)$/,
    'about',
  ],
]
/** 「上百场」 says a hundred or more; 「线上百余场」 does not. */
const HUNDREDS_AND_MORE = /(?<![线网以之晚早会路车楼身手加跟赶当马向史])上$/
/** What stands behind a number and its unit. */
export const after: readonly [pattern: RegExp, precision: Precision][] = [
  [/^(?:\s*[（(]含[)）])?\s*(?:及以上|以上)/, 'at_least'],
  [/^(?:左右|上下|前后(?=[，。；、]|$))/, 'about'],
  [/^(?:以内|以下|之内)/, 'at_most'],
]
const MORE = /\s?(?:余|多(?!个月|年)|\+(?!\d)|几(?=[万亿人名位个期场次份册项家户件条对]))/y
const SOME = /来(?=[万亿]|[人名位个期场次份册项家户件条对篇])/y
const SCALE_AFTER = /([万亿])/y

export interface Number_ {
  numeral: Numeral
  /** 余 within the number. */
  more: boolean
  about: boolean
  inWan: boolean
  end: number
}

export const at = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from
  return pattern.exec(text)
}

export function readNumber(text: string, from: number): Number_ | null {
  const numeral = readNumeral(text, from)
  if (!numeral) return null
  let end = from + numeral.length
  const more = at(MORE, text, end)
  const some = more ? null : at(SOME, text, end)
  end += more?.[0].length ?? some?.[0].length ?? 0
  let inWan = false
  if (more || some) {
    const scale = at(SCALE_AFTER, text, end)
    if (scale) {
      inWan = true
      numeral.scale *= scale[1] === '万' ? 10_000 : 100_000_000
      numeral.scaled = true
      numeral.wan = true
      end += 1
    }
  }
  return { numeral, more: more !== null, about: some !== null, inWan, end }
}

/** The words of precision before a number, and where they begin. */
export function prefixOf(
  text: string,
  start: number,
  bare: boolean,
): { from: number; precision: Precision | null } {
  const head = text.slice(Math.max(0, start - 6), start)
  const said = before.find(([pattern]) => pattern.test(head))
  if (said) return { from: start - said[0].exec(head)![0].length, precision: said[1] }
  return bare && HUNDREDS_AND_MORE.test(head)
    ? { from: start - 1, precision: 'at_least' }
    : { from: start, precision: null }
}
