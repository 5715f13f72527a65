import { newDataKey, open, seal, unwrap, wrap } from '#crypto/sealed.server.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'

const keyPlace = (id: string): string => `intake.wrapped:${id}`
const bytea = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

/** Seals and opens what one workbook says. A value that was moved to another row does not open. */
export type Seal = {
  /** Bytes as SQL takes them in JSON. */
  close(value: unknown, place: string): string
  open(sealed: Uint8Array, place: string): unknown
}

function sealOf(crypto: CryptoProvider, dataKey: Buffer, id: string): Seal {
  const at = (place: string): string => `intake.${place}:${id}`
  return {
    close: (value, place) => bytea(seal(crypto, dataKey, JSON.stringify(value), at(place))),
    open: (sealed, place) => JSON.parse(open(dataKey, sealed, at(place))) as unknown,
  }
}

/** A new data key for a workbook, wrapped for its row. */
export function newSeal(crypto: CryptoProvider, id: string): { wrapped: string; seal: Seal } {
  const dataKey = newDataKey()
  return { wrapped: bytea(wrap(crypto, dataKey, keyPlace(id))), seal: sealOf(crypto, dataKey, id) }
}

/** The seal of a workbook that stands. Its reader is who brought it: row policies let nobody else come so far. */
export const sealFor = (crypto: CryptoProvider, id: string, wrapped: Uint8Array): Seal =>
  sealOf(crypto, unwrap(crypto, wrapped, keyPlace(id)), id)
