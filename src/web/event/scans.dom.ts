import * as z from 'zod/mini'
import { scanOutcomes, scanFaults, type ScanFault } from '#signup/ticket.ts'

/** One scan as this telephone keeps it until the server has said what became of it. It names a place, never a person. */
const scan = z.strictObject({
  id: z.string(),
  ticket: z.optional(z.string()),
  entryId: z.optional(z.string()),
  /** By this telephone's clock. */
  at: z.string(),
  outcome: z.nullable(z.enum(scanOutcomes)),
  code: z.nullable(z.enum(Object.keys(scanFaults) as [ScanFault, ...ScanFault[]])),
})
export type KeptScan = z.infer<typeof scan>
const kept = z.array(scan)

const nameOf = (event: string, account: string): string => `jinguo-scans ${event} ${account}`

/** What was scanned for an event on this telephone, also before the page was loaded anew. */
export function readKept(event: string, account: string): KeptScan[] {
  try {
    const found = z.safeParse(kept, JSON.parse(localStorage.getItem(nameOf(event, account)) ?? '[]'))
    return found.success ? found.data : []
  } catch {
    return []
  }
}

/** @returns false where this browser keeps nothing */
export function keep(event: string, account: string, scans: readonly KeptScan[]): boolean {
  try {
    localStorage.setItem(nameOf(event, account), JSON.stringify(scans))
    return true
  } catch {
    return false
  }
}

/** A name for this telephone, by which two are told apart. */
export function deviceName(): string {
  try {
    const known = localStorage.getItem('jinguo-scan-device')
    if (known !== null) return known
    const made = `手机${window.crypto.getRandomValues(new Uint16Array(1))[0]!.toString(36).toUpperCase().padStart(4, '0')}`
    localStorage.setItem('jinguo-scan-device', made)
    return made
  } catch {
    return '没有存储的手机'
  }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))

/** Whether a signature holds; null where this browser knows no Ed25519: the server tells when the scan is sent. */
export async function isGenuine(
  signed: string,
  signature: string,
  publicKey: string,
): Promise<boolean | null> {
  try {
    const key = await window.crypto.subtle.importKey('raw', bytesOf(publicKey), 'Ed25519', false, ['verify'])
    return await window.crypto.subtle.verify(
      'Ed25519',
      key,
      bytesOf(signature),
      new TextEncoder().encode(signed),
    )
  } catch {
    return null
  }
}
