import type { AnyRow } from './row.ts'

/** What is counted. 人 (person) and 人次 (person_time) never mix. */
export const indicatorKinds = [
  'event',
  'person_time',
  'person',
  'thing',
  'document',
  'copy',
  'money',
] as const
export type IndicatorKind = (typeof indicatorKinds)[number]

/** How a printed figure is written: exact, 万 with one or two decimals, 余. */
export type NumberStyle = 'exact' | 'wan1' | 'wan2' | 'yu'

/**
 * Small-cell class: none; hidden below 5 or 11 from viewers who may not read the records; or `untold` to them at all: a sum
 * over few persons (money by a known price) tells their number, and tables of it would have to hide what it tells elsewhere.
 */
export type CellClass = 'none' | 'k5' | 'k11' | 'untold'

/** A value that holds from `fromOn` to `untilOn` (inclusive; null = still). */
export type Interval = { fromOn: string; untilOn: string | null; value: number }

type Common = {
  label: string
  unit: string
  kind: IndicatorKind
  /** 口径: stands beside the figure on screen and in the appendix of the summary. */
  definition: string
  cell: CellClass
  /** Of an untold sum: id of the count by which it may be printed, once that is large enough itself. */
  beside?: string
  style: NumberStyle
  /** Heading of the annual summary, where it is not that of the programme. */
  section?: string
  /** True where persons come from counts, not from names: the screen marks 未去重. */
  notDeduplicated?: boolean
}

/** flow = facts dated within the period. `measure` is a function or the number of records. */
export interface Flow<R = AnyRow> extends Common {
  nature?: 'flow'
  measure: 'records' | { sum: Extract<keyof R, string> }
  /** Date field that places the fact; default `endsOn`. */
  on?: Extract<keyof R, string>
  where?(r: R): boolean
}

/** stock = valid on the last day of the period, from dated intervals. */
export interface Stock<R = AnyRow> extends Common {
  nature: 'stock'
  intervals(r: R): Interval[]
}

export type Indicator<R = AnyRow> = Flow<R> | Stock<R>
