import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'

import { sha256 } from '#crypto/provider.server.ts'
import { startEngine } from '#server/embedded/engine.server.ts'
import { copyFolder, syncFolder } from '#server/embedded/folder.server.ts'

/** What a new database starts from: `key` names its contents (a hash of the migrations), `build` makes them. */
export interface Template {
  key: string
  build(client: Client): Promise<void>
}

/** A database with nothing in it; every other template starts from its copy, since initdb takes seconds. */
export const EMPTY: Template = { key: 'empty', build: async () => undefined }

export interface TemplateOptions {
  template: Template
  workerUrl: URL
  /** Where built templates are kept; left out when it can't be written. */
  cacheDir?: string | undefined
  onProgress(text: string): void
}

/** A template's folder, to be copied and never opened; `dispose` removes it unless it is cached. */
export interface ReadyTemplate {
  folder: string
  dispose(): Promise<void>
}

/** The template's folder: cached, or built now. A half-built one never gets the name that is looked for. */
export async function readyTemplate(options: TemplateOptions): Promise<ReadyTemplate> {
  const cache = options.cacheDir ?? join(packageRoot(), '.cache', 'jinguo')
  const folder = join(cache, `template-${fullKey(await engineVersion(), options.template.key)}`)
  const kept = { folder, dispose: async () => undefined }
  if (existsSync(folder)) return kept
  const { work, cached } = await workshop(cache)
  const dispose = () => rm(work, { recursive: true, force: true })
  const built = join(work, 'pg')
  try {
    await build(built, options)
    if (!cached) return { folder: built, dispose }
    await syncFolder(built)
    await rename(built, folder).catch((error: unknown) => {
      // Somebody else built the same one meanwhile.
      if (!existsSync(folder)) throw error
    })
  } catch (error) {
    await dispose()
    throw error
  }
  await dispose()
  await sweep(cache, folder)
  return kept
}

/** A folder to build in: within the cache, so that a rename keeps it, or a temporary one. */
async function workshop(cache: string): Promise<{ work: string; cached: boolean }> {
  try {
    await mkdir(cache, { recursive: true })
    return { work: await mkdtemp(join(cache, 'building-')), cached: true }
  } catch {
    return { work: await mkdtemp(join(tmpdir(), 'jinguo-template-')), cached: false }
  }
}

/** Templates are 40 MB each: those of old migrations and of killed processes go. */
async function sweep(cache: string, keep: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const days = name.startsWith('template-') ? 7 : name.startsWith('building-') ? 1 : Infinity
    const info = await stat(path).catch(() => null)
    if (info && path !== keep && Date.now() - info.mtimeMs > days * 86_400_000)
      await rm(path, { recursive: true, force: true })
  }
}

async function build(folder: string, options: TemplateOptions): Promise<void> {
  const { template, workerUrl, onProgress } = options
  if (template.key === EMPTY.key) onProgress('正在初始化内嵌数据库（仅首次）…')
  else {
    const empty = await readyTemplate({ ...options, template: EMPTY })
    onProgress('正在建立数据库模板（仅首次启动或升级后）…')
    await copyFolder(empty.folder, folder).finally(() => empty.dispose())
  }
  const engine = await startEngine({ folder, durability: 'trial', workerUrl, queryLimitMs: 600_000 })
  const client = new Client(engine.connection)
  try {
    await client.connect()
    await template.build(client)
    await client.end()
  } catch (error) {
    await client.end().catch(() => undefined)
    await engine.close().catch(() => undefined)
    throw error
  }
  await engine.close()
}

/** Either change makes another template. */
function fullKey(engine: string, contents: string): string {
  return sha256(`${engine}\0${contents}`).slice(0, 16)
}

async function engineVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const manifest = await readFile(join(dirname(main), '..', 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** The folder of our package.json, from the sources as from the built files. */
export function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir)
  return dir
}
