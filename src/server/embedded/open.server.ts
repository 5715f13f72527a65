import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type pg from 'pg'

import { DATABASE, selfCheck } from '#server/embedded/check.server.ts'
import { type Engine, startEngine } from '#server/embedded/engine.server.ts'
import { EmbeddedError, textOf } from '#server/embedded/error.ts'
import { copyFolder, syncFolder, syncNames } from '#server/embedded/folder.server.ts'
import { acquireFolderLock } from '#server/embedded/lock.server.ts'
import { EMPTY, type Template, packageRoot, readyTemplate } from '#server/embedded/template.server.ts'
import type { Durability, EngineStats } from '#server/embedded/worker.server.ts'

export interface EmbeddedOptions {
  /** The data folder, made when missing; the database lies in `pg` within it. Unused in memory mode. */
  dataDir: string
  durability: Durability
  /** What a new database starts from; without it, an empty one. */
  template?: Template
  /** The built worker; by default dist/server/embedded-worker.js. */
  workerUrl?: URL
  cacheDir?: string
  /** A unit of a client running longer than this stops the engine; 120,000 by default. */
  queryLimitMs?: number
  /** Chinese progress lines. */
  onProgress?(text: string): void
}

export interface Embedded {
  /** For a pool of max 1: all connections share one session. */
  connection: pg.ClientConfig
  durability: Durability
  /** Sentence for the banner: which mode runs and what it promises. */
  promise: string
  /** Sentences of the self-check that are to be shown. */
  warnings: string[]
  /** Whether this start made the database. */
  created: boolean
  /** Resolves when the engine stopped by itself: print the sentence and exit. Never rejects. */
  broken: Promise<EmbeddedError>
  stats(): Promise<EngineStats>
  /** Shuts down cleanly and gives the folder back. */
  close(): Promise<void>
}

const PROMISES: Record<Durability, string> = {
  small:
    '小型模式：内嵌数据库，每次提交先写入磁盘再答复；程序被强行结束不丢已答复的数据，断电保护经模拟试验，未经实机证明。请每天用 npx jinguo backup 备份。',
  trial: '试用模式：内嵌数据库，程序被强行结束不丢数据，断电或系统崩溃会丢失数据。请勿录入真实人员信息。',
  memory: '内存模式：仅供测试，退出后数据全部消失。',
}

/**
 * Opens the embedded database: lock, self-check, first creation from the template, worker.
 * @throws EmbeddedError `held`, `unfit` or `broken`, with a sentence; whatever `template.build` throws
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { durability, onProgress = () => undefined, template = EMPTY, queryLimitMs = 120_000 } = options
  const workerUrl = options.workerUrl ?? builtWorker()
  const forTemplate = { template, workerUrl, onProgress, cacheDir: options.cacheDir }
  const start = (folder: string) => startEngine({ folder, durability, workerUrl, queryLimitMs })

  if (durability === 'memory') {
    const { folder, dispose } = await readyTemplate(forTemplate)
    const engine = await start(folder).finally(dispose)
    return embedded(engine, durability, { warnings: [], created: true, release: async () => undefined })
  }
  const dir = resolve(options.dataDir)
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new EmbeddedError('unfit', `无法建立数据文件夹 ${dir}（${textOf(error)}）。`)
  })
  const lock = await acquireFolderLock(dir)
  try {
    const { problems, warnings } = await selfCheck(dir)
    if (problems.length > 0) throw new EmbeddedError('unfit', problems.join('\n'))
    const folder = join(dir, DATABASE)
    const created = !existsSync(folder)
    if (created) {
      onProgress('正在建立数据文件夹…')
      await create(folder, forTemplate)
    }
    const engine = await start(folder)
    return embedded(engine, durability, { warnings, created, release: () => lock.release() })
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** The database gets its name only when all of it is on the disk; what a crash left half-made is thrown away. */
async function create(folder: string, options: Parameters<typeof readyTemplate>[0]): Promise<void> {
  const partial = `${folder}.partial`
  await rm(partial, { recursive: true, force: true })
  const template = await readyTemplate(options)
  await copyFolder(template.folder, partial).finally(() => template.dispose())
  await syncFolder(partial)
  await rename(partial, folder)
  await syncNames(join(folder, '..'))
}

function embedded(
  engine: Engine,
  durability: Durability,
  rest: { warnings: string[]; created: boolean; release(): Promise<void> },
): Embedded {
  const { connection, broken } = engine
  return {
    connection,
    durability,
    promise: PROMISES[durability],
    warnings: rest.warnings,
    created: rest.created,
    broken,
    stats: () => engine.stats(),
    close: () => engine.close().finally(() => rest.release()),
  }
}

function builtWorker(): URL {
  return pathToFileURL(join(packageRoot(), 'dist', 'server', 'embedded-worker.js'))
}
