import { amount, rangeAmount, type Precision, type Written } from '../written.ts'
import { after, at, prefixOf, readNumber } from './number.ts'
import { readNumeral } from './numeral.ts'

export interface Share {
  from: number
  end: number
  written: Written
}

/** 「百分之九十八点二」, 「近百分之九十」. */
export function readPercent(text: string, i: number): Share | null {
  const sign = /百分之|千分之/y
  const found = at(sign, text, i)
  const number = found && readNumber(text, i + 3)
  if (!number) return null
  const unit = found[0] === '百分之' ? '%' : '‰'
  return withWords(text, i, number.end, number.more, (precision) => amount(number.numeral, unit, precision))
}

const TENTHS =
  /(?:([一二两三四五六七八九\d])[-至到])?([一二两三四五六七八九]|\d(?:\.\d)?)成([一二三四五六七八九](?![一二三四五六七八九十百千万])|半)?(?!立|为|员|果|功|绩|长|本|就|品|效|交|年|人|型|因|都|语|套|熟|不变|新)([多余])?/y

const digit = (word: string): number => readNumeral(word, 0)!.digits

/** 「近七成」, 「六成五」, 「三成半」, 「九成以上」: tenths are told in percent. */
export function readTenths(text: string, i: number): Share | null {
  const found = /[十百千万第\d.]/.test(text[i - 1] ?? '') ? null : at(TENTHS, text, i)
  if (!found) return null
  const [whole, low, tenths, more] = [found[0], found[1], found[2]!, found[4]]
  const part = found[3] === '半' ? 5 : found[3] ? digit(found[3]) : 0
  const number =
    part || tenths.includes('.')
      ? { digits: digit(tenths) * (tenths.includes('.') ? 1 : 10) + part, scale: 1 }
      : { digits: digit(tenths), scale: 10 }
  const told = { ...number, decimals: 0, scaled: false, wan: false }
  if (low)
    return {
      from: i,
      end: i + whole.length,
      written: rangeAmount({ ...told, digits: digit(low) }, told, '%'),
    }
  return withWords(text, i, i + whole.length, more !== undefined, (precision) => amount(told, '%', precision))
}

/** With the words of precision before and behind it. */
function withWords(
  text: string,
  i: number,
  until: number,
  more: boolean,
  told: (precision: Precision | null) => Written,
): Share {
  const prefix = prefixOf(text, i, false)
  const tail = text.slice(until, until + 8)
  const suffix = prefix.precision ? undefined : after.find(([pattern]) => pattern.test(tail))
  const end = until + (suffix ? suffix[0].exec(tail)![0].length : 0)
  const precision = prefix.precision ?? (more ? 'more_than' : (suffix?.[1] ?? null))
  return { from: prefix.from, end, written: told(precision) }
}
