/** Business dates are `YYYY-MM-DD` text and months `yyyymm` integers: no clock, no zone, no Date objects. */

const shape = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a real calendar day written `YYYY-MM-DD`, 1900 to 2999. */
export function isDay(text: string): boolean {
  const m = shape.exec(text)
  if (!m) return false
  const [y, mo, d] = [Number(m[1]), Number(m[2]), Number(m[3])]
  return y >= 1900 && y < 3000 && mo >= 1 && mo <= 12 && d >= 1 && d <= daysIn(y, mo)
}

/** Days of month `mo` (1–12) in year `y`. */
export function daysIn(y: number, mo: number): number {
  if (mo === 2) return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(mo) ? 30 : 31
}

/** `2019-08-05` → 201908. */
export function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 100 + Number(day.slice(5, 7))
}

/** The last day of a month `yyyymm`. */
export function lastDayOf(ym: number): string {
  const [y, mo] = [Math.floor(ym / 100), ym % 100]
  return `${y}-${String(mo).padStart(2, '0')}-${daysIn(y, mo)}`
}

/** 201912 + 1 → 202001; n may be negative. */
export function addMonths(ym: number, n: number): number {
  const months = Math.floor(ym / 100) * 12 + (ym % 100) - 1 + n
  return Math.floor(months / 12) * 100 + (months % 12) + 1
}

/** The day `n` days after `day` (n may be negative). */
export function addDays(day: string, n: number): string {
  const at = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)) + n)
  return new Date(at).toISOString().slice(0, 10)
}

/** The same day so many months later (n may be negative), or the last of a shorter month. */
export function monthsAfter(day: string, n: number): string {
  const last = lastDayOf(addMonths(monthOf(day), n))
  return `${last.slice(0, 8)}${day.slice(8) < last.slice(8) ? day.slice(8) : last.slice(8)}`
}

/** `2019-08-05` → 「2019年8月5日」. */
export function longDay(day: string): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}

/**
 * An instant as China's clocks show it, `2020-04-16T14:03:00.000Z`. China keeps one zone without summer time today, so a fixed
 * shift is exact, the same on every machine, and quick enough to be asked for every row of a workbook.
 */
const chinaTime = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString()

/** The day of an instant in Shanghai. */
export const realDayOf = (at: Date): string => chinaTime(at.getTime()).slice(0, 10)

/** Today in Shanghai, on the real clock. */
export const realToday = (): string => realDayOf(new Date())

/** An instant in Beijing time, 「2020-04-16 14:03」; what is no instant is shown as it came. */
export function formatInstant(iso: string): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return iso
  const text = chinaTime(at)
  return `${text.slice(0, 10)} ${text.slice(11, 16)}`
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000)

/** The business day, and how many days it stands behind the real clock: 0 but in a demo, whose days are of 2020. */
export type Clock = { today: string; behind: number }

/**
 * An instant as screens tell it. What is done in a demo is stamped by the real clock (sessions, locks and the audit need that
 * one) and stands beside business dates, so one clock is told: an instant after the business day can only be of the real
 * clock, and is told as many days earlier. What is held against the world outside keeps its real time: the audit, devices and
 * keys, links that end.
 */
export function toldInstant(iso: string, { today, behind }: Clock): string {
  const at = Date.parse(iso)
  if (behind <= 0 || Number.isNaN(at) || realDayOf(new Date(at)) <= today) return iso
  return new Date(at - behind * 86_400_000).toISOString()
}

/** The day of an instant as screens and papers tell it. */
export const toldDay = (iso: string, clock: Clock): string => realDayOf(new Date(toldInstant(iso, clock)))
