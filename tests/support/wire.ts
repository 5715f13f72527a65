import { request, type Agent } from 'node:http'
import type { Intent } from './ledger.ts'

type Over = { port: number; token: string; agent?: Agent }

/** Sends an intent over a line. @returns its status, or null where no whole answer came */
export function sendOver(
  { port, token, agent }: Over,
  { method, url: path, body, key, answers }: Intent,
): Promise<number | null> {
  const text = JSON.stringify(body)
  const headers = {
    cookie: `__Host-sid=${token}`,
    'idempotency-key': key,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  }
  return new Promise((resolve) => {
    const sent = request({ port, path, method, headers, agent: agent ?? false }, (response) => {
      let got = ''
      response.setEncoding('utf8').on('data', (part: string) => (got += part))
      response.on('error', () => resolve(null))
      response.on('end', () => {
        if (!response.complete) return resolve(null)
        answers.push({ status: response.statusCode!, body: JSON.parse(got) as unknown })
        resolve(response.statusCode!)
      })
    })
    sent.on('error', () => resolve(null))
    sent.end(text)
  })
}
