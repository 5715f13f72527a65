import type { MessageKind } from './api.ts'

/** What is told: one line, and the page where it can be dealt with. */
export type Told = { kind: MessageKind; subject: string; link: string }

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
