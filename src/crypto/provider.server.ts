import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Digest, keyed digest and signature of one installation; the only user of node:crypto for what is kept. */
export type CryptoProvider = {
  profile: 'intl'
  /** SHA-256, hex. */
  hash(text: string): string
  /** HMAC-SHA-256 under the audit sub-key, hex. */
  mac(text: string): string
  /** Ed25519 under the anchor sub-key, base64. */
  sign(text: string): string
  /** By which anyone checks what was signed: raw Ed25519, base64. */
  publicKey: string
}

/** SHA-256, hex; needs no key. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** A 256-bit random token, URL-safe. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS#8 and in SubjectPublicKeyInfo.
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Whether a signature is of this text and key; false too for what is no key or no signature. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([publicPrefix, Buffer.from(publicKey, 'base64')]),
      format: 'der',
      type: 'spki',
    })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

const rawPublic = (key: KeyObject): string =>
  createPublicKey(key)
    .export({ format: 'der', type: 'spki' })
    .subarray(publicPrefix.length)
    .toString('base64')

/** Opens the provider over a 32-byte key; sub-keys by HKDF with one label each. */
export function openProvider(key: Uint8Array): CryptoProvider {
  const audit = Buffer.from(hkdfSync('sha256', key, '', 'jinguo.audit', 32))
  const anchor = createPrivateKey({
    key: Buffer.concat([privatePrefix, Buffer.from(hkdfSync('sha256', key, '', 'jinguo.anchor', 32))]),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    profile: 'intl',
    hash: sha256,
    mac: (text) => createHmac('sha256', audit).update(text).digest('hex'),
    sign: (text) => sign(null, Buffer.from(text), anchor).toString('base64'),
    publicKey: rawPublic(anchor),
  }
}

/** Reads the key file, making one (mode 0600) at the first start. @throws Error when its mode lets others read it. */
export function openKeyFile(path: string): CryptoProvider {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(path, 0o600)
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new Error(`密钥文件 ${path} 已损坏：应为 64 位十六进制`)
  return openProvider(key)
}
