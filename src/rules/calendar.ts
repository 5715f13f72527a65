import { addDays } from '#kit/day.ts'

/** A day that differs from the week: a holiday, or a weekend that is worked. */
export type SpecialDay = { day: string; kind: 'off' | 'work'; name: string }

/** Working days by the calendar in force; a year that nobody announced yet goes by the week alone. */
export type WorkCalendar = {
  isWorkday(day: string): boolean
  /** The day itself where it is worked, else the next that is. */
  onOrAfter(day: string): string
  /** The day itself where it is worked, else the last that was. */
  onOrBefore(day: string): string
  /** The n-th working day after a day; before it where n is negative. */
  add(day: string, n: number): string
  /** Working days after `from` up to `until`: 0 on the same day, negative when `until` lies before. */
  between(from: string, until: string): number
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

export function workCalendar(days: readonly SpecialDay[]): WorkCalendar {
  const kinds = new Map(days.map(({ day, kind }) => [day, kind]))
  const isWorkday = (day: string): boolean => {
    const kind = kinds.get(day)
    return kind === undefined ? !isWeekend(day) : kind === 'work'
  }
  const step = (day: string, by: 1 | -1): string => {
    let next = day
    do next = addDays(next, by)
    while (!isWorkday(next))
    return next
  }
  const between = (from: string, until: string): number => {
    if (until < from) return -between(until, from)
    let n = 0
    for (let day = from; day < until;) {
      day = addDays(day, 1)
      if (isWorkday(day)) n++
    }
    return n
  }
  return {
    isWorkday,
    onOrAfter: (day) => (isWorkday(day) ? day : step(day, 1)),
    onOrBefore: (day) => (isWorkday(day) ? day : step(day, -1)),
    add: (day, n) => {
      let at = day
      for (let left = Math.abs(n); left > 0; left--) at = step(at, n > 0 ? 1 : -1)
      return at
    },
    between,
  }
}
