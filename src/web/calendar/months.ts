import { daysIn } from '#kit/day.ts'
import type { SpecialDay } from '#rules/calendar.ts'

export type MonthDay = { day: string; kind: 'weekday' | 'weekend' | 'off' | 'work' }
/** A month as a sheet: how many cells stand empty before its first day (weeks begin on Monday), then its days. */
export type Month = { month: number; lead: number; days: MonthDay[] }

const two = (n: number): string => String(n).padStart(2, '0')

/** The twelve sheets of a year, holidays and worked weekends marked. */
export function monthsOf(year: number, special: readonly SpecialDay[]): Month[] {
  const kinds = new Map(special.map(({ day, kind }) => [day, kind]))
  return Array.from({ length: 12 }, (_, m) => {
    const days = Array.from({ length: daysIn(year, m + 1) }, (_, d): MonthDay => {
      const day = `${year}-${two(m + 1)}-${two(d + 1)}`
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
      return { day, kind: kinds.get(day) ?? (weekday === 0 || weekday === 6 ? 'weekend' : 'weekday') }
    })
    return { month: m + 1, lead: (new Date(`${days[0]!.day}T00:00:00Z`).getUTCDay() + 6) % 7, days }
  })
}

/** Stretches of neighbouring days of one name and kind: 「5月1日—5日 劳动节 放假」. */
export type Stretch = { name: string; kind: SpecialDay['kind']; from: string; until: string; days: number }

const next = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export function stretchesOf(special: readonly SpecialDay[]): Stretch[] {
  const list: Stretch[] = []
  for (const { day, kind, name } of special) {
    const last = list.at(-1)
    if (last && last.kind === kind && last.name === name && next(last.until) === day) {
      last.until = day
      last.days++
    } else list.push({ name, kind, from: day, until: day, days: 1 })
  }
  return list
}
