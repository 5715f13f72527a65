import { addDays } from '#kit/day.ts'
import { inOrder } from '#kit/check.ts'
import type { Issue } from '#kit/programme.ts'

/** One term of a committee or delegate; both days included. */
export type Term = { fromOn: string; untilOn: string; directorLeftOn?: string | null }

/** A member's time on the committee; `untilOn` null = still. */
export type Seat = { name: string; fromOn: string; untilOn: string | null }

/** Length of a term by the Trade Union Law (工会法 第十六条): three or five years. */
const YEARS = [3, 5]

/** The day on which a term of so many years ends: the eve of its anniversary, of 29 February the 28th. */
function endAfter(fromOn: string, years: number): string {
  const [year, rest] = [Number(fromOn.slice(0, 4)) + years, fromOn.slice(4)]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return rest === '-02-29' && !isLeap ? `${year}-02-28` : addDays(`${year}${rest}`, -1)
}

/** Terms follow each other, the first not before the founding. */
export function termsCheck(foundedOn: string, terms: readonly Term[]): Issue[] {
  if (terms.length === 0) return [{ field: 'terms', message: '请至少填写一届任期' }]
  return terms.flatMap((term, n) => {
    const before = terms[n - 1]
    const at = (name: string) => `terms.${n}.${name}`
    return [
      ...inOrder(term.fromOn, term.untilOn, at('untilOn'), ['任期起', '任期止']),
      ...(n === 0 ? inOrder(foundedOn, term.fromOn, at('fromOn'), ['成立日期', '任期起']) : []),
      ...(before && term.fromOn <= before.fromOn
        ? [{ field: at('fromOn'), message: '各届按先后填写，这一届应当晚于上一届' }]
        : []),
      ...inOrder(term.fromOn, term.directorLeftOn ?? null, at('directorLeftOn'), ['任期起', '主任离任日期']),
    ]
  })
}

/** A term that is neither three nor five years long is possible, but rarely meant. */
export function termsWarn(terms: readonly Term[]): Issue[] {
  return terms.flatMap((term, n) => {
    if (YEARS.some((years) => Math.abs(daysBetween(endAfter(term.fromOn, years), term.untilOn)) <= 31))
      return []
    return [
      {
        field: `terms.${n}.untilOn`,
        message: `任期一般为三年或者五年（${endAfter(term.fromOn, 3)}、${endAfter(term.fromOn, 5)}届满），请核对`,
      },
    ]
  })
}

const daysBetween = (a: string, b: string): number => (Date.parse(b) - Date.parse(a)) / 86_400_000

/** A seat lies within the committee's life, and nobody sits twice at a time. */
export function seatsCheck(foundedOn: string, seats: readonly Seat[]): Issue[] {
  return seats.flatMap((seat, n) => {
    const twice = seats.some(
      (other, m) =>
        m < n &&
        other.name === seat.name &&
        other.fromOn <= (seat.untilOn ?? '9999-12-31') &&
        seat.fromOn <= (other.untilOn ?? '9999-12-31'),
    )
    return [
      ...inOrder(foundedOn, seat.fromOn, `members.${n}.fromOn`, ['成立日期', '任职日期']),
      ...inOrder(seat.fromOn, seat.untilOn, `members.${n}.untilOn`, ['任职日期', '离任日期']),
      ...(twice
        ? [{ field: `members.${n}.name`, message: `${seat.name}同一时间填了两次，请删去重复的一行` }]
        : []),
    ]
  })
}
