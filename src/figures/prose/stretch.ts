import type { CellSaid, Paragraph } from './paragraph.ts'

/** A piece of a paragraph that is read by itself. */
export interface Stretch {
  /** What is read: in a table, the text of a cell between what its heads and labels say of it. */
  part: string
  /** So much of it stands before the text of the paragraph. */
  lead: number
  /** Where that begins and ends in the paragraph. */
  start: number
  end: number
  cell: CellSaid | null
}

/** No sentence is so long; what is told of a figure is told in its stretch. Without them a text could be made to take for ever. */
const STRETCH = 2000

/** A paragraph in stretches that end with a sentence where one ends in time; a row of a table in its cells. */
export function stretchesOf({ text, cells }: Paragraph): Stretch[] {
  if (!cells) return sentencesOf(text, 0, text.length)
  return cells.flatMap((cell) => {
    const { start, end, before, after } = cell
    if (end - start > STRETCH) return sentencesOf(text, start, end)
    const lead = before === '' ? '' : `${before.slice(-STRETCH)}${/[：，]$/.test(before) ? '' : ' '}`
    return [{ part: `${lead}${text.slice(start, end)}${after}`, lead: lead.length, start, end, cell }]
  })
}

function sentencesOf(text: string, from: number, until: number): Stretch[] {
  const parts: Stretch[] = []
  for (let start = from; start < until;) {
    const most = Math.min(until, start + STRETCH)
    const stop = most === until ? most : text.slice(start, most).search(/[。；][^。；]*$/)
    const end = stop > 0 && most !== until ? start + stop + 1 : most
    parts.push({ part: text.slice(start, end), lead: 0, start, end, cell: null })
    start = end
  }
  return parts
}

/** The place in the paragraph of one in its stretch; null for a figure of the labels alone. */
export function placeIn({ lead, start, end }: Stretch, figure: { start: number; end: number }) {
  const from = Math.max(start, start + figure.start - lead)
  const to = Math.min(end, start + figure.end - lead)
  return from < to ? { start: from, end: to } : null
}
