import * as z from 'zod/mini'
import { lineStates } from '#intake/target.ts'

/** `id` opens a workbook; the rest is what of it is shown. */
export const intakeSearch = z.strictObject({
  id: z.optional(z.string()),
  sheet: z.optional(z.string()),
  only: z.optional(z.enum(lineStates)),
})
export type IntakeSearch = z.infer<typeof intakeSearch>
