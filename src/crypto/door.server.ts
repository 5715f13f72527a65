import { createHmac, randomBytes } from 'node:crypto'
import type { CryptoProvider } from './provider.server.ts'

/** What a transaction shows to reach the tables of identity: a stamp and its HMAC, made anew for each. */
export type Door = () => { stamp: string; proof: Buffer }

const blockBytes = 64

/**
 * The two halves by which the database checks a proof: an HMAC-SHA-256 key padded to a block and crossed with RFC 2104's
 * constants, since the database knows SHA-256 alone. Whatever the profile: it is compared, never stored beside a name.
 */
export function lockOf(crypto: CryptoProvider): { inside: Buffer; outside: Buffer } {
  const key = crypto.subKey('jinguo.door')
  const half = (constant: number) =>
    Buffer.alloc(blockBytes).map((_, i) => (key[i] ?? 0) ^ constant) as Buffer
  return { inside: half(0x36), outside: half(0x5c) }
}

/** Proofs of this installation, for the code of identity alone. */
export function doorOf(crypto: CryptoProvider): Door {
  const key = crypto.subKey('jinguo.door')
  return () => {
    const stamp = `${Math.floor(Date.now() / 1000)} ${randomBytes(12).toString('base64url')}`
    return { stamp, proof: createHmac('sha256', key).update(stamp).digest() }
  }
}
