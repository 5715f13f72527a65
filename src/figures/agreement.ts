import { FEN_PER_YUAN, MONEY_UNIT, type Written } from './written.ts'

/** `agree`: what a careful clerk writes. `loose`: not false, but a closer form exists. */
export type Verdict = 'agree' | 'loose' | 'differ'

/** Live values, both ends included, in the unit's smallest part (fen for 元, ones for all else). */
export interface Range {
  low: number
  high: number
}

/**
 * The live values with which a written figure agrees, and those with which it agrees loosely.
 *
 * With w the weight of the last written digit, q = w (but w/10 for whole 万) and p the weight of the last digit
 * that isn't zero: 485 is 485 alone; 3万 is v ± q/2, loosely v ± w/2; 9800余 lies in (v, v+p); 3万余 in (v, v+q),
 * loosely (v, v+p). So 26,000 is 2.6万 and only loosely 3万. Ranges are half-open: 29,500 is 3万, 30,500 is not.
 */
export function range(written: Written): { agree: Range; loose: Range } {
  const { value, weight, place, quantum } = weigh(written)
  switch (written.precision) {
    case 'exact':
      return { agree: { low: value, high: value }, loose: { low: value, high: value } }
    case 'rounded':
      return { agree: around(value, quantum), loose: around(value, weight) }
    case 'more_than':
      return {
        agree: { low: value + 1, high: value + (written.scale === 1 ? place : quantum) - 1 },
        loose: { low: value + 1, high: value + place - 1 },
      }
  }
}

/**
 * Whether the figure in the text still tells the truth about the live value (a count, or yuan).
 * Units are compared before this: 人 and 人次 never match each other, whatever the numbers say.
 */
export function agrees(written: Written, live: number): Verdict {
  const smallest = Math.round(live * perUnit(written))
  const { agree, loose } = range(written)
  if (smallest >= agree.low && smallest <= agree.high) return 'agree'
  return smallest >= loose.low && smallest <= loose.high ? 'loose' : 'differ'
}

function perUnit(written: Written): number {
  return written.unit === MONEY_UNIT ? FEN_PER_YUAN : 1
}

/** Everything in whole smallest units, so that no comparison ever meets a binary fraction. */
function weigh(written: Written): { value: number; weight: number; place: number; quantum: number } {
  const [whole = '', decimals = ''] = written.digits.split('.')
  const weight = (written.scale * perUnit(written)) / 10 ** decimals.length
  const digits = whole + decimals
  const zeros = digits.length - digits.replace(/0+$/, '').length
  return {
    value: Number(digits) * weight,
    weight,
    place: weight * 10 ** Math.min(zeros, digits.length - 1),
    quantum: written.scale > 1 && !decimals ? weight / 10 : weight,
  }
}

function around(value: number, width: number): Range {
  return { low: Math.ceil((2 * value - width) / 2), high: Math.ceil((2 * value + width) / 2) - 1 }
}
