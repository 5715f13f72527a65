import { PGlite } from '@electric-sql/pglite'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { Session } from '#server/embedded/session.server.ts'
import { Upkeep } from '#server/embedded/upkeep.server.ts'
import { message } from '#server/embedded/wire.server.ts'

let pg: PGlite
let host: string
let session: Session
let refused: string | null = null
let broken: string[] = []
const clients: Client[] = []

const client = async () => {
  const made = new Client({ host, port: 5432, user: 'postgres', database: 'postgres' })
  made.on('error', () => undefined)
  clients.push(made)
  await made.connect()
  return made
}

beforeAll(async () => {
  pg = new PGlite()
  await pg.waitReady
})
afterAll(() => pg.close())
beforeEach(async () => {
  host = mkdtempSync(join(tmpdir(), 'jinguo-session-'))
  refused = null
  broken = []
  session = new Session({
    pg,
    path: join(host, '.s.PGSQL.5432'),
    failure: () => refused,
    onBroken: (reason) => void broken.push(reason),
    onBusy: () => undefined,
  })
  await session.listen()
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((one) => one.end().catch(() => undefined)))
  await session.close()
  rmSync(host, { recursive: true })
})

test('an error fails one statement and leaves the session whole', async () => {
  const a = await client()
  await expect(a.query('SELECT 1/$1::int', [0])).rejects.toMatchObject({ code: '22012' })
  await expect(a.query('SELECT nonsense')).rejects.toMatchObject({ code: '42703' })
  expect((await a.query('SELECT $1::int + 1 AS n', [1])).rows).toEqual([{ n: 2 }])
})

test('large parameters and answers pass whole', async () => {
  const a = await client()
  const text = '女'.repeat(3_000_000)
  const { rows } = await a.query('SELECT $1::text AS t, length($1::text) AS n', [text])
  expect(rows[0].n).toBe(3_000_000)
  expect(rows[0].t === text).toBe(true)
})

test('an open transaction keeps others waiting until it ends', async () => {
  const [a, b] = [await client(), await client()]
  await a.query('CREATE TABLE turns (n int)')
  await a.query('BEGIN')
  await a.query('INSERT INTO turns VALUES (1)')
  let seen: unknown = null
  const waiting = b.query('SELECT count(*)::int AS n FROM turns').then(({ rows }) => (seen = rows[0].n))
  await a.query('INSERT INTO turns VALUES (2)')
  expect(seen).toBeNull()
  await a.query('COMMIT')
  expect(await waiting).toBe(2)
  await a.query('DROP TABLE turns')
})

test('a connection that dies in its transaction is rolled back and the next one served', async () => {
  const [a, b] = [await client(), await client()]
  await b.query('CREATE TABLE left_over (n int)')
  await a.query('BEGIN')
  await a.query('INSERT INTO left_over VALUES (1)')
  const waiting = b.query('SELECT count(*)::int AS n FROM left_over')
  ;(a as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  expect((await waiting).rows).toEqual([{ n: 0 }])
  await b.query('DROP TABLE left_over')
})

test('settings, prepared statements and temporary tables go with the last connection', async () => {
  const a = await client()
  await a.query("SET app.scope = 'A'")
  await a.query('CREATE TEMPORARY TABLE mine (n int)')
  await a.query({ name: 'kept', text: 'SELECT 1' })
  await a.end()
  const b = await client()
  expect((await b.query("SELECT current_setting('app.scope', true) AS s")).rows[0].s ?? '').toBe('')
  expect((await b.query("SELECT to_regclass('mine') AS t")).rows).toEqual([{ t: null }])
  expect((await b.query({ name: 'kept', text: 'SELECT 2 AS n' })).rows).toEqual([{ n: 2 }])
})

test('COPY from the client is refused and everything lives on', async () => {
  const a = await client()
  await a.query('BEGIN')
  await expect(a.query('COPY pg_class FROM STDIN')).rejects.toMatchObject({ code: '0A000' })
  await expect(a.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' })
  await a.query('ROLLBACK')
  expect((await a.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }])
  expect(broken).toEqual([])
})

test('a flush is answered and its transaction stays open until Sync', async () => {
  const a = await client()
  const b = await client()
  const { stream } = (a as unknown as { connection: { stream: { write(bytes: Uint8Array): void } } })
    .connection
  stream.write(message('P', '\0SELECT 1\0\0\0'))
  stream.write(message('H', ''))
  await expect.poll(() => session.units).toBeGreaterThan(2)
  const waiting = b.query('SELECT 1')
  let served = false
  void waiting.then(() => (served = true))
  await new Promise((done) => setTimeout(done, 50))
  expect(served).toBe(false)
  stream.write(message('S', ''))
  await waiting
})

test('after a refused sync nothing is answered, to nobody', async () => {
  const [a, b] = [await client(), await client()]
  refused = 'EIO'
  await expect(a.query('SELECT 1')).rejects.toThrow('Connection terminated')
  await expect(b.query('SELECT 1')).rejects.toBeInstanceOf(Error)
  expect(broken).toEqual(['EIO'])
})

test('what is not PostgreSQL is hung up on', async () => {
  const stranger = connect(join(host, '.s.PGSQL.5432'))
  stranger.write('GET / HTTP/1.1\r\n\r\n')
  await new Promise((done) => stranger.once('close', done))
  const a = await client()
  expect((await a.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }])
})

test('upkeep vacuums worn tables in a quiet moment, and only then', async () => {
  const a = await client()
  await a.query('CREATE TABLE worn AS SELECT g AS n FROM generate_series(1, 5000) g')
  await a.query('DELETE FROM worn WHERE n > 100')
  const dead = async () =>
    (await a.query("SELECT n_dead_tup::int AS n FROM pg_stat_user_tables WHERE relname = 'worn'")).rows[0].n
  await expect.poll(dead, { timeout: 5000 }).toBe(4900)
  const upkeep = await Upkeep.start(pg, session)
  upkeep.stop()

  await a.query('SELECT 1')
  await upkeep.tick()
  expect(upkeep.vacuumed, 'somebody worked a moment ago').toBe(0)
  await a.query('BEGIN')
  const ticking = upkeep.tick(Date.now() + 120_000)
  await a.query('SELECT 1')
  expect(upkeep.vacuumed, 'a transaction is open').toBe(0)
  await a.query('COMMIT')
  await ticking
  expect(upkeep.vacuumed).toBeGreaterThan(0)
  expect(await dead()).toBe(0)
  await a.query('DROP TABLE worn')
})

test('upkeep makes a checkpoint once enough WAL is written', async () => {
  const a = await client()
  const redo = async () => (await a.query('SELECT redo_lsn FROM pg_control_checkpoint()')).rows[0].redo_lsn
  const upkeep = await Upkeep.start(pg, session)
  upkeep.stop()
  const before = await redo()
  await upkeep.tick()
  expect(await redo()).toBe(before)
  await a.query(
    "SELECT count(pg_logical_emit_message(false, 'test', repeat('x', 9000000))) FROM generate_series(1, 8)",
  )
  await upkeep.tick()
  expect(upkeep.checkpoints).toBe(1)
  expect(await redo()).not.toBe(before)
  await upkeep.tick()
  expect(upkeep.checkpoints).toBe(1)
})
