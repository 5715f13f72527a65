import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Stage } from './client.ts'
import type { Woman } from './signup.ts'

/** Telephones behind one agent, over the wire: what `app.inject` never loses, they do. */

export type Reply = { status: number; body: unknown }
export type Sent = { path: string; key: string; at: number; body?: object; cutAfterMs?: number | null }

/** Starts to listen. @returns the port */
export async function portOf(app: Stage['app']): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}

/** One try over the wire; `cutAfterMs` hangs up after the request was sent, whatever comes. @returns null where no answer came */
export const askOver =
  (agent: Agent) =>
  (
    { token }: Pick<Woman, 'token'>,
    { path, key, body = {}, cutAfterMs = null, at }: Sent,
  ): Promise<Reply | null> =>
    new Promise((resolve) => {
      const headers = {
        cookie: `__Host-sid=${token}`,
        'idempotency-key': key,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
      }
      const sent = request({ port: at, path, method: 'POST', agent, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => (text += part))
        response.on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(text) as unknown }))
        response.on('error', () => resolve(null))
      })
      sent.on('error', () => resolve(null))
      sent.end(JSON.stringify(body), () => {
        if (cutAfterMs !== null) void setTimeout(cutAfterMs).then(() => sent.destroy())
      })
    })

/** Runs `work` on each, `most` of them at once. */
export async function inTurns<T>(
  list: readonly T[],
  most: number,
  work: (one: T, n: number) => Promise<unknown>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: most }, async () => {
      while (next < list.length) {
        const n = next++
        await work(list[n]!, n)
      }
    }),
  )
}
