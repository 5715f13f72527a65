import type { NumberStyle } from '#kit/indicator.ts'

/**
 * How a figure is written in a report. `exact` 14091; `wan1` 5.1万; `wan2` 3.37万; `yu` 9800余.
 * One style per quantity and text; it is the indicator's, and an editor may change it for one figure.
 */
export type Style = NumberStyle

/** A figure as read from text. `digits` is what was typed, `scale` the 万 behind it. */
export interface Written {
  digits: string
  scale: 1 | 10_000
  precision: 'exact' | 'rounded' | 'more_than'
  unit: string
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

const FIGURE = /^(\d{1,15}(?:\.\d{1,4})?)(万)?(余)?(\D*)$/

/**
 * Reads back one figure as `write` puts it, unit included; null for any other text. It knows only what our own
 * writer can produce: prose needs a grammar of its own.
 */
export function parse(text: string): Written | null {
  const [, digits, inWan, more, unit] = FIGURE.exec(text) ?? []
  if (digits === undefined || unit === undefined) return null
  if (digits.includes('.') && !inWan && unit !== MONEY_UNIT) return null
  return {
    digits,
    scale: inWan ? WAN : 1,
    precision: more ? 'more_than' : inWan ? 'rounded' : 'exact',
    unit,
  }
}
