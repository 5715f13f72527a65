import type { PGlite } from '@electric-sql/pglite'
import { type Server, type Socket, createServer } from 'node:net'

import { textOf } from '#server/embedded/error.ts'
import { withoutCopyIn } from '#server/embedded/guard.server.ts'
import { Inbox, SYNC, type Unit, endsReady, joined, queryMessage } from '#server/embedded/wire.server.ts'

interface Client {
  socket: Socket
  inbox: Inbox
}

export interface SessionOptions {
  pg: PGlite
  /** Unix socket or named pipe to listen on. */
  path: string
  /** Why nothing may be answered any more (a refused sync), or null. Asked after every unit, before its answer. */
  failure(): string | null
  /** Called once, when the engine can't be trusted any more; nothing is answered after it. */
  onBroken(reason: string): void
  /** Told when a unit starts (epoch ms) and, with 0, when it ends: the watchdog's clock. */
  onBusy(since: number): void
}

/** Stands in the queue behind everything a client said before it left. */
const LEFT: Unit = { kind: 'bye', bytes: new Uint8Array(0), answered: false }

/**
 * The one PostgreSQL session of the embedded engine behind a socket. Several connections are let in, yet share the
 * session: one unit runs at a time, and an open transaction keeps its connection at the front until it ends. When
 * the last connection leaves, its settings, temporary tables and prepared statements go with it.
 */
export class Session {
  readonly #options: SessionOptions
  readonly #server: Server
  readonly #clients = new Set<Client>()
  readonly #queue: { client: Client; unit: Unit }[] = []
  readonly #jobs: (() => Promise<void>)[] = []
  /** Whose transaction is open. */
  #owner: Client | null = null
  #pumping = false
  /** A client's unit runs. */
  #serving = false
  #broken = false
  lastActiveAt = Date.now()
  units = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.#server = createServer((socket) => this.#welcome(socket))
  }

  listen(): Promise<void> {
    return new Promise((done, fail) => {
      this.#server.once('error', fail)
      this.#server.listen(this.#options.path, done)
    })
  }

  get connections(): number {
    return this.#clients.size
  }

  /** Runs `job` on the engine as soon as no transaction is open, before whoever waits. */
  whenFree(job: () => Promise<void>): Promise<void> {
    return new Promise((done) => {
      this.#jobs.push(() => this.#upkeep(job).then(done))
      void this.#pump()
    })
  }

  /** Runs `job` now, or not at all (false) while somebody works or waits. */
  async ifFree(job: () => Promise<void>): Promise<boolean> {
    if (this.#serving || this.#owner || this.#queue.length > 0) return false
    await this.whenFree(job)
    return true
  }

  /** Lets nobody in any more and hangs up; a transaction still open is rolled back. */
  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()))
    for (const { socket } of this.#clients) socket.destroy()
    await closed
    while (!this.#broken && (this.#pumping || this.#clients.size > 0))
      await new Promise((next) => setImmediate(next))
  }

  #welcome(socket: Socket): void {
    const client: Client = { socket, inbox: new Inbox() }
    this.#clients.add(client)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => this.#read(client, chunk))
    socket.on('close', () => {
      this.#queue.push({ client, unit: LEFT })
      void this.#pump()
    })
  }

  #read(client: Client, chunk: Uint8Array): void {
    try {
      client.inbox.push(chunk)
      for (let unit = client.inbox.take(); unit; unit = client.inbox.take())
        this.#queue.push({ client, unit })
    } catch {
      client.socket.destroy()
    }
    void this.#pump()
  }

  #next(): { client: Client; unit: Unit } | undefined {
    const owner = this.#owner
    const at = owner ? this.#queue.findIndex((turn) => turn.client === owner) : 0
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0]
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return
    this.#pumping = true
    while (!this.#broken) {
      const job = this.#owner ? undefined : this.#jobs.shift()
      const turn = job ? undefined : this.#next()
      if (job) await job()
      else if (turn) {
        this.#serving = true
        await this.#turn(turn.client, turn.unit)
        this.#serving = false
      } else break
    }
    this.#pumping = false
  }

  /** A statement PostgreSQL refuses is left at that; anything else means the engine broke. */
  async #upkeep(job: () => Promise<void>): Promise<void> {
    try {
      await job()
    } catch (error) {
      if ((error as { severity?: string }).severity !== 'ERROR') this.#break(textOf(error))
    }
    this.#check()
  }

  async #turn(client: Client, unit: Unit): Promise<void> {
    if (unit === LEFT) return this.#leave(client)
    if (unit.kind === 'bye') return void client.socket.end()
    if (unit.kind === 'plain') return void client.socket.write('N')
    const answer = await this.#run({ ...unit, bytes: withoutCopyIn(unit.bytes) })
    if (!answer) return
    const open = !unit.answered || this.#options.pg.isInTransaction()
    this.#owner = open ? client : null
    if (!client.socket.destroyed) client.socket.write(answer)
  }

  /** The answer to a unit, or null when the engine broke: then nobody hears anything any more. */
  async #run(unit: Unit): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = []
    this.units++
    this.#options.onBusy(Date.now())
    try {
      await this.#options.pg.execProtocolRawStream(unit.bytes, {
        syncToFs: false,
        onRawData: (data) => parts.push(data.slice()),
      })
    } catch (error) {
      this.#break(textOf(error))
    }
    const answer = joined(parts)
    if (unit.answered && !endsReady(answer)) this.#break(`引擎没有应答（${said(answer)}）`)
    this.#check()
    this.lastActiveAt = Date.now()
    this.#options.onBusy(0)
    return this.#broken ? null : answer
  }

  #check(): void {
    const failure = this.#options.failure()
    if (failure) this.#break(failure)
  }

  async #leave(client: Client): Promise<void> {
    this.#clients.delete(client)
    if (this.#owner === client) {
      await this.#run({ kind: 'work', bytes: SYNC, answered: true })
      if (this.#options.pg.isInTransaction()) await this.#query('ROLLBACK')
      this.#owner = null
    }
    if (this.#clients.size === 0 && !this.#broken) await this.#query('DISCARD ALL')
  }

  async #query(sql: string): Promise<void> {
    await this.#run({ kind: 'work', bytes: queryMessage(sql), answered: true })
  }

  #break(reason: string): void {
    if (this.#broken) return
    this.#broken = true
    for (const { socket } of this.#clients) socket.destroy()
    this.#options.onBroken(this.#options.failure() ?? reason)
  }
}

function said(answer: Uint8Array): string {
  return new TextDecoder().decode(answer).replaceAll('\0', ' ').slice(0, 300)
}
