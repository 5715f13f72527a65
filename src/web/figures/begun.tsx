import type { ReactNode } from 'react'
import { longDay } from '#kit/day.ts'
import { isToCome, type Period } from '#kit/period.ts'
import { useMe } from '../api/hooks.tsx'
import { Blank } from '../kit/states.tsx'

/** What is counted of a period; of one to come only that it has not begun: zeros would read as if nothing had been done. */
export function Begun({ period, children }: { period: Period; children: ReactNode }) {
  const { today } = useMe()
  if (!isToCome(period, today)) return children
  return <Blank why={`${period.label}还没有开始（今天是${longDay(today)}），没有数字；请换一个期间`} />
}
