import type { MessageKind } from './api.ts'
import type { ChannelKind } from './channel.ts'

/** What is told: one line, and the page where it can be dealt with. With `day` it bears the day alone, not the instant. */
export type Told = { kind: MessageKind; subject: string; link: string; day?: string }

/** Longest title that stands in a line whole. */
const most = 40

/**
 * A thing's name in a message: its title in S0 and S1, above that only what it is. Whatever leaves the program says less still:
 * that there is news.
 */
export const nameOf = (what: string, title: string, privacy: number): string => {
  if (privacy > 1 || title.trim() === '') return `一条“${what}”`
  return `“${title.length > most ? `${title.slice(0, most)}…` : title}”`
}

/** What an outside channel says: nothing of the matter, and no link, so that nobody learns to follow links in messages. */
export const digestText = (unread: number): string =>
  `【巾帼】您有 ${unread} 条新消息，请登录女职工工作平台查看。`

/** Before 8 and from 20 on nobody is told anything outside. */
export const isQuiet = (hour: number): boolean => hour < 8 || hour >= 20

/** What is wrong with an address, or null. */
export function wrongAddress(kind: ChannelKind, address: string): string | null {
  switch (kind) {
    case 'mail':
      return /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(address) ? null : '邮箱应形如 name@example.com'
    case 'sms':
      return /^1[3-9]\d{9}$/.test(address) ? null : '手机号应为 11 位数字'
    case 'wecom':
    case 'dingtalk':
      return /^[\w@.-]{1,64}$/.test(address) ? null : '请填写通讯录里的成员账号（字母、数字）'
  }
}

const faults: Readonly<Record<string, string>> = {
  ECONNREFUSED: '连不上对方的服务器',
  ECONNRESET: '连接被对方断开',
  ENOTFOUND: '找不到对方的服务器地址',
  EAI_AGAIN: '找不到对方的服务器地址',
  ETIMEDOUT: '对方没有及时应答',
  TimeoutError: '对方没有及时应答',
  AbortError: '发送中断，稍后再发',
}

/** Why something did not arrive, in words: our own, or what its kind means; never what a machine said. */
export function faultWords(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const known = faults[(at as { code?: string }).code ?? ''] ?? faults[at.name]
    if (known) return known
    if (isOurs(at) && !(at.cause instanceof Error)) return at.message
  }
  return error instanceof Error && isOurs(error) ? error.message : '没有送达'
}

/** Our own sentences are Chinese; what a library throws bears a code, and a mail server's answer may be Chinese too. */
const isOurs = (error: Error): boolean =>
  /[\u4e00-\u9fff]/.test(error.message) && !('code' in error) && !('response' in error)

/** The code that another machine answered with, as a message of ours may hold it: nothing but a code. */
export const codeWords = (code: unknown): string =>
  (typeof code === 'string' || typeof code === 'number') && /^[\w.-]{1,40}$/.test(String(code))
    ? String(code)
    : '没有代码'

/** An address as it is shown again. */
export function maskOf(kind: ChannelKind, address: string): string {
  if (kind === 'sms') return `${address.slice(0, 3)}****${address.slice(-4)}`
  const [name = '', domain] = address.split('@')
  return `${name.slice(0, 1)}***${domain ? `@${domain}` : ''}`
}

/** What a robot says to a work group: that there is a notice, not which. */
export const groupText = '【巾帼】市总工会发布了新公告，请登录女职工工作平台查看。'
