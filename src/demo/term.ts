import type { Random } from '#demo/random.ts'

/** Number, founding and dates (`YYYY-MM-DD`) of a committee's present or last term. */
export type Term = { termNo: number; foundedOn: string; termFromOn: string; termUntilOn: string }

/** Months since the year 0 of April 2020, the month in which the demo's business clock starts. */
const DEMO_MONTH = 2020 * 12 + 3

/** A term that runs beyond April 2020. */
export function currentTerm(random: Random, years: 3 | 5): Term {
  return term(random, years, random.int(1, years * 12 - 1))
}

/** A term that ended between April 2018 and March 2020 without re-election. */
export function overdueTerm(random: Random, years: 3 | 5): Term {
  return term(random, years, years * 12 + random.int(1, 24))
}

function term(random: Random, years: 3 | 5, monthsAgo: number): Term {
  const from = DEMO_MONTH - monthsAgo
  const until = from + years * 12
  const termNo = random.int(1, 5)
  // Days 2 to 28 exist in every month, and so does the day before, which ends the term.
  const day = random.int(2, 28)
  const founded = from - (termNo - 1) * years * 12
  return {
    termNo,
    foundedOn: date(founded, day),
    termFromOn: date(from, day),
    termUntilOn: date(until, day - 1),
  }
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

function date(month: number, day: number): string {
  return `${Math.floor(month / 12)}-${two((month % 12) + 1)}-${two(day)}`
}
