import { randomId, sha256 } from '#crypto/provider.server.ts'
import { foreignHmac } from '#crypto/secret.server.ts'
import { codeText } from '#identity/phone.ts'
import type { FetchOut } from '#server/fetchOut.server.ts'
import { NotSent, type Channel, type CodeWay } from '../sending.server.ts'
import { codeWords } from '../words.ts'
import { objectOf } from './answer.server.ts'

const name = '短信网关'

export type GatewaySettings = { app: string; secret: string }

/**
 * A text-message gateway of one's own: POST of JSON `{app, to, text, id}`, signed over time and body; it answers `{code: 0}`, or
 * another code with `final: true` where trying again is of no use. Equal ids are one message.
 */
async function postGateway(
  fetchOut: FetchOut,
  { app, secret }: GatewaySettings,
  { to, text, id }: { to: string; text: string; id: string },
  signal: AbortSignal,
): Promise<void> {
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
}

export const openGateway = (fetchOut: FetchOut, settings: GatewaySettings): Channel => ({
  kind: 'sms',
  send: (out, signal) => postGateway(fetchOut, settings, out, signal),
})

/** Codes over the same gateway, in our own words. */
export const openGatewayCodes = (fetchOut: FetchOut, settings: GatewaySettings): CodeWay => ({
  isShown: false,
  send: ({ to, code, id }, signal) =>
    postGateway(fetchOut, settings, { to, text: codeText(code), id }, signal),
})

export type AliyunSettings = {
  keyId: string
  secret: string
  signName: string
  template: string
  codeTemplate: string | null
}

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

/** 阿里云短信服务 SendSms 2017-05-25, signed by ACS3-HMAC-SHA256. */
async function postAliyun(
  fetchOut: FetchOut,
  host: string,
  { keyId, secret, signName }: AliyunSettings,
  { to, id, template, values }: { to: string; id: string; template: string; values: Record<string, string> },
  signal: AbortSignal,
): Promise<void> {
  const query = {
    OutId: id,
    PhoneNumbers: to,
    SignName: signName,
    TemplateCode: template,
    TemplateParam: JSON.stringify(values),
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
  const answer = await fetchOut('sms', { path: `/?${asked}`, headers: { ...headers, authorization } }, signal)
  const said = objectOf(name, answer.status === 400 ? { ...answer, status: 200 } : answer)
  const code = codeWords(said['Code'])
  if (code === 'OK') return
  if (finalCodes.includes(code)) throw new NotSent(`${name}拒绝（${code}）`)
  throw new Error(`${name}应答 ${code}`)
}

/** How many messages wait: the template takes `count`. */
export const openAliyun = (fetchOut: FetchOut, host: string, settings: AliyunSettings): Channel => ({
  kind: 'sms',
  send: ({ to, unread, id }, signal) =>
    postAliyun(
      fetchOut,
      host,
      settings,
      { to, id, template: settings.template, values: { count: String(unread) } },
      signal,
    ),
})

/** Codes need a template of their own, which takes `code`; without one nobody signs in by phone. */
export const openAliyunCodes = (
  fetchOut: FetchOut,
  host: string,
  settings: AliyunSettings,
): CodeWay | null => {
  const { codeTemplate: template } = settings
  if (template === null) return null
  return {
    isShown: false,
    send: ({ to, code, id }, signal) =>
      postAliyun(fetchOut, host, settings, { to, id, template, values: { code } }, signal),
  }
}
