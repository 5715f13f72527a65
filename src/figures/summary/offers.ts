import type { Tier } from '#org/api.ts'
import type { PaperMaterial } from '../summaryApi.ts'
import { joinPieces, type Piece } from './draft.ts'
import type { HonourRow } from './laurels.ts'
import { deskOf } from './material.ts'
import { sectionsOf } from './sections.ts'
import type { Ink, Say } from './words.ts'

/** The figures of every clause that the template of a tier can say, whether the year has them or not. */
function allClauses(tier: Tier): string[][] {
  const said: string[][] = []
  const say: Say = (_words, ...indicators) => {
    if (indicators.length > 0) said.push(indicators)
    return null
  }
  for (const [, write] of sectionsOf(tier))
    write(deskOf({ tier, ink: () => null, honours: [], highlights: [], policyInputs: [] }, say))
  return said
}

type Said = { place: string; section: string; pieces: Piece[] }

/**
 * What the template writes where it has these figures and no others: a clause alone may be no more than 「1个托管点」.
 * `place` tells the paragraph.
 */
function written(tier: Tier, indicators: readonly string[], honours: readonly HonourRow[]): Said | null {
  const ink: Ink = (indicator) =>
    indicators.includes(indicator)
      ? { indicator, label: '', value: 0, unit: '', written: '', snapshot: '' }
      : null
  const material = { tier, ink, honours, highlights: [], policyInputs: [] }
  for (const [section, write] of sectionsOf(tier))
    for (const block of write(deskOf(material)))
      if (block.kind === 'paragraph' && block.runs.some((run) => 'figure' in run)) {
        const pieces = block.runs.map((run): Piece =>
          'figure' in run ? { figure: { indicator: run.figure.indicator } } : { text: run.text },
        )
        return { place: `${section} ${block.lead ?? ''}`, section, pieces: joinPieces(pieces) }
      }
  return null
}

/** A paragraph by its sentences. */
function sentencesIn(pieces: readonly Piece[]): Piece[][] {
  const sentences: Piece[][] = [[]]
  for (const piece of pieces) {
    if ('figure' in piece) {
      sentences.at(-1)!.push(piece)
      continue
    }
    for (const text of piece.text.split(/(?<=。)/)) {
      if (text !== '') sentences.at(-1)!.push({ text })
      if (text.endsWith('。')) sentences.push([])
    }
  }
  return sentences.filter((sentence) => sentence.some((piece) => 'figure' in piece))
}

/**
 * The sentences of the template whose figures don't stand in the text: offered, not forced. Of the forms of one sentence the
 * longest is offered. `none` = nothing was accepted for one of its figures.
 */
export function sentencesOf(
  tier: Tier,
  figures: ReadonlyMap<string, number>,
  stands: ReadonlySet<string>,
  honours: readonly HonourRow[],
): PaperMaterial['sentences'] {
  const clauses = allClauses(tier).filter((indicators) => !indicators.some((id) => stands.has(id)))
  const longest = clauses.filter(
    (indicators, n) =>
      !clauses.some(
        (other, m) =>
          m !== n &&
          indicators.every((id) => other.includes(id)) &&
          (other.length > indicators.length || m < n),
      ),
  )
  // Those of persons and families stand in paragraphs of their own.
  const sites = honours.filter(({ subject }) => subject === '托管点')
  const isReady = (indicators: readonly string[]) => indicators.every((id) => (figures.get(id) ?? 0) !== 0)
  // Clauses of one paragraph are offered as its sentences, those with figures apart from those without.
  const together = new Map<string, string[]>()
  for (const indicators of longest) {
    const place = `${written(tier, indicators, sites)?.place} ${isReady(indicators)}`
    together.set(place, [...(together.get(place) ?? []), ...indicators])
  }
  return [...together.values()]
    .flatMap((group) => {
      const said = written(tier, group, sites)
      const state = isReady(group) ? ('ready' as const) : ('none' as const)
      return said ? sentencesIn(said.pieces).map((pieces) => ({ section: said.section, pieces, state })) : []
    })
    .map(({ section, pieces, state }, at) => ({
      section,
      block: { id: `s${at + 1}`, kind: 'paragraph' as const, pieces },
      state,
    }))
}
