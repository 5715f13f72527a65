import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { mustEqual, SealBroken, type Suite } from './suite.server.ts'

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS#8 and in SubjectPublicKeyInfo.
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

const [ivBytes, tagBytes] = [12, 16]

const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
const derive = (key: Uint8Array, label: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', label, length))
const encKey = (key: Uint8Array): Buffer => derive(key, 'jinguo.enc', 32)
/** The header is authenticated with the place: one byte, so the two cannot run together. */
const bound = (header: number, aad: string): Buffer =>
  Buffer.concat([Uint8Array.of(header), Buffer.from(aad)])

/** SHA-256, AES-256-GCM, Ed25519. */
export const intl: Suite = {
  name: 'intl',
  hash,
  hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
  derive,
  seal: (key, header, plain, aad) => {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', encKey(key), iv)
    cipher.setAAD(bound(header, aad))
    const text = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([Uint8Array.of(header), iv, text, cipher.getAuthTag()])
  },
  open: (key, sealed, aad) => {
    if (sealed.length < 1 + ivBytes + tagBytes) throw new SealBroken()
    const end = sealed.length - tagBytes
    const cipher = createDecipheriv('aes-256-gcm', encKey(key), sealed.subarray(1, 1 + ivBytes), {
      authTagLength: tagBytes,
    })
    cipher.setAAD(bound(sealed[0]!, aad))
    cipher.setAuthTag(sealed.subarray(end))
    try {
      return Buffer.concat([cipher.update(sealed.subarray(1 + ivBytes, end)), cipher.final()])
    } catch {
      throw new SealBroken()
    }
  },
  signer: (seed) => {
    const key = createPrivateKey({
      key: Buffer.concat([privatePrefix, seed.subarray(0, 32)]),
      format: 'der',
      type: 'pkcs8',
    })
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
    return {
      publicKey: spki.subarray(publicPrefix.length),
      sign: (text) => sign(null, Buffer.from(text), key),
    }
  },
  verify: (text, signature, publicKey) =>
    verify(
      null,
      Buffer.from(text),
      createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' }),
      signature,
    ),
  check: () => {
    // FIPS 180-4; test case 14 of the GCM specification (McGrew, Viega).
    mustEqual('SHA-256', hash('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12))
    const text = Buffer.concat([cipher.update(Buffer.alloc(16)), cipher.final(), cipher.getAuthTag()])
    mustEqual(
      'AES-256-GCM',
      text.toString('hex'),
      'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
    )
  },
}
