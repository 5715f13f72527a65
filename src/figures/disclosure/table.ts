import { addMonths } from '#kit/day.ts'
import type { CellClass } from '#kit/indicator.ts'
import { periodOf, type Period } from '#kit/period.ts'
import type { Cell, Lattice, Sum } from './lattice.ts'

/** Thresholds of the classes: counts below them are hidden. */
export const thresholds: Readonly<Record<CellClass, number>> = { none: 0, k5: 5, k11: 11, untold: Infinity }

/** Days after a quarter's end when its table closes: late returns are in by then. */
export const graceDays = 15

/**
 * One row of a released table. `rest` = what the unit holds directly; `aboveId` = the superior into whose sum the row goes, 0
 * for the city and in a year. A quarter is year * 10 + 1 to 4.
 */
export type TableRow = {
  quarter: number
  span: 'quarter' | 'year'
  orgId: number
  aboveId: number
  rest: boolean
  value: number
}

export const quarterOf = (year: number, part: number): number => year * 10 + part
export const nextQuarter = (quarter: number): number => (quarter % 10 === 4 ? quarter + 7 : quarter + 1)
export const quarterPeriod = (quarter: number): Period =>
  periodOf('quarter', Math.floor(quarter / 10), quarter % 10)

/** The quarters of a period of whole quarters, or null. */
export function quartersIn({ fromYm, untilYm }: Period): number[] | null {
  if ((fromYm % 100) % 3 !== 1 || (untilYm % 100) % 3 !== 0) return null
  const quarters: number[] = []
  for (let ym = fromYm; ym <= untilYm; ym = addMonths(ym, 3))
    quarters.push(quarterOf(Math.floor(ym / 100), Math.ceil((ym % 100) / 3)))
  return quarters
}

export const keyOf = ({ quarter, span, orgId, aboveId, rest }: Omit<TableRow, 'value'>): string =>
  [span === 'year' ? Math.floor(quarter / 10) : quarter, orgId, rest ? 'rest' : aboveId].join('|')

/** A unit's months of a quarter and the superiors it had in them. */
export type UnitMonths = {
  orgId: number
  months: readonly number[]
  /** In the city: none. */
  above: readonly { orgId: number; within: readonly boolean[] }[]
}

function grouped<T, K>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of list) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const sumOf = (list: readonly number[]): number => list.reduce((n, value) => n + value, 0)

/**
 * The table of a quarter: each unit under each of its superiors, and what each superior holds directly.
 * @throws Error where parts exceed their whole
 */
export function quarterTable(quarter: number, units: readonly UnitMonths[]): TableRow[] {
  const base = { quarter, span: 'quarter' } as const
  const rows = units.flatMap(({ orgId, months, above }): TableRow[] =>
    above.length === 0
      ? [{ ...base, orgId, aboveId: 0, rest: false, value: sumOf(months) }]
      : above.map(({ orgId: aboveId, within }) => ({
          ...base,
          orgId,
          aboveId,
          rest: false,
          value: sumOf(months.filter((_, at) => within[at])),
        })),
  )
  const parts = new Map<number, number>()
  for (const { aboveId, value } of rows)
    if (aboveId !== 0) parts.set(aboveId, (parts.get(aboveId) ?? 0) + value)
  const rests = units.flatMap(({ orgId, months }): TableRow[] => {
    const within = parts.get(orgId)
    if (within === undefined) return []
    const value = sumOf(months) - within
    if (value < 0) throw new Error(`quarter ${quarter}: the parts of unit ${orgId} exceed it by ${-value}`)
    return [{ ...base, orgId, aboveId: 0, rest: true, value }]
  })
  return [...rows, ...rests]
}

/** The table of a year: the sums of its four quarters as they were released. */
export function yearTable(year: number, quarters: readonly TableRow[]): TableRow[] {
  const sums = new Map<string, TableRow>()
  for (const row of quarters) {
    if (row.span !== 'quarter' || Math.floor(row.quarter / 10) !== year) continue
    const whole = { ...row, quarter: quarterOf(year, 4), span: 'year', aboveId: 0, value: 0 } as const
    const sum = sums.get(keyOf(whole)) ?? { ...whole }
    sum.value += row.value
    sums.set(keyOf(whole), sum)
  }
  return [...sums.values()]
}

/** The lattice of an indicator's tables: tier and line through the tree of each quarter, periods through the years. */
export function latticeOf(rows: readonly TableRow[], cell: CellClass): Lattice {
  const k = thresholds[cell]
  const cells = new Map<string, Cell>()
  const sums: Sum[] = []
  const years = new Map<string, string[]>()
  const quarters = grouped(
    rows.filter((row) => row.span === 'quarter'),
    (row) => row.quarter,
  )
  for (const row of rows) cells.set(keyOf(row), { value: row.value, k })
  for (const list of quarters.values()) {
    const wholes = new Map<number, string>()
    for (const [orgId, own] of grouped(
      list.filter((row) => !row.rest),
      (row) => row.orgId,
    )) {
      if (own.length === 1) {
        wholes.set(orgId, keyOf(own[0]!))
        continue
      }
      // Under several superiors: the whole stands in no table, and yet in sums.
      const key = `${own[0]!.quarter}|${orgId}|whole`
      cells.set(key, { value: sumOf(own.map((row) => row.value)), k })
      sums.push({ total: key, parts: own.map(keyOf) })
      wholes.set(orgId, key)
    }
    for (const [aboveId, parts] of grouped(
      list.filter((row) => row.aboveId !== 0 || row.rest),
      (row) => (row.rest ? row.orgId : row.aboveId),
    ))
      sums.push({ total: wholes.get(aboveId)!, parts: parts.map(keyOf) })
    for (const row of list) {
      if (!row.rest) continue
      const key = keyOf({ ...row, span: 'year' })
      years.set(key, [...(years.get(key) ?? []), keyOf(row)])
    }
    for (const [orgId, whole] of wholes) {
      const key = keyOf({ quarter: list[0]!.quarter, span: 'year', orgId, aboveId: 0, rest: false })
      years.set(key, [...(years.get(key) ?? []), whole])
    }
  }
  for (const [total, parts] of years) if (cells.has(total)) sums.push({ total, parts })
  return { cells, sums }
}
