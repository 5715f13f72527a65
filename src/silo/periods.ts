import { least } from './safeCounts.ts'

/** How many matters of a topic were closed in a quarter; year * 10 + quarter. */
export type Counted = { quarter: number; topic: string; n: number }
export type Period = { fromQuarter: number; untilQuarter: number; counts: Record<string, number> }

export const quarterOf = (day: string): number =>
  Number(day.slice(0, 4)) * 10 + Math.ceil(Number(day.slice(5, 7)) / 3)

/** First day of a quarter, and the last. */
export const quarterStart = (quarter: number): string =>
  `${Math.floor(quarter / 10)}-${String(((quarter % 10) - 1) * 3 + 1).padStart(2, '0')}-01`
export const quarterEnd = (quarter: number): string =>
  `${Math.floor(quarter / 10)}-${['03-31', '06-30', '09-30', '12-31'][(quarter % 10) - 1]}`

const nextQuarter = (quarter: number): number => (quarter % 10 === 4 ? quarter + 7 : quarter + 1)

/**
 * Closed quarters as they may be told: one after the other, each put together with those before it until the sum is not small.
 * What was told once never changes by what comes later; what is left over is told with what follows.
 * @param until first quarter that is not closed yet
 */
export function periodsOf(counted: readonly Counted[], until: number): Period[] {
  const periods: Period[] = []
  const first = Math.min(...counted.map(({ quarter }) => quarter))
  let open: Period | null = null
  for (let quarter = first; quarter < until; quarter = nextQuarter(quarter)) {
    open ??= { fromQuarter: quarter, untilQuarter: quarter, counts: {} }
    open.untilQuarter = quarter
    for (const { topic, n } of counted.filter((one) => one.quarter === quarter))
      open.counts[topic] = (open.counts[topic] ?? 0) + n
    if (Object.values(open.counts).reduce((a, b) => a + b, 0) < least) continue
    periods.push(open)
    open = null
  }
  return periods
}

const nameOf = (quarter: number): string =>
  `${Math.floor(quarter / 10)}年${'一二三四'[(quarter % 10) - 1]}季度`

/** 2020年二季度, 2019年四季度至2020年一季度 */
export const periodName = ({ fromQuarter, untilQuarter }: Omit<Period, 'counts'>): string =>
  fromQuarter === untilQuarter ? nameOf(untilQuarter) : `${nameOf(fromQuarter)}至${nameOf(untilQuarter)}`
