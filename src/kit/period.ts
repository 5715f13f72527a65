import { addMonths } from './day.ts'

/** The calendars over the same dated facts (domain: 日历年、统计年度、半年、季度、月). */
export const calendars = ['year', 'statistics', 'half', 'quarter', 'month'] as const
export type Calendar = (typeof calendars)[number]

/** How many parts a calendar has in a year. */
export const partsIn: Readonly<Record<Calendar, number>> = {
  year: 1,
  statistics: 1,
  half: 2,
  quarter: 4,
  month: 12,
}

/** Closed range of months, at most twelve, touching at most two years. */
export type Period = { calendar: Calendar; label: string; fromYm: number; untilYm: number }

/**
 * The period of a calendar.
 * @param part half 1–2, quarter 1–4 or month 1–12; ignored by the year calendars.
 * The statistics year 统计年度 runs from 1 October to 30 September and is named by its end.
 */
export function periodOf(calendar: Calendar, year: number, part = 1): Period {
  switch (calendar) {
    case 'year':
      return { calendar, label: `${year}年`, fromYm: year * 100 + 1, untilYm: year * 100 + 12 }
    case 'statistics':
      return { calendar, label: `${year}统计年度`, fromYm: year * 100 - 90, untilYm: year * 100 + 9 }
    case 'half': {
      const fromYm = year * 100 + part * 6 - 5
      return { calendar, label: `${year}年${'上下'[part - 1]}半年`, fromYm, untilYm: fromYm + 5 }
    }
    case 'quarter': {
      const fromYm = year * 100 + part * 3 - 2
      return { calendar, label: `${year}年第${'一二三四'[part - 1]}季度`, fromYm, untilYm: fromYm + 2 }
    }
    case 'month':
      break
  }
  return { calendar, label: `${year}年${part}月`, fromYm: year * 100 + part, untilYm: year * 100 + part }
}

/** The months of a period, ascending. */
export function monthsOf(period: Period): number[] {
  const months = [period.fromYm]
  while (months.at(-1)! < period.untilYm) months.push(addMonths(months.at(-1)!, 1))
  return months
}

/** The years whose roll-up rows a period reads, with the months of each. */
export function yearsOf(period: Period): { year: number; from: number; until: number }[] {
  const [y1, y2] = [Math.floor(period.fromYm / 100), Math.floor(period.untilYm / 100)]
  if (y1 === y2) return [{ year: y1, from: period.fromYm % 100, until: period.untilYm % 100 }]
  return [
    { year: y1, from: period.fromYm % 100, until: 12 },
    { year: y2, from: 1, until: period.untilYm % 100 },
  ]
}
