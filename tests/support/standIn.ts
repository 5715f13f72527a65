import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Seen = { method: string; url: URL; headers: IncomingMessage['headers']; body: string }
export type Play = (seen: Seen, response: ServerResponse) => void

/** A server of another program, on this machine: what it was asked, and the part it plays. */
export type StandIn = { address: string; seen: Seen[]; play: Play; close(): Promise<void> }

export const json =
  (value: unknown, status = 200): Play =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

export async function openStandIn(play: Play): Promise<StandIn> {
  const standIn: StandIn = { address: '', seen: [], play, close: () => Promise.resolve() }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const seen = {
        method: request.method!,
        url: new URL(request.url!, standIn.address),
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      }
      standIn.seen.push(seen)
      standIn.play(seen, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  standIn.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  standIn.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return standIn
}
