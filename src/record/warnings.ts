import type { AnyRow, Issue, Programme } from '#kit/programme.ts'
import { likeness, rememberedBigrams } from './words.ts'

/** Titles of one day that a new one is compared with. */
const mostCompared = 200

/** Same day and similar title at the same unit: perhaps entered twice, or by the co-host too. */
export function sameAgain(title: string, others: readonly string[], taken = rememberedBigrams()): Issue[] {
  // Hundreds on one day come from a workbook: there only the same title is worth a word, and comparing all would take minutes.
  const twin =
    others.length > mostCompared
      ? others.find((other) => other === title)
      : others.find((other) => likeness(title, other, taken) >= 0.7)
  return twin === undefined
    ? []
    : [{ field: 'title', message: `同一天已有相近的记录“${twin}”，请核对是否重复填报` }]
}

/** One at a time: what the unit has already, unless the new one has ended itself. */
export function besideStanding(
  row: AnyRow,
  { dated, standsUntil, label }: Pick<Programme, 'dated' | 'standsUntil' | 'label'>,
  standing: readonly string[],
): Issue[] {
  if (standsUntil === null || row[standsUntil] !== null || standing.length === 0) return []
  return [
    {
      field: dated ?? 'title',
      message: `本单位已有${label}“${standing[0]}”，变动请在那条记录上更正；确需另立的说明原因`,
    },
  ]
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Outside the usual range of the unit's accepted history: more than six deviations (MAD) from the median, from eight values on. */
export function unusual(row: AnyRow, field: string, label: string, history: readonly number[]): Issue[] {
  const value = row[field]
  if (typeof value !== 'number' || history.length < 8) return []
  const middle = median(history)
  const spread = 1.4826 * median(history.map((v) => Math.abs(v - middle)))
  return Math.abs(value - middle) > Math.max(6 * spread, 30)
    ? [{ field, message: `${label} ${value} 与本单位以往（中位数 ${middle}）相差较大，请核对` }]
    : []
}
