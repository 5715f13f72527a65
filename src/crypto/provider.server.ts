import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { gm } from './gm.server.ts'
import { intl } from './intl.server.ts'
import { newEntry, readRing, suiteOf, writeRing, type KeyRing } from './keyRing.server.ts'
import type { Suite, SuiteName } from './suite.server.ts'

/**
 * Digest, keyed digests and signature of one installation, by its profile: `intl` (SHA-256, HMAC, Ed25519) or `gm`
 * (SM3, HMAC-SM3, SM2). What is sealed is opened in sealed.server.ts, which the vault of persons alone may import.
 */
export type CryptoProvider = {
  profile: SuiteName
  /** Hex of 32 bytes. */
  hash(text: string): string
  /** Under the audit sub-key, hex. */
  mac(text: string): string
  /** 16 bytes under the index sub-key, equal for equal texts: finds and keeps unique what is sealed. */
  blindIndex(canonical: string): Buffer
  /** Under the anchor sub-key, base64. */
  sign(text: string): string
  /** By which anyone checks what was signed, base64: raw Ed25519, or a point of the SM2 curve. */
  publicKey: string
  /** 32 bytes for one use, derived from the root key by its label. */
  subKey(label: SubKey): Uint8Array
}

/** What sub-keys outside this room are for: the pepper of passwords, sealed TOTP secrets, names in throttle counters, proofs at the door of identity. */
export type SubKey = 'jinguo.pepper' | 'jinguo.factor' | 'jinguo.throttle' | 'jinguo.door'

/** SHA-256, hex; needs no key. For fingerprints that no secret hangs on: migrations, requests, texts. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** A 256-bit random token, URL-safe. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** A random UUID. */
export const randomId = (): string => randomUUID()

/** The suite that a public key is of: 32 bytes are Ed25519. */
const suiteOfPublicKey = (publicKey: string): Suite =>
  Buffer.from(publicKey, 'base64').length === 32 ? intl : gm

/** The digest of the installation that a public key is of. */
export const digestOf = (publicKey: string): ((text: string) => string) => suiteOfPublicKey(publicKey).hash

/** Whether a signature is of this text and key; false too for what is no key or no signature. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    return suiteOfPublicKey(publicKey).verify(
      text,
      Buffer.from(signature, 'base64'),
      Buffer.from(publicKey, 'base64'),
    )
  } catch {
    return false
  }
}

const rings = new WeakMap<CryptoProvider, KeyRing>()

/** The ring behind a provider: for sealed.server.ts alone. */
export function ringOf(provider: CryptoProvider): KeyRing {
  const ring = rings.get(provider)
  if (!ring) throw new Error('a provider without a ring')
  return ring
}

/** Opens the provider over a ring. @throws Error in Chinese when this machine fails the known answers */
export function openRing(ring: KeyRing): CryptoProvider {
  const [root] = ring
  for (const name of new Set(ring.map((entry) => entry.suite))) suiteOf(name).check()
  const suite = suiteOf(root.suite)
  const audit = suite.derive(root.key, 'jinguo.audit', 32)
  const index = suite.derive(root.key, 'jinguo.index', 32)
  const signer = suite.signer(suite.derive(root.key, 'jinguo.anchor', root.suite === 'gm' ? 40 : 32))
  const provider: CryptoProvider = {
    profile: root.suite,
    hash: suite.hash,
    mac: (text) => suite.hmac(audit, text).toString('hex'),
    blindIndex: (canonical) => suite.hmac(index, canonical).subarray(0, 16),
    sign: (text) => signer.sign(text).toString('base64'),
    publicKey: signer.publicKey.toString('base64'),
    subKey: (label) => suite.derive(root.key, label, 32),
  }
  rings.set(provider, ring)
  return provider
}

/** A provider over one 32-byte key. */
export const openProvider = (key: Uint8Array, suite: SuiteName = 'intl'): CryptoProvider =>
  openRing([{ id: 1, suite, key }])

/** Opens the provider over a key file, making one (mode 0600) at the first start. @throws as readRing and openRing */
export const openKeyFile = (path: string, asked: SuiteName | null = null): CryptoProvider =>
  openRing(readRing(path, asked))

/**
 * Adds a key to a key file: from now on it wraps, the older ones still unwrap.
 * @throws as readRing; Error in Chinese when the ring is full
 */
export function addKey(path: string): CryptoProvider {
  const ring = readRing(path, null)
  const id = Math.max(...ring.map((entry) => entry.id)) + 1
  if (id > 127) throw new Error('密钥环已满（127 把），请先清理不再使用的密钥')
  const grown: KeyRing = [...ring, newEntry(id, ring[0].suite)]
  writeRing(path, grown)
  return openRing(grown)
}
