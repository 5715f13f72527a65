import type { Issue } from '#kit/programme.ts'
import type { Indicator } from '#kit/indicator.ts'
import type { Column, Formula, LineKind, NewSheet, SheetLine } from './api.ts'

/** What a formula knows of a unit: its figure, the same a year before, its plan's target, women members (all below included). */
export type Facts = { value: number; lastYear: number; plan: number | null; womenMembers: number }

/** What the figure is set against, in its own measure; null where there is nothing. */
export function againstOf(formula: Formula, facts: Facts): number | null {
  switch (formula.kind) {
    case 'ratio':
      if (formula.against === 'plan') return facts.plan
      if (formula.against === 'lastYear') return facts.lastYear > 0 ? facts.lastYear : null
      return formula.value
    case 'perHead':
      return facts.womenMembers > 0 ? (formula.full * facts.womenMembers) / 100 : null
    case 'yesNo':
      return formula.atLeast
    case 'steps':
      return formula.steps.reduce((most, step) => Math.max(most, step.from), 0)
  }
}

/** Points (hundredths) of a line of `full` points; null where there is nothing to set the figure against, never a guess. */
export function scoreOf(formula: Formula, full: number, facts: Facts): number | null {
  const value = Math.max(0, facts.value)
  const against = againstOf(formula, facts)
  if (against === null) return null
  switch (formula.kind) {
    case 'ratio':
    case 'perHead':
      return Math.round(full * Math.min(1, value / against))
    case 'yesNo':
      return value >= formula.atLeast ? full : 0
    case 'steps':
      return Math.min(
        full,
        formula.steps.reduce((best, step) => (value >= step.from ? Math.max(best, step.points) : best), 0),
      )
  }
}

/** Lines that are given by hand, in each column. */
export const byHand = (kind: LineKind): boolean => kind !== 'formula'

/** What a column sums to: figures once, what it gave itself, vetoes apart. Null where it gave nothing yet. */
export function totalOf(
  lines: readonly SheetLine[],
  auto: ReadonlyMap<string, number | null>,
  given: ReadonlyMap<string, number>,
): number | null {
  if (given.size === 0) return null
  return lines.reduce((sum, line) => {
    if (line.kind === 'veto') return sum
    return sum + (line.kind === 'formula' ? (auto.get(line.key) ?? 0) : (given.get(line.key) ?? 0))
  }, 0)
}

/** Lines by hand that a column still owes; bonus and veto may stay untouched. */
export const owedBy = (lines: readonly SheetLine[], given: ReadonlyMap<string, number>): number =>
  lines.filter((line) => line.kind === 'manual' && !given.has(line.key)).length

/** Which column an actor's unit writes at an assessed unit. */
export function columnOf(
  own: number,
  { org, above, issuer }: { org: number; above: number | null; issuer: number },
): Column | null {
  if (own === issuer) return 'final'
  if (own === org) return 'self'
  return own === above ? 'review' : null
}

const isMonth = (ym: number): boolean => ym >= 200_001 && ym <= 210_012 && ym % 100 >= 1 && ym % 100 <= 12
const monthsBetween = (from: number, until: number): number =>
  (Math.floor(until / 100) - Math.floor(from / 100)) * 12 + (until % 100) - (from % 100) + 1

type Known = ReadonlyMap<string, Pick<Indicator, 'cell'>>

/**
 * Lines that would tell a protected figure: money that is as good as a count of few, and points that alone make up the result,
 * which every unit reads (docs/decisions/116).
 */
function telling(given: NewSheet, known: Known): Issue[] {
  const cellOf = ({ formula }: SheetLine) => known.get(formula?.indicator ?? '')?.cell ?? 'none'
  const hasHand = given.lines.some((line) => line.kind === 'manual')
  return given.lines.flatMap((line, n): Issue[] => {
    const field = `lines.${n}.formula.indicator`
    if (cellOf(line) === 'untold')
      return [{ field, message: '这个指标不单独公布，不能用来计分，请改用人数或次数' }]
    return cellOf(line) !== 'none' && !hasHand
      ? [{ field, message: '这个指标涉及少数人，考核表里要另有一项人工评分，否则结果就是它的数' }]
      : []
  })
}

/** Faults of a sheet that its schema cannot tell; `known` holds the indicators of the register. */
export function sheetFaults(given: NewSheet, known: Known): Issue[] {
  const issues: Issue[] = []
  if (!isMonth(given.fromYm) || !isMonth(given.untilYm) || given.fromYm > given.untilYm)
    issues.push({ field: 'untilYm', message: '考核期止不能早于考核期起' })
  else if (monthsBetween(given.fromYm, given.untilYm) > 12)
    issues.push({ field: 'untilYm', message: '考核期最长十二个月' })
  if (given.selfDue > given.reviewDue)
    issues.push({ field: 'reviewDue', message: '复核期限不能早于自评期限' })
  if (given.reviewDue > given.finalDue)
    issues.push({ field: 'finalDue', message: '终评期限不能早于复核期限' })
  const keys = new Set<string>()
  given.lines.forEach((line, n) => {
    const at = (name: string, message: string) => issues.push({ field: `lines.${n}.${name}`, message })
    if (keys.has(line.key)) at('key', '两项用了同一个编号')
    keys.add(line.key)
    if ((line.kind === 'formula') !== (line.formula !== null)) at('formula', '请选择自动计分的办法')
    if (line.kind !== 'veto' && line.points === 0) at('points', '请填写分值')
    if (line.formula && !known.has(line.formula.indicator))
      at('formula.indicator', '没有这个指标，请重新选择')
    if (
      line.formula?.kind === 'ratio' &&
      (line.formula.against === 'value') !== (line.formula.value !== null)
    )
      at('formula.value', '请填写比照的数')
    if (line.formula?.kind === 'steps' && line.formula.steps.some((step) => step.points > line.points))
      at('formula.steps', '档次的分不能高于这一项的分值')
  })
  issues.push(...telling(given, known))
  return issues
}
