import type { Proofed } from './proofed.ts'
import { OTHER } from './when.ts'

/** So many periods of one report, other units of it, and periods of those are looked up; figures of further ones are listed. */
const MOST_PERIODS = 16
const MOST_UNITS = 24
const MOST_OF_UNITS = 48

/** What is to be asked of the books besides the whole year of the report's own unit. */
export interface AskedOf {
  /** Periods by their short names. */
  periods: readonly string[]
  /** Other units by the names that the text gives them, with the periods beside the whole year that it tells of each. */
  units: Readonly<Record<string, readonly string[]>>
}

/** The periods beside the whole year, and the units beside its own, of which a report tells a mapped figure. */
export function askedOf(figures: readonly Proofed[], year: number): AskedOf {
  const periods = new Set<string>()
  const units = new Map<string, Set<string>>()
  let ofUnits = 0
  for (const { indicator, period, of, reason } of figures) {
    if (indicator === null || reason === 'plan' || period === OTHER) continue
    const part = period === String(year) ? null : period
    if (of === null) {
      if (part !== null && periods.size < MOST_PERIODS) periods.add(part)
      continue
    }
    if (!units.has(of) && units.size < MOST_UNITS) units.set(of, new Set())
    const parts = units.get(of)
    if (part === null || !parts || parts.has(part) || ofUnits === MOST_OF_UNITS) continue
    parts.add(part)
    ofUnits++
  }
  return {
    periods: [...periods],
    units: Object.fromEntries([...units].map(([name, parts]) => [name, [...parts]])),
  }
}

/**
 * Judges a report by what `ask` tells of the books. Names of units are found with the help of those that stand below the report's
 * own, which the books tell: where they bring new names to light, the books are asked once more.
 * @param judge the figures by a line of the books; null = before any is known
 */
export async function askUntilKnown<Line>(
  judge: (line: Line | null) => readonly Proofed[],
  year: number,
  ask: (asked: AskedOf) => Promise<Line | null>,
): Promise<Line | null> {
  const first = askedOf(judge(null), year)
  const line = await ask(first)
  if (line === null) return null
  const second = askedOf(judge(line), year)
  return Object.keys(second.units).every((name) => name in first.units) ? line : ask(second)
}
