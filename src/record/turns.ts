import type { AcceptedBy } from '#kit/programme.ts'
import type { Tier } from '#org/api.ts'

/** A unit on the reporting line of today, from the owner (first) up to the city (last). */
export type Step = { id: number; tier: Tier }

/** The unit whose acceptance counts the record: the nearest of the accepting tier at or above the owner, else the city. */
export function acceptingUnit<S extends Step>(line: readonly S[], acceptedBy: AcceptedBy): S {
  const nearest = (...tiers: Tier[]) => line.find((s) => tiers.includes(s.tier))
  const city = line.at(-1)!
  switch (acceptedBy) {
    case 'subdistrict':
      return nearest('subdistrict', 'district', 'industry') ?? city
    case 'district':
      return nearest('district', 'industry') ?? city
    case 'city':
      return city
  }
}

/** The units whose turn it is, in order: all above the owner up to the accepting one; the owner itself when it accepts. */
export function turns<S extends Step>(line: readonly S[], acceptedBy: AcceptedBy): S[] {
  const accepting = acceptingUnit(line, acceptedBy)
  const last = line.findIndex((s) => s.id === accepting.id)
  return last === 0 ? [accepting] : line.slice(1, last + 1)
}
