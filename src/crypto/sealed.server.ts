import { randomBytes } from 'node:crypto'
import { headerOf, readHeader, suiteOf, type RingEntry } from './keyRing.server.ts'
import { freshRing, ringOf, type CryptoProvider } from './provider.server.ts'
import { SealBroken } from './suite.server.ts'

/**
 * Envelope encryption. Each person has a data key of 32 bytes; the installation's ring wraps it; destroying the wrapped key
 * makes all that it sealed unreadable for ever. A place is `table.column:rowId`: a value that was moved does not open.
 */

/** A new data key. */
export const newDataKey = (): Buffer => randomBytes(32)

/** A data key under the newest key of the ring. */
export function wrap(provider: CryptoProvider, dataKey: Uint8Array, place: string): Buffer {
  const newest = freshRing(provider).at(-1)!
  return suiteOf(newest.suite).seal(newest.key, headerOf(newest.suite, newest.id), dataKey, place)
}

/** The data key again. @throws SealBroken when bytes, place or ring are others */
export function unwrap(provider: CryptoProvider, wrapped: Uint8Array, place: string): Buffer {
  const { suite, entry } = readHeader(wrapped[0] ?? 0)
  const isIt = (e: RingEntry): boolean => e.id === entry && e.suite === suite
  const found = ringOf(provider).find(isIt) ?? freshRing(provider).find(isIt)
  if (!found) throw new SealBroken()
  return suiteOf(suite).open(found.key, wrapped, place)
}

/** The number of the key that wrapped it. */
export const wrapperOf = (wrapped: Uint8Array): number => readHeader(wrapped[0] ?? 0).entry

/** Whether the newest key of the ring wrapped it. */
export function isWrappedByNewest(provider: CryptoProvider, wrapped: Uint8Array): boolean {
  const newest = freshRing(provider).at(-1)!
  return wrapped[0] === headerOf(newest.suite, newest.id)
}

/** A text under a data key, in the suite of the newest key of the ring. */
export function seal(provider: CryptoProvider, dataKey: Uint8Array, text: string, place: string): Buffer {
  const { suite } = ringOf(provider).at(-1)!
  return suiteOf(suite).seal(dataKey, headerOf(suite, 0), Buffer.from(text), place)
}

/** The text again. @throws SealBroken when bytes, place or key are others */
export function open(dataKey: Uint8Array, sealed: Uint8Array, place: string): string {
  const { suite, entry } = readHeader(sealed[0] ?? 0)
  if (entry !== 0) throw new SealBroken()
  return suiteOf(suite).open(dataKey, sealed, place).toString()
}
