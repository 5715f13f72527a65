import { seeded } from './random.ts'

/** The value of 2019 and the years that records tell of themselves. */
export type Told = { indicator: string; value: number; recorded: readonly number[] }
type Cell = { indicator: string; year: number; value: number; source: string }

/** A report of some pages tells of the indicators in their order. */
const perPage = 9

/**
 * Made-up totals of earlier years, each a little below the next: a programme grows as a whole, its measures near to one
 * another, so that no year has more sessions for fewer people.
 * @param source of a year and a page
 */
export function earlierValues(
  org: number,
  years: readonly number[],
  told: readonly Told[],
  source: (year: number, page: number) => string,
): Cell[] {
  const random = seeded(2016 + org)
  const growth = new Map<string, number>()
  return told.flatMap(({ indicator, value, recorded }, n) => {
    const programme = indicator.split('.')[0]!
    const pace = growth.get(programme) ?? 0.88 + random.next() * 0.07
    growth.set(programme, pace)
    const last = Math.max(...years)
    const own = years.map((year) => pace ** (last + 1 - year) * (0.99 + random.next() * 0.02))
    return years.flatMap((year, at) =>
      recorded.includes(year)
        ? []
        : [
            {
              indicator,
              year,
              value: Math.max(1, Math.round(value * own[at]!)),
              source: source(year, 1 + Math.floor(n / perPage)),
            },
          ],
    )
  })
}
