import { addDays, addMonths, monthOf } from './day.ts'

/** The calendars over the same dated facts (domain: 日历年、统计年度、半年、季度、月); `months` is a run of months of one year. */
export const calendars = ['year', 'statistics', 'half', 'quarter', 'month', 'months'] as const
export type Calendar = (typeof calendars)[number]

/** How many parts a calendar offers in a year; of the runs of months none is offered but asked for. */
export const partsIn: Readonly<Record<Calendar, number>> = {
  year: 1,
  statistics: 1,
  half: 2,
  quarter: 4,
  month: 12,
  months: 1,
}

/** Closed range of months, at most twelve, touching at most two years. */
export type Period = { calendar: Calendar; label: string; fromYm: number; untilYm: number }

/**
 * The period of a calendar.
 * @param part half 1–2, quarter 1–4, month 1–12, or the first and last of a run of months: 109 = 1—9月; ignored by the year calendars.
 * The statistics year 统计年度 runs from 1 October to 30 September and is named by its end.
 */
export function periodOf(calendar: Calendar, year: number, part = 1): Period {
  switch (calendar) {
    case 'year':
      return { calendar, label: `${year}年`, fromYm: year * 100 + 1, untilYm: year * 100 + 12 }
    case 'statistics':
      return { calendar, label: `${year}统计年度`, fromYm: year * 100 - 90, untilYm: year * 100 + 9 }
    case 'half':
      return part === 1 ? run('half', year, 1, 6, '上半年') : run('half', year, 7, 12, '下半年')
    case 'months': {
      const [from, until] = [Math.floor(part / 100), part % 100]
      return run('months', year, from, until, `${from}—${until}月`)
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

const run = (calendar: Calendar, year: number, from: number, until: number, words: string): Period => ({
  calendar,
  label: `${year}年${words}`,
  fromYm: year * 100 + from,
  untilYm: year * 100 + until,
})

/** Whether it begins after a day. */
export const isToCome = ({ fromYm }: Pick<Period, 'fromYm'>, day: string): boolean => fromYm > monthOf(day)

/** The whole months from one day to another, at most twelve; null where a day within a month parts them. */
export function wholeMonths(fromOn: string, untilOn: string): Period | null {
  const [fromYm, untilYm] = [monthOf(fromOn), monthOf(untilOn)]
  const isWhole = fromOn.endsWith('-01') && addDays(untilOn, 1).endsWith('-01')
  if (!isWhole || untilYm < fromYm || addMonths(fromYm, 11) < untilYm) return null
  return { calendar: 'months', label: `${fromOn} 至 ${untilOn}`, fromYm, untilYm }
}

/** Whether a calendar has such a part. */
export function hasPart(calendar: Calendar, part: number): boolean {
  if (!Number.isInteger(part)) return false
  if (calendar !== 'months') return part >= 1 && part <= partsIn[calendar]
  const [from, until] = [Math.floor(part / 100), part % 100]
  return from >= 1 && from <= until && until <= 12
}

/** A period as a short name in tags and keys: `2019`, `2019s`, `2019h1`, `2019q3`, `2019m9`, `2019m1-9`. */
export function periodCode({ calendar, fromYm, untilYm }: Period): string {
  const year = Math.floor(untilYm / 100)
  const [from, until] = [fromYm % 100, untilYm % 100]
  switch (calendar) {
    case 'year':
      return String(year)
    case 'statistics':
      return `${year}s`
    case 'half':
      return `${year}h${until / 6}`
    case 'quarter':
      return `${year}q${until / 3}`
    case 'month':
      return `${year}m${until}`
    case 'months':
      return `${year}m${from}-${until}`
  }
}

const CODE = /^(\d{4})(?:(s)|([hqm])(\d{1,2})(?:-(\d{1,2}))?)?$/
const CALENDARS = { h: 'half', q: 'quarter', m: 'month' } as const

/** The period of a short name, or null. */
export function readPeriodCode(code: string): Period | null {
  const [, year, statistics, letter, part, until] = CODE.exec(code) ?? []
  if (!year) return null
  if (!letter) return periodOf(statistics ? 'statistics' : 'year', Number(year))
  const calendar = until ? 'months' : CALENDARS[letter as keyof typeof CALENDARS]
  const number = until ? Number(part) * 100 + Number(until) : Number(part)
  return hasPart(calendar, number) && (!until || letter === 'm')
    ? periodOf(calendar, Number(year), number)
    : null
}

/** The part of its calendar that a period is, as periodOf takes it. */
export function partOf({ calendar, fromYm, untilYm }: Period): number {
  const [from, until] = [fromYm % 100, untilYm % 100]
  return {
    year: 1,
    statistics: 1,
    half: until / 6,
    quarter: until / 3,
    month: until,
    months: from * 100 + until,
  }[calendar]
}

/** The period that runs from one month to another, as it is asked for; null where no calendar holds it. */
export function namedSpan(
  fromYm: number,
  untilYm: number,
): { calendar: Calendar; year: number; part: number } | null {
  const year = Math.floor(untilYm / 100)
  const months = (fromYm % 100) * 100 + (untilYm % 100)
  const asked = [
    { calendar: 'year' as const, part: 1 },
    { calendar: 'statistics' as const, part: 1 },
    { calendar: 'months' as const, part: months },
  ]
  const found = asked.find(({ calendar, part }) => {
    if (!hasPart(calendar, part)) return false
    const period = periodOf(calendar, year, part)
    return period.fromYm === fromYm && period.untilYm === untilYm
  })
  return found ? { ...found, year } : null
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
