import type { AidPeriod } from './rules.ts'

/** The period of a day, by how often a kind may be had: 2020, 2020上, 2020Q2. */
export function periodOf(day: string, period: AidPeriod): string {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
  if (period === '年') return year
  return period === '半年' ? `${year}${month <= 6 ? '上' : '下'}` : `${year}Q${Math.ceil(month / 3)}`
}

/** 「2020年」「2020年上半年」「2020年第2季度」. */
export function periodWords(period: string): string {
  // 两癌慰问金 is had once in a plan, which has a name.
  if (!/^\d{4}(?:[上下]|Q[1-4])?$/.test(period)) return period
  const year = period.slice(0, 4)
  const rest = period.slice(4)
  if (rest === '') return `${year}年`
  return rest.startsWith('Q') ? `${year}年第${rest.slice(1)}季度` : `${year}年${rest}半年`
}
