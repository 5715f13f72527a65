import type { AcceptedBy } from '#kit/programme.ts'
import type { Tier } from '#org/api.ts'

/** A unit on the reporting line of today, from the owner (first) up to the city (last). */
export type Step = { id: number; tier: Tier }

/** Which tiers accept, by what a programme declares; where none of them stands above, the city does. */
export const acceptingTiers: Readonly<Record<AcceptedBy, readonly Tier[]>> = {
  subdistrict: ['subdistrict', 'district', 'industry'],
  district: ['district', 'industry'],
  city: [],
}

/** The unit whose acceptance counts the record: the nearest of the accepting tier at or above the owner, else the city. */
export function acceptingUnit<S extends Step>(line: readonly S[], acceptedBy: AcceptedBy): S {
  return line.find((s) => acceptingTiers[acceptedBy].includes(s.tier)) ?? line.at(-1)!
}

/** The units whose turn it is, in order: all above the owner up to the accepting one; the owner itself when it accepts. */
export function turns<S extends Step>(line: readonly S[], acceptedBy: AcceptedBy): S[] {
  const accepting = acceptingUnit(line, acceptedBy)
  const last = line.findIndex((s) => s.id === accepting.id)
  return last === 0 ? [accepting] : line.slice(1, last + 1)
}
