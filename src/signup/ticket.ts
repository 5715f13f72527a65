import { phaseOf } from './states.ts'

/** What stands on a ticket: nothing of who she is. */
export type Ticket = { keyId: string; eventId: string; entryId: string; from: Date; until: Date }

/** Why a ticket or a scan is not taken, as staff at the door read it. */
export const scanFaults = {
  shape: '不是入场码，请让她打开“我的活动”里的入场码',
  key: '不是本系统签发的入场码',
  signature: '入场码被改动过，不能用',
  otherEvent: '是另一项活动的入场码',
  early: '还没有到签到时间，开始前两小时起可以签到',
  late: '已过签到时间，请在报名名单里按纸质名单补录',
  future: '手机上的时间不对，扫码时间比现在还晚；请把手机时间调准后重扫',
  unknown: '没有这条报名',
  cancelled: '这个名额已经取消',
  moved: '她已改约另一个时段',
  ended: '活动已经结束登记',
  session: '现在没有课，每次课开始前两小时起可以签到',
} as const
export type ScanFault = keyof typeof scanFaults

/** Whom a scan is of, for whoever looks afterwards: only a genuine ticket without an entry is of somebody who is not on the list. */
export const scannedWho = (name: string | null, code: ScanFault | null): string =>
  name ?? (code === 'unknown' ? '不在名单里' : '无法识别')

export const scanOutcomes = ['taken', 'again', 'conflict', 'refused'] as const
export type ScanOutcome = (typeof scanOutcomes)[number]
export const scanWords: Readonly<Record<ScanOutcome, string>> = {
  taken: '已签到',
  again: '已签过，重复扫码',
  conflict: '另一台手机也扫过，以较早的一次为准',
  refused: '没有签到',
}

/** Minutes before the start and after the end within which she may come. */
export const [minutesBefore, minutesAfter] = [120, 60]

/** From two hours before the start, though sign-up may last until it; from the end of sign-up where that is earlier. After the end it is read. */
export function isScanned(event: Parameters<typeof phaseOf>[0], now: Date): boolean {
  const phase = phaseOf(event, now)
  if (['before', 'signing'].includes(phase))
    return now.getTime() >= Date.parse(event.startsAt) - minutesBefore * 60_000
  return ['closed', 'running', 'over', 'ended'].includes(phase)
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const shape = new RegExp(
  `^JG1\\.([0-9a-f]{8})\\.(${uuid})\\.(${uuid})\\.([0-9a-z]{5,8})\\.([0-9a-z]{5,8})\\.([\\w-]{86})$`,
)
const seconds = (at: Date): string => Math.floor(at.getTime() / 1000).toString(36)
const instantOf = (text36: string): Date => new Date(parseInt(text36, 36) * 1000)

/** The part of a ticket that is signed. */
export const signedPart = ({ keyId, eventId, entryId, from, until }: Ticket): string =>
  ['JG1', keyId, eventId, entryId, seconds(from), seconds(until)].join('.')

/** Reads a ticket; null for what is none. Whether it is genuine is another question. */
export function readTicket(text: string): { ticket: Ticket; signed: string; signature: string } | null {
  const found = text.length > 300 ? null : shape.exec(text.trim())
  if (!found) return null
  const [, keyId, eventId, entryId, from, until, signature] = found as unknown as string[]
  const ticket = {
    keyId: keyId!,
    eventId: eventId!,
    entryId: entryId!,
    from: instantOf(from!),
    until: instantOf(until!),
  }
  return { ticket, signed: text.trim().slice(0, -87), signature: signature! }
}

/**
 * What is wrong with a ticket before the list is asked; the same on the telephone and on the server.
 * @param genuine whether the signature holds; null where this telephone cannot tell
 */
export function faultOf(
  read: ReturnType<typeof readTicket>,
  eventId: string,
  keyId: string,
  genuine: boolean | null,
  at: Date,
): ScanFault | null {
  if (read === null) return 'shape'
  const { ticket } = read
  if (ticket.keyId !== keyId) return 'key'
  if (genuine === false) return 'signature'
  if (ticket.eventId !== eventId) return 'otherEvent'
  if (at < ticket.from) return 'early'
  return at > ticket.until ? 'late' : null
}
