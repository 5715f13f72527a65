import type { ChannelKind } from './channel.ts'

/** What goes out: how many there are, never of what. `id` is the same in every attempt, so that a provider can tell a repeat. */
export type Outgoing = { to: string; unread: number; text: string; id: string }

/** It will not go, however often it is tried: the address is wrong, or they refuse it. Anything else is tried again. */
export class NotSent extends Error {}

export type Channel = {
  kind: ChannelKind
  /** @throws NotSent when it is of no use to try again */
  send(out: Outgoing, signal: AbortSignal): Promise<void>
}

/** Sends codes by which whoever holds a telephone proves it. A stand-in of the demo shows them besides, since nothing is sent. */
export type CodeWay = {
  isShown: boolean
  /** @throws NotSent, Error as a channel does */
  send(out: { to: string; code: string; id: string }, signal: AbortSignal): Promise<void>
}

/** The channels that the operator set up. */
export type Channels = Partial<Record<ChannelKind, Channel>>
