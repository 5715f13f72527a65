import type { CryptoProvider } from '#crypto/provider.server.ts'
import { newDataKey, open, seal, unwrap, wrap } from '#crypto/sealed.server.ts'

const keyPlace = (id: string): string => `export.wrapped:${id}`
const bytea = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

/** Seals and opens what one file says; a piece in another place does not open. */
export type Seal = {
  /** Text as SQL takes it. */
  close(text: string, place: string): string
  open(sealed: Uint8Array, place: string): string
}

function sealOf(crypto: CryptoProvider, dataKey: Buffer, id: string): Seal {
  const at = (place: string): string => `export.${place}:${id}`
  return {
    close: (text, place) => bytea(seal(crypto, dataKey, text, at(place))),
    open: (sealed, place) => open(dataKey, sealed, at(place)),
  }
}

/** A new data key for a file, wrapped for its row. */
export function newSeal(crypto: CryptoProvider, id: string): { wrapped: string; seal: Seal } {
  const dataKey = newDataKey()
  return { wrapped: bytea(wrap(crypto, dataKey, keyPlace(id))), seal: sealOf(crypto, dataKey, id) }
}

/** The seal of a file that waits. Row policies let nobody but who asked for it come so far. */
export const sealFor = (crypto: CryptoProvider, id: string, wrapped: Uint8Array): Seal =>
  sealOf(crypto, unwrap(crypto, wrapped, keyPlace(id)), id)
