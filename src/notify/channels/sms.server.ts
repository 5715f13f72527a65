import { randomId, sha256 } from '#crypto/provider.server.ts'
import { foreignHmac } from '#crypto/secret.server.ts'
import type { FetchOut } from '#server/fetchOut.server.ts'
import { NotSent, type Channel } from '../sending.server.ts'
import { codeWords } from '../words.ts'
import { objectOf } from './answer.server.ts'

const name = '短信网关'

export type GatewaySettings = { app: string; secret: string }

/**
 * A text-message gateway of one's own: POST of JSON `{app, to, text, id}`, signed over time and body; it answers `{code: 0}`, or
 * another code with `final: true` where trying again is of no use. Equal ids are one message.
 */
export const openGateway = (fetchOut: FetchOut, { app, secret }: GatewaySettings): Channel => ({
  kind: 'sms',
  send: async ({ to, text, id }, signal) => {
    const body = JSON.stringify({ app, to, text, id })
    const time = String(Math.floor(Date.now() / 1000))
    const answer = await fetchOut(
      'sms',
      {
        path: '',
        body,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-time': time,
          'x-signature': foreignHmac(secret, `${time}\n${body}`).toString('hex'),
        },
      },
      signal,
    )
    const said = objectOf(name, answer)
    if (said['code'] === 0) return
    if (said['final'] === true) throw new NotSent(`${name}拒绝（${codeWords(said['code'])}）`)
    throw new Error(`${name}应答 ${codeWords(said['code'])}`)
  },
})

export type AliyunSettings = { keyId: string; secret: string; signName: string; template: string }

/** Refusals that another attempt does not change. */
const finalCodes = [
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.SMS_SIGNATURE_ILLEGAL',
  'isv.SMS_TEMPLATE_ILLEGAL',
  'isv.OUT_OF_SERVICE',
]

/** RFC 3986, which leaves fewer characters alone than encodeURIComponent. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** 阿里云短信服务 SendSms 2017-05-25, signed by ACS3-HMAC-SHA256; the template takes `count`. */
export const openAliyun = (
  fetchOut: FetchOut,
  host: string,
  { keyId, secret, signName, template }: AliyunSettings,
): Channel => ({
  kind: 'sms',
  send: async ({ to, unread, id }, signal) => {
    const query = {
      OutId: id,
      PhoneNumbers: to,
      SignName: signName,
      TemplateCode: template,
      TemplateParam: JSON.stringify({ count: String(unread) }),
    }
    const headers: Record<string, string> = {
      host,
      'x-acs-action': 'SendSms',
      'x-acs-content-sha256': sha256(''),
      'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      'x-acs-signature-nonce': randomId(),
      'x-acs-version': '2017-05-25',
    }
    const names = Object.keys(headers).sort()
    const asked = Object.entries(query)
      .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
      .sort()
      .join('&')
    const canonical = [
      'POST',
      '/',
      asked,
      ...names.map((key) => `${key}:${headers[key]}`),
      '',
      names.join(';'),
      sha256(''),
    ].join('\n')
    const signature = foreignHmac(secret, `ACS3-HMAC-SHA256\n${sha256(canonical)}`).toString('hex')
    const authorization = `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names.join(';')},Signature=${signature}`
    const answer = await fetchOut(
      'sms',
      { path: `/?${asked}`, headers: { ...headers, authorization } },
      signal,
    )
    const said = objectOf(name, answer.status === 400 ? { ...answer, status: 200 } : answer)
    const code = codeWords(said['Code'])
    if (code === 'OK') return
    if (finalCodes.includes(code)) throw new NotSent(`${name}拒绝（${code}）`)
    throw new Error(`${name}应答 ${code}`)
  },
})
