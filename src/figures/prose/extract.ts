import { amount, rangeAmount, type Precision, type Written } from '../written.ts'
import { FILLER, mask, normalise } from './mask.ts'
import { after, at, prefixOf, readNumber, type Number_ } from './number.ts'
import { mayBegin, type Numeral } from './numeral.ts'
import { readPercent, readTenths } from './shares.ts'
import { headedUnit, impliedBefore, impliedUnit, readUnit } from './unit.ts'

/** A figure of a text. Spans are UTF-16 units of the text as given. */
export interface Found {
  start: number
  end: number
  /** As it stands there, with its 近, 余, unit and 以上; a space parts two cells. */
  text: string
  written: Written
}

const TO = /\s?(?:-{1,2}|至|到)\s?/y
const PLUS_MINUS = /\s?(?:±|\+\/-)\s?/y
const SHARED = /\s?(?:、|和|及|与|或|以及)\s?/y
/** Only behind one of these does a single Chinese numeral count: 「举办三期」, not 「一支队伍」. */
const VERB =
  /举办|开展|组织|召开|开设|开办|开班|办班|建成|建立|建设|新建|成立|组建|创建|设立|设置|打造|评选|评出|选树|表彰|命名|培育|培养|推出|发放|印发|印制|编印|签订|新签|续签|提出|采纳|形成|完成|实施|举行|承办|参加|参与|荣获|获得|获|投入|捐赠|捐建|援建|资助|帮扶|慰问|走访|救助|受理|办理|开通|增设|新增|配备|选派|培训|惠及|覆盖|服务|共有|现有|共|达到|达|为期|历时|制定|出台|修订|举荐|推荐|发展|吸纳|促成|牵手|录制|拍摄|制作|深入|调研|有/
const STOP = '，。；！？,;!?\n'

/**
 * Every figure of a paragraph: a number with a unit, or with people straight behind it. What is no figure, and what
 * each word says of the precision, is told in docs/figures-grammar.md.
 */
export function extract(text: string): Found[] {
  const clean = normalise(text)
  const masked = mask(clean)
  const found: (Found & { shared?: true })[] = []
  const open: { start: number; number: Number_; precision: Precision | null; from: number }[] = []
  let i = 0
  while (i < masked.length) {
    const start = i
    const percent = readPercent(masked, i) ?? readTenths(masked, i)
    if (percent) {
      i = percent.end
      found.push({ start: percent.from, end: i, text: '', written: percent.written })
      continue
    }
    const number = startsNumber(masked, i) ? readNumber(masked, i) : null
    if (!number) {
      i++
      continue
    }
    i = Math.max(number.end, start + 1)
    const { from, precision } = prefixOf(masked, start, number.numeral.bare)
    const said = finish(masked, start, from, number, precision)
    if (!said) {
      // It may share the unit of the next: 「3万、5万人次」.
      if (at(SHARED, masked, number.end)) open.push({ start, number, precision, from })
      continue
    }
    i = said.end
    if (said.drop) continue
    shareUnit(open, said, masked, found)
    open.length = 0
    found.push({ start: from, end: said.end, text: text.slice(from, said.end), written: said.written })
  }
  return found
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start, end }) => !breaksCell(text, start, end))
    .map((figure) => ({ ...figure, text: text.slice(figure.start, figure.end).replaceAll('\t', ' ') }))
}

/** 「2<tab>人员培训」: the next cell of a pasted table begins with what would be a unit, and is none. */
const breaksCell = (text: string, start: number, end: number): boolean =>
  text.slice(start, end).includes('\t') && /[\w一-龥]/.test(text[end] ?? '')

/** A digit that begins a number of its own: not inside `A4`, `3.5`, `GB-9704`. */
function startsNumber(text: string, i: number): boolean {
  const c = text[i]!
  if (c >= '0' && c <= '9') return !/[\dA-Za-z.]$|[A-Za-z]-$|\d,$/.test(text.slice(Math.max(0, i - 2), i))
  return mayBegin(text, i)
}

interface Said {
  end: number
  written: Written
  drop?: boolean
}

/** The figure whose first number was read: range, unit, 以上; null when it counts nothing. */
function finish(
  text: string,
  start: number,
  from: number,
  first: Number_,
  prefix: Precision | null,
): Said | null {
  const upper = secondOf(text, first)
  const last = upper?.number ?? first
  const unit =
    unitAt(text, last, from !== start) ??
    (upper ? null : (unitBefore(text, from, first) ?? unitOfCell(text, from, first)))
  if (!unit) return null
  let end = last.end + unit.length
  // 「5000元至8000元」: the same unit told twice.
  if (!upper) {
    const to = at(TO, text, end)
    const next = to && readNumber(text, end + to[0].length)
    const again = next && readUnit(text, next.end, next.numeral.chinese)
    if (next && again?.unit === unit.unit && valueOf(next) > valueOf(first))
      return { end: next.end + again.length, written: rangeAmount(first.numeral, next.numeral, unit.unit) }
  }
  if (upper) {
    const written =
      upper.kind === 'to'
        ? rangeAmount(first.numeral, upper.number.numeral, unit.unit)
        : rangeAmount(...around(first.numeral, upper.number.numeral), unit.unit)
    return { end, written }
  }
  const suffix = after.find(([pattern]) => pattern.test(text.slice(end, end + 8)))
  if (suffix && !prefix) end += suffix[0].exec(text.slice(end, end + 8))![0].length
  const precision = prefix ?? (first.more ? 'more_than' : first.about ? 'about' : (suffix?.[1] ?? null))
  const drop = !counts(text, start, last, end, precision !== null)
  return { end, written: amount(first.numeral, unit.unit, precision, first.inWan), drop }
}

const valueOf = ({ numeral: n }: Number_): number => (n.digits * n.scale) / 10 ** n.decimals

function around(middle: Numeral, width: Numeral): [Numeral, Numeral] {
  return [
    { ...middle, digits: middle.digits - width.digits },
    { ...middle, digits: middle.digits + width.digits },
  ]
}

/** The other end of a range: 「3-5期」, 「三至五家」, 「1000-1500名」, 「50±5人」. */
function secondOf(text: string, first: Number_): { kind: 'to' | 'around'; number: Number_ } | null {
  for (const [kind, pattern] of [['to', TO], ['around', PLUS_MINUS]] as const) {
    const sign = at(pattern, text, first.end)
    const number = sign && readNumber(text, first.end + sign[0].length)
    if (!number || !unitAt(text, number, true)) continue
    // 「1-3万人」: the scale at the end is that of both.
    if (first.numeral.scale === 1 && number.numeral.scale > 1 && valueOf(first) < 1000)
      first.numeral = { ...first.numeral, scale: number.numeral.scale, scaled: true }
    if (kind === 'to' && valueOf(number) <= valueOf(first)) continue
    return { kind, number }
  }
  return null
} // prettier-ignore

function unitAt(text: string, number: Number_, loose: boolean): { unit: string; length: number } | null {
  const found = readUnit(text, number.end, number.numeral.chinese)
  if (found) return found
  const { numeral } = number
  const big = numeral.scaled || number.more || loose || (!numeral.chinese && numeral.digits >= 10)
  const unit = big ? impliedUnit(text, number.end) : null
  return unit ? { unit, length: 0 } : null
}

/** 「女会员突破80万大关」, 「投入20余万，」: tens of thousands of what was named straight before, where nothing follows. */
function unitBefore(
  text: string,
  from: number,
  { numeral, end }: Number_,
): { unit: string; length: number } | null {
  if (!numeral.wan || !/^(?:大关|[，。；！）)\n]|$)/.test(text.slice(end, end + 2))) return null
  const unit = impliedBefore(text.slice(Math.max(0, from - 14), from))
  return unit ? { unit, length: 0 } : null
}

/** 「培训人次（人次）：2180」: the unit stands in the cell before, the number alone in its own. */
function unitOfCell(
  text: string,
  from: number,
  { numeral, end }: Number_,
): { unit: string; length: number } | null {
  if (!/^ ?(?:[ ，。；、！|]|$)/.test(text.slice(end, end + 2))) return null
  const told = headedUnit(text.slice(Math.max(0, from - 10), from))
  if (!told) return null
  if (told.scale > 1) Object.assign(numeral, { scale: told.scale, scaled: true, wan: true })
  return { unit: told.unit, length: 0 }
}

/** Whether a number with its unit counts something; Arabic ones do, small Chinese ones only behind a verb. */
function counts(
  text: string,
  start: number,
  { numeral, more }: Number_,
  end: number,
  near: boolean,
): boolean {
  if (numeral.bare) return near || more
  if (!numeral.chinese || numeral.digits * numeral.scale >= 10 || near) return true
  const clauseStart = Math.max(...[...STOP].map((c) => text.lastIndexOf(c, start - 1))) + 1
  const clause = text.slice(clauseStart, start)
  if (/[每各]/.test(clause) || !VERB.test(clause)) return false
  const closes = end >= text.length || /[，。；、！？,;\n（()）]/.test(text[end]!)
  if (text[start] === '一') return closes
  const close = clause.slice(-4)
  return closes || VERB.test(close)
}

/** Gives the unit of a figure to the numbers before it in the list: 「3万、5万人次」. */
function shareUnit(
  open: { start: number; number: Number_; precision: Precision | null; from: number }[],
  said: Said,
  text: string,
  found: Found[],
): void {
  let reach = -1
  for (const one of open) {
    const sign = at(SHARED, text, one.number.end)!
    reach = one.number.end + sign[0].length
    const between = text.slice(reach, said.end)
    if (!/^[^，。；！？、\n]*$/.test(between) || one.number.numeral.bare || one.number.numeral.chinese)
      continue
    if (between.includes(FILLER) || !/^[\d近约超]/.test(between)) continue
    const precision = one.precision ?? (one.number.more ? 'more_than' : null)
    found.push({
      start: one.from,
      end: one.number.end,
      text: '',
      written: amount(one.number.numeral, said.written.unit, precision, one.number.inWan),
    })
  }
}

/** The figure that a text is, all of it; null for any other text. */
export function readFigure(text: string): Written | null {
  const [figure, ...more] = extract(text)
  return figure && more.length === 0 && figure.text === text ? figure.written : null
}
