import { addDays, monthOf } from './day.ts'
import type { Indicator } from './indicator.ts'
import type { AnyRow, Programme } from './programme.ts'

/** What a record adds to one indicator in one month; signed, whole units (money in fen). */
export type Contribution = { indicator: string; ym: number; value: number }

/** Money indicators count fen, everything else whole units. */
export const scaleOf = (indicator: Indicator): number => (indicator.kind === 'money' ? 2 : 0)

/**
 * The contributions of a record: the one function behind write path, recount and trace.
 * Zero values are left out; months of one indicator are merged, so the result has unique (indicator, ym).
 */
export function contributions(programme: Programme, row: AnyRow): Contribution[] {
  const sums = new Map<string, Contribution>()
  const add = (indicator: string, ym: number, value: number): void => {
    const key = `${indicator} ${ym}`
    const old = sums.get(key)
    if (old) old.value += value
    else sums.set(key, { indicator, ym, value })
  }
  for (const [id, indicator] of Object.entries(programme.indicators)) {
    const factor = 10 ** scaleOf(indicator)
    if (indicator.nature === 'stock') {
      for (const { fromOn, untilOn, value } of indicator.intervals(row)) {
        add(id, monthOf(fromOn), Math.round(value * factor))
        if (untilOn !== null) add(id, monthOf(addDays(untilOn, 1)), -Math.round(value * factor))
      }
    } else if (indicator.where?.(row) ?? true) {
      const value = indicator.measure === 'records' ? 1 : Number(row[indicator.measure.sum] ?? 0)
      const on = row[indicator.on ?? 'endsOn']
      if (typeof on === 'string') add(id, monthOf(on), Math.round(value * factor))
    }
  }
  return [...sums.values()].filter((c) => c.value !== 0)
}

/** Appended to the ledger when a record changes: new minus old, zero differences left out. */
export function difference(before: Contribution[], after: Contribution[]): Contribution[] {
  const sums = new Map<string, Contribution>()
  for (const [list, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    for (const { indicator, ym, value } of list) {
      const key = `${indicator} ${ym}`
      const old = sums.get(key)
      if (old) old.value += sign * value
      else sums.set(key, { indicator, ym, value: sign * value })
    }
  }
  return [...sums.values()].filter((c) => c.value !== 0)
}
