import type { Tier } from '#org/api.ts'
import type { Block } from '#paper/document.ts'
import { highlightsOf, type HighlightRow, type Passage } from './highlights.ts'
import type { HonourRow } from './laurels.ts'
import type { PolicyInputRow } from './policyInputs.ts'
import { sayer, type Clause, type Ink, type Say } from './words.ts'

/** What the six sections are written from. */
export interface YearMaterial {
  /** Of the unit whose summary it is. */
  tier: Tier
  ink: Ink
  honours: readonly HonourRow[]
  highlights: readonly HighlightRow[]
  policyInputs: readonly PolicyInputRow[]
}

/** The material at hand of a section's writer. */
export interface Desk extends YearMaterial {
  say: Say
  /** The highlights of a passage, as sentences. */
  told(passage: Passage): (Clause | null)[]
}

/** Writes the paragraphs of one section; none when the year has nothing to say there. */
export type Write = (desk: Desk) => Block[]

export function deskOf(material: YearMaterial, say: Say = sayer(material.ink)): Desk {
  return {
    ...material,
    say,
    told: (passage) => highlightsOf(material.highlights, passage),
  }
}
