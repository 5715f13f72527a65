import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto'
import type { CryptoProvider, SubKey } from './provider.server.ts'
import { suiteOf } from './keyRing.server.ts'

/** First byte of what is sealed here: the way of sealing. */
const header = 1

/** Seals a short secret of an account in the installation's suite; `about` (say, whose it is) must be the same when it is opened. */
export const sealSecret = (crypto: CryptoProvider, label: SubKey, secret: string, about: string): string =>
  suiteOf(crypto.profile).seal(crypto.subKey(label), header, Buffer.from(secret), about).toString('base64url')

/** @throws SealBroken when it was sealed under another key, about something else, or changed */
export const openSecret = (crypto: CryptoProvider, label: SubKey, sealed: string, about: string): string =>
  suiteOf(crypto.profile).open(crypto.subKey(label), Buffer.from(sealed, 'base64url'), about).toString('utf8')

/** Keyed digest of a name that shall be found again but not read: hex. */
export const nameDigest = (crypto: CryptoProvider, name: string): string =>
  suiteOf(crypto.profile).hmac(crypto.subKey('jinguo.throttle'), name).toString('hex')

/** Keyed digest of a code that is shown once, 32 bytes: what is stored of it, of no use without the key. */
export const receiptDigest = (crypto: CryptoProvider, code: string): Buffer =>
  suiteOf(crypto.profile).hmac(crypto.subKey('jinguo.receipt'), `stored ${code}`)

/** A 128-bit random token for a link that is used once, URL-safe. */
export const linkToken = (): string => randomBytes(16).toString('base64url')

// Crockford's base 32: no I, L, O or U, so that a code is copied by hand without doubt.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A random code of so many letters of five bits each. */
export const letterCode = (length: number): string =>
  [...randomBytes(length)].map((byte) => letters[byte % 32]).join('')

/** Six random digits, as a text message carries them. */
export const digitCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** A keyed digest of a text as letters of five bits, at most 32: nobody without the key can make one that fits. */
export const keyedLetters = (crypto: CryptoProvider, label: SubKey, text: string, length: number): string =>
  [...suiteOf(crypto.profile).hmac(crypto.subKey(label), text).subarray(0, length)]
    .map((byte) => letters[byte % 32])
    .join('')

/**
 * What is stored of a token that is shown once: SHA-256 in both profiles, since the database computes it too (`app.begin`) and a
 * random token has no secret to guess (decision 012).
 */
export const tokenDigest = (token: string): Buffer => createHash('sha256').update(token).digest()

export const randomSalt = (): Buffer => randomBytes(16)

/** HMAC-SHA-256 as another program's protocol asks for it (text messages, chat robots): whatever the installation's own suite is. */
export const foreignHmac = (key: string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()
