import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { sha256 } from '#crypto/provider.server.ts'

export type Migration = { name: string; sql: string }

/** The committed migrations in order. */
export function readMigrations(dir: string): Migration[] {
  return readdirSync(dir)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(dir, name), 'utf8') }))
}

/** Hash over all migrations: the version of the schema, and key of the embedded template. */
export function schemaVersion(migrations: Migration[]): string {
  return sha256(migrations.map(({ name, sql }) => `${name}\0${sql}\0`).join('')).slice(0, 16)
}

const lockNumber = 4921

type Client = Pick<pg.ClientBase, 'query'>

/**
 * Brings a database to the newest schema, each migration in its own transaction, under one advisory lock.
 * @returns names of the migrations applied now.
 * @throws Error when an applied migration is unknown here or was changed since.
 */
export async function migrate(client: Client, migrations: Migration[]): Promise<string[]> {
  // Of two that begin on an empty database one would fail: IF NOT EXISTS does not see what the other has not committed.
  await client.query(
    `BEGIN; SELECT pg_advisory_xact_lock(${lockNumber}); CREATE SCHEMA IF NOT EXISTS app;
    CREATE TABLE IF NOT EXISTS app.migration (name text PRIMARY KEY, hash text NOT NULL, at timestamptz NOT NULL DEFAULT now()); COMMIT`,
  )
  const applied: string[] = []
  for (const { name, sql } of migrations) {
    await client.query('BEGIN')
    try {
      await client.query(`SELECT pg_advisory_xact_lock(${lockNumber})`)
      const known = await client.query('SELECT hash FROM app.migration WHERE name = $1', [name])
      const hash = sha256(sql)
      if (known.rows.length > 0) {
        if ((known.rows[0] as { hash: string }).hash !== hash)
          throw new Error(`迁移 ${name} 在执行之后被改动过，拒绝继续`)
      } else {
        await client.query(sql)
        await client.query('INSERT INTO app.migration (name, hash) VALUES ($1, $2)', [name, hash])
        applied.push(name)
      }
      await client.query('COMMIT')
    } catch (error) {
      // Where the line broke there is nothing to roll back: what it broke of is told.
      await client.query('ROLLBACK').catch(() => undefined)
      throw error
    }
  }
  return applied
}

/**
 * Refuses a database of another schema version than this program's.
 * @throws Error with a Chinese sentence.
 */
export async function requireSchema(client: Client, migrations: Migration[]): Promise<void> {
  const found = await client.query('SELECT name FROM app.migration ORDER BY name').catch(() => ({ rows: [] }))
  const have = (found.rows as { name: string }[]).map((r) => r.name)
  const want = migrations.map((m) => m.name)
  if (have.join() === want.join()) return
  const missing = want.filter((n) => !have.includes(n))
  const unknown = have.filter((n) => !want.includes(n))
  throw new Error(
    unknown.length > 0
      ? `数据库比程序新（多出 ${unknown.join('、')}），请升级程序`
      : `数据库缺少迁移 ${missing.join('、')}，请先运行 npm run migrate`,
  )
}
