import * as z from 'zod/mini'
import { modes } from './modes.ts'

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const mode = z.enum(modes)

const told = {
  mode,
  fromOn: z.string(),
  reason: z.string(),
  successor: z.string(),
  whither: z.string(),
  contact: z.string(),
}

/** What was given: shown to everybody, before and behind the door. */
export const change = z.strictObject(told)
export const running = z.strictObject({ mode, change: z.nullable(change), ahead: z.nullable(change) })

/** POST /api/running */
export const runningAsk = z.strictObject({
  mode,
  fromOn: day,
  reason: z.string().check(z.maxLength(200)),
  successor: z.string().check(z.maxLength(200)),
  whither: z.string().check(z.maxLength(500)),
  contact: z.string().check(z.maxLength(100)),
})
export type RunningAsk = z.infer<typeof runningAsk>
export const runningAsked = z.strictObject({ id: z.string() })
/** POST /api/running/:id/decision */
export const runningDecision = z.strictObject({ isGranted: z.boolean() })

/** A change as the administrators see it: who asked, who decided. */
export const runningRow = z.strictObject({
  id: z.string(),
  ...told,
  askedBy: z.string(),
  askedAt: z.string(),
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(z.string()),
  isGranted: z.nullable(z.boolean()),
})
export type RunningRow = z.infer<typeof runningRow>
/** GET /api/running */
export const runningState = z.strictObject({ ...running.shape, today: z.string(), rows: z.array(runningRow) })
export type RunningState = z.infer<typeof runningState>
