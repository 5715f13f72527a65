import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BackupUnfit } from '#backup/container.server.ts'
import { measure } from '#backup/facts.server.ts'
import { writeBackup, type Made, type Parts } from '#backup/make.server.ts'
import { compare, differing } from '#backup/manifest.ts'
import { migrationsOf } from '#backup/read.server.ts'
import { putIn } from '#backup/restore.server.ts'
import { plainText } from '#backup/rows.server.ts'
import { recount } from '#figures/verify.server.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { inTransaction, onConnection, openDb, openPool, transact, type Db } from '#server/database.server.ts'
import { migrate, readMigrations } from '#server/migrate.server.ts'
import { openClient, type Client } from '../support/client.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { playOn } from '../support/play.ts'
import { loadWorld, type World } from '../support/world.ts'

const passPhrase = 'correct horse battery'

/** A database beside the first one, of another locale, whose server lives in another zone. */
async function openElsewhere(native: Native): Promise<{ owner: Db; app: Db; close(): Promise<void> }> {
  const superuser = new pg.Client({
    connectionString: native.url('postgres').replace('/jinguo', '/postgres'),
  })
  await superuser.connect()
  await superuser.query(
    `CREATE DATABASE elsewhere OWNER migrator TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans' LOCALE 'C.UTF-8'`,
  )
  await superuser.query(`ALTER DATABASE elsewhere SET timezone = 'America/Los_Angeles'`)
  await superuser.query(`ALTER DATABASE elsewhere SET datestyle = 'German'`)
  await superuser.query(`ALTER DATABASE elsewhere SET bytea_output = 'escape'`)
  await superuser.end()
  const at = (login: 'app' | 'migrator') => native.url(login).replace('/jinguo', '/elsewhere')
  const [owner, app] = [
    openPool({ connectionString: at('migrator'), max: 2 }),
    openPool({ connectionString: at('app') }),
  ]
  const client = await owner.connect()
  await migrate(client, readMigrations('migrations'))
  client.release()
  return {
    owner: openDb(owner),
    app: openDb(app),
    close: async () => {
      await app.end()
      await owner.end()
    },
  }
}

describe.skipIf(withoutNative)('a backup', () => {
  let folder: string
  let native: Native
  let memory: TestDatabase
  let world: World
  let client: Client
  let made: Made
  let parts: Parts

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jinguo-backup-'))
    native = await openNative()
    memory = await openMemory()
    world = await loadWorld(native.owner, native.app)
    const files = openStore(join(folder, 'files'))
    await files.keep(Buffer.from('示例附件'), Buffer.from('预览'))
    await files.keep(Buffer.from('第二份'), null)
    parts = { ...world.deps, files }
    client = await openClient(world)
    await enterSome()
    made = await writeBackup(parts, native.owner, { out: join(folder, 'out'), passPhrase })
  }, 120_000)

  afterAll(async () => {
    await client.close()
    await memory.close()
    await native.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Records at several tiers, some accepted, with texts that quoting could hurt. */
  async function enterSome(): Promise<void> {
    const { submit, mustAct } = playOn(client.as)
    for (const [n, who] of ['U1', 'U2', 'U4', 'U8'].entries())
      await submit(who, { title: `“培训”${n}\n第二行\t,{"a":null}\\N` })
    const record = await submit('U4', { title: '已审' })
    await mustAct('D1', record, { action: 'accept' })
  }

  it('reads back what it was made of, and stands alone under its name', async () => {
    expect(readdirSync(join(folder, 'out'))).toEqual([made.path.split('/').at(-1)])
    expect(made.manifest.tables['record']?.rows).toBe(5)
    expect(made.manifest.files).toEqual({ count: 2, bytes: 21 })
    // One that was ended after the backup must not live again.
    expect(made.manifest.tables).not.toHaveProperty('session')
    expect(Object.keys(made.manifest.totals).length).toBeGreaterThan(0)
  })

  it('goes to the embedded database, and from it to a PostgreSQL of another locale and zone, with every total', async () => {
    const here = await putIn(memory.db, join(folder, 'files-a'), made.path, passPhrase)
    expect(differing(compare(made.manifest, here.found))).toEqual([])
    const onward = { ...parts, files: openStore(join(folder, 'files-a')) }
    const second = await writeBackup(onward, memory.db, { out: join(folder, 'out-b'), passPhrase })
    expect(differing(compare(made.manifest, second.manifest))).toEqual([])

    const elsewhere = await openElsewhere(native)
    try {
      const there = await putIn(elsewhere.owner, join(folder, 'files-b'), second.path, passPhrase)
      expect(differing(compare(made.manifest, there.found))).toEqual([])
      const deps = { ...world.deps, db: elsewhere.app }
      const report = await inTransaction(elsewhere.app, { scopeCode: '', oneSnapshot: true }, (tx) =>
        recount(deps, tx),
      )
      expect(report.differences).toEqual([])
      // Never over anything that is there.
      await expect(putIn(elsewhere.owner, join(folder, 'files-c'), made.path, passPhrase)).rejects.toThrow(
        '数据库中已有数据',
      )
    } finally {
      await elsewhere.close()
    }
  }, 120_000)

  it('is put in as a whole or not at all: a manifest that does not fit takes everything out again', async () => {
    const empty = await openMemory()
    try {
      const before = await measured(empty.db)
      const other = await openNative(2)
      try {
        // The backup of a database in which a key points nowhere: the keys are checked when they are made again.
        await loadWorld(other.owner, other.app)
        await onConnection(other.owner, async (tx) => {
          await sql`ALTER TABLE app.post DROP CONSTRAINT post_org_fkey`.execute(tx)
          await sql`UPDATE app.post SET org_id = 999999 WHERE role = 'leader'`.execute(tx)
        })
        const bad = await writeBackup({ ...parts, files: null }, other.owner, {
          out: join(folder, 'out-c'),
          passPhrase,
        })
        await expect(putIn(empty.db, join(folder, 'files-d'), bad.path, passPhrase)).rejects.toThrow(
          'post_org_fkey',
        )
      } finally {
        await other.close()
      }
      expect(await measured(empty.db)).toEqual(before)
    } finally {
      await empty.close()
    }
  }, 120_000)

  it('of a newer or another schema is refused by name', () => {
    const known = readMigrations('migrations')
    const told = { ...made.manifest }
    expect(migrationsOf(told, known)).toHaveLength(known.length)
    expect(() => migrationsOf(told, known.slice(0, -1))).toThrow(BackupUnfit)
    const [one, ...rest] = known
    expect(() => migrationsOf(told, [{ ...one!, sql: `${one!.sql} ` }, ...rest])).toThrow(/0001-tree/)
    expect(migrationsOf({ ...told, migrations: told.migrations.slice(0, -3) }, known)).toHaveLength(
      known.length - 3,
    )
  })

  it('leaves nothing where the owner may not see every row', async () => {
    const out = join(folder, 'out-d')
    await expect(writeBackup(parts, native.app, { out, passPhrase })).rejects.toThrow('受行级策略限制')
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([])
  })
})

const measured = (db: Db) =>
  onConnection(db, (connection) => transact(connection, `BEGIN; ${plainText}`, (tx) => measure(tx)))
