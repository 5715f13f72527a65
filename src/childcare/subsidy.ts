import type { seasons } from './states.ts'

export type Terms = {
  minChildren: number
  minDays: number
  minDaysAfterSchool: number
  minAttendance: number
  base: number
  perChild: number
  most: number
}
/** What a subsidy was reckoned from: kept with it. `came` = the sum over all days. */
export type Inputs = {
  season: (typeof seasons)[number]
  children: number
  days: number
  came: number
  /** Places that could have been taken, summed over all days. */
  due: number
}

/** What the city adds, and what is lacking where it adds nothing. */
export function subsidyOf(given: Inputs, terms: Terms): { yuan: number; lacking: string[] } {
  const least = given.season === '课后' ? terms.minDaysAfterSchool : terms.minDays
  const lacking = [
    ...(given.children < terms.minChildren
      ? [`在托子女 ${given.children} 人，少于 ${terms.minChildren} 人`]
      : []),
    ...(given.days < least ? [`开班 ${given.days} 天，少于 ${least} 天`] : []),
    ...(given.came * 100 < terms.minAttendance * given.due ? [`出勤率低于 ${terms.minAttendance}%`] : []),
  ]
  const yuan = lacking.length > 0 ? 0 : Math.min(terms.base + terms.perChild * given.children, terms.most)
  return { yuan, lacking }
}
