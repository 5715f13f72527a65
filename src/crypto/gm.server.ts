import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  getCiphers,
  getHashes,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { mustEqual, SealBroken, type Suite } from './suite.server.ts'

const [ivBytes, tagBytes] = [16, 16]

const hash = (data: string | Uint8Array): string => createHash('sm3').update(data).digest('hex')
const hmac = (key: Uint8Array, data: string | Uint8Array): Buffer =>
  createHmac('sm3', key).update(data).digest()
const derive = (key: Uint8Array, label: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sm3', key, '', label, length))

/** Node 20 has no sm4-gcm, hence encrypt-then-MAC: over header, length-prefixed place, iv and ciphertext. */
function tagOf(key: Uint8Array, body: Uint8Array, aad: string): Buffer {
  const place = Buffer.from(aad)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(place.length)
  const bound = Buffer.concat([body.subarray(0, 1), length, place, body.subarray(1)])
  return hmac(derive(key, 'jinguo.mac', 32), bound).subarray(0, tagBytes)
}

/** Order of the SM2 curve (GB/T 32918.5). */
const order = BigInt('0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
// A key that node:crypto makes on this curve signs with an empty identity; the standard one is this library's default.
const standard = { hash: true, der: true }

/** SM3, SM4-CTR with HMAC-SM3, SM2 (GB/T 32905, 32907, 32918). */
export const gm: Suite = {
  name: 'gm',
  hash,
  hmac,
  derive,
  seal: (key, header, plain, aad) => {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('sm4-ctr', derive(key, 'jinguo.enc', 16), iv)
    const body = Buffer.concat([Uint8Array.of(header), iv, cipher.update(plain), cipher.final()])
    return Buffer.concat([body, tagOf(key, body, aad)])
  },
  open: (key, sealed, aad) => {
    if (sealed.length < 1 + ivBytes + tagBytes) throw new SealBroken()
    const end = sealed.length - tagBytes
    const body = sealed.subarray(0, end)
    if (!timingSafeEqual(tagOf(key, body, aad), sealed.subarray(end))) throw new SealBroken()
    const cipher = createDecipheriv('sm4-ctr', derive(key, 'jinguo.enc', 16), body.subarray(1, 1 + ivBytes))
    return Buffer.concat([cipher.update(body.subarray(1 + ivBytes)), cipher.final()])
  },
  signer: (seed) => {
    // 320 bits reduced to 1 … n − 2: no bias that could be seen (FIPS 186-5, A.2.1).
    const scalar = (BigInt(`0x${hex(seed)}`) % (order - 2n)) + 1n
    const secret = scalar.toString(16).padStart(64, '0')
    const publicKey = sm2.getPublicKeyFromPrivateKey(secret)
    return {
      publicKey: Buffer.from(publicKey, 'hex'),
      sign: (text) =>
        Buffer.from(sm2.doSignature(Buffer.from(text), secret, { ...standard, publicKey }), 'hex'),
    }
  },
  verify: (text, signature, publicKey) =>
    sm2.doVerifySignature(Buffer.from(text), hex(signature), hex(publicKey), standard),
  check: () => {
    if (!getCiphers().includes('sm4-ctr') || !getHashes().includes('sm3'))
      throw new Error('本机的 Node.js 不含国密算法 SM3、SM4，不能以国密方式（JINGUO_CRYPTO=gm）运行')
    mustEqual('SM3', hash('abc'), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    // GB/T 32907-2016, A.1.
    const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')
    const block = createCipheriv('sm4-ecb', key, null).update(key).toString('hex')
    mustEqual('SM4', block, '681edf34d206965e86b3e94f536e4246')
    // GB/T 32918.5-2017, A.2: "message digest" under the standard identity.
    const signed = sm2.doVerifySignature(
      Buffer.from('message digest'),
      'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
      { hash: true },
    )
    mustEqual('SM2', signed, true)
  },
}
