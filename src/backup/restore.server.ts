import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { keysOf, openKeyFile } from '#crypto/provider.server.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { first, onConnection, transact, type Db, type Tx } from '#server/database.server.ts'
import { asOwner, migrationsDir, openEngine } from '#server/engine.server.ts'
import type { Env } from '#server/env.server.ts'
import { migrate, readMigrations, type Migration } from '#server/migrate.server.ts'
import { BackupUnfit } from './container.server.ts'
import { measure } from './facts.server.ts'
import { compare, differing, type Manifest } from './manifest.ts'
import { migrationsOf, readWhole, type Told } from './read.server.ts'
import { plainText, putLines, putSequences, refilled, tablesOf } from './rows.server.ts'

/** The backup's manifest, what was counted after its rows were put in, and its signed heads. */
export type Restored = { backup: Manifest; found: Manifest; anchors: string[] }

/** What was put in is not what the backup says: it was taken out again. */
export class RestoreDiffers extends Error {
  constructor(
    readonly backup: Manifest,
    readonly found: Manifest,
  ) {
    super('恢复后的数据与备份的清单不符，已撤回')
  }
}

type Places = Pick<Env, 'dataDir' | 'filesDir' | 'keyFile' | 'databaseUrl' | 'databaseAdminUrl'>

const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0

/** What speaks against restoring to these places, in Chinese, or null. Nothing that is there is ever written over. */
export function placeFault({
  dataDir,
  filesDir,
  keyFile,
  databaseUrl,
  databaseAdminUrl,
}: Places): string | null {
  if (!existsSync(keyFile))
    return `没有密钥文件 ${keyFile}：备份里没有密钥，请先把另行保存的密钥文件放回（或用 JINGUO_KEY_FILE 指定）`
  if (databaseUrl !== null && databaseAdminUrl === null)
    return '恢复到 PostgreSQL 需要 DATABASE_ADMIN_URL（数据库结构所有者的登录）'
  if (databaseUrl === null && existsSync(dataDir))
    return `数据文件夹 ${dataDir} 已经在了，不会覆盖；请用 JINGUO_DATA 指定一个还没有的文件夹`
  if (!isEmpty(filesDir))
    return `附件文件夹 ${filesDir} 已有内容，不会覆盖；请移开，或用 JINGUO_FILES_DIR 指定一个新的文件夹`
  return null
}

/**
 * Restores a backup to empty places: rows and files appear together, or nothing does.
 * @param env its places; the key file must be the backup's
 * @throws BackupUnfit, RestoreDiffers, Error in Chinese; then nothing was kept, unless the sentence says so
 */
export async function restore(env: Env, path: string, passPhrase: string): Promise<Restored> {
  const told = await readTold(path, passPhrase)
  checkKey(env, told)
  const known = readMigrations(migrationsDir())
  const restored = await placed(env, migrationsOf(told, known), path, passPhrase)
  try {
    await putAnchors(env.anchorDir, restored.backup.installation, restored.anchors)
    if (env.databaseUrl !== null) await migrateTo(env.databaseAdminUrl!, known)
  } catch (error) {
    throw new Error(
      `数据和附件已恢复并核对相符，但最后一步没有做成：${(error as Error).message}。解决后运行 npm run migrate，再用 npx jinguo verify 核对`,
      { cause: error },
    )
  }
  return restored
}

/** Rows and files at their places, under the schema that they were backed up with. */
async function placed(
  env: Env,
  migrations: Migration[],
  path: string,
  passPhrase: string,
): Promise<Restored> {
  const parts = { ...env, dataDir: `${env.dataDir}.restoring` }
  const clearRows = () => rm(parts.dataDir, { recursive: true, force: true })
  await clearRows()
  try {
    if (env.databaseUrl !== null) await migrateTo(env.databaseAdminUrl!, migrations)
    const engine = await openEngine(parts, () => undefined, migrations)
    let restored: Restored
    try {
      restored = await asOwner(parts, engine, (owner) => putIn(owner, env.filesDir, path, passPhrase))
    } finally {
      await engine.close()
    }
    if (env.databaseUrl === null) await rename(parts.dataDir, env.dataDir)
    return restored
  } catch (error) {
    await clearRows()
    // The folder itself may be the mount of a disk: it stays, and what came into it goes.
    for (const name of existsSync(env.filesDir) ? readdirSync(env.filesDir) : [])
      await rm(join(env.filesDir, name), { recursive: true, force: true })
    throw error
  }
}

async function readTold(path: string, passPhrase: string): Promise<Told> {
  const found: Told[] = []
  // The whole file is read first: of a damaged one not a row is put anywhere.
  await readWhole(path, passPhrase, { told: async (told) => void found.push(told) })
  if (!found[0]) throw new BackupUnfit(`${path} 缺少结构说明，不是完整的备份`)
  return found[0]
}

/** Brings a PostgreSQL to the schema of a backup, or after it to today's. @throws Error in Chinese where it is further already */
async function migrateTo(url: string, migrations: Migration[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await migrate(client, migrations)
    const { rows } = await client.query('SELECT name FROM app.migration')
    if (rows.length !== migrations.length)
      throw new Error('目标数据库的结构与备份时的不同；请恢复到一个新建的、没有建过结构的空数据库')
  } finally {
    await client.end()
  }
}

function checkKey(env: Env, told: Told): void {
  const crypto = openKeyFile(env.keyFile, env.crypto)
  if (crypto.publicKey !== told.publicKey)
    throw new Error(
      `密钥文件 ${env.keyFile} 不是这份备份的：用它打不开其中加密的内容，请换用同一平台的密钥文件`,
    )
  const here = new Set(keysOf(crypto).map(({ id }) => id))
  const lacking = told.keys.filter((id) => !here.has(id))
  if (lacking.length > 0)
    throw new Error(
      `密钥文件 ${env.keyFile} 里没有第 ${lacking.join('、')} 把密钥，备份中的个人信息要用它打开；请换用做备份时的密钥文件`,
    )
}

/**
 * Puts a backup into an empty database of its own schema and an empty folder, and counts it there, in one transaction.
 * @throws BackupUnfit, RestoreDiffers, Error in Chinese; then the database is as it was
 */
export async function putIn(
  owner: Db,
  filesDir: string,
  path: string,
  passPhrase: string,
): Promise<Restored> {
  return onConnection(owner, (connection) =>
    transact(connection, `BEGIN; ${plainText}`, async (tx) => {
      await mustBeEmpty(tx)
      const tables = await tablesOf(tx)
      const byName = new Map(tables.map((table) => [table.name, table]))
      const store = openStore(filesDir)
      const files = { count: 0, bytes: 0 }
      let anchors: string[] = []
      const backup = await refilled(tx, tables, async () => {
        const manifest = await readWhole(path, passPhrase, {
          lines: (name, lines) => putLines(tx, byName.get(name)!, lines),
          file: async (_, bytes, preview) => {
            await store.keep(bytes, preview)
            files.count++
            files.bytes += bytes.length
          },
          anchors: async (text) => void (anchors = text.split('\n').filter(Boolean)),
        })
        await putSequences(tx, manifest.sequences)
        return manifest
      })
      const found: Manifest = { ...backup, ...(await measure(tx)), files, anchors: anchors.length }
      if (differing(compare(backup, found)).length > 0) throw new RestoreDiffers(backup, found)
      return { backup, found, anchors }
    }),
  )
}

async function mustBeEmpty(tx: Tx): Promise<void> {
  const used = await first(
    tx,
    sql`SELECT 1 FROM app.org UNION ALL SELECT 1 FROM app.setting WHERE key = 'mode'`,
  )
  if (used) throw new Error('数据库中已有数据，不会覆盖；请恢复到一个新建的空数据库')
}

/** The signed heads go to their place where none are; those that are there may be newer, and tell then what is missing. */
async function putAnchors(dir: string, installation: string, lines: readonly string[]): Promise<void> {
  const path = join(dir, `${installation}.jsonl`)
  if (lines.length === 0 || existsSync(path)) return
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  await writeFile(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o600, flag: 'wx', flush: true })
}
