import { addDays } from './day.ts'
import type { Interval } from './indicator.ts'

/** The life of a place or a team that counts as a stock of one: from its first day to the eve of its delisting (null = still). */
export function life(fromOn: string, delistedOn: string | null): Interval[] {
  const untilOn = delistedOn === null ? null : addDays(delistedOn, -1)
  return untilOn !== null && untilOn < fromOn ? [] : [{ fromOn, untilOn, value: 1 }]
}
