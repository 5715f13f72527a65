import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'

import { aidStates, fileStates } from './states.ts'

const values = z.record(z.string(), z.unknown())

/** One application of hers, as she may see it herself: nothing that is sealed, nobody's name. */
export const myFile = z.strictObject({
  id: z.string(),
  no: z.nullable(z.string()),
  state: z.enum(fileStates),
  version: z.number(),
  org: z.string(),
  centre: z.string(),
  appliedOn: z.string(),
  closedOn: z.nullable(z.string()),
  /** Last day of the notice in which it stands. */
  noticeUntil: z.nullable(z.string()),
  /** What is missing, or why it was refused, withdrawn or closed, in the words of whoever said so. */
  reason: z.nullable(z.string()),
  way: z.array(z.strictObject({ step: z.string(), on: z.string() })),
  aids: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      amount: z.number(),
      state: z.enum(aidStates),
      askedOn: z.string(),
      paidOn: z.nullable(z.string()),
      answer: z.nullable(z.string()),
    }),
  ),
  mayMend: z.boolean(),
  mayRecall: z.boolean(),
})
export type MyFile = z.infer<typeof myFile>

/** GET /api/my/hardship */
export const myHardship = z.strictObject({
  /** In the register as a woman of a unit. */
  isRegistered: z.boolean(),
  /** Somebody is named who deals with it; `centre` names handlers. */
  isServed: z.boolean(),
  org: z.nullable(orgBrief),
  centre: z.nullable(orgBrief),
  consent: z.strictObject({ text: z.string(), textHash: z.string(), isGiven: z.boolean() }),
  files: z.array(myFile),
})
export type MyHardship = z.infer<typeof myHardship>

/** POST /api/my/hardship: with it she agrees to the words that she saw. */
export const myApplication = z.strictObject({ textHash: z.string().check(z.maxLength(128)), body: values })
/** PUT /api/my/hardship/:id */
export const myMending = z.strictObject({ version: z.int32(), body: values })
/** POST /api/my/hardship/:id/recall */
export const myRecall = z.strictObject({ version: z.int32() })
/** POST /api/my/hardship/:id/reveals: what she wrote, to mend it. */
export const myWords = z.strictObject({ household: values })
