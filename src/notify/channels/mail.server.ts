import { createTransport } from 'nodemailer'
import { NotSent, type Channel } from '../sending.server.ts'

/** Where mail goes out: `smtps://user:password@host:465`, or `smtp://…:587`, which must turn to TLS; `inner+smtp://` may stay plain. */
export type MailSettings = { url: string; from: string }

const timeOut = 10_000

/** E-mail over SMTP. @throws Error in Chinese when the address is none */
export function openMail({ url, from }: MailSettings, wait = timeOut): Channel & { close(): void } {
  const isInner = url.startsWith('inner+')
  const plain = isInner ? url.slice('inner+'.length) : url
  if (!URL.canParse(plain) || !/^smtps?:$/.test(new URL(plain).protocol))
    throw new Error('JINGUO_SMTP_URL 应形如 smtps://用户:口令@邮件服务器:465')
  const { protocol, hostname, port, username, password } = new URL(plain)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    host: hostname,
    port: Number(port || (secure ? 465 : 587)),
    secure,
    requireTLS: !secure && !isInner,
    ignoreTLS: !secure && isInner,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    connectionTimeout: wait,
    greetingTimeout: wait,
    socketTimeout: wait,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.split('@').at(-1)!.replace(/>$/, '')
  return {
    kind: 'mail',
    send: async ({ to, text, id }, signal) => {
      signal.throwIfAborted()
      try {
        await transport.sendMail({
          from,
          to,
          subject: '巾帼：您有新消息',
          text,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (error) {
        const { code: step, responseCode: code } = error as { code?: string; responseCode?: number }
        // Only a word about this letter is for good: what they say to greeting, sign-in or TLS may change.
        if ((step === 'EENVELOPE' || step === 'EMESSAGE') && code !== undefined && code >= 500)
          throw new NotSent(`邮件服务器拒收（${code}）`)
        throw new Error('邮件没有发出', { cause: error })
      }
    },
    close: () => transport.close(),
  }
}
