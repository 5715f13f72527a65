import { diffArrays, diffChars } from 'diff'
import { lineOf, type Draft } from '#figures/summary/draft.ts'
import { findLine } from '../figures/chapters.ts'

export type Stretch = { text: string; kind: 'same' | 'added' | 'removed' }
/** One line of two versions side by side: unchanged lines stand only for their number. */
export type Change = { kind: 'changed'; stretches: Stretch[] } | { kind: 'same'; lines: number }

const labelOf = (indicator: string): string => findLine(indicator)?.indicator.label ?? indicator
const linesOf = ({ title, blocks }: Draft): string[] => [
  ...title,
  ...blocks.map((block) =>
    lineOf(
      block,
      (chip) => `〔${labelOf(chip.indicator)}${chip.correction ? `：${chip.correction.written}` : ''}〕`,
    ),
  ),
]

/** What stands in `to` and not in `from`, and the other way round; a line that was rewritten is compared by characters. */
export function changesOf(from: Draft, to: Draft): Change[] {
  const parts = diffArrays(linesOf(from), linesOf(to))
  const found: Change[] = []
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!
    if (!part.added && !part.removed) {
      found.push({ kind: 'same', lines: part.value.length })
      continue
    }
    const next = parts[at + 1]
    if (part.removed && next?.added) {
      at++
      const most = Math.max(part.value.length, next.value.length)
      for (let n = 0; n < most; n++) found.push(changed(part.value[n] ?? '', next.value[n] ?? ''))
    } else
      for (const text of part.value)
        found.push({ kind: 'changed', stretches: [{ text, kind: part.added ? 'added' : 'removed' }] })
  }
  return found
}

const changed = (before: string, after: string): Change => ({
  kind: 'changed',
  stretches: diffChars(before, after).map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  })),
})
