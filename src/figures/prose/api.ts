import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { calendars } from '#kit/period.ts'
import { precisions } from '../written.ts'

/** `year` by default the first that the text names, `org` the unit in scope that its title names, else her own; `as=docx` gives the uploaded .docx back with a comment per figure. */
export const proofQuery = z.strictObject({
  year: z.optional(z.string()),
  org: z.optional(z.string()),
  /** Id of a snapshot of the actor's own unit to judge by, instead of what is accepted by now. */
  snapshot: z.optional(z.string().check(z.regex(/^S\d{4}-\d{1,6}$/))),
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
  reason: z.nullable(z.enum(['plan', 'otherPeriod', 'otherUnit', 'withheld', 'noBooks'])),
  /** Of when it is; null where that is the whole year, or unknown. */
  period: z.nullable(
    z.strictObject({
      label: z.string(),
      calendar: z.enum(calendars),
      year: z.number(),
      part: z.number(),
    }),
  ),
  /** The other unit of which it is told, where its books were looked at; null for the report's own. */
  org: z.nullable(orgBrief),
  /** What the snapshot holds, where one is asked for. */
  frozen: z.nullable(z.number()),
  /** What the books say, in the indicator's unit; null where the figure is not judged. */
  live: z.nullable(z.number()),
  /** What else is to be said of it. */
  notes: z.array(z.string()),
})

/** POST /api/figures/proof: nothing of the text is kept. */
export const proofReply = z.strictObject({
  /** Whose figures they were held against; null where none were. */
  org: z.nullable(orgBrief),
  /** Null: the text names none, and so nothing was judged. */
  year: z.nullable(z.number()),
  isDocx: z.boolean(),
  /** Judged by, where one was asked for; else the books of now. */
  snapshot: z.nullable(z.string()),
  /** Snapshots of the year that can be asked for. */
  snapshots: z.array(z.string()),
  paragraphs: z.array(
    z.strictObject({
      text: z.string(),
      inTable: z.boolean(),
      /** 脚注, 页眉 …; null in the text. */
      aside: z.nullable(z.string()),
      notes: z.array(z.string()),
    }),
  ),
  figures: z.array(figure),
})
export type ProofReply = z.infer<typeof proofReply>
export type ProofFigure = ProofReply['figures'][number]
