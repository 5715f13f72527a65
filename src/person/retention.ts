import { addMonths } from '#kit/day.ts'

/**
 * Years for which the register keeps what it needs no more. Originals and ledgers at least two (统计法实施条例 第二十二条),
 * hand-over and consent at least three (网络数据安全管理条例 第十二条); a purge by an earlier bound is refused by the database.
 */
export const keptYears = { left: 3, access: 3 } as const

/** The same day so many years before, `YYYY-MM-DD`; 29 February becomes the 28th. */
export function yearsBefore(day: string, years: number): string {
  const ym = addMonths(Number(day.slice(0, 4)) * 100 + Number(day.slice(5, 7)), -12 * years)
  const at = day.endsWith('02-29') ? '28' : day.slice(8)
  return `${Math.floor(ym / 100)}-${String(ym % 100).padStart(2, '0')}-${at}`
}
