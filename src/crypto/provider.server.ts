import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Digest and keyed digest of one installation; the only user of node:crypto for what is kept. */
export type CryptoProvider = {
  profile: 'intl'
  /** SHA-256, hex. */
  hash(text: string): string
  /** HMAC-SHA-256 under the audit sub-key, hex. */
  mac(text: string): string
}

/** SHA-256, hex; needs no key. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** A 256-bit random token, URL-safe. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** Opens the provider over a 32-byte key; sub-keys by HKDF with one label each. */
export function openProvider(key: Uint8Array): CryptoProvider {
  const audit = Buffer.from(hkdfSync('sha256', key, '', 'jinguo.audit', 32))
  return {
    profile: 'intl',
    hash: sha256,
    mac: (text) => createHmac('sha256', audit).update(text).digest('hex'),
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
