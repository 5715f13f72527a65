import { existsSync } from 'node:fs'
import { open, readFile, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

import { randomToken } from '#crypto/provider.server.ts'
import { textOf } from '#server/embedded/error.ts'
import { syncNames } from '#server/embedded/folder.server.ts'

/** The major version of PostgreSQL inside PGlite; its folders can't be read by another. */
export const ENGINE_MAJOR = '18'
/** The database within the data folder; what else the installation keeps lies beside it. */
export const DATABASE = 'pg'

const LEAST_FREE = 200 * 1024 * 1024

/** Sentences: `problems` forbid the start, `warnings` are to be shown. */
export interface CheckResult {
  problems: string[]
  warnings: string[]
}

/**
 * Looks, before the engine opens it, whether a data folder keeps what is written to it: writable, syncs answered,
 * one device, version of the engine, at least 200 MB free.
 */
export async function selfCheck(dir: string): Promise<CheckResult> {
  const problems = [await writing(dir), await oneDevice(dir), await version(dir)]
  return { problems: said(problems), warnings: said([await space(dir)]) }
}

function said(lines: (string | null)[]): string[] {
  return lines.filter((line) => line !== null)
}

async function writing(dir: string): Promise<string | null> {
  const path = join(dir, `.self-check-${process.pid}`)
  const bytes = Buffer.from(randomToken().repeat(96)).subarray(0, 4096)
  try {
    const file = await open(path, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.datasync()
    } finally {
      await file.close()
    }
    await syncNames(dir)
    const read = await readFile(path)
    return read.equals(bytes) ? null : `数据文件夹 ${dir} 写入后读出的内容不一致，磁盘可能有故障。`
  } catch (error) {
    return `数据文件夹 ${dir} 不能可靠写入（${textOf(error)}），请检查权限、磁盘和文件系统。`
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}

/** A link to another disk inside the folder would break the order of syncs and every copy of the folder. */
async function oneDevice(dir: string): Promise<string | null> {
  const database = join(dir, DATABASE)
  if (!existsSync(database)) return null
  const { dev } = await stat(dir)
  const paths = [database, ...(await readdir(database)).map((name) => join(database, name))]
  for (const path of paths) {
    const info = await stat(path).catch(() => null)
    if (info && info.dev !== dev) return `数据文件夹 ${dir} 中的 ${path} 在另一个设备上，须在同一设备上。`
  }
  return null
}

async function version(dir: string): Promise<string | null> {
  const path = join(dir, DATABASE, 'PG_VERSION')
  const database = join(dir, DATABASE)
  if (!existsSync(database)) return null
  const found = await readFile(path, 'utf8').catch(() => null)
  if (found === null) return `${database} 不是数据库文件夹（缺少 PG_VERSION），请移走它或另选数据文件夹。`
  if (found.trim() === ENGINE_MAJOR) return null
  return `数据文件夹 ${dir} 属于 PostgreSQL ${found.trim()}，本程序的引擎是 ${ENGINE_MAJOR}，不能打开。`
}

async function space(dir: string): Promise<string | null> {
  const info = await statfs(dir)
  const free = info.bavail * info.bsize
  if (free >= LEAST_FREE) return null
  return `数据文件夹 ${dir} 所在磁盘只剩 ${Math.floor(free / 1024 / 1024)} MB，少于 200 MB，请尽快清理。`
}
