/** What the two profiles have in common: the primitives of one national or international suite. */
export type SuiteName = 'intl' | 'gm'

export type Suite = {
  name: SuiteName
  /** Digest, hex: SHA-256 or SM3, both 32 bytes. */
  hash(data: string | Uint8Array): string
  hmac(key: Uint8Array, data: string | Uint8Array): Buffer
  /** HKDF (RFC 5869) without salt; one label for each use. */
  derive(key: Uint8Array, label: string, length: number): Buffer
  /** `header | iv | ciphertext | tag`; `aad` binds the value to its place. */
  seal(key: Uint8Array, header: number, plain: Uint8Array, aad: string): Buffer
  /** @throws Error when a byte, the place or the key is another. */
  open(key: Uint8Array, sealed: Uint8Array, aad: string): Buffer
  /** A signing key from 40 bytes that HKDF gave. */
  signer(seed: Uint8Array): { publicKey: Buffer; sign(text: string): Buffer }
  verify(text: string, signature: Uint8Array, publicKey: Uint8Array): boolean
  /** Known answers of the standards. @throws Error in Chinese when this machine computes another or lacks a cipher */
  check(): void
}

/** Says that a sealed value was changed, moved or sealed under another key; which of them cannot be told. */
export class SealBroken extends Error {
  constructor() {
    super('密文校验不符：内容被改动、被移到别处，或密钥不对')
  }
}

/** Fails the start when the machine's own arithmetic is not that of the standard. */
export function mustEqual(what: string, found: string | boolean, expected: string | boolean): void {
  if (found !== expected) throw new Error(`密码算法自检未通过：${what}，请更换运行环境`)
}
