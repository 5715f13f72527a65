import type { NumberStyle } from '#kit/indicator.ts'

/**
 * How a figure is written in a report. `exact` 14091; `wan1` 5.1万; `wan2` 3.37万; `yu` 9800余.
 * One style per quantity and text; it is the indicator's, and an editor may change it for one figure.
 */
export type Style = NumberStyle
export const styles = ['exact', 'wan1', 'wan2', 'yu'] as const satisfies readonly NumberStyle[]

/** The words of precision that a written figure may carry. */
export const precisions = [
  'exact',
  'rounded',
  'more_than',
  'at_least',
  'nearly',
  'about',
  'at_most',
  'range',
] as const
export type Precision = (typeof precisions)[number]

/** A figure as read from text, in whole smallest parts of its unit, `per` of which make one: fen of a yuan. */
export interface Written {
  value: number
  /** The upper end of a range, else the value itself. */
  high: number
  precision: Precision
  unit: string
  per: number
  /** Weight of the last written digit, and of the last that isn't zero. */
  weight: number
  place: number
  /** As `weight`, but a tenth of it for whole 万 and 亿. */
  quantum: number
  /** True with 千 万 亿 behind the number: then 余 and 约 reach a quantum, else a place. */
  scaled: boolean
}

/** What was read of a number: `digits` × 10^-`decimals` × `scale`; `wan` when the scale is 万 or 亿. */
export interface Digits {
  digits: number
  decimals: number
  scale: number
  scaled: boolean
  wan: boolean
}

const WAN = 10_000
/** Money keeps two decimals at most: its smallest unit is the fen (分), everything else counts in ones. */
export const FEN_PER_YUAN = 100
export const MONEY_UNIT = '元'

/** The styles an editor may choose for a figure of this unit. Money is exact only: a rounded sum can't be booked. */
export function stylesFor(unit: string): readonly Style[] {
  return unit === MONEY_UNIT ? ['exact'] : ['exact', 'wan1', 'wan2', 'yu']
}

/**
 * The figure with its unit, as it stands in the sentence: `write(9846, '人', 'yu')` = `9800余人`.
 *
 * `value` is a count, or yuan with at most two decimals. Arabic digits, no separators.
 * 万 rounds half up and drops trailing zeros; below 10,000 it stays exact. 余 is always strictly more, so an
 * exact multiple is written out, as is any number below 20.
 * @throws RangeError for a negative or fractional count, half a fen, a percentage, or money in a style but `exact`
 */
export function write(value: number, unit: string, style: Style): string {
  if (unit === '%') throw new RangeError('A rate has no writer: 0 % and 100 % need their own rule')
  if (!stylesFor(unit).includes(style)) throw new RangeError(`${unit} cannot be written in style ${style}`)
  if (unit === MONEY_UNIT) return yuan(value) + unit
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a count: ${value}`)
  return number(value, style) + unit
}

function number(value: number, style: Style): string {
  switch (style) {
    case 'exact':
      return String(value)
    case 'wan1':
      return wan(value, WAN / 10)
    case 'wan2':
      return wan(value, WAN / 100)
    case 'yu':
      return yu(value)
  }
}

function wan(value: number, step: number): string {
  if (value < WAN) return String(value)
  const steps = Math.floor(value / step) + (2 * (value % step) >= step ? 1 : 0)
  const perWan = WAN / step
  const decimals = String(steps % perWan)
    .padStart(String(perWan).length - 1, '0')
    .replace(/0+$/, '')
  return `${Math.floor(steps / perWan)}${decimals && `.${decimals}`}万`
}

function yu(value: number): string {
  const step = value < 1000 ? 10 : value < 100_000 ? 100 : 1000
  if (value < 20 || value % step === 0) return String(value)
  return `${value - (value % step)}余`
}

function yuan(value: number): string {
  const fen = Math.round(value * FEN_PER_YUAN)
  if (!Number.isSafeInteger(fen) || fen < 0 || fen / FEN_PER_YUAN !== value)
    throw new RangeError(`Not an amount in yuan and fen: ${value}`)
  return Number.isInteger(value) ? String(value) : value.toFixed(2)
}

const PARTS_UNITS: readonly string[] = ['%', '‰', '个百分点']

/** A figure of these digits. Without words of precision it is rounded where it has a scale, decimals or a percent sign. */
export function amount(number: Digits, unit: string, words: Precision | null, inWan = false): Written {
  const { digits, decimals, scale, scaled, wan } = number
  const per = perOf(number, unit)
  const weight = (scale * per) / 10 ** decimals
  const value = digits * weight
  const written = String(digits)
  const zeros = written.length - written.replace(/0+$/, '').length
  // 0 % and 100 % are exact: else 99.6 would pass as all.
  const whole = unit === '%' && (value === 0 || value === 100 * per)
  const round = scaled ? weight > per : decimals > 0 || PARTS_UNITS.includes(unit)
  return {
    value,
    high: value,
    precision: words ?? (round && !whole ? 'rounded' : 'exact'),
    unit,
    per,
    weight,
    place: digits === 0 ? weight : weight * 10 ** Math.min(zeros, written.length - 1),
    quantum: wan && decimals === 0 ? weight / 10 : weight,
    // 「10余万」 says 余 of the ten, not of the 万.
    scaled: scaled && !inWan,
  }
}

/** 「3-5期」: from one number to another. */
export function rangeAmount(from: Digits, to: Digits, unit: string): Written {
  const per = Math.max(perOf(from, unit), perOf(to, unit))
  const [low, high] = [from, to].map((n) => Math.round((n.digits * n.scale * per) / 10 ** n.decimals))
  return { ...amount(from, unit, 'range'), value: low!, high: high!, per, precision: 'range' }
}

/** Fine enough that half of the last written digit is whole. */
function perOf({ decimals, scale }: Digits, unit: string): number {
  if (unit === MONEY_UNIT) return scale * FEN_PER_YUAN >= 10 ** decimals ? FEN_PER_YUAN : 10 ** decimals
  if (PARTS_UNITS.includes(unit)) return 10 ** (decimals + 2)
  return scale >= 10 ** decimals ? 1 : 10 ** (decimals + 1)
}
