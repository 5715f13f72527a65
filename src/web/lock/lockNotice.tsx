import { Alert } from 'antd'
import { lockList, type LockList } from '#figures/lock/api.ts'
import { monthsName } from '#figures/lock/rules.ts'
import { isDay, monthOf } from '#kit/day.ts'
import { useApi } from '../api/hooks.tsx'
import { lockApi } from './addresses.ts'

/** The locks that hold for a day at her own unit: its own and those above it. */
export const locksOn = ({ own, above }: LockList, day: unknown): LockList['own'] =>
  typeof day === 'string' && isDay(day)
    ? [...own, ...above].filter(
        (l) => l.reopenedAt === null && l.fromYm <= monthOf(day) && monthOf(day) <= l.untilYm,
      )
    : []

/** On a form whose date falls into a locked month: what that means for what she is about to send. */
export function LockNotice({ day, correcting }: { day: unknown; correcting: boolean }) {
  const { data } = useApi(lockApi.list, lockList, { staleTime: 60_000 })
  const found = data ? locksOn(data, day) : []
  if (found.length === 0) return null
  const by = [...new Set(found.map((l) => l.org.name))].join('、')
  const months = monthsName(found[0]!.fromYm, found[0]!.untilYm)
  return (
    <Alert
      type="info"
      showIcon
      className="lock-notice"
      title={
        correcting
          ? `${months}已由${by}锁定：更正还须${by}同意，同意后只改现值，锁定值不变`
          : `${months}已由${by}锁定：照常填报，通过后算作补报，计入现值，锁定值不变`
      }
    />
  )
}
