import * as z from 'zod/mini'
import { calendars, periodCode, periodOf, type Period } from '#kit/period.ts'
import { styles } from '../written.ts'

/**
 * The summary as it is written: text that is free, and figures that name what they are of and never how much. It is the one
 * form that is sent and stored; no HTML is taken in anywhere.
 */
const plain = (most: number) =>
  z.string().check(
    z.maxLength(most),
    // oxlint-disable-next-line no-control-regex -- what neither XML nor a line of text can hold
    z.refine((text) => !/[\u0000-\u001f\u007f-\u009f]/.test(text), '不能含有换行或控制字符'),
  )
const filled = (most: number) => plain(most).check(z.minLength(1))

/** A figure by hand: what is printed instead, and why; who and when is set by the server. */
export const correction = z.strictObject({
  written: filled(40),
  reason: filled(200),
  by: z.optional(plain(60)),
  at: z.optional(plain(40)),
})
export type Correction = z.infer<typeof correction>

/** Absent org, calendar, year and part are the summary's own: its unit and its year. */
export const chip = z.strictObject({
  indicator: filled(60),
  org: z.optional(z.int().check(z.positive())),
  calendar: z.optional(z.enum(calendars)),
  year: z.optional(z.int().check(z.minimum(2000), z.maximum(2100))),
  part: z.optional(z.int().check(z.minimum(1), z.maximum(1212))),
  style: z.optional(z.enum(styles)),
  correction: z.optional(correction),
})
export type Chip = z.infer<typeof chip>

const id = z.string().check(z.regex(/^[a-z0-9]{1,24}$/))
/** `records`: the records that the words were taken from. */
const words = z.strictObject({
  text: filled(5000),
  records: z.optional(z.array(z.uuid()).check(z.minLength(1), z.maxLength(20))),
})
const piece = z.union([words, z.strictObject({ figure: chip })])
export type Piece = z.infer<typeof piece>

const heading = z.strictObject({
  id,
  kind: z.literal('heading'),
  level: z.literal([1, 2, 3]),
  text: plain(200),
})
const paragraph = z.strictObject({
  id,
  kind: z.literal('paragraph'),
  lead: z.optional(filled(60)),
  pieces: z.array(piece).check(z.maxLength(300)),
})
export const draftBlock = z.union([heading, paragraph])
export type DraftBlock = z.infer<typeof draftBlock>

export const draft = z.strictObject({
  title: z.array(filled(60)).check(z.minLength(1), z.maxLength(3)),
  blocks: z.array(draftBlock).check(
    z.maxLength(600),
    z.refine((blocks) => new Set(blocks.map((block) => block.id)).size === blocks.length, '段落编号重复'),
  ),
})
export type Draft = z.infer<typeof draft>

/** What a chip is of, when the summary itself is of `year`. */
export const periodOfChip = (chip: Chip, year: number): Period =>
  periodOf(chip.calendar ?? 'year', chip.year ?? year, chip.part ?? 1)

/** One figure, one key: indicator, unit and period. */
export const chipKey = (chip: Chip, year: number): string =>
  `${chip.indicator}@${periodCode(periodOfChip(chip, year))}${chip.org === undefined ? '' : `.${chip.org}`}`

export const chipsOf = ({ blocks }: Pick<Draft, 'blocks'>): Chip[] =>
  blocks.flatMap((block) =>
    block.kind === 'paragraph' ? block.pieces.flatMap((p) => ('figure' in p ? [p.figure] : [])) : [],
  )

/** Whether a passage stands in a text: words that name its record, or its very words. */
export function standsIn({ blocks }: Pick<Draft, 'blocks'>, record: string, text: string): boolean {
  const words = text.replace(/。$/, '')
  return blocks.some(
    (block) =>
      lineOf(block).includes(words) ||
      (block.kind === 'paragraph' &&
        block.pieces.some((piece) => 'text' in piece && piece.records?.includes(record))),
  )
}

/** Text that stays, joined where neighbours are alike; empty pieces fall away. */
export function joinPieces(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const one of pieces) {
    const last = joined.at(-1)
    if ('figure' in one) joined.push(one)
    else if (last && 'text' in last && !last.records && !one.records)
      joined[joined.length - 1] = { text: last.text + one.text }
    else if (one.text !== '') joined.push(one)
  }
  return joined
}

/** A block as one line; a figure stands as `〔indicator〕` unless it is written out. */
export const lineOf = (block: DraftBlock, written = (c: Chip): string => `〔${c.indicator}〕`): string =>
  block.kind === 'heading'
    ? block.text
    : (block.lead ?? '') + block.pieces.map((p) => ('figure' in p ? written(p.figure) : p.text)).join('')
