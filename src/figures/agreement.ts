import type { Written } from './written.ts'

/** `agree`: what a careful clerk writes. `loose`: not false, but a closer form exists. */
export type Verdict = 'agree' | 'loose' | 'differ'

/** Live values, both ends included, in the smallest part of the figure's unit (`per` of it make one). */
export interface Range {
  low: number
  high: number
}

/** No count of ours reaches it; far enough for 「不少于80」 with everything above. */
const NO_END = Number.MAX_SAFE_INTEGER

/**
 * The live values with which a written figure agrees, and those with which it agrees loosely.
 *
 * With w the weight of the last written digit, q = w (but w/10 for whole 万) and p the weight of the last digit
 * that isn't zero: 485 is 485 alone; 3万 is v ± q/2, loosely v ± w/2; 9800余 lies in (v, v+p); 3万余 in (v, v+q),
 * loosely (v, v+p). So 26,000 is 2.6万 and only loosely 3万. Ranges are half-open: 29,500 is 3万, 30,500 is not.
 */
export function range(written: Written): { agree: Range; loose: Range } {
  const { value, high, weight, place, quantum, scaled, unit, per } = written
  const step = scaled ? quantum : place
  switch (written.precision) {
    case 'exact':
    case 'range':
      return { agree: { low: value, high }, loose: { low: value, high } }
    case 'rounded':
      return { agree: around(value, quantum), loose: around(value, weight) }
    case 'about':
      return { agree: around(value, step), loose: around(value, scaled ? weight : step) }
    case 'more_than':
      return {
        agree: { low: value + 1, high: value + step - 1 },
        loose: { low: value + 1, high: value + place - 1 },
      }
    case 'at_least': {
      const all = unit === '%' && value + step === 100 * per
      return {
        agree: { low: value, high: value + step - (all ? 0 : 1) },
        loose: { low: value, high: NO_END },
      }
    }
    case 'at_most':
      return { agree: { low: Math.max(0, value - step), high: value }, loose: { low: 0, high: value } }
    case 'nearly':
      return { agree: below(value, place / 10), loose: below(value, place / 2) }
  }
}

/**
 * Whether the figure in the text still tells the truth about the live value (a count, or yuan).
 * Units are compared before this: 人 and 人次 never match each other, whatever the numbers say.
 */
export function agrees(written: Written, live: number): Verdict {
  const parts = Math.round(live * written.per)
  const { agree, loose } = range(written)
  if (parts >= agree.low && parts <= agree.high) return 'agree'
  return parts >= loose.low && parts <= loose.high ? 'loose' : 'differ'
}

function around(value: number, width: number): Range {
  return { low: Math.ceil((2 * value - width) / 2), high: Math.ceil((2 * value + width) / 2) - 1 }
}

function below(value: number, reach: number): Range {
  return { low: Math.max(0, value - Math.max(1, Math.ceil(reach))), high: value - 1 }
}
