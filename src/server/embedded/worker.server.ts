import { MemoryFS, PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { type MessagePort, isMainThread, parentPort, workerData } from 'node:worker_threads'

import { SYNCING, SyncedFolder } from '#server/embedded/disk.server.ts'
import { textOf } from '#server/embedded/error.ts'
import { fillMemory } from '#server/embedded/folder.server.ts'
import { Session } from '#server/embedded/session.server.ts'
import { Upkeep } from '#server/embedded/upkeep.server.ts'

export type Durability = 'small' | 'trial' | 'memory'

/** What the worker is started with. */
export interface WorkerOrder {
  /** The database's folder; in memory mode the template to start from, or null for an empty database. */
  folder: string | null
  durability: Durability
  /** Where to listen. */
  path: string
  /** One bigint: since when (epoch ms) a client's unit runs, 0 when none does. */
  busy: SharedArrayBuffer
}

export interface EngineStats {
  connections: number
  units: number
  syncs: number
  checkpoints: number
  vacuumed: number
}

export type WorkerAsk = 'stats' | 'close'
export type WorkerWord =
  | { word: 'ready' }
  | { word: 'stats'; stats: EngineStats }
  | { word: 'broken'; reason: string }
  | { word: 'closed' }

/** PGlite's own arguments without `-F` (fsync off) where syncs are to reach the disk. */
function argumentsOf(durability: Durability): string[] {
  const own = ['-c', 'timezone=Asia/Shanghai']
  if (durability !== 'small') return [...PGlite.defaultStartParams, ...own]
  return [...PGlite.defaultStartParams.filter((argument) => argument !== '-F'), ...SYNCING, ...own]
}

class TemplateInMemory extends MemoryFS {
  readonly #template: string | null

  constructor(template: string | null) {
    super()
    this.#template = template
  }

  override async initialSyncFs(): Promise<void> {
    if (this.#template && this.pg) fillMemory(this.pg.Module.FS, PGlite.paths.PGDATA, this.#template)
  }
}

function filesOf({ durability, folder }: WorkerOrder) {
  if (durability === 'memory') return new TemplateInMemory(folder)
  if (folder === null) throw new Error('a folder is needed')
  return durability === 'small' ? new SyncedFolder(folder) : new NodeFS(folder)
}

async function run(order: WorkerOrder, port: MessagePort): Promise<void> {
  const tell = (word: WorkerWord) => port.postMessage(word)
  const busy = new BigInt64Array(order.busy)
  const files = filesOf(order)
  /** PGlite swallows a crash of PostgreSQL and would go on; it shows in what is printed. */
  let crash: string | null = null
  const failure = () => (files instanceof SyncedFolder ? files.failure : null) ?? crash
  const complaints: string[] = []
  const broken = (reason: string) =>
    tell({ word: 'broken', reason: [reason, ...complaints.slice(-5)].join('\n') })

  const pg = new PGlite({
    fs: files,
    extensions: { btree_gist },
    startParams: argumentsOf(order.durability),
    onStderr: (line) => {
      if (/^Aborted\(| PANIC: /.test(line)) crash ??= line
      if (/ (PANIC|FATAL|WARNING): /.test(line)) complaints.push(line)
      return false
    },
  })
  await pg.waitReady
  const session = new Session({
    pg,
    path: order.path,
    failure,
    onBroken: broken,
    onBusy: (since) => void Atomics.store(busy, 0, BigInt(since)),
  })
  await session.listen()
  const upkeep = await Upkeep.start(pg, session)
  tell({ word: 'ready' })

  port.on('message', (ask: WorkerAsk) => {
    const { connections, units } = session
    const { checkpoints, vacuumed } = upkeep
    const syncs = files instanceof SyncedFolder ? files.syncs : 0
    if (ask === 'stats') tell({ word: 'stats', stats: { connections, units, syncs, checkpoints, vacuumed } })
    else void close()
  })
  const close = async () => {
    upkeep.stop()
    await session.close()
    await pg.close()
    tell(failure() ? { word: 'broken', reason: failure()! } : { word: 'closed' })
    port.close()
  }
}

if (!isMainThread && parentPort) {
  const port = parentPort
  run(workerData as WorkerOrder, port).catch((error: unknown) => {
    port.postMessage({ word: 'broken', reason: textOf(error) } satisfies WorkerWord)
    port.close()
  })
}
