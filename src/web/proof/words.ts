import type { ProofFigure, ProofReply } from '#figures/prose/api.ts'
import { reasonWords, verdictWords } from '#figures/prose/words.ts'
import { withQuery } from '../urlState.ts'

/** Groups of the list, the most urgent first. */
export const groups = ['differ', 'loose', 'agree', 'other'] as const
export type Group = (typeof groups)[number]

export const groupLabels: Record<Group, string> = {
  differ: '不符',
  loose: '可更准',
  agree: '相符',
  other: '未对照',
}

export const groupOf = ({ verdict }: ProofFigure): Group => verdict ?? 'other'

/** A remark on a paragraph, not on one of its figures. */
export type ParagraphNote = { paragraph: number; text: string }
export const paragraphNotes = ({ paragraphs }: Pick<ProofReply, 'paragraphs'>): ParagraphNote[] =>
  paragraphs.flatMap(({ notes }, paragraph) => notes.map((text) => ({ paragraph, text })))

/** What is found of a figure, in a few words. */
export function findingOf(
  { verdict, reason, indicator, period, org }: ProofFigure,
  { year }: ProofReply,
): string {
  if (verdict)
    return `${org ? `${org.shortName}，` : ''}${period ? `${period.label}，` : ''}${verdictWords[verdict]}`
  if (indicator === null) return '不属于平台指标'
  if (reason) return reasonWords[reason]
  return year === null ? '没有年份，未对照' : '未对照'
}

/** How many figures of each group. */
export function countsOf(figures: readonly ProofFigure[]): Record<Group, number> {
  const counts = { differ: 0, loose: 0, agree: 0, other: 0 }
  for (const figure of figures) counts[groupOf(figure)]++
  return counts
}

export type Piece = { text: string } | { at: number }

/** A paragraph cut at its figures; `at` = index of the figure in the reply. */
export function piecesOf(text: string, figures: readonly (ProofFigure & { at: number })[]): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (const { start, end, at } of figures) {
    if (start > done) pieces.push({ text: text.slice(done, start) })
    pieces.push({ at })
    done = end
  }
  if (done < text.length) pieces.push({ text: text.slice(done) })
  return pieces
}

export type Asked = { year: number | null; org: number | null; snapshot: string | null }

/** The endpoint; no year and no org leave it to the text, no snapshot asks what is now. */
export const proofPath = ({ year, org, snapshot }: Asked, as?: 'docx'): string =>
  withQuery('/figures/proof', {
    year: year?.toString(),
    org: org?.toString(),
    snapshot: snapshot ?? undefined,
    as,
  })
