import type { Dayjs } from 'dayjs'

export type DayPair = [Dayjs | null, Dayjs | null]

/** The pair once one day of it is chosen: the other goes where the two would stand the wrong way round. */
export function paired([from, until]: DayPair, at: 0 | 1, day: Dayjs | null): DayPair {
  if (at === 0) return [day, day && until?.isBefore(day) ? null : until]
  return [day && from?.isAfter(day) ? null : from, day]
}
