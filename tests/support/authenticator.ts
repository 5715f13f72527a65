import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type { NewPasskey, PasskeyAnswer, PasskeyAsk, PasskeyOffer } from '#identity/passkeyApi.ts'

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** What may go wrong with an authenticator or the page before it. */
export type Faults = {
  /** The page that asked, as the browser writes it down. */
  origin?: string
  /** The name whose hash the authenticator signs. */
  rpId?: string
  isVerified?: boolean
  challenge?: string
  /** Bytes of the signature changed. */
  forge?: boolean
  type?: string
  userHandle?: string | null
  /** The count that it signs. */
  counter?: number
}

const headOf = (major: number, n: number): Buffer =>
  n < 24
    ? Buffer.from([(major << 5) | n])
    : n < 256
      ? Buffer.from([(major << 5) | 24, n])
      : Buffer.from([(major << 5) | 25, n >> 8, n & 255])

/** CBOR (RFC 8949) of what WebAuthn needs: integers, bytes, texts, maps. */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value < 0 ? headOf(1, -1 - value) : headOf(0, value)
  if (typeof value === 'string')
    return Buffer.concat([headOf(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Map)
    return Buffer.concat([
      headOf(5, value.size),
      ...[...value].flatMap(([key, inner]) => [cbor(key), cbor(inner as number)]),
    ])
  return Buffer.concat([headOf(2, value.length), value])
}

const flagsOf = (isVerified: boolean, makes: boolean): number =>
  0x01 | (isVerified ? 0x04 : 0) | (makes ? 0x40 : 0)

/** A passkey in memory: ES256, no attestation. It does what a browser and a phone do together, right or with faults. */
export class SoftKey {
  readonly id = randomBytes(32).toString('base64url')
  #keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #handle = ''
  /** Grows with every signature; 0 stays 0, as with passkeys that are kept in a cloud. */
  counter = 1
  readonly origin: string
  constructor(origin: string) {
    this.origin = origin
  }

  #clientData(type: string, challenge: string, faults: Faults): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: faults.type ?? type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? this.origin,
        crossOrigin: false,
      }),
    )
  }

  #authData(rpId: string, makes: boolean, { isVerified = true, counter }: Faults): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? this.counter)
    if (this.counter > 0) this.counter++
    return Buffer.concat([sha256(rpId), Buffer.from([flagsOf(isVerified, makes)]), count])
  }

  make(offer: PasskeyOffer, label = '', faults: Faults = {}): NewPasskey {
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' })
    const key = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ])
    const id = Buffer.from(this.id, 'base64url')
    const authData = Buffer.concat([
      this.#authData(faults.rpId ?? offer.rp.id, true, faults),
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      cbor(key),
    ])
    this.#handle = offer.user.id
    const made = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return {
      label,
      id: this.id,
      clientDataJSON: this.#clientData('webauthn.create', offer.challenge, faults).toString('base64url'),
      attestationObject: cbor(made).toString('base64url'),
      transports: ['internal', 'from-the-future'],
    }
  }

  answer(ask: PasskeyAsk, faults: Faults = {}): PasskeyAnswer {
    const client = this.#clientData('webauthn.get', ask.challenge, faults)
    const authData = this.#authData(faults.rpId ?? ask.rpId, false, faults)
    const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), this.#keys.privateKey)
    if (faults.forge) signature[signature.length - 1]! ^= 1
    return {
      id: this.id,
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: faults.userHandle === undefined ? this.#handle : faults.userHandle,
    }
  }
}
