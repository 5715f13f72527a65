import { sql, type RawBuilder } from 'kysely'
import { yearsOf, type Period } from '#kit/period.ts'

const column = (month: number): string => `m${String(month).padStart(2, '0')}`

function plus(from: number, until: number): string {
  const list = []
  for (let m = from; m <= until; m++) list.push(`r.${column(m)}`)
  return list.join(' + ') || '0'
}

/**
 * Value of a roll-up row `r` (indicator `i`) for a period: the months of a flow, the closing balance of a stock.
 * Years are parameters: the text is the same for the same months of any year, so its plan can be kept.
 * `months` gives the sum of a row's months from one to another, both included; 0 is the opening balance.
 */
export function foldedValue(period: Period, months = plus): RawBuilder<unknown> {
  const years = yearsOf(period)
  const last = years.at(-1)!
  const flow = years.map((y) => sql`WHEN ${y.year} THEN ${sql.raw(months(y.from, y.until))}`)
  const balance = sql.raw(`${months(0, 0)} + ${months(1, last.until)}`)
  return sql`CASE i.nature WHEN 'stock' THEN CASE r.yr WHEN ${last.year} THEN ${balance} ELSE 0 END
    ELSE CASE r.yr ${sql.join(flow, sql` `)} ELSE 0 END END`
}

/** Name of the sum of a row's months from one to another. */
const name = (from: number, until: number): string => `s${from}_${until}`

/** The months that the periods ask for, each once: `columns` sums them over roll-up rows `r`, `months` names such a sum for foldedValue. */
export function foldedSums(periods: readonly Period[]): {
  columns: RawBuilder<unknown>
  months: typeof plus
} {
  const asked = new Map([[name(0, 0), plus(0, 0)]])
  for (const { from, until } of periods.flatMap((p) => yearsOf(p))) {
    asked.set(name(from, until), plus(from, until))
    asked.set(name(1, until), plus(1, until))
  }
  const columns = sql.raw([...asked].map(([as, months]) => `sum(${months}) AS ${as}`).join(', '))
  return { columns, months: (from, until) => `r.${name(from, until)}` }
}

/** The same value for one month `s` of year `y` that a pending sum `p` moves. */
export function pendingValue(period: Period): RawBuilder<unknown> {
  const { year, until } = yearsOf(period).at(-1)!
  return sql`CASE WHEN CASE i.nature WHEN 'stock' THEN y.yr = ${year} AND s.mon <= ${until}
    ELSE s.mon > 0 AND y.yr * 100 + s.mon BETWEEN ${period.fromYm} AND ${period.untilYm} END THEN p.val * s.sign ELSE 0 END`
}

/** As foldedValue, with the months outside a closure row (alias `c`) left out: a unit that moved counts while it was there. */
export function foldedWithin(period: Period, c = 'c'): RawBuilder<unknown> {
  const years = yearsOf(period)
  const last = years.at(-1)!
  const flow = years.flatMap((y) =>
    Array.from({ length: y.until - y.from + 1 }, (_, k) => {
      const month = y.from + k
      const ym = y.year * 100 + month
      return `CASE WHEN r.yr = ${y.year} AND ${c}.from_ym <= ${ym} AND ${ym} < ${c}.to_ym THEN r.${column(month)} ELSE 0 END`
    }),
  )
  return sql.raw(`CASE i.nature WHEN 'stock'
    THEN CASE WHEN r.yr = ${last.year} AND ${c}.from_ym <= ${period.untilYm} AND ${period.untilYm} < ${c}.to_ym THEN ${plus(0, last.until)} ELSE 0 END
    ELSE CASE WHEN ${c}.from_ym <= ${period.fromYm} AND ${c}.to_ym > ${period.untilYm}
      THEN CASE r.yr ${years.map((y) => `WHEN ${y.year} THEN ${plus(y.from, y.until)}`).join(' ')} ELSE 0 END
      ELSE ${flow.join(' + ')} END END`)
}

/** Years whose roll-up rows the periods read. */
export const rollupYears = (periods: readonly Period[]): number[] => [
  ...new Set(periods.flatMap((p) => yearsOf(p).map((y) => y.year))),
]
