import { intl } from './intl.server.ts'
import { sha256, type CryptoProvider } from './provider.server.ts'

/** The key that signs tickets: by its id a telephone tells whether it knows it. */
export type TicketKey = {
  id: string
  /** Raw Ed25519, base64url. */
  publicKey: string
  sign(text: string): string
  holds(text: string, signature: string): boolean
}

/** Ed25519 under every profile: it is checked by browsers, without a line, and they know no other. */
export function ticketKeyOf(crypto: CryptoProvider): TicketKey {
  const { publicKey, sign } = intl.signer(Buffer.from(crypto.subKey('jinguo.ticket')))
  return {
    id: sha256(publicKey).slice(0, 8),
    publicKey: publicKey.toString('base64url'),
    sign: (text) => sign(text).toString('base64url'),
    holds: (text, signature) => intl.verify(text, Buffer.from(signature, 'base64url'), publicKey),
  }
}
