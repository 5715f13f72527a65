import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
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

/** What sub-keys outside this room are for: the pepper of passwords, sealed TOTP secrets, names in throttle counters, proofs at the door of identity, addresses for messages, codes of certificates, receipts of objections, words of complaints, receipts of silos, tickets of events, one for the texts of each silo, and one for the cards of match-making. */
export type SubKey =
  | 'jinguo.pepper'
  | 'jinguo.factor'
  | 'jinguo.throttle'
  | 'jinguo.door'
  | 'jinguo.contact'
  | 'jinguo.certificate'
  | 'jinguo.objection'
  | 'jinguo.suggestion'
  | 'jinguo.receipt'
  | 'jinguo.ticket'
  | 'jinguo.silo.legal'
  | 'jinguo.silo.complaint'
  | 'jinguo.silo.counsel'
  | 'jinguo.match'

/** SHA-256, hex; needs no key. For fingerprints that no secret hangs on: migrations, requests, texts. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** The same of a stream, for what is too long to be held. */
export async function sha256Of(stream: AsyncIterable<unknown>): Promise<string> {
  const sum = sha256Sum()
  for await (const part of stream) sum.add(part as Uint8Array)
  return sum.hex()
}

/** SHA-256 of what comes piece by piece. */
export function sha256Sum(): { add(data: string | Uint8Array): void; hex(): string } {
  const digest = createHash('sha256')
  return { add: (data) => void digest.update(data), hex: () => digest.digest('hex') }
}

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

/** The ring of a provider, and the file it came from with the moment it was read. */
type Kept = { ring: KeyRing; path: string | null; readAt: number }
const kept = new WeakMap<CryptoProvider, Kept>()

function keptOf(provider: CryptoProvider): Kept {
  const found = kept.get(provider)
  if (!found) throw new Error('a provider without a ring')
  return found
}

/** The ring behind a provider: for sealed.server.ts alone. */
export const ringOf = (provider: CryptoProvider): KeyRing => keptOf(provider).ring

/**
 * The ring as its file has it now, since another process may have added a key or retired one. The root never changes, so what
 * derives from it stays.
 */
export function freshRing(provider: CryptoProvider): KeyRing {
  const known = keptOf(provider)
  if (known.path === null) return known.ring
  const changedAt = statSync(known.path).mtimeMs
  if (changedAt === known.readAt) return known.ring
  const ring = readRing(known.path, provider.profile)
  if (!Buffer.from(ring[0].key).equals(Buffer.from(known.ring[0].key)))
    throw new Error(`密钥文件 ${known.path} 的根密钥被换掉了，请恢复原来的密钥文件`)
  kept.set(provider, { ...known, ring, readAt: changedAt })
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
  kept.set(provider, { ring, path: null, readAt: 0 })
  return provider
}

/** A provider over one 32-byte key. */
export const openProvider = (key: Uint8Array, suite: SuiteName = 'intl'): CryptoProvider =>
  openRing([{ id: 1, suite, key }])

/** Opens the provider over a key file, making one (mode 0600) at the first start. @throws as readRing and openRing */
export function openKeyFile(path: string, asked: SuiteName | null = null): CryptoProvider {
  const provider = openRing(readRing(path, asked))
  kept.set(provider, { ...keptOf(provider), path, readAt: statSync(path).mtimeMs })
  return provider
}

/** A key as it may be told: the root derives index, audit and sign-in keys; the newest wraps. */
export type KeyLine = { id: number; suite: SuiteName; isRoot: boolean; isNewest: boolean }

/** The keys of a provider's ring, oldest first. */
export const keysOf = (provider: CryptoProvider): KeyLine[] =>
  freshRing(provider).map(({ id, suite }, n, all) => ({
    id,
    suite,
    isRoot: n === 0,
    isNewest: n === all.length - 1,
  }))

/** The file of a provider's ring. @throws Error for one that was made of bytes */
function fileOf(provider: CryptoProvider): string {
  const { path } = keptOf(provider)
  if (path === null) throw new Error('a provider without a file')
  return path
}

/** The number that the next key gets; none is used twice. @throws Error in Chinese when all 127 are used */
export function nextKey(provider: CryptoProvider): number {
  const id = Math.max(...freshRing(provider).map((entry) => entry.id)) + 1
  if (id > 127) throw new Error('密钥编号已用完（最多 127），不能再加')
  return id
}

/** Adds a key to the key file: from now on it wraps, the older ones still unwrap. @throws as nextKey */
export function addKey(provider: CryptoProvider): void {
  const ring = freshRing(provider)
  writeRing(fileOf(provider), [...ring, newEntry(nextKey(provider), ring[0].suite)])
  freshRing(provider)
}

/** @throws Error in Chinese for a key that is not there, the root and the newest */
export function mayRetire(provider: CryptoProvider, id: number): void {
  const line = keysOf(provider).find((key) => key.id === id)
  if (!line) throw new Error(`没有编号为 ${id} 的密钥`)
  if (line.isRoot) throw new Error(`第 ${id} 把是根密钥：索引、审计和登录都由它派生，不能移除`)
  if (line.isNewest) throw new Error(`第 ${id} 把正在使用，请先运行 npx jinguo keys add`)
}

/** Takes a key out of the file; the caller has made sure that nothing is wrapped by it. @throws as mayRetire */
export function retireKey(provider: CryptoProvider, id: number): void {
  mayRetire(provider, id)
  writeRing(fileOf(provider), freshRing(provider).filter((entry) => entry.id !== id) as unknown as KeyRing)
  freshRing(provider)
}
