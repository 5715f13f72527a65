import * as z from 'zod/mini'
import { checkKeys, checkStates } from './vitals.ts'

const run = z.strictObject({
  endedAt: z.string(),
  seconds: z.number(),
  file: z.string(),
  bytes: z.number(),
  rows: z.number(),
  fault: z.string(),
})

/** GET /api/system/status */
export const systemStatus = z.strictObject({
  at: z.string(),
  version: z.string(),
  node: z.string(),
  schema: z.string(),
  engine: z.string(),
  mode: z.enum(['demo', 'live']),
  startedAt: z.string(),
  state: z.enum(checkStates),
  checks: z.array(
    z.strictObject({
      key: z.enum(checkKeys),
      label: z.string(),
      state: z.enum(checkStates),
      told: z.string(),
      advice: z.string(),
    }),
  ),
  backups: z.array(z.strictObject({ kind: z.enum(['backup', 'trial']), ...run.shape })),
})
export type SystemStatus = z.infer<typeof systemStatus>
