import { v4 as uuid } from 'uuid'
import * as z from 'zod/mini'
import { mostScans, scansDone, type ScansDone } from '#signup/scanApi.ts'
import { call } from '../api/client.dom.ts'
import { eventApi } from './addresses.ts'
import { keptScans, uploaded, type KeptScan } from './kept.ts'

const shelf = 'jinguo-scans '
const nameOf = (event: string, account: string): string => `${shelf}${event} ${account}`

/** What was scanned for an event on this telephone, also before the page was loaded anew. */
export function readKept(event: string, account: string): KeptScan[] {
  try {
    const found = z.safeParse(keptScans, JSON.parse(localStorage.getItem(nameOf(event, account)) ?? '[]'))
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

/** Sends what was scanned for an event; each scan counts once, however often it is sent. */
export const sendScans = (event: string, scans: readonly KeptScan[], key: string): Promise<ScansDone> =>
  call(eventApi.scans(event), scansDone, {
    method: 'POST',
    key,
    body: {
      device: deviceName(),
      deviceNow: new Date().toISOString(),
      scans: scans.map(({ id, ticket, entryId, at }) => ({ id, ticket, entryId, at })),
    },
  })

const names = (): string[] => {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(shelf))
  } catch {
    return []
  }
}

/** Sends whatever an account scanned on this telephone, for any event; returns how many could not be sent. */
export async function sendKept(account: string): Promise<number> {
  let left = 0
  for (const name of names()) {
    const [event = '', whose] = name.slice(shelf.length).split(' ')
    if (whose !== account) continue
    const pending = readKept(event, account).filter(({ outcome }) => outcome === null)
    for (let from = 0; from < pending.length; from += mostScans) {
      const batch = pending.slice(from, from + mostScans)
      const done = await sendScans(event, batch, uuid()).catch(() => null)
      if (done) keep(event, account, uploaded(readKept(event, account), done))
      else left += batch.length
    }
  }
  return left
}

/** Of whoever signs out nothing stays, also where no line took the word to the server. */
export function wipeKept(): void {
  for (const name of names()) localStorage.removeItem(name)
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
