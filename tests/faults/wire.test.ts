import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { training } from '#programmes/training/definition.ts'
import { rows, type Db } from '#server/database.server.ts'
import { openLog } from '#server/log.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, openStage, type Stage } from '../support/client.ts'
import { breaches } from '../support/invariants.ts'
import { Ledger, type Intent } from '../support/ledger.ts'
import { sendOver } from '../support/wire.ts'

const url = '/api/records/training'

let stage: Stage
let owner: Db
let ledger: Ledger
let port: number
beforeAll(async () => {
  stage = await openStage()
  owner = stage.world.deps.db
  ledger = new Ledger(stage.as)
  await stage.app.listen({ port: 0, host: '127.0.0.1' })
  port = (stage.app.server.address() as AddressInfo).port
})
afterAll(() => stage.close())

const wrong = () => breaches({ world: stage.world, owner, ledger })

let n = 0
function entry(who = 'U1'): Intent {
  const day = addDays('2018-01-01', n++ % 800)
  const body = bodyOf(training, { title: `第${n}期示例培训`, startsOn: day, endsOn: day })
  return ledger.intend(who, 'POST', url, { body })
}

type Cut = { up: number } | { down: number }

/** A line to the server that breaks after so many bytes up or down. */
async function lineThat(cut: Cut): Promise<Server> {
  const line = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const end = () => [near, far].forEach((socket) => socket.destroy())
    const carry = (from: Socket, to: Socket, most: number) => {
      let carried = 0
      from.on('data', (bytes: Buffer) => {
        to.write(bytes.subarray(0, most - carried))
        carried += bytes.length
        if (carried >= most) to.end(() => setImmediate(end))
      })
      from.on('error', end).on('close', end)
    }
    carry(near, far, 'up' in cut ? cut.up : Infinity)
    carry(far, near, 'down' in cut ? cut.down : Infinity)
  })
  await new Promise<void>((done) => line.listen(0, '127.0.0.1', done))
  return line
}

const over = (at: number, intent: Intent) =>
  sendOver({ port: at, token: stage.world.person(intent.who).token }, intent)

describe('a line that breaks', () => {
  it('after any byte of request or answer leaves all or nothing; the same sent again is done once', async () => {
    const whole = entry()
    expect(await over(port, whole)).toBe(200)
    const up = JSON.stringify(whole.body).length
    const cuts: Cut[] = [
      ...[1, 60, 200, 400, up, up + 300].map((at) => ({ up: at })),
      ...[0, 1, 12, 200, 700, 1100].map((at) => ({ down: at })),
    ]
    let silent = 0
    for (const cut of cuts) {
      const line = await lineThat(cut)
      const intent = entry()
      const first = await over((line.address() as AddressInfo).port, intent)
      if (first === null) silent++
      const again = await over(port, intent)
      expect([cut, again]).toEqual([cut, 200])
      line.close()
    }
    expect(silent).toBeGreaterThan(cuts.length / 2)
    expect(await wrong()).toEqual([])
  })

  it('carries a packet twice, or five times at once: one effect, one answer', async () => {
    for (let round = 0; round < 4; round++) {
      const intent = entry('U2')
      const seen = await Promise.all(Array.from({ length: 5 }, () => over(port, intent)))
      expect(seen).toEqual([200, 200, 200, 200, 200])
    }
    expect(await wrong()).toEqual([])
  })

  it('and hundreds that say nothing or a byte at a time keep nobody waiting', async () => {
    const idle = Array.from({ length: 400 }, () => connect(port, '127.0.0.1'))
    await Promise.all(idle.map((socket) => new Promise((done) => socket.once('connect', done))))
    const slow = idle.slice(0, 100)
    slow.forEach((socket) => socket.on('error', () => undefined).write(`GET ${url} HTTP/1.1\r\nX-Slow: `))
    const dripping = setInterval(() => slow.forEach((socket) => socket.write('a')), 20)
    const times: number[] = []
    for (let k = 0; k < 12; k++) {
      const begun = performance.now()
      expect(await over(port, entry('U3'))).toBe(200)
      times.push(performance.now() - begun)
    }
    clearInterval(dripping)
    idle.forEach((socket) => socket.destroy())
    expect(Math.max(...times)).toBeLessThan(2000)
  })
})

describe('a clock that is wrong', () => {
  const Real = Date
  const hour = 3_600_000
  const shifted = async <T>(by: number, work: () => Promise<T>): Promise<T> => {
    globalThis.Date = new Proxy(Real, {
      construct: (target, given: unknown[]) =>
        given.length === 0 ? new target(target.now() + by) : Reflect.construct(target, given),
      get: (target, name) =>
        name === 'now' ? () => target.now() + by : (Reflect.get(target, name) as unknown),
    })
    try {
      return await work()
    } finally {
      globalThis.Date = Real
    }
  }

  it.each([
    ['an hour late', -hour, 200],
    // To such a server she has been away too long: signed out rather than in for ever.
    ['an hour early', hour, 401],
    ['a year early', 8760 * hour, 401],
  ])('by %s changes no order and makes no session last', async (_, by, status) => {
    await ledger.send(entry('U5'))
    const intent = entry('U5')
    expect((await shifted(by, () => ledger.send(intent))).status).toBe(status)
    expect((await ledger.send(entry('U5'))).status).toBe(200)
    // Told by its key and sequence, not by a clock.
    expect((await ledger.send(intent)).status).toBe(200)
    expect(await wrong()).toEqual([])
    const [ended] = await rows<{ n: number }>(
      owner,
      sql`SELECT count(*)::int AS n FROM app.session WHERE expires_at > now() + interval '12 hours 1 minute'`,
    )
    expect(ended!.n).toBe(0)
  })
})

describe('an output of the log that nobody reads', () => {
  it('keeps no request waiting; what was lost is counted when it is read again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jinguo-log-'))
    const path = join(folder, 'log')
    execFileSync('mkfifo', [path])
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    const block = Buffer.alloc(4096, '.')
    const fill = () => {
      for (;;) writeSync(fd, block)
    }
    expect(fill).toThrow('EAGAIN')
    const log = openLog(fd)
    const { as, close } = await openClient(stage.world, log)
    const begun = Date.now()
    const refused = async () => expect((await as('leader').get('/api/accounts')).status).toBe(403)
    for (let k = 0; k < 20; k++) await refused()
    for (let k = 0; k < 2000; k++) log.write(`${'x'.repeat(1023)}\n`)
    await refused()
    expect((await as('U1').get(url)).status).toBe(200)
    expect(Date.now() - begun).toBeLessThan(5000)
    let read = ''
    const bytes = Buffer.alloc(65_536)
    const drain = () => {
      for (;;) read += bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, null))
    }
    for (let tries = 0; tries < 200 && !read.includes('lines lost'); tries++) {
      expect(drain).toThrow('EAGAIN')
      await new Promise((done) => setTimeout(done, 20))
    }
    expect(read).toContain('refused')
    expect(Number(/"lost":(\d+)/.exec(read)?.[1])).toBeGreaterThan(900)
    await log.flush()
    await close()
    closeSync(fd)
    rmSync(folder, { recursive: true })
  })
})
