import { readFileSync } from 'node:fs'
import { Integer, Null, OctetString } from 'asn1js'
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  ExtKeyUsage,
  MessageImprint,
  PKIStatus,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs'
import { randomToken, sha256 } from '#crypto/provider.server.ts'
import { openOut, placeHere, type FetchOut } from '#server/fetchOut.server.ts'

/** A time-stamping authority (RFC 3161): asks it, and checks what it gave against its own certificates. */
export type Stamper = {
  /** A token over a text, base64 of its DER, checked before it is given. @throws Error in Chinese */
  stamp(text: string): Promise<string>
  /** When the authority saw this text. @throws Error in Chinese when the token is of another text, signer or purpose */
  check(token: string, text: string): Promise<Date>
}

const sha256Oid = '2.16.840.1.101.3.4.2.1'
const extendedKeyUsage = '2.5.29.37'
const timeStamping = '1.3.6.1.5.5.7.3.8'
const place = '时间戳服务'

const bytesOf = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text)).slice().buffer

/** The certificates of a PEM file. @throws Error in Chinese */
function certificatesOf(path: string): Certificate[] {
  const blocks = readFileSync(path, 'utf8').match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  )
  if (!blocks) throw new Error(`JINGUO_TSA_CA 所指的 ${path} 中没有证书`)
  return blocks.map((pem) => {
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
    return Certificate.fromBER(new Uint8Array(der).slice().buffer)
  })
}

/** @param caFile PEM of the certificates that the authority's own must lead to */
export function openStamper(url: string, caFile: string): Stamper {
  const trusted = certificatesOf(caFile)
  const there = { ...placeHere(place, url), isSigned: true as const }
  const fetchOut = openOut([there])
  const { pathname, search } = new URL(there.base)
  const check: Stamper['check'] = (token, text) => checkToken(token, text, trusted)
  return {
    check,
    stamp: async (text) => {
      const nonce = new Uint8Array(Buffer.from(randomToken(), 'base64url').subarray(0, 16))
      // DER has no leading zeros, and a first bit would make it negative.
      nonce[0] = (nonce[0]! & 0x7f) | 0x40
      const token = await ask(fetchOut, pathname + search, request(text, nonce.slice().buffer))
      await check(token, text)
      const { nonce: echoed } = infoOf(signedOf(token))
      if (!echoed || Buffer.compare(Buffer.from(echoed.valueBlock.valueHexView), nonce) !== 0)
        throw new Error('时间戳服务的应答不是对这次请求的')
      return token
    },
  }
}

function request(text: string, nonce: ArrayBuffer): ArrayBuffer {
  const digest = new Uint8Array(Buffer.from(sha256(text), 'hex')).buffer
  const hashAlgorithm = new AlgorithmIdentifier({ algorithmId: sha256Oid, algorithmParams: new Null() })
  const asked = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm,
      hashedMessage: new OctetString({ valueHex: digest }),
    }),
    nonce: new Integer({ valueHex: nonce }),
    certReq: true,
  })
  return asked.toSchema().toBER(false)
}

async function ask(fetchOut: FetchOut, path: string, body: ArrayBuffer): Promise<string> {
  const headers = { accept: 'application/timestamp-reply', 'content-type': 'application/timestamp-query' }
  const { status, bytes } = await fetchOut(place, { path, headers, body: new Uint8Array(body) }).catch(
    (cause: unknown) => {
      throw new Error('时间戳服务没有应答', { cause })
    },
  )
  if (status !== 200) throw new Error(`时间戳服务应答 ${status}`)
  const response = read(() => TimeStampResp.fromBER(new Uint8Array(bytes).slice().buffer))
  const granted = [PKIStatus.granted, PKIStatus.grantedWithMods].includes(response.status.status)
  if (!granted || !response.timeStampToken) throw new Error('时间戳服务拒绝了请求')
  return Buffer.from(response.timeStampToken.toSchema().toBER(false)).toString('base64')
}

function read<T>(parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    throw new Error('时间戳已损坏', { cause })
  }
}

const signedOf = (token: string): SignedData =>
  read(() => {
    const der = new Uint8Array(Buffer.from(token, 'base64')).slice().buffer
    return new SignedData({ schema: ContentInfo.fromBER(der).content })
  })

const infoOf = (signed: SignedData): TSTInfo =>
  read(() => TSTInfo.fromBER(new Uint8Array(signed.encapContentInfo.eContent!.getValue()).slice().buffer))

async function checkToken(token: string, text: string, trusted: Certificate[]): Promise<Date> {
  const signed = signedOf(token)
  const { genTime } = infoOf(signed)
  const found = await signed
    .verify({
      signer: 0,
      data: bytesOf(text),
      trustedCerts: trusted,
      checkChain: true,
      checkDate: genTime,
      extendedMode: true,
    })
    .catch((cause: unknown) => {
      throw new Error('时间戳与链头不符，或不是所信任的机构签发', { cause })
    })
  if (!found.signatureVerified || !found.signerCertificateVerified || !found.signerCertificate)
    throw new Error('时间戳与链头不符，或不是所信任的机构签发')
  const usage = found.signerCertificate.extensions?.find((e) => e.extnID === extendedKeyUsage)?.parsedValue
  if (!(usage instanceof ExtKeyUsage) || !usage.keyPurposes.includes(timeStamping))
    throw new Error('签发时间戳的证书没有时间戳用途')
  return genTime
}
