import type { Programme } from '#kit/programme.ts'
import { programmes } from '#programmes/index.ts'
import { sectionNames } from '#programmes/sections.ts'

export type Section = { key: string; name: string; programmes: readonly Programme[] }

/** The registered programmes by section, in the order of the annual summary; sections without any are left out. */
export const sections: readonly Section[] = Object.entries(sectionNames)
  .map(([key, name]) => ({ key, name, programmes: programmes.filter((p) => p.section === key) }))
  .filter((section) => section.programmes.length > 0)
