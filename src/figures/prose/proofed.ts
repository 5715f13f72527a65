import { range, type Verdict } from '../agreement.ts'
import type { Written } from '../written.ts'

/** Why a figure that is mapped gets no verdict, or what else is to be said of it. `otherUnit`: of a unit without books here; `noBooks`: of a time that they don't hold. */
export type Reason = 'plan' | 'otherPeriod' | 'otherUnit' | 'withheld' | 'noBooks'

export interface Proofed {
  paragraph: number
  start: number
  end: number
  /** Its sentence. */
  context: string
  text: string
  written: Written
  indicator: string | null
  verdict: Verdict | null
  /** Of when it is: the short name of a period, or `other`. */
  period: string | null
  /** The other unit of which it is told, by the name it bears there; null for the report's own. */
  of: string | null
  /** 人 where the books count 人次, or the other way round: what it would be, else null. */
  confused: string | null
  /** What the books say; null without books, without an indicator, or where it is withheld. */
  live: number | null
  reason: Reason | null
}

/** Closed range of live values that agree, in the figure's unit. */
export function agreeing({ written }: Pick<Proofed, 'written'>): { low: number; high: number } {
  const { low, high } = range(written).agree
  return { low: low / written.per, high: high / written.per }
}

/** One figure as `jinguo figures --json` prints it. */
export function toJson(figure: Proofed) {
  const { context, text, written, indicator, verdict } = figure
  return {
    context,
    written: text,
    value: written.value / written.per,
    ...agreeing(figure),
    unit: written.unit,
    precision: written.precision,
    indicator,
    verdict,
  }
}
