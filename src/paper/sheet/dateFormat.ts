import { addDays } from '#kit/day.ts'

/** Built-in formats of ECMA-376 §18.8.30 that show a day, with those of Chinese editions. */
const builtIn = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)

/** Whether a number format shows a day: 「yyyy年m月d日」 does, 「0.00」 and 「h:mm」 don't. */
export function showsDay(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn(id)
  const bare = code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, '').split(';')[0] ?? ''
  return /[yde]/i.test(bare.replace(/general/gi, ''))
}

/**
 * The day of a serial number, or null outside 1900 to 2999. Excel counts a 29 February 1900 that never was: day 60 of its
 * calendar, so earlier ones stand one higher.
 */
export function dayOfSerial(serial: number, since1904 = false): string | null {
  const whole = Math.floor(serial)
  if (since1904) return whole < 0 || whole > 401_768 ? null : addDays('1904-01-01', whole)
  if (whole < 1 || whole === 60 || whole > 401_768) return null
  return addDays('1899-12-31', whole > 60 ? whole - 1 : whole)
}
