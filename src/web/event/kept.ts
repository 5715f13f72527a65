import * as z from 'zod/mini'
import type { ScansDone } from '#signup/scanApi.ts'
import { readTicket, scanFaults, scanOutcomes, type ScanFault } from '#signup/ticket.ts'

const faults = Object.keys(scanFaults) as [ScanFault, ...ScanFault[]]

/** One scan as this telephone keeps it until the server has said what became of it. It names a place, never a person. */
const scan = z.strictObject({
  id: z.string(),
  ticket: z.optional(z.string()),
  entryId: z.optional(z.string()),
  /** By this telephone's clock. */
  at: z.string(),
  /** Why this telephone told that it is not taken; the server decides. */
  fault: z.optional(z.nullable(z.enum(faults))),
  outcome: z.nullable(z.enum(scanOutcomes)),
  code: z.nullable(z.enum(faults)),
})
export type KeptScan = z.infer<typeof scan>
export const keptScans = z.array(scan)

/** The place that a scan is of, as far as it can be told. */
export const placeOf = ({ entryId, ticket = '' }: Pick<KeptScan, 'entryId' | 'ticket'>): string | undefined =>
  entryId ?? readTicket(ticket)?.ticket.entryId

/** With what the server said of them; of an uploaded scan the ticket stays no longer, only its place. */
export const uploaded = (scans: readonly KeptScan[], { results }: ScansDone): KeptScan[] =>
  scans.map((one) => {
    const told = results.find(({ id }) => id === one.id)
    if (!told) return one
    const { ticket: _, ...rest } = one
    const entryId = placeOf(one)
    return {
      ...rest,
      ...(entryId === undefined ? {} : { entryId }),
      outcome: told.outcome,
      code: told.code,
    }
  })

/**
 * When she came already: by the list, or by what this telephone scanned since and was not refused; null where she has not.
 * @param sinceMs what was scanned before is of an earlier session
 * @param offMs by how far the server's clock is ahead of the telephone's
 */
export function cameBefore(
  scans: readonly KeptScan[],
  entryId: string | undefined,
  cameAt: string | null,
  offMs: number,
  sinceMs = 0,
): string | null {
  if (entryId === undefined) return null
  const here = scans
    .filter(({ outcome, fault }) => (outcome === null ? (fault ?? null) === null : outcome !== 'refused'))
    .filter((one) => placeOf(one) === entryId)
    .map((one) => new Date(Date.parse(one.at) + offMs).toISOString())
  const all = [...(cameAt === null ? [] : [new Date(cameAt).toISOString()]), ...here]
  return all.filter((one) => Date.parse(one) >= sinceMs).toSorted()[0] ?? null
}

const againMs = 5000
export type Seen = { text: string; atMs: number }
/** Whether a code is the one still held before the camera, which sees it in one picture and misses it in the next. */
export const isStillHeld = (last: Seen | null, text: string, nowMs: number): boolean =>
  last !== null && last.text === text && nowMs - last.atMs < againMs
