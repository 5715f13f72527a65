import { randomUUID } from 'node:crypto'
import type { Answer, Caller, CallOptions, Client } from './client.ts'

/** One intent of a person: a change under one key, however often it was sent, and what came back each time. */
export type Intent = {
  who: string
  method: 'POST' | 'PUT' | 'DELETE'
  url: string
  body: unknown
  key: string
  answers: { status: number; body: unknown }[]
}

const isDone = ({ status }: { status: number }) => status >= 200 && status < 300
/** Whether the person was told that it is done. */
export const isAcknowledged = ({ answers }: Intent): boolean => answers.some(isDone)
/** Whether it may have been done or not: nobody has said. */
export const isOpen = ({ answers }: Intent): boolean => answers.every(({ status }) => status >= 500)

/**
 * What people outside the server know: what they sent and what they were answered. It lives in the test's process, so no fault of
 * the server or its database reaches it.
 */
export class Ledger {
  readonly intents: Intent[] = []
  readonly #as: Client['as']

  constructor(as: Client['as']) {
    this.#as = as
  }

  /** A new intent, not sent yet. */
  intend(who: string, method: Intent['method'], url: string, body?: unknown): Intent {
    const intent: Intent = { who, method, url, body, key: randomUUID(), answers: [] }
    this.intents.push(intent)
    return intent
  }

  /** Sends an intent, for the first time or again. */
  async send<T = Record<string, unknown>>(intent: Intent): Promise<Answer<T>> {
    const { who, method, url, body, key } = intent
    const answer = await this.#as(who).call<T>(method, url, body, { key })
    intent.answers.push({ status: answer.status, body: answer.body })
    return answer
  }

  /** The callers of the world, every change of theirs noted; what goes without a key is sent unnoted. */
  readonly as: Client['as'] = (who) => {
    const caller = this.#as(who)
    if (typeof who !== 'string') return caller
    const call: Caller['call'] = (method, url, body, options: CallOptions = {}) => {
      const isNoted = method !== 'GET' && options.key === undefined && options.headers === undefined
      return isNoted
        ? this.send(this.intend(who, method, url, body))
        : caller.call(method, url, body, options)
    }
    return {
      call,
      get: (url) => call('GET', url),
      post: (url, body, options) => call('POST', url, body, options),
      put: (url, body, options) => call('PUT', url, body, options),
      upload: (url, bytes, options) => call('PUT', url, bytes, options),
      del: (url, options) => call('DELETE', url, undefined, options),
    }
  }
}
