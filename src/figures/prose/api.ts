import * as z from 'zod/mini'
import { precisions } from '../written.ts'

/** `year` by default the first that the text names; `as=docx` gives the uploaded .docx back with a comment per figure. */
export const proofQuery = z.strictObject({
  year: z.optional(z.string()),
  org: z.optional(z.string()),
  as: z.optional(z.literal('docx')),
})

const figure = z.strictObject({
  paragraph: z.number(),
  /** UTF-16 units in its paragraph. */
  start: z.number(),
  end: z.number(),
  written: z.string(),
  value: z.number(),
  /** Closed range of live values that agree, in the figure's unit. */
  low: z.number(),
  high: z.number(),
  unit: z.string(),
  precision: z.enum(precisions),
  indicator: z.nullable(z.string()),
  verdict: z.nullable(z.enum(['agree', 'loose', 'differ'])),
  reason: z.nullable(z.enum(['plan', 'otherPeriod', 'otherUnit', 'withheld'])),
  /** What the books say, in the indicator's unit; null where the figure is not judged. */
  live: z.nullable(z.number()),
  /** What else is to be said of it. */
  notes: z.array(z.string()),
})

/** POST /api/figures/proof: nothing of the text is kept. */
export const proofReply = z.strictObject({
  org: z.nullable(z.string()),
  /** Null: the text names none, and so nothing was judged. */
  year: z.nullable(z.number()),
  isDocx: z.boolean(),
  paragraphs: z.array(z.strictObject({ text: z.string(), inTable: z.boolean(), notes: z.array(z.string()) })),
  figures: z.array(figure),
})
export type ProofReply = z.infer<typeof proofReply>
export type ProofFigure = ProofReply['figures'][number]
