import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { bundled } from '../../../tests/support/embedded-worker.ts'
import { DATABASE, ENGINE_MAJOR } from '#server/embedded/check.server.ts'
import { copyFolder } from '#server/embedded/folder.server.ts'
import { type Embedded, type EmbeddedOptions, openEmbedded } from '#server/embedded/open.server.ts'
import { EMPTY, readyTemplate } from '#server/embedded/template.server.ts'

const cacheDir = mkdtempSync(join(tmpdir(), 'jinguo-cache-'))
let workerUrl: URL
let base: string
let dataDir: string
const opened: { embedded: Embedded; pool: Pool }[] = []

const open = async (options: Partial<EmbeddedOptions> = {}) => {
  const embedded = await openEmbedded({ dataDir, durability: 'trial', workerUrl, cacheDir, ...options })
  const pool = new Pool({ ...embedded.connection, max: 1 })
  pool.on('error', () => undefined)
  opened.push({ embedded, pool })
  return { embedded, pool }
}
const close = async ({ embedded, pool }: { embedded: Embedded; pool: Pool }) => {
  opened.splice(0, opened.length, ...opened.filter((one) => one.embedded !== embedded))
  await pool.end()
  await embedded.close()
}

vi.setConfig({ testTimeout: 180_000 })

beforeAll(async () => {
  workerUrl = await bundled()
  // initdb takes seconds, and much longer on a busy machine: the shared cache has done it already.
  const { folder } = await readyTemplate({ template: EMPTY, workerUrl, onProgress: () => undefined })
  await copyFolder(folder, join(cacheDir, basename(folder)))
})
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'jinguo-open-'))
  dataDir = join(base, 'data')
})
afterEach(async () => {
  while (opened.length > 0) await close(opened[0]!).catch(() => undefined)
  rmSync(base, { recursive: true })
})
afterAll(() => rmSync(cacheDir, { recursive: true }))

const template = (key: string, seen: string[] = []) => ({
  key,
  build: async (client: Client) => {
    seen.push(key)
    await client.query('CREATE EXTENSION btree_gist; CREATE TABLE made (n int); INSERT INTO made VALUES (1)')
  },
})

test('a database is made from the template, once, and kept', async () => {
  const seen: string[] = []
  const progress: string[] = []
  const first = await open({ template: template('a', seen), onProgress: (line) => void progress.push(line) })
  expect(first.embedded.created).toBe(true)
  expect(progress.map((line) => line.match(/文件夹|初始化|模板/)?.[0])).toEqual(['文件夹', '模板'])
  await first.pool.query('INSERT INTO made VALUES (2)')
  await close(first)

  const second = await open({ template: template('a', seen) })
  expect(second.embedded.created).toBe(false)
  expect((await second.pool.query('SELECT n FROM made ORDER BY n')).rows).toEqual([{ n: 1 }, { n: 2 }])
  await close(second)

  const other = await open({ dataDir: join(base, 'other'), template: template('a', seen) })
  expect((await other.pool.query('SELECT n FROM made')).rows).toEqual([{ n: 1 }])
  expect(seen).toEqual(['a'])
  expect(readdirSync(cacheDir).filter((name) => name.startsWith('building-'))).toEqual([])
})

test('the engine is the one the self-check expects, in our time zone, folder and socket private', async () => {
  const { embedded, pool } = await open()
  const { rows } = await pool.query(
    "SELECT current_setting('server_version_num') AS v, current_setting('timezone') AS z",
  )
  expect(rows[0].v.slice(0, 2)).toBe(ENGINE_MAJOR)
  expect(rows[0].z).toBe('Asia/Shanghai')
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  expect(statSync(join(dataDir, DATABASE)).mode & 0o777).toBe(0o700)
  expect(statSync(embedded.connection.host!).mode & 0o777).toBe(0o700)
  const host = embedded.connection.host!
  await close(opened[0]!)
  expect(existsSync(host)).toBe(false)
})

test('a template that fails leaves neither cache nor database, and a half-made folder is never taken', async () => {
  const failing = { key: 'failing', build: () => Promise.reject(new Error('migration 3 failed')) }
  await expect(open({ template: failing })).rejects.toThrow('migration 3 failed')
  expect(existsSync(join(dataDir, DATABASE))).toBe(false)
  const partial = join(dataDir, `${DATABASE}.partial`)
  mkdirSync(partial)
  writeFileSync(join(partial, 'PG_VERSION'), ENGINE_MAJOR)
  const { pool, embedded } = await open({ template: { ...template('b'), key: 'failing' } })
  expect(embedded.created).toBe(true)
  expect((await pool.query('SELECT n FROM made')).rows).toEqual([{ n: 1 }])
  expect(existsSync(partial)).toBe(false)
})

test('without a cache that can be written the database is made all the same', async () => {
  const blocked = join(base, 'file')
  writeFileSync(blocked, '')
  const { pool } = await open({ cacheDir: join(blocked, 'cache'), template: template('a') })
  expect((await pool.query('SELECT n FROM made')).rows).toEqual([{ n: 1 }])
})

test('an open folder is refused to the second, and free after close', async () => {
  const first = await open()
  await expect(open()).rejects.toMatchObject({ reason: 'held', message: expect.stringContaining(dataDir) })
  await close(first)
  await open()
})

test('a folder of another version is refused and left alone', async () => {
  mkdirSync(join(dataDir, DATABASE), { recursive: true })
  writeFileSync(join(dataDir, DATABASE, 'PG_VERSION'), '17\n')
  await expect(open()).rejects.toMatchObject({
    reason: 'unfit',
    message: expect.stringContaining('PostgreSQL 17'),
  })
  expect(readdirSync(join(dataDir, DATABASE))).toEqual(['PG_VERSION'])
})

test('each mode says what it promises, and only that', async () => {
  const { embedded: memory } = await open({ durability: 'memory' })
  const { embedded: trial } = await open({ durability: 'trial' })
  const { embedded: small, pool } = await open({ durability: 'small', dataDir: join(base, 'small') })
  expect(memory.promise).toMatch(/^内存模式.*全部消失/)
  expect(trial.promise).toMatch(/^试用模式.*断电.*会丢失.*请勿录入真实人员/)
  expect(small.promise).toMatch(/^小型模式.*先写入磁盘再答复.*backup 备份/)
  await pool.query('CREATE TABLE t (n int)')
  expect(await small.stats()).toMatchObject({
    connections: 1,
    checkpoints: 0,
    syncs: expect.toSatisfy((n) => n > 0),
  })
  expect((await trial.stats()).syncs).toBe(0)
})

test('a query without end stops the engine with a sentence, and the folder opens again', async () => {
  const { embedded, pool } = await open({ durability: 'small', queryLimitMs: 1500 })
  await pool.query('CREATE TABLE kept AS SELECT 1 AS n')
  const endless = pool.query('SELECT count(*) FROM generate_series(1, 1e15::bigint)')
  await expect(endless).rejects.toBeInstanceOf(Error)
  const error = await embedded.broken
  expect(error).toMatchObject({
    reason: 'broken',
    message: expect.stringContaining('一条语句运行超过 1.5 秒'),
  })
  await expect(pool.query('SELECT 1')).rejects.toBeInstanceOf(Error)
  await expect(close({ embedded, pool })).rejects.toBe(error)
  const again = await open({ durability: 'small' })
  expect((await again.pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }])
})

test('a disk that refuses a sync: no answer, ever again, and what was answered is kept', async () => {
  const failing = await bundled(
    fileURLToPath(new URL('../../../tests/support/failing-disk-worker.ts', import.meta.url)),
  )
  const { embedded, pool } = await open({ durability: 'small', workerUrl: failing })
  await pool.query('CREATE TABLE kept (n int)')
  await pool.query('INSERT INTO kept VALUES (1)')
  writeFileSync(join(dataDir, 'refuse'), '')
  expect((await pool.query('SELECT n FROM kept')).rows, 'reads need no sync').toEqual([{ n: 1 }])
  await expect(pool.query('INSERT INTO kept VALUES (2)')).rejects.toBeInstanceOf(Error)
  expect(await embedded.broken).toMatchObject({
    reason: 'broken',
    message: expect.stringMatching(/已停止答复.*写盘失败（pg_wal\/.*EIO/s),
  })
  rmSync(join(dataDir, 'refuse'))
  await expect(
    pool.query('SELECT 1'),
    'the disk is well again, the engine stays down',
  ).rejects.toBeInstanceOf(Error)
  await close({ embedded, pool }).catch(() => undefined)
  const again = await open({ durability: 'small' })
  expect((await again.pool.query('SELECT n FROM kept WHERE n = 1')).rows).toEqual([{ n: 1 }])
})

test('a worker that does not come up is told with its reason', async () => {
  const nowhere = new URL('file:///nowhere/worker.mjs')
  await expect(open({ workerUrl: nowhere, cacheDir: join(base, 'cache') })).rejects.toMatchObject({
    reason: 'broken',
  })
  expect(existsSync(dirname(join(dataDir, DATABASE)))).toBe(true)
  await open()
})
