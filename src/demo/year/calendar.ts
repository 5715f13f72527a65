import { addDays, daysIn } from '#kit/day.ts'
import { split, type Random } from '#demo/random.ts'

/** Business date of the demo: nothing lies after it. */
export const TODAY = '2020-04-16'

/** Public holidays of 2018 to 2020 (国务院办公厅 notices); weekends worked in exchange are left out. */
const HOLIDAYS: readonly (readonly [from: string, until: string])[] = [
  ['2018-01-01', '2018-01-01'],
  ['2018-02-15', '2018-02-21'],
  ['2018-04-05', '2018-04-07'],
  ['2018-04-29', '2018-05-01'],
  ['2018-06-16', '2018-06-18'],
  ['2018-09-22', '2018-09-24'],
  ['2018-10-01', '2018-10-07'],
  ['2018-12-30', '2019-01-01'],
  ['2019-02-04', '2019-02-10'],
  ['2019-04-05', '2019-04-07'],
  ['2019-05-01', '2019-05-04'],
  ['2019-06-07', '2019-06-09'],
  ['2019-09-13', '2019-09-15'],
  ['2019-10-01', '2019-10-07'],
  ['2020-01-01', '2020-01-01'],
  ['2020-01-24', '2020-02-02'],
  ['2020-04-04', '2020-04-06'],
]

export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
const isHoliday = (day: string): boolean => HOLIDAYS.some(([from, until]) => day >= from && day <= until)

/** The working days, or the Saturdays and Sundays, of each month asked for so far. */
const daysOf = new Map<string, string[]>()

/** A working day, or with `weekend` a Saturday or Sunday, of a month; no holiday, not after the demo's today. */
export function someDay(random: Random, ym: number, weekend = false): string {
  const key = `${ym} ${weekend}`
  let days = daysOf.get(key)
  if (!days) {
    const [year, month] = [Math.floor(ym / 100), ym % 100]
    const first = `${year}-${String(month).padStart(2, '0')}-01`
    days = Array.from({ length: daysIn(year, month) }, (_, i) => addDays(first, i)).filter(
      (day) => day <= TODAY && isWeekend(day) === weekend && !isHoliday(day),
    )
    daysOf.set(key, days)
  }
  return random.pick(days)
}

/** Months of `n` facts of a year, in the shape of twelve weights: exact, not drawn. */
export function monthsFor(random: Random, year: number, n: number, weights: readonly number[]): number[] {
  const months = split(n, weights).flatMap((k, i) => Array<number>(k).fill(year * 100 + i + 1))
  return random.shuffle(months)
}

/** How the year runs: January to December. */
export const SHAPES = {
  /** March peak, quiet at Spring Festival and in high summer */
  even: [4, 2, 16, 9, 10, 9, 6, 5, 9, 11, 11, 8],
  /** 维权行动月 */
  march: [2, 1, 34, 12, 9, 8, 5, 4, 7, 7, 6, 5],
  /** a labour competition runs in the second half */
  contest: [1, 1, 6, 10, 14, 13, 8, 8, 14, 14, 8, 3],
  /** contracts are signed in spring and autumn */
  contract: [1, 1, 16, 15, 10, 5, 3, 3, 13, 16, 10, 7],
  screening: [0, 0, 4, 10, 18, 18, 14, 9, 12, 10, 5, 0],
  /** 鹊桥 meetings: 20 May, 七夕, autumn */
  match: [4, 4, 10, 9, 16, 10, 8, 16, 9, 8, 8, 4],
  /** 家庭日 15 May, autumn */
  family: [3, 2, 12, 9, 17, 11, 7, 6, 10, 10, 8, 5],
  jobs: [8, 16, 22, 10, 8, 6, 5, 4, 8, 6, 4, 3],
  quiz: [0, 0, 22, 8, 4, 2, 0, 0, 2, 4, 10, 2],
  rooms: [2, 1, 9, 8, 12, 12, 9, 8, 11, 8, 3, 2],
} as const
