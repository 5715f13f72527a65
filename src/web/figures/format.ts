import { FEN_PER_YUAN, write } from '#figures/written.ts'
import type { IndicatorKind, NumberStyle } from '#kit/indicator.ts'
import type { Line } from './chapters.ts'

/** How each kind is told beside its unit: persons and attendances never share a word. */
export const kindLabels: Record<IndicatorKind, string> = {
  event: '场次（办一场计一次）',
  person_time: '人次（来一次计一次）',
  person: '人（一人计一次）',
  thing: '个数',
  document: '份数',
  copy: '册（份）数',
  money: '金额',
}

export const styleLabels: Record<NumberStyle, string> = {
  exact: '照写，如 485',
  wan1: '以万计，一位小数，如 5.1万',
  wan2: '以万计，两位小数，如 3.37万',
  yu: '取整加“余”，如 9800余',
}

/** Shown where nothing was reported at all; a reported zero is `0`. */
export const NOT_REPORTED = '—'

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** `14091` → `14,091`; fen → `1,234.50`; a real minus sign; absent → `—`. */
export function formatValue(value: number | null | undefined, kind: IndicatorKind): string {
  if (value === null || value === undefined) return NOT_REPORTED
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  if (kind !== 'money') return sign + group(String(size))
  const [yuan = '0', fen = '00'] = (size / FEN_PER_YUAN).toFixed(2).split('.')
  return `${sign}${group(yuan)}.${fen}`
}

/** What of a figure is estimated: 「（估报）」 where it is all of it, else how much; nothing where none is. */
export function estimatedText(estimated: number, whole: number, kind: IndicatorKind): string {
  if (estimated === 0) return ''
  return estimated === whole ? '（估报）' : `（其中估报 ${formatValue(estimated, kind)}）`
}

/** Difference with its sign, `+23`, `−5`; no difference is 持平. */
export function formatDelta(now: number, before: number, kind: IndicatorKind): string {
  const difference = now - before
  if (difference === 0) return '持平'
  return difference > 0 ? `+${formatValue(difference, kind)}` : formatValue(difference, kind)
}

/** The figure as the summary writes it: `9800余人`. Below zero (a correction of another period) it stays a bare number. */
export function writtenOf(value: number, { indicator }: Line): string {
  const inUnit = indicator.kind === 'money' ? value / FEN_PER_YUAN : value
  if (value < 0) return `${formatValue(value, indicator.kind)}${indicator.unit}`
  return write(inUnit, indicator.unit, indicator.style)
}

/** Whole and tenths of a per cent, `33.3%`; nothing of nothing is `—`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return NOT_REPORTED
  const tenths = Math.round((part / whole) * 1000)
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${(tenths / 10).toFixed(1)}%`
}

/** `201903` → 「2019年3月」. */
export function formatMonth(ym: number): string {
  return `${Math.floor(ym / 100)}年${ym % 100}月`
}
