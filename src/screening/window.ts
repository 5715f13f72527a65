import { addDays } from '#kit/day.ts'

export type Terms = { minAge: number; maxAge: number; cycleYears: number }
/** The days on which a woman may be examined. */
export type Window = { from: string; until: string }

/** The same day so many years later; of 29 February in a short year 1 March, as ages are reckoned in the register. */
export function yearsAfter(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years
  const isLong = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return `${year}${day.slice(4) === '-02-29' && !isLong ? '-03-01' : day.slice(4)}`
}

/** From the birthday of the least age, or the end of the cycle since she last came, to the day before she is too old. */
export function windowOf(birth: string, lastOn: string | null, terms: Terms): Window {
  const ofAge = yearsAfter(birth, terms.minAge)
  const again = lastOn === null ? ofAge : yearsAfter(lastOn, terms.cycleYears)
  return {
    from: again > ofAge ? again : ofAge,
    until: addDays(yearsAfter(birth, terms.maxAge + 1), -1),
  }
}

type Found = { state: 'due' | 'later' | 'over'; from: string }

/** What a woman is to a round that runs over some days, and from when. */
export function standingIn(round: Window, { from, until }: Window): Found {
  if (until < round.from || from > until) return { state: 'over', from }
  return { state: from > round.until ? 'later' : 'due', from }
}

/**
 * The same by the year of her birth alone, which stands in clear; null where the day matters and must be opened. Of who is too
 * young for the whole round only the year is told.
 */
export function standingByYear(
  round: Window,
  birthYear: number,
  lastOn: string | null,
  terms: Terms,
): Found | null {
  const oldest = windowOf(`${birthYear}-01-01`, lastOn, terms)
  const youngest = windowOf(`${birthYear}-12-31`, lastOn, terms)
  const [first, last] = [standingIn(round, oldest), standingIn(round, youngest)]
  if (first.state !== last.state) return null
  if (first.state === 'later')
    return oldest.from === youngest.from ? first : { state: 'later', from: `${birthYear + terms.minAge}` }
  if (first.state === 'over')
    return youngest.until < round.from || oldest.from === youngest.from ? first : null
  const whole = youngest.from <= round.from || oldest.from === youngest.from
  return whole && oldest.until >= round.until ? first : null
}
