import type { Indicator } from '#kit/indicator.ts'
import type { Programme } from '#kit/programme.ts'
import { indicators } from '#programmes/index.ts'
import { sectionNames } from '#programmes/sections.ts'

export type Line = { id: string; indicator: Indicator; programme: Programme }
export type Chapter = { section: string; title: string; lines: Line[] }

const order = Object.keys(sectionNames)
const rank = (section: string): number => (order.includes(section) ? order.indexOf(section) : order.length)

/** The indicators by section of the summary, in its order; a section unknown here comes last under its own name. */
export function chaptersOf(lines: readonly Line[]): Chapter[] {
  const bySection = new Map<string, Line[]>()
  for (const line of lines) {
    const { section } = line.programme
    bySection.set(section, [...(bySection.get(section) ?? []), line])
  }
  return [...bySection]
    .map(([section, lines]) => ({ section, title: sectionNames[section] ?? section, lines }))
    .sort((a, b) => rank(a.section) - rank(b.section))
}

/** All chapters of the register. */
export const chapters: readonly Chapter[] = chaptersOf(indicators)

const byId = new Map<string, Line>(indicators.map((line) => [line.id, line]))

/** The line of an indicator id, or null for an id that isn't in the register. */
export function findLine(id: string): Line | null {
  return byId.get(id) ?? null
}
