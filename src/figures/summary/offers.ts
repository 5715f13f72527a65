import type { Tier } from '#org/api.ts'
import type { PaperMaterial } from '../summaryApi.ts'
import { joinPieces, type DraftBlock, type Piece } from './draft.ts'
import { deskOf } from './material.ts'
import { sectionsOf } from './sections.ts'
import type { Say } from './words.ts'

type Sentence = { section: string; words: readonly string[]; indicators: readonly string[] }

/** Every sentence that the template of a tier can say, whether the year has its figures or not. */
function allSentences(tier: Tier): Sentence[] {
  return sectionsOf(tier).flatMap(([section, write]) => {
    const said: Sentence[] = []
    const say: Say = (words, ...indicators) => {
      if (indicators.length > 0) said.push({ section, words: [...words], indicators })
      return null
    }
    const silent = { tier, ink: () => null, honours: [], highlights: [], policyInputs: [] }
    write(deskOf(silent, say))
    return said
  })
}

/**
 * The sentences of the template whose figures don't stand in the text: offered, not forced. Of the forms of one sentence the
 * longest is offered. `none` = nothing was accepted for one of its figures.
 */
export function sentencesOf(
  tier: Tier,
  figures: ReadonlyMap<string, number>,
  stands: ReadonlySet<string>,
): PaperMaterial['sentences'] {
  const sentences = allSentences(tier).filter(({ indicators }) => !indicators.some((id) => stands.has(id)))
  const longest = sentences.filter(
    ({ indicators }, n) =>
      !sentences.some(
        (other, m) =>
          m !== n &&
          indicators.every((id) => other.indicators.includes(id)) &&
          (other.indicators.length > indicators.length || m < n),
      ),
  )
  return longest.map(({ section, words, indicators }, at) => {
    const pieces: Piece[] = words.flatMap((text, n) => [
      ...(text ? [{ text }] : []),
      ...(indicators[n] ? [{ figure: { indicator: indicators[n] } }] : []),
    ])
    const block: DraftBlock = {
      id: `s${at + 1}`,
      kind: 'paragraph',
      pieces: joinPieces([...pieces, { text: '。' }]),
    }
    const isReady = indicators.every((id) => (figures.get(id) ?? 0) !== 0)
    return { section, block, state: isReady ? 'ready' : 'none' }
  })
}
