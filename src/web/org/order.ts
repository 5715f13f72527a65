import { tiers, type Tier } from '#org/api.ts'

/** Offices before grassroots unions, otherwise the order the units came in: the official one by code. */
export function byTier<T>(rows: readonly T[], tierOf: (row: T) => Tier): T[] {
  return [...rows].sort((a, b) => tiers.indexOf(tierOf(a)) - tiers.indexOf(tierOf(b)))
}
