import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { openDb, openPool, type Db } from '#server/database.server.ts'
import { migrate, readMigrations } from '#server/migrate.server.ts'

/** A throw-away PostgreSQL of its own: the schema's owner, the app login, and a superuser for looking behind both. */
export type Native = {
  /** Owner of the schema (BYPASSRLS), as the migration command and the loader of the demo are. */
  owner: Db
  /** The server's login: owns nothing, passes every policy. */
  app: Db
  appPool: pg.Pool
  /** Connection string of a login. */
  url(login: 'app' | 'migrator' | 'postgres'): string
  /** Folder of the cluster's data. */
  data: string
  /** `kill -9` of the engine. */
  kill(): Promise<void>
  /** Stops it in order. */
  stop(): Promise<void>
  /** Starts it again on the same data. */
  start(): Promise<void>
  close(): Promise<void>
}

type Durability = {
  /** As a production is: what is answered is on disk, pages bear checksums. Tests that pull no plug are quicker without. */
  isDurable?: boolean
  /** Where the cluster stands, made by the caller. */
  dir?: string
}

const root = '/usr/lib/postgresql'

/** The folder of the newest installed PostgreSQL ≥ 15, or null. */
export function findNative(): string | null {
  const versions = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .filter((v) => v >= 15)
    : []
  const bins = versions.sort((a, b) => b - a).map((v) => join(root, String(v), 'bin'))
  return bins.find((bin) => existsSync(join(bin, 'postgres'))) ?? null
}

/** Whether native suites are left out: never where JINGUO_CI=1, there a missing engine is a failure. */
export const withoutNative = findNative() === null && process.env['JINGUO_CI'] !== '1'

/** initdb and postgres refuse root: then they run as the package's own user. */
function engineUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  return { uid: postgresId('-u'), gid: postgresId('-g') }
}

const postgresId = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

// The shell ends the server when our end of its input closes, however this process may end.
const guarded = `"$@" & cat >/dev/null; kill -QUIT $!; wait $!`

async function startServer(
  bin: string,
  dir: string,
  user: { uid?: number; gid?: number },
  isDurable: boolean,
): Promise<ChildProcess> {
  const settings = [
    ...(isDurable ? [] : ['synchronous_commit=off']),
    'listen_addresses=',
    'max_connections=60',
    // A test that is rolled back whole may hold a lock for each of thousands of savepoints.
    'max_locks_per_transaction=512',
    'shared_buffers=64MB',
  ]
  const server = spawn(
    '/bin/sh',
    [
      '-c',
      guarded,
      'sh',
      join(bin, 'postgres'),
      '-D',
      join(dir, 'data'),
      '-k',
      dir,
      ...settings.flatMap((s) => ['-c', s]),
    ],
    { ...user, stdio: ['pipe', 'ignore', 'pipe'], cwd: dir },
  )
  let said = ''
  await new Promise<void>((ready, fail) => {
    server.stderr.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-4000)
      if (said.includes('ready to accept connections')) ready()
    })
    server.once('exit', () => fail(new Error(`PostgreSQL did not start:\n${said}`)))
  })
  return server
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const ended = new Promise((done) => server.once('exit', done))
  server.stdin!.end()
  await ended
}

/** Makes a cluster on a Unix socket, with roles and schema as the handbook asks for. @throws Error where no engine is found */
export async function openNative(
  connections = 10,
  // A socket's path has at most 107 bytes.
  { isDurable = false, dir = mkdtempSync('/tmp/jinguo-pg-') }: Durability = {},
): Promise<Native> {
  const bin = findNative()
  if (bin === null) throw new Error(`no PostgreSQL ≥ 15 under ${root}`)
  const user = engineUser()
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid!)
  const initdb = [
    '-D',
    join(dir, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    ...(isDurable ? ['--data-checksums'] : []),
  ]
  execFileSync(join(bin, 'initdb'), initdb, { ...user, stdio: 'ignore', cwd: dir })
  let server = await startServer(bin, dir, user, isDurable)
  const url = (login: string) => `postgres://${login}@/jinguo?host=${dir}`

  const superuser = new pg.Client({ host: dir, user: 'postgres', database: 'postgres' })
  await superuser.connect()
  await superuser.query('CREATE ROLE migrator LOGIN BYPASSRLS CREATEROLE')
  await superuser.query('CREATE DATABASE jinguo OWNER migrator')
  await superuser.end()

  const ownerPool = openPool({ connectionString: url('migrator'), max: 2 })
  const client = await ownerPool.connect()
  await migrate(client, readMigrations('migrations'))
  client.release()
  const appPool = openPool({
    connectionString: url('app'),
    max: connections,
    options: '-c statement_timeout=10s -c lock_timeout=3s',
  })
  return {
    owner: openDb(ownerPool),
    app: openDb(appPool),
    appPool,
    url,
    data: join(dir, 'data'),
    kill: async () => {
      const ended = new Promise((done) => server.once('exit', done))
      process.kill(
        Number(readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGKILL',
      )
      server.stdin!.end()
      await ended
    },
    stop: () => stop(server),
    start: async () => {
      // The children of a killed engine end when they notice; until then their memory bars the way.
      for (let tries = 1; ; tries++) {
        try {
          server = await startServer(bin, dir, user, isDurable)
          return
        } catch (error) {
          if (tries === 40) throw error
          await setTimeout(250)
        }
      }
    },
    close: async () => {
      await appPool.end()
      await ownerPool.end()
      await stop(server)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
