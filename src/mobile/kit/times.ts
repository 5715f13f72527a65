const weekdays = '日一二三四五六'

/** An instant in China, as its parts. */
function parts(iso: string): { month: number; day: number; weekday: string; clock: string } {
  const at = new Date(Date.parse(iso) + 8 * 3_600_000)
  return {
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: weekdays[at.getUTCDay()]!,
    clock: at.toISOString().slice(11, 16),
  }
}

/** 「3月8日 周日」 */
export function dayWords(iso: string): string {
  const { month, day, weekday } = parts(iso)
  return `${month}月${day}日 周${weekday}`
}

/** 「3月8日 周日 09:00」 */
export const timeWords = (iso: string): string => `${dayWords(iso)} ${parts(iso).clock}`

/** 「3月8日 周日 09:00—11:00」, or with the second day where it is another. */
export const spanWords = (from: string, until: string): string =>
  dayWords(from) === dayWords(until)
    ? `${timeWords(from)}—${parts(until).clock}`
    : `${timeWords(from)} 至 ${timeWords(until)}`

/** Metres as a walker reads them: 「320 米」, 「1.4 公里」, 「23 公里」. */
export function distanceWords(metres: number): string {
  if (metres < 995) return `${Math.max(10, Math.round(metres / 10) * 10)} 米`
  const kilometres = metres / 1000
  return `${kilometres < 9.95 ? kilometres.toFixed(1) : Math.round(kilometres)} 公里`
}
