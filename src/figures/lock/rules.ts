import { monthOf } from '#kit/day.ts'
import { monthsOf, partsIn, periodOf, type Period } from '#kit/period.ts'
import type { Issue } from '#kit/programme.ts'
import type { NewLock } from './api.ts'

/** 201903 → 「2019年3月」. */
export const monthName = (ym: number): string => `${Math.floor(ym / 100)}年${ym % 100}月`

/** A run of months in the words of a calendar where it is one: 2019年, 2019年第一季度, 2019年3月, 2019年3月至5月. */
export function monthsName(fromYm: number, untilYm: number): string {
  const year = Math.floor(fromYm / 100)
  if (fromYm === untilYm) return monthName(fromYm)
  if (year !== Math.floor(untilYm / 100)) return `${monthName(fromYm)}至${monthName(untilYm)}`
  if (fromYm % 100 === 1 && untilYm % 100 === 12) return periodOf('year', year).label
  if ((fromYm % 100) % 6 === 1 && untilYm === fromYm + 5)
    return periodOf('half', year, Math.ceil((fromYm % 100) / 6)).label
  if ((fromYm % 100) % 3 === 1 && untilYm === fromYm + 2)
    return periodOf('quarter', year, Math.ceil((fromYm % 100) / 3)).label
  return `${monthName(fromYm)}至${untilYm % 100}月`
}

/** The period that is to be locked, or what is wrong with it: only a month that is over can be. */
export function lockPeriod(
  asked: Pick<NewLock, 'calendar' | 'year' | 'part'>,
  today: string,
): Period | Issue {
  if (asked.part > partsIn[asked.calendar]) return { field: 'part', message: '期间不存在，请重新选择' }
  const period = periodOf(asked.calendar, asked.year, asked.part)
  return period.untilYm < monthOf(today)
    ? period
    : { field: 'part', message: `${period.label}还没有过完，过完以后才能锁定` }
}

/** Months that are in both, as words; null = none. */
export function overlap(
  period: Pick<Period, 'fromYm' | 'untilYm'>,
  locks: readonly { fromYm: number; untilYm: number }[],
): string | null {
  const both = locks
    .filter((l) => l.fromYm <= period.untilYm && period.fromYm <= l.untilYm)
    .map((l) => monthsName(Math.max(l.fromYm, period.fromYm), Math.min(l.untilYm, period.untilYm)))
  return both.length === 0 ? null : both.join('、')
}

/** What a lock's state is called. */
export const lockStates = { standing: '已锁定', asked: '申请重新开放', reopened: '已重新开放' } as const
export type LockState = keyof typeof lockStates

export const lockState = (lock: { askedAt: string | null; reopenedAt: string | null }): LockState =>
  lock.reopenedAt !== null ? 'reopened' : lock.askedAt !== null ? 'asked' : 'standing'

/** A period in its twelve months at most, each a period of its own: a lock keeps month by month. */
export const monthPeriods = (period: Period): Period[] =>
  monthsOf(period).map((ym) => periodOf('month', Math.floor(ym / 100), ym % 100))
