import { contributions, difference } from '#kit/contribution.ts'
import { monthOf } from '#kit/day.ts'
import type { AcceptedBy, AnyRow, Programme } from '#kit/programme.ts'
import { acceptingUnit, type Step } from './turns.ts'

/** A unit that agreed to a proposal, and who did it there. */
export type Consent = { org: number; person: string; account: string; at: string }

/** A register lives on after its date: what changes in it concerns the months whose figures move, a dated fact its date as well. */
const isRegister = (programme: Programme): boolean =>
  Object.values(programme.indicators).some((indicator) => indicator.nature === 'stock')

/** The months that a correction (or, without `after`, a voiding) of an accepted record concerns, ascending. */
export function concernedMonths(programme: Programme, before: AnyRow, after: AnyRow | null): number[] {
  const moved = difference(
    contributions(programme, before),
    after ? contributions(programme, after) : [],
  ).map((c) => c.ym)
  const dated = isRegister(programme) && after ? [] : [before, ...(after ? [after] : [])]
  return [...new Set([...moved, ...dated.map((row) => monthOf(String(row['endsOn'])))])].sort((a, b) => a - b)
}

/**
 * The units that must agree to a proposal, from the owner up: the accepting one, and each that locked a month it concerns.
 * A unit that locked and is no superior any more is stood in for by the city.
 */
export function consentSteps<S extends Step>(
  line: readonly S[],
  acceptedBy: AcceptedBy,
  lockers: readonly number[],
): S[] {
  const city = line.at(-1)!
  const needed = new Set([
    acceptingUnit(line, acceptedBy).id,
    ...lockers.map((id) => (line.some((s) => s.id === id) ? id : city.id)),
  ])
  return line.filter((s) => needed.has(s.id))
}

/** The units that have still to agree after `own` does, in order. */
export const stillToAgree = <S extends Step>(
  steps: readonly S[],
  consents: readonly Pick<Consent, 'org'>[],
  own: number,
): S[] => steps.filter((s) => s.id !== own && !consents.some((c) => c.org === s.id))
