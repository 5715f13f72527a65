import { daysBetween, realToday, type Clock } from '#kit/day.ts'
import type { Deps } from './deps.server.ts'

/** The business day and how far it stands behind the real clock. */
export const clockOf = ({ mode, today }: Pick<Deps, 'mode' | 'today'>): Clock => ({
  today: today(),
  behind: mode === 'demo' ? daysBetween(today(), realToday()) : 0,
})
