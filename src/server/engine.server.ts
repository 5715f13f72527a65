import { join } from 'node:path'
import type pg from 'pg'
import { openEmbedded } from './embedded/open.server.ts'
import { packageRoot } from './embedded/template.server.ts'
import { openDb, openPool, type Db } from './database.server.ts'
import type { Env } from './env.server.ts'
import { migrate, readMigrations, requireSchema, schemaVersion, type Migration } from './migrate.server.ts'

/** The database as the rest of the program sees it: what differs between engines sits in this file. */
export type Engine = {
  kind: 'embedded' | 'postgres'
  name: string
  /** What it promises, in one Chinese sentence for the banner. */
  promise: string
  pool: pg.Pool
  db: Db
  /** Sentences to show at the start. */
  warnings: string[]
  /** Resolves with a sentence when the engine stopped by itself. */
  broken: Promise<Error>
  close(): Promise<void>
}

export const migrationsDir = (): string => join(packageRoot(), 'migrations')

/**
 * Opens the embedded database, or PostgreSQL where DATABASE_URL is given.
 * @param migrations those of an earlier release for a database that is to be restored
 * @throws Error with a Chinese sentence when the engine is unfit, held by another process or of another schema
 */
export async function openEngine(
  env: Env,
  progress: (text: string) => void,
  migrations: Migration[] = readMigrations(migrationsDir()),
): Promise<Engine> {
  const engine = env.databaseUrl
    ? await openPostgres(env.databaseUrl)
    : await openOwn(env, migrations, progress)
  try {
    await requireSchema(engine.pool, migrations)
    return engine
  } catch (error) {
    await engine.close()
    throw error
  }
}

/**
 * Work as owner of the schema, who passes every row policy: on the embedded database the server itself is.
 * @throws Error in Chinese where PostgreSQL's owner is not named
 */
export async function asOwner<T>(env: Env, engine: Engine, work: (owner: Db) => Promise<T>): Promise<T> {
  if (engine.kind === 'embedded') return work(engine.db)
  if (!env.databaseAdminUrl) throw new Error('这一步需要 DATABASE_ADMIN_URL（数据库结构所有者的登录）')
  const pool = openPool({ connectionString: env.databaseAdminUrl, max: 1 })
  try {
    return await work(openDb(pool))
  } finally {
    await pool.end()
  }
}

async function openOwn(env: Env, migrations: Migration[], progress: (text: string) => void): Promise<Engine> {
  const embedded = await openEmbedded({
    dataDir: env.dataDir,
    durability: env.durability,
    template: {
      key: schemaVersion(migrations),
      build: async (client) => void (await migrate(client, migrations)),
    },
    onProgress: progress,
  })
  const pool = openPool({ ...embedded.connection, max: 1 })
  // A folder of an earlier release is brought up here: the embedded mode has no administrator for it.
  await migrate(pool, migrations)
  return {
    kind: 'embedded',
    name: embedded.durability === 'small' ? '小型模式（内嵌数据库）' : '试用模式（内嵌数据库）',
    promise: embedded.promise,
    pool,
    db: openDb(pool),
    warnings: embedded.warnings,
    broken: embedded.broken,
    close: async () => {
      await pool.end()
      await embedded.close()
    },
  }
}

const refusals: { setting: string; wanted: string }[] = [
  { setting: 'fsync', wanted: 'on' },
  { setting: 'full_page_writes', wanted: 'on' },
]

/** PostgreSQL ≥ 15 with its durability switched on and a login that cannot step round the policies. */
async function openPostgres(url: string): Promise<Engine> {
  const pool = openPool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    options: '-c statement_timeout=10s -c lock_timeout=3s -c idle_in_transaction_session_timeout=15s',
  })
  try {
    const version = await pool.query<{ n: number }>("SELECT current_setting('server_version_num')::int AS n")
    if (version.rows[0]!.n < 150000) throw new Error('需要 PostgreSQL 15 或更高版本')
    for (const { setting, wanted } of refusals) {
      const found = await pool.query<{ v: string }>('SELECT current_setting($1) AS v', [setting])
      if (found.rows[0]!.v !== wanted)
        throw new Error(`数据库参数 ${setting} 为 ${found.rows[0]!.v}，须为 ${wanted}，否则断电会丢失数据`)
    }
    const login = await pool.query<{ strong: boolean; citus: boolean }>(
      `SELECT rolsuper OR rolbypassrls AS strong, EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS citus FROM pg_roles WHERE rolname = current_user`,
    )
    if (login.rows[0]!.strong)
      throw new Error('DATABASE_URL 的登录名不得为超级用户或可绕过行级策略，请使用 app 登录名')
    if (login.rows[0]!.citus) throw new Error('分布式（Citus）方式尚未通过专门测试，暂不支持启动')
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    kind: 'postgres',
    name: 'PostgreSQL',
    promise: '生产模式：PostgreSQL，已答复的操作断电不丢失。',
    pool,
    db: openDb(pool),
    warnings: [],
    broken: new Promise(() => undefined),
    close: () => pool.end(),
  }
}
