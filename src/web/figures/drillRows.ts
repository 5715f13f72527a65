import type { Drill } from '#figures/api.ts'
import type { IndicatorKind } from '#kit/indicator.ts'
import { byTier } from '#web/org/order.ts'
import { behindOf } from '#web/plan/bullet.ts'
import { formatValue } from './format.ts'

export type DrillRow = Drill['rows'][number]
/** Null: not told to the viewer, see WithheldMark. */
export type Pair = [accepted: number | null, waiting: number | null]

/** Own office line and units below that count, and apart from them the units that are only seen (会看). */
export function splitRows(drill: Drill): { counted: DrillRow[]; viewed: DrillRow[] } {
  const rows = byTier(drill.rows, (row) => row.org.tier)
  return {
    counted: [...rows.filter((row) => row.own), ...rows.filter((row) => !row.own && row.line === 1)],
    viewed: rows.filter((row) => !row.own && row.line === 2),
  }
}

const isSome = (value: number | null): boolean => value !== null && value !== 0

/** Whether anything is accepted or waiting in a line; the own office always stays. */
export function hasRecords(row: DrillRow): boolean {
  return (
    row.own ||
    row.small !== undefined ||
    Object.values(row.values).some(([accepted, waiting]) => isSome(accepted) || isSome(waiting))
  )
}

/** Sum of the counted lines for one indicator: equal to the unit's figure, nothing of the seen lines is in it; null where a line is not told. */
export function sumOf(rows: readonly DrillRow[], indicator: string): Pair {
  return rows.reduce<Pair>(
    ([accepted, waiting], { values }) => {
      const [a, w] = values[indicator] ?? [0, 0]
      return [plus(accepted, a), plus(waiting, w)]
    },
    [0, 0],
  )
}

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b)

/** Rows by value, largest first, for one indicator; ties keep the official order, and what is not told comes last in it. */
export function byValue(rows: readonly DrillRow[], indicator: string): DrillRow[] {
  return [...rows].sort((a, b) => rankOf(b, indicator) - rankOf(a, indicator))
}

const collator = new Intl.Collator('zh-Hans-CN')

/** Rows by the names of their units; the office's own line stays first. */
export function byName(rows: readonly DrillRow[]): DrillRow[] {
  return [...rows].sort((a, b) => Number(b.own) - Number(a.own) || collator.compare(rowName(a), rowName(b)))
}

/** Rows by how much of what their target asks by now is there, those furthest behind first; those without a target follow in official order. */
export function byGap(
  rows: readonly DrillRow[],
  indicator: string,
  targets: ReadonlyMap<number, { target: number; elapsed: number }>,
): DrillRow[] {
  const gap = (row: DrillRow): number => {
    const target = row.own ? undefined : targets.get(row.org.id)
    // Numbers that compare: nothing to reach lies behind all that has something.
    return target === undefined
      ? Number.MAX_VALUE
      : Math.min(1e9, behindOf(row.values[indicator] === undefined ? 0 : row.values[indicator][0], target))
  }
  return [...rows].sort((a, b) => gap(a) - gap(b))
}

/** Not told ranks below all, whatever it is. */
const rankOf = (row: DrillRow, indicator: string): number => {
  const pair = row.values[indicator]
  return pair === undefined ? 0 : (pair[0] ?? Number.MIN_SAFE_INTEGER)
}

/** Length of a bar in per cent of the longest; a value above zero never vanishes. */
export function barWidth(value: number, longest: number): number {
  if (value <= 0 || longest <= 0) return 0
  return Math.max(1, Math.round((value / longest) * 1000) / 10)
}

/** Name of a line: the office's own work is 本级. */
export function rowName(row: DrillRow): string {
  return row.own ? '本级' : row.org.shortName || row.org.name
}

/** 「+3 待审核」, or nothing. */
export function waitingText(waiting: number, kind: IndicatorKind): string {
  return waiting === 0 ? '' : `${waiting > 0 ? '+' : ''}${formatValue(waiting, kind)} 待审核`
}

/** 「本页 50 条合计 1,203，全部 485 条合计 = 30,123」: whoever reads can add it up again. */
export function recomputation(
  page: readonly { value: number }[],
  records: number,
  sum: number,
  kind: IndicatorKind,
): string {
  const here = page.reduce((total, row) => total + row.value, 0)
  const all = formatValue(records, 'thing')
  const counted = page.filter((row) => row.value !== 0).length
  return `本页 ${counted} 条合计 ${formatValue(here, kind)}，全部 ${all} 条合计 = ${formatValue(sum, kind)}`
}
