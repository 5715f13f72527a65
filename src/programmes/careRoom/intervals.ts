import { addDays } from '#kit/day.ts'
import type { Interval } from '#kit/indicator.ts'
import { life } from '#kit/life.ts'

/** What of a room holds for a time: open to the public, shown on a map, its rank. */
export const attributes = ['对外开放', '高德上线', '百度上线', '腾讯上线', '级别'] as const
export const ranks = ['市级', '市示范', '省示范', '星级'] as const

/** One dated statement about a room; both days included, null = still. */
export type Statement = { attribute: string; fromOn: string; untilOn: string | null }
type Range = { fromOn: string; untilOn: string | null }

const maps: readonly string[] = ['高德上线', '百度上线', '腾讯上线']
const lastDay = '9999-12-31'
const endOf = (range: Range): string => range.untilOn ?? lastDay

/** The life of a room: from the day it was built to the eve of its delisting. */
export const lifeOf = (r: { builtOn: string; delistedOn: string | null }): Interval[] =>
  life(r.builtOn, r.delistedOn)

/** Ranges in order, those that overlap or adjoin made one. */
function union(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const { fromOn, untilOn } of [...ranges].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))) {
    const last = merged.at(-1)
    if (last?.untilOn === null) break
    if (last && fromOn <= addDays(last.untilOn, 1)) {
      if (untilOn === null || untilOn > last.untilOn) last.untilOn = untilOn
    } else merged.push({ fromOn, untilOn })
  }
  return merged
}

/** The days that lie in both, each side being free of overlaps. */
function intersection(some: readonly Range[], others: readonly Range[]): Range[] {
  return some.flatMap((a) =>
    others.flatMap((b) => {
      const fromOn = a.fromOn > b.fromOn ? a.fromOn : b.fromOn
      const until = endOf(a) < endOf(b) ? endOf(a) : endOf(b)
      return fromOn <= until ? [{ fromOn, untilOn: until === lastDay ? null : until }] : []
    }),
  )
}

/**
 * The times at which a room is open to the public and shown on at least one map, within its life:
 * what feeds careRoom.open. Ascending, without overlaps.
 */
export function openIntervals(r: {
  builtOn: string
  delistedOn: string | null
  intervals: readonly Statement[]
}): Interval[] {
  const open = union(r.intervals.filter((s) => s.attribute === '对外开放'))
  const listed = union(r.intervals.filter((s) => maps.includes(s.attribute)))
  return intersection(intersection(open, listed), lifeOf(r)).map((range) => ({ ...range, value: 1 }))
}
