import { mkdtempSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type pg from 'pg'

import { randomId } from '#crypto/provider.server.ts'
import { EmbeddedError } from '#server/embedded/error.ts'
import type {
  Durability,
  EngineStats,
  WorkerAsk,
  WorkerOrder,
  WorkerWord,
} from '#server/embedded/worker.server.ts'

export interface EngineOptions {
  /** The database's folder; in memory mode the template to start from, or null. */
  folder: string | null
  durability: Durability
  /** The built worker, a JavaScript file. */
  workerUrl: URL
  /** A unit of a client running longer than this ends the engine, since PGlite ignores `statement_timeout`. */
  queryLimitMs: number
}

/** A running worker. */
export interface Engine {
  connection: pg.ClientConfig
  /** Resolves, at most once, when the engine stopped by itself; nothing is answered from then on. */
  broken: Promise<EmbeddedError>
  stats(): Promise<EngineStats>
  close(): Promise<void>
}

const CLOSE_LIMIT_MS = 30_000

/**
 * Starts PGlite in a worker behind a socket that only this user can reach.
 * @throws EmbeddedError `broken` when the engine doesn't come up
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const door = openDoor()
  const busy = new SharedArrayBuffer(8)
  const order: WorkerOrder = { folder: options.folder, durability: options.durability, path: door.path, busy }
  const worker = new Worker(options.workerUrl, { workerData: order, stderr: false })
  const heard = listen(worker)
  const watchdog = watch(busy, options.queryLimitMs, (reason) => {
    heard.fail(reason)
    void worker.terminate()
  })
  const end = async () => {
    clearInterval(watchdog)
    await worker.terminate()
    door.close()
  }
  void heard.broken.then(end)

  const failed = await Promise.race([heard.next('ready').then(() => null), heard.broken])
  if (failed) throw failed
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  const ask = (what: WorkerAsk) => worker.postMessage(what)
  let closing: Promise<void> | null = null
  return {
    connection: door.connection,
    broken: heard.broken,
    stats: async () => {
      const answer = heard.next('stats')
      ask('stats')
      const word = await Promise.race([answer, heard.broken])
      if (word instanceof EmbeddedError) throw word
      return word.stats
    },
    close: () =>
      (closing ??= (async () => {
        const closed = heard.next('closed')
        heard.leaving()
        ask('close')
        const late = setTimeout(() => heard.fail('引擎未能按时停止'), CLOSE_LIMIT_MS)
        const word = await Promise.race([closed, heard.broken])
        clearTimeout(late)
        await end()
        if (word instanceof EmbeddedError) throw word
      })()),
  }
}

interface Door {
  path: string
  connection: pg.ClientConfig
  close(): void
}

/** A place to listen that no other user can reach. node-pg forms `host/.s.PGSQL.port` itself. */
function openDoor(): Door {
  const who = { user: 'postgres', database: 'postgres' }
  if (process.platform === 'win32') {
    const path = `\\\\.\\pipe\\jinguo-${process.pid}-${randomId()}`
    return { path, connection: { ...who, stream: () => pipe(path) }, close: () => undefined }
  }
  // macOS allows 103 bytes, Linux 107; the rest of the path takes 28.
  const base = Buffer.byteLength(tmpdir()) > 70 ? '/tmp' : tmpdir()
  const host = mkdtempSync(join(base, 'jinguo-'))
  const close = () => {
    process.off('exit', close)
    rmSync(host, { recursive: true, force: true })
  }
  process.once('exit', close)
  return { path: join(host, '.s.PGSQL.5432'), connection: { ...who, host, port: 5432 }, close }
}

/** node-pg knows host and port alone; this stream goes to the pipe whatever it is told. */
function pipe(path: string): Socket {
  const socket = new Socket()
  const connect = socket.connect.bind(socket)
  socket.connect = () => connect(path)
  return socket
}

function listen(worker: Worker) {
  let leaving = false
  let resolve: (error: EmbeddedError) => void
  const broken = new Promise<EmbeddedError>((done) => (resolve = done))
  const fail = (reason: string) => resolve(sentence(reason))
  worker.on('message', (word: WorkerWord) => {
    if (word.word === 'broken') fail(word.reason)
  })
  worker.on('error', (error) => fail(error.message))
  worker.on('exit', (code) => {
    if (!leaving) fail(`引擎线程意外退出（${code}）`)
  })
  const next = <W extends WorkerWord['word']>(wanted: W) =>
    new Promise<Extract<WorkerWord, { word: W }>>((resolve) => {
      const hear = (word: WorkerWord) => {
        if (word.word !== wanted) return
        worker.off('message', hear)
        resolve(word as Extract<WorkerWord, { word: W }>)
      }
      worker.on('message', hear)
    })
  return { broken, next, fail, leaving: () => (leaving = true) }
}

function watch(shared: SharedArrayBuffer, limitMs: number, fail: (reason: string) => void): NodeJS.Timeout {
  const busy = new BigInt64Array(shared)
  const look = () => {
    const since = Number(Atomics.load(busy, 0))
    if (since > 0 && Date.now() - since > limitMs) fail(`一条语句运行超过 ${limitMs / 1000} 秒`)
  }
  return setInterval(look, Math.min(1000, limitMs / 4)).unref()
}

function sentence(reason: string): EmbeddedError {
  return new EmbeddedError(
    'broken',
    `内嵌数据库已停止答复，未答复的操作结果未知；请排除原因后重新启动。原因：${reason}`,
  )
}
