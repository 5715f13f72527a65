import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
// A copy: whoever builds meanwhile must not change what is measured.
const built = join(root, '.cache', 'bench-server')

/** Keeps the server as it was built. */
export function keepBuild(): void {
  rmSync(built, { recursive: true, force: true })
  cpSync(join(root, 'dist', 'server'), built, { recursive: true })
  const start = "import { main } from './main.js'\nprocess.exit(await main(['start']))\n"
  writeFileSync(join(built, 'start.mjs'), start)
}

export type Running = { port: number; stop(): Promise<void> }

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** Starts the built server as an operator would, on the loopback. */
export async function startServer(env: Record<string, string>): Promise<Running> {
  const port = await freePort()
  const server = spawn(process.execPath, [join(built, 'start.mjs')], {
    env: { ...process.env, ...env, PORT: String(port), JINGUO_TODAY: '2020-04-16' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((done) => server.once('exit', () => done()))
  await new Promise<void>((ready, fail) => {
    server.stdout.on('data', (text: Buffer) => text.toString().includes('已启动') && ready())
    server.once('exit', (code) => fail(new Error(`the server ended with ${code}`)))
  })
  return {
    port,
    stop: async () => {
      server.kill('SIGTERM')
      await gone
    },
  }
}

export type Answer = { status: number; body: Record<string, unknown> }
/** One person at the server over one kept connection. */
export type Client = {
  get(path: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  /** A file's bytes. */
  file(path: string): Promise<Buffer>
}

/** A client with a session's cookie. An answer other than 200 is an error unless `refused` is called on it by the caller. */
export function openClient(port: number, token: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (method: string, path: string, body?: unknown): Promise<{ status: number; bytes: Buffer }> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const headers = {
        cookie: `__Host-sid=${token}`,
        'sec-fetch-site': 'same-origin',
        ...(text === undefined
          ? {}
          : {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
              'idempotency-key': randomUUID(),
            }),
      }
      const sent = request({ host: '127.0.0.1', port, path, method, agent, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => resolve({ status: answer.statusCode!, bytes: Buffer.concat(parts) }))
      })
      sent.on('error', reject)
      sent.end(text)
    })
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const { status, bytes } = await ask(method, path, body)
    return { status, body: JSON.parse(bytes.toString()) as Answer['body'] }
  }
  const file = async (path: string): Promise<Buffer> => {
    const { status, bytes } = await ask('GET', path)
    // A Word file is a zip.
    if (status !== 200 || bytes.subarray(0, 2).toString() !== 'PK') throw new Error(`${status} for ${path}`)
    return bytes
  }
  return { get: (path) => call('GET', path), post: (path, body) => call('POST', path, body), file }
}

/** The body of an answer that must have succeeded. */
export function must(answer: Answer): Answer['body'] {
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
  return answer.body
}
