/** A moment on China's clock: 0 is Sunday, minutes since midnight. */
export type Moment = { weekday: number; minutes: number }

const clock = '(\\d{1,2})[:：](\\d{2})'
const stretch = new RegExp(`${clock}\\s*(?:[-–—~～至到]+)\\s*${clock}`, 'g')
const dayNames = '日一二三四五六'

/** The days that a text names: 每日, 工作日, 周末, 周一至周五, 周六; none named is every day, unread ones are null. */
function daysOf(text: string): ReadonlySet<number> | null {
  const days = new Set<number>()
  const add = (list: readonly number[]) => list.forEach((day) => days.add(day))
  if (/每[日天]|全年|天天/.test(text)) add([0, 1, 2, 3, 4, 5, 6])
  if (/工作日/.test(text)) add([1, 2, 3, 4, 5])
  if (/周末|双休日/.test(text)) add([0, 6])
  const named = [
    ...text.matchAll(
      /(?:周|星期)([一二三四五六日天])(?:\s*[-–—~～至到]+\s*(?:周|星期)?([一二三四五六日天]))?/g,
    ),
  ]
  for (const [, first, last] of named) {
    const at = (name: string) => (name === '天' ? 0 : dayNames.indexOf(name))
    const from = at(first!)
    const steps = last === undefined ? 0 : (at(last) - from + 7) % 7
    add(Array.from({ length: steps + 1 }, (_, n) => (from + n) % 7))
  }
  if (days.size > 0) return days
  return /[周期节假休]/.test(text) ? null : new Set([0, 1, 2, 3, 4, 5, 6])
}

/**
 * Whether a room is open at a moment, by its hours as its keeper wrote them; null where that cannot be told from them, which a
 * reader is told as it stands. 工作日 is Monday to Friday: holidays are not known here.
 */
export function openAt(hours: string, { weekday, minutes }: Moment): boolean | null {
  if (/24\s*小时|全天/.test(hours)) return daysOf(hours.replace(/24\s*小时|全天/g, ''))?.has(weekday) ?? null
  const found = [...hours.matchAll(stretch)]
  if (found.length === 0) return null
  let days: ReadonlySet<number> | null = null
  let end = 0
  let isOpen = false
  for (const match of found) {
    const before = hours.slice(end, match.index)
    end = match.index + match[0].length
    // 「周一至周五 9:00–12:00、13:00–17:00」: the second stretch is of the same days.
    days = days !== null && !/[周期日天末]/.test(before) ? days : daysOf(before)
    if (days === null) return null
    const [from, until] = [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])]
    if (from > 1440 || until > 1440 || until <= from) return null
    isOpen ||= days.has(weekday) && minutes >= from && minutes < until
  }
  // What stands behind the last hours may take days away (节假日除外), which is not read.
  return /除外|不开放|闭馆|休息/.test(hours) && isOpen ? null : isOpen
}

/** An instant on China's clock, which has no summer time. */
export function momentOf(instant: Date): Moment {
  const shifted = new Date(instant.getTime() + 8 * 3_600_000)
  return { weekday: shifted.getUTCDay(), minutes: shifted.getUTCHours() * 60 + shifted.getUTCMinutes() }
}
