import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { wrappedBy } from '#person/vaultKeys.server.ts'
import { first, inTransaction, onConnection, transact, type Db, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { programVersion } from '#server/version.server.ts'
import { packed, type Put } from './archive.server.ts'
import { settle, writeSealed, type Head } from './container.server.ts'
import { factsOf } from './facts.server.ts'
import type { Manifest } from './manifest.ts'
import { readWhole } from './read.server.ts'
import { linesOf, plainText, summing, tablesOf } from './rows.server.ts'

export type Made = { path: string; bytes: number; manifest: Manifest }

/** What of an installation a backup is made of. */
export type Parts = Pick<Deps, 'anchors' | 'crypto' | 'files' | 'mode'>
type To = { out: string; passPhrase: string }

/**
 * Makes a backup of this moment, with its row in the audit.
 * @throws as writeBackup
 */
export async function makeBackup(deps: Deps, owner: Db, actor: Actor, to: To): Promise<Made> {
  // Before the moment of the backup, so that it tells of itself.
  await noteBackup(deps, actor)
  await deps.anchors?.anchor(deps.db)
  return writeBackup(deps, owner, to)
}

/**
 * Writes a backup of one moment: every row, the evidence files, the anchors. It is called a backup only after it was read back
 * and holds what its manifest says.
 * @param owner the schema's owner, who passes every row policy
 * @throws Error in Chinese; then nothing is left in the folder
 */
export async function writeBackup(parts: Parts, owner: Db, { out, passPhrase }: To): Promise<Made> {
  mkdirSync(out, { recursive: true, mode: 0o700 })
  // On the embedded database everybody waits for this connection: reading back comes after it.
  const made = await onConnection(owner, (connection) =>
    transact(connection, `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${plainText}`, async (tx) => {
      await mustSeeAll(tx)
      const facts = await factsOf(tx)
      const at = new Date().toISOString()
      const schema = facts.migrations.at(-1)?.name ?? ''
      const head: Head = { format: 1, at, program: programVersion(), schema }
      const path = join(out, `jinguo-${at.slice(0, 19).replace(/\D/g, '')}Z.backup`)
      let manifest: Manifest | null = null
      const source = packed(async (put) => void (manifest = await fill(parts, tx, { at, ...facts }, put)))
      const bytes = await writeSealed(path, { head, suite: parts.crypto.profile, passPhrase }, source)
      return { path, bytes, manifest: manifest! }
    }),
  )
  await settle(made.path, (partial) => readWhole(partial, passPhrase))
  return made
}

/** Who is under row policies would make a backup of what she sees, and nobody would notice. @throws Error in Chinese */
async function mustSeeAll(tx: Tx): Promise<void> {
  const login = await first<{ name: string; all: boolean }>(
    tx,
    sql`SELECT rolname AS name, rolsuper OR rolbypassrls AS all FROM pg_roles WHERE rolname = current_user`,
  )
  if (!login?.all)
    throw new Error(
      `登录 ${login?.name} 受行级策略限制，备份会不完整；DATABASE_ADMIN_URL 须用数据库结构所有者（BYPASSRLS）的登录`,
    )
}

async function fill(
  { anchors, crypto, files, mode }: Parts,
  tx: Tx,
  facts: { at: string } & Awaited<ReturnType<typeof factsOf>>,
  put: Put,
): Promise<Manifest> {
  const { at } = facts
  const json = (name: string, value: unknown) => put(name, Buffer.from(JSON.stringify(value)))
  const told = {
    at,
    installation: anchors?.installation ?? '',
    mode,
    publicKey: crypto.publicKey,
    keys: [...(await wrappedBy(tx)).keys()].sort((a, b) => a - b),
    migrations: facts.migrations,
  }
  await json('schema.json', told)
  const tables: Manifest['tables'] = {}
  for (const table of await tablesOf(tx)) {
    const adding = summing()
    let part = 0
    for await (const lines of linesOf(tx, table)) {
      adding.take(lines)
      await put(`tables/${table.name}/${String(++part).padStart(6, '0')}`, Buffer.from(lines.join('\n')))
    }
    tables[table.name] = adding.sum()
  }
  const kept = { count: 0, bytes: 0 }
  for await (const { hash, preview } of files?.list() ?? []) {
    const file = files!.read(hash, preview)
    // Swept since it was listed: no row names it.
    if (file === null) continue
    const bytes = await buffer(file)
    await put(`files/${hash}${preview ? '.preview' : ''}`, bytes)
    if (preview) continue
    kept.count++
    kept.bytes += bytes.length
  }
  const lines = anchors?.lines() ?? []
  await put('anchors.jsonl', Buffer.from(lines.map((line) => `${line}\n`).join('')))
  const manifest: Manifest = { ...told, ...facts, tables, files: kept, anchors: lines.length }
  await json('manifest.json', manifest)
  return manifest
}

async function noteBackup(deps: Deps, actor: Actor): Promise<void> {
  const context = { scopeCode: actor.org.scopeCode, token: actor.token }
  await inTransaction(deps.db, context, async (tx) => {
    const work = openWork(actor)
    work.audit({ districtId: actor.org.districtId, action: 'backup.make', object: `org:${actor.org.id}` })
    await closeWork(tx, work, deps.crypto)
  })
}
