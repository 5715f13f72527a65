import * as z from 'zod/mini'
import { uuid } from '#record/api.ts'
import { instant } from './api.ts'
import { scanFaults, scanOutcomes, type ScanFault } from './ticket.ts'

export const mostScans = 200
const faults = Object.keys(scanFaults) as [ScanFault, ...ScanFault[]]

/** GET /api/enrolments/:id/ticket: her own. */
export const myTicket = z.strictObject({ ticket: z.string(), from: z.string(), until: z.string() })
export type MyTicket = z.infer<typeof myTicket>

/** POST /api/events/:id/scans: what one telephone scanned, as often as it likes to send it. */
export const newScans = z.strictObject({
  device: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  /** By the telephone's clock, when it sends: tells how far that clock is off. */
  deviceNow: instant,
  scans: z
    .array(
      z.strictObject({
        id: uuid,
        /** As it was scanned, whatever it is. */
        ticket: z.optional(z.string()),
        /** Chosen from the list instead. */
        entryId: z.optional(uuid),
        at: instant,
      }),
    )
    .check(z.minLength(1), z.maxLength(mostScans)),
})
export type NewScans = z.infer<typeof newScans>

const outcome = { outcome: z.enum(scanOutcomes), code: z.nullable(z.enum(faults)) }
export const scansDone = z.strictObject({
  results: z.array(z.strictObject({ id: z.string(), ...outcome, cameAt: z.nullable(z.string()) })),
})
export type ScansDone = z.infer<typeof scansDone>

/** GET /api/events/:id/scans: conflicts and refusals, to be looked at; `key` is for checking tickets without a line. */
export const eventScans = z.strictObject({
  key: z.strictObject({ id: z.string(), publicKey: z.string() }),
  /** By the server's clock, by which tickets are valid. */
  now: z.string(),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      /** The place, where it could be told. */
      entryId: z.nullable(z.string()),
      name: z.nullable(z.string()),
      device: z.string(),
      saidAt: z.string(),
      realAt: z.string(),
      ...outcome,
    }),
  ),
})
export type EventScans = z.infer<typeof eventScans>
