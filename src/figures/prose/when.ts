import { periodCode, periodOf } from '#kit/period.ts'

/** What no calendar holds: 三年来. Else a figure is of a period, by its short name. */
export const OTHER = 'other'

const ZH = '一二三四五六七八九十'
const monthOf = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text)
  if (text.startsWith('十')) return 10 + (text.length > 1 ? ZH.indexOf(text[1]!) + 1 : 0)
  return ZH.indexOf(text) + 1
}

type Part =
  | { calendar: 'half' | 'quarter' | 'month'; part: number }
  | { calendar: 'months'; part: number }
  | { calendar: 'statistics'; part: 1 }
/** `since`: a year that began a longer time, unless it is the one asked of. */
type Token = { year?: number; back?: number; part?: Part | null; other?: true; since?: number }

const MONTH = '(\\d{1,2}|十[一二]?|[一二三四五六七八九])'
const rules: readonly [RegExp, (found: RegExpExecArray) => Token | null][] = [
  // 2018年10月至2019年9月 is the statistics year 2019; another run over two years has no name.
  [
    /((?:19|20)\d{2})年(\d{1,2})月份?[-至到]((?:19|20)\d{2})年(\d{1,2})月/y,
    ([, y1, m1, y2, m2]) =>
      Number(m1) === 10 && Number(m2) === 9 && Number(y2) === Number(y1) + 1
        ? { year: Number(y2), part: { calendar: 'statistics', part: 1 } }
        : { other: true },
  ],
  [
    /((?:19|20)\d{2})年?统计年度/y,
    ([, y]) => ({ year: Number(y), part: { calendar: 'statistics', part: 1 } }),
  ],
  [/统计年度/y, () => ({ part: { calendar: 'statistics', part: 1 } })],
  // Longer than a year: 2016—2019年, 2015年以来, 近三年, 四年共, “十三五”期间, 本届委员会以来.
  [/(?:19|20)\d{2}\s*年?[-至到](?:(?:19|20)\d{2}|\d{2})\s*年(?!\s*\d{1,2}月)/y, () => ({ other: true })],
  [
    /((?:19|20)\d{2})\s*年(?:\d{1,2}月)?(?:以来|起(?!草)|至今)/y,
    ([, y]) => ({ other: true, since: Number(y) }),
  ],
  [/十[二三四五六]五[”"」]?(?:规划)?(?:期间|时期|以来|(?:实施)?五年)/y, () => ({ other: true })],
  [
    /(?:本届|上届|换届|成立|建会|党的)[^，。；、\d年]{0,12}?(?:以来|至今)|(?:十[八九]|二十)大(?:召开)?以来/y,
    () => ({ other: true }),
  ],
  [/((?:19|20)\d{2})\s*年(?:度)?/y, ([, y]) => ({ year: Number(y), part: null })],
  [
    /(?<!\d)(?:近|过去|最近|前)(?:[两二三四五六七八九十几]|\d{1,2})个?年|近年|(?<!\d)(?:[两二三四五六七八九十几多]|\d{1,2})年(?:来|间|内|以来|累计|总?共|合计)|历年|往年|前年/y,
    () => ({ other: true }),
  ],
  [/(?<![比较与和跟同])(?:去年|上年|上一年)(?:度|同期)?(?!相比|比|基础)/y, () => ({ back: 1, part: null })],
  [/全年|今年|本年度?|当年|年内/y, () => ({ back: 0, part: null })],
  [/上半年/y, () => ({ part: { calendar: 'half', part: 1 } })],
  [/下半年/y, () => ({ part: { calendar: 'half', part: 2 } })],
  [/前三季度?|[一1][-至到]三季度|截至三季度末?/y, () => ({ part: { calendar: 'months', part: 109 } })],
  [/第?([一二三四1-4])季度/y, ([, q]) => ({ part: { calendar: 'quarter', part: monthOf(q!) } })],
  [
    new RegExp(`${MONTH}月?[-至到]${MONTH}月(?:份|底|末)?(?!\\d{1,2}[日号])`, 'y'),
    ([, a, b]) => runOf(monthOf(a!), monthOf(b!)),
  ],
  [new RegExp(`(?:截至|截止到?|到)${MONTH}月(?:底|末|份)`, 'y'), ([, m]) => runOf(1, monthOf(m!))],
  [
    new RegExp(`${MONTH}月份(?!\\d{1,2}[日号])`, 'y'),
    ([, m]) => (monthOf(m!) <= 12 ? { part: { calendar: 'month', part: monthOf(m!) } } : null),
  ],
]

function runOf(from: number, until: number): Token | null {
  if (from < 1 || until > 12 || from >= until) return null
  if (until - from === 2 && from % 3 === 1) return { part: { calendar: 'quarter', part: until / 3 } }
  if (from === 1 && until === 6) return { part: { calendar: 'half', part: 1 } }
  if (from === 7 && until === 12) return { part: { calendar: 'half', part: 2 } }
  if (from === 1 && until === 12) return { part: null }
  return { part: { calendar: 'months', part: from * 100 + until } }
}

/** A year and what of it is meant: null the whole, OTHER what has no calendar. */
export interface Moment {
  year: number
  part: Part | null | 'other'
}

/**
 * Of when a figure is whose sentence began with `head`: the words of time nearest before it decide, a year tells of the whole
 * year until a part of it is named. Without any it is of `given`.
 */
export function momentIn(head: string, given: Moment): Moment {
  let now = given
  for (const { token } of wordsOfTime(head)) {
    const year = token.year ?? (token.back === undefined ? now.year : given.year - token.back)
    const isOther = token.other && token.since !== given.year
    now = { year, part: isOther ? OTHER : token.part === undefined ? now.part : token.part }
  }
  return now
}

function* wordsOfTime(head: string): Generator<{ token: Token; at: number; end: number }> {
  for (let at = 0; at < head.length; at++) {
    if (!/[\d一二三四五六七八九十两几多上下前近过最历往去今本当全年第截到统换成建党]/.test(head[at]!))
      continue
    for (const [pattern, read] of rules) {
      pattern.lastIndex = at
      const found = pattern.exec(head)
      const token = found && read(found)
      if (!found || !token) continue
      yield { token, at, end: at + found[0].length }
      at += found[0].length - 1
      break
    }
  }
}

/** A text without its words of time. */
export function withoutTimes(text: string): string {
  let rest = ''
  let from = 0
  for (const { at, end } of wordsOfTime(text)) {
    rest += text.slice(from, at)
    from = end
  }
  return rest + text.slice(from)
}

/** The short name of a moment, as figures are asked for. */
export function codeOf({ year, part }: Moment): string {
  if (part === OTHER || year < 2000 || year > 2100) return OTHER
  return periodCode(part === null ? periodOf('year', year) : periodOf(part.calendar, year, part.part))
}

/** What a whole report is of: a part of the year that stands right behind the year in its title. */
export function momentOfTitle(lines: readonly string[], year: number): Moment {
  const title = lines.find((line) => line.length <= 60 && line.includes(`${year}年`))
  if (title && /(?:19|20)\d{2}年?[-至到]$/.test(title.slice(0, title.indexOf(`${year}年`))))
    return { year, part: OTHER }
  const rest = title?.slice(title.indexOf(`${year}年`)).slice(0, 12) ?? ''
  const said =
    rest &&
    /^\d{4}年(?:度)?(?:[上下]半年|第?[一二三四]季度|前三季度|\d{1,2}月?[-至到]\d{1,2}月)|^\d{4}年?统计年度/.exec(
      rest,
    )
  return said ? momentIn(said[0], { year, part: null }) : { year, part: null }
}
