import { execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, readMigrations } from '#server/migrate.server.ts'
import { findNative } from '../tests/support/native.ts'

/** A throw-away PostgreSQL with the durability of production, on a Unix socket of its own. */
export type Cluster = { version: string; url(login: 'app' | 'postgres'): string; close(): Promise<void> }

/** What a machine of this size would be given; nothing is switched off that production needs. */
export const settings = [
  'listen_addresses=',
  'max_connections=60',
  'shared_buffers=1GB',
  'effective_cache_size=4GB',
  'maintenance_work_mem=512MB',
  'work_mem=16MB',
  'max_wal_size=8GB',
  'checkpoint_timeout=20min',
  'random_page_cost=1.1',
  // Commits of several clients share a sync; none is answered before its own.
  'commit_delay=300',
  'commit_siblings=3',
  'jit=off',
]

const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

/** Makes the cluster and migrates it. @throws Error where no PostgreSQL ≥ 15 is installed */
export async function openCluster(): Promise<Cluster> {
  const bin = findNative()
  if (bin === null) throw new Error('需要 PostgreSQL 15 或更高版本（Debian：apt-get install postgresql）')
  const asRoot = process.getuid?.() === 0
  const user = asRoot ? { uid: id('-u'), gid: id('-g') } : {}
  const dir = mkdtempSync('/tmp/jinguo-bench-')
  if (asRoot) chownSync(dir, id('-u'), id('-g'))
  const data = join(dir, 'data')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    { ...user, stdio: 'ignore', cwd: dir },
  )
  // The shell ends the server when our end of its input closes, however this process may end.
  const guard = ['-c', '"$@" & cat >/dev/null; kill -INT $!; wait $!', 'sh']
  const server = spawn(
    '/bin/sh',
    [...guard, join(bin, 'postgres'), '-D', data, '-k', dir, ...settings.flatMap((s) => ['-c', s])],
    {
      ...user,
      cwd: dir,
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  )
  await new Promise<void>((ready, fail) => {
    server.stderr.on(
      'data',
      (text: Buffer) => text.toString().includes('ready to accept connections') && ready(),
    )
    server.once('exit', () => fail(new Error('PostgreSQL did not start')))
  })
  const url = (login: string) => `postgres://${login}@/jinguo?host=${dir}`
  const first = new pg.Client({ host: dir, user: 'postgres', database: 'postgres' })
  await first.connect()
  const version = (await first.query<{ server_version: string }>('SHOW server_version')).rows[0]!
    .server_version
  await first.query('CREATE DATABASE jinguo')
  await first.end()
  const owner = new pg.Client({ connectionString: url('postgres') })
  await owner.connect()
  await migrate(owner, readMigrations('migrations'))
  await owner.end()
  return {
    version,
    url,
    close: async () => {
      const ended = new Promise((done) => server.once('exit', done))
      server.stdin.end()
      await ended
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
