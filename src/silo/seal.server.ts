import type { CryptoProvider } from '#crypto/provider.server.ts'
import { newDataKey, open, seal } from '#crypto/sealed.server.ts'
import { openSecret, sealSecret } from '#crypto/secret.server.ts'
import type { Silo } from './kinds.ts'

// Each silo has a key of its own, each matter a data key under it: who may open the one opens nothing of the other, and a matter
// whose data key is destroyed is unreadable for ever.

const labels = {
  legal: 'jinguo.silo.legal',
  complaint: 'jinguo.silo.complaint',
  counsel: 'jinguo.silo.counsel',
} as const

const keyPlace = (id: string): string => `silo_case.wrapped:${id}`
const textPlace = (id: string, n: number): string => `silo_message.sealed:${id}:${n}`

export type CaseSeal = {
  /** Text as SQL takes it. */
  close(text: string, n: number): string
  open(sealed: Uint8Array, n: number): string
}

const sealOf = (crypto: CryptoProvider, dataKey: Buffer, id: string): CaseSeal => ({
  close: (text, n) => `\\x${seal(crypto, dataKey, text, textPlace(id, n)).toString('hex')}`,
  open: (sealed, n) => open(dataKey, sealed, textPlace(id, n)),
})

/** A new data key for a matter, wrapped under the key of its silo. */
export function newCaseSeal(
  crypto: CryptoProvider,
  silo: Silo,
  id: string,
): { wrapped: string; seal: CaseSeal } {
  const dataKey = newDataKey()
  return {
    wrapped: sealSecret(crypto, labels[silo], dataKey.toString('base64'), keyPlace(id)),
    seal: sealOf(crypto, dataKey, id),
  }
}

/** The seal of a matter that stands. Row policies let only whom it concerns come so far. */
export const caseSealFor = (crypto: CryptoProvider, silo: Silo, id: string, wrapped: string): CaseSeal =>
  sealOf(crypto, Buffer.from(openSecret(crypto, labels[silo], wrapped, keyPlace(id)), 'base64'), id)

/** The same data key under the key of the silo that deals with the matter from now on. */
export const rewrapFor = (
  crypto: CryptoProvider,
  { from, to }: { from: Silo; to: Silo },
  id: string,
  wrapped: string,
): string =>
  sealSecret(crypto, labels[to], openSecret(crypto, labels[from], wrapped, keyPlace(id)), keyPlace(id))
