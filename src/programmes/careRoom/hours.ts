/** A moment on China's clock: weekday 0 is Sunday, minutes since midnight, and whether the day is a working day of the calendar. */
export type Moment = { weekday: number; minutes: number; isWorkday: boolean }

type Days = (moment: Moment) => boolean

const dayNames = '日一二三四五六'
const dayAt = (name: string): number => (name === '天' ? 0 : dayNames.indexOf(name))

/** What a text of hours is made of; where anything else stands in it, nothing is told from it. */
const between = /^(?:[\s、,，;；:：和及]|对外|开放|时间)+/
const stretch = /^(\d{1,2})[:：](\d{2})\s*[-–—~～至到]+\s*(\d{1,2})[:：](\d{2})/
const allDay = /^(?:24\s*小时|全天)/
const dayWords: readonly [RegExp, (match: RegExpExecArray) => Days][] = [
  [/^(?:每[日天]|天天|全年)/, () => () => true],
  [
    /^工作日/,
    () =>
      ({ isWorkday }) =>
        isWorkday,
  ],
  [
    /^(?:周末|双休日)/,
    () =>
      ({ weekday }) =>
        weekday === 0 || weekday === 6,
  ],
  [
    /^(?:周|星期)([一二三四五六日天])\s*[-–—~～至到]+\s*(?:周|星期)?([一二三四五六日天])/,
    ([, first, last]) => {
      const from = dayAt(first!)
      const steps = (dayAt(last!) - from + 7) % 7
      return ({ weekday }) => (weekday - from + 7) % 7 <= steps
    },
  ],
  [
    /^(?:周|星期)([一二三四五六日天])/,
    ([, only]) =>
      ({ weekday }) =>
        weekday === dayAt(only!),
  ],
]

type Hours = { days: readonly Days[]; from: number; until: number }

/** Stretches of hours with the days that they are said of; null where the text holds what is not known here. */
function read(text: string): Hours[] | null {
  const found: Hours[] = []
  let days: Days[] = []
  let isNew = true
  for (let rest = text.trim(); rest !== '';) {
    const word = dayWords.map(([form, of]) => [form.exec(rest), of] as const).find(([match]) => match)
    const hours = stretch.exec(rest)
    const whole = allDay.exec(rest)
    if (word) {
      days = [...(isNew ? days : []), word[1](word[0]!)]
      isNew = true
      rest = rest.slice(word[0]![0].length)
    } else if (hours || whole) {
      const [from, until] = hours
        ? [Number(hours[1]) * 60 + Number(hours[2]), Number(hours[3]) * 60 + Number(hours[4])]
        : [0, 1440]
      if (until > 1440 || until <= from) return null
      found.push({ days: days.length > 0 ? days : [() => true], from, until })
      isNew = false
      rest = rest.slice((hours ?? whole)![0].length)
    } else {
      const gap = between.exec(rest)
      if (!gap) return null
      rest = rest.slice(gap[0].length)
    }
  }
  // Days after the last hours are said of nothing.
  return isNew ? null : found
}

/**
 * Whether a room is open at a moment, by its hours as its keeper wrote them; null where they hold anything that is not read here
 * (节假日除外, 午休, 下午1:30), which stands there as it was written and nothing is claimed.
 */
export function openAt(hours: string, moment: Moment): boolean | null {
  const found = read(hours)
  return (
    found &&
    found.some(
      ({ days, from, until }) =>
        moment.minutes >= from && moment.minutes < until && days.some((holds) => holds(moment)),
    )
  )
}

/** Minutes since midnight on China's clock, which has no summer time. */
export function minutesOf(instant: Date): number {
  const shifted = new Date(instant.getTime() + 8 * 3_600_000)
  return shifted.getUTCHours() * 60 + shifted.getUTCMinutes()
}

/** The weekday of a day, 0 = Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
