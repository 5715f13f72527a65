import type { Indicator } from '#kit/indicator.ts'
import { FEN_PER_YUAN } from '../written.ts'
import type { ItemState } from './api.ts'

const dayNumber = (day: string): number => Date.parse(day) / 86_400_000

/** Share of the time from the first day of the year to the due day, both included, that is over at the end of today: 0 … 1. */
export function elapsedOf(year: number, dueOn: string, today: string): number {
  const first = dayNumber(`${year}-01-01`)
  const days = dayNumber(dueOn) - first + 1
  const over = dayNumber(today) - first + 1
  if (days <= 0) return today >= dueOn ? 1 : 0
  return Math.min(1, Math.max(0, over / days))
}

type Standing = { dueOn: string; doneOn: string | null; target: number | null; value: number | null }

/** How an item stands on a day. What its owner says comes first; a figure that met its target needs nobody's word. */
export function stateOf({ dueOn, doneOn, target, value }: Standing, today: string): ItemState {
  if (doneOn !== null) return 'done'
  if (target !== null && value !== null && value >= target) return 'reached'
  return dueOn < today ? 'overdue' : 'open'
}

/** The step in which a target is shared out: whole yuan, or ones. */
export const stepOf = (indicator: Pick<Indicator, 'kind'>): number =>
  indicator.kind === 'money' ? FEN_PER_YUAN : 1

/**
 * A total shared out by weights in whole steps: the parts sum to the total (largest remainders, the earlier first among equals).
 * Null where no weight is above zero, for then the rule says nothing.
 */
export function shareOut(total: number, weights: readonly number[], step = 1): number[] | null {
  const sum = weights.reduce((a, b) => a + Math.max(0, b), 0)
  if (sum <= 0) return null
  const steps = Math.floor(total / step)
  const exact = weights.map((w) => (steps * Math.max(0, w)) / sum)
  const parts = exact.map(Math.floor)
  const left = steps - parts.reduce((a, b) => a + b, 0)
  const byRest = exact
    .map((x, at) => ({ at, rest: x - Math.floor(x) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at)
  for (const { at } of byRest.slice(0, left)) parts[at]!++
  const inStep = parts.map((n) => n * step)
  // What is below a step (fen of a yuan) goes with the largest part.
  inStep[inStep.indexOf(Math.max(...inStep))]! += total - steps * step
  return inStep
}

/** What the parts of a target sum to beside it, in words; null where no part has a number. */
export function sumWords(target: number | null, sum: number, withTarget: number): string | null {
  if (withTarget === 0 || target === null) return null
  if (sum === target) return '分解合计与目标一致'
  return sum < target ? '分解合计低于目标' : '分解合计高于目标'
}
