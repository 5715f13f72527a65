import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKeyFile } from '#crypto/provider.server.ts'
import { loadDemo } from '#demo/load.server.ts'
import { openDb, openPool } from '#server/database.server.ts'
import { openEmbedded } from '#server/embedded/open.server.ts'
import { migrate, readMigrations, schemaVersion } from '#server/migrate.server.ts'
import { bundled } from '../tests/support/embedded-worker.ts'
import { measureApi, type ApiTimes } from './api.ts'
import { benchDeps, openCast } from './cast.ts'
import { copiesFor, foldAnew, multiply } from './facts.ts'
import { timeGroupBy, timeTotals, type FigureTimes, type GroupBy } from './figures.ts'
import { startServer } from './http.ts'
import type { Query } from './tree.ts'

export type Embedded = {
  size: { units: number; records: number }
  figures: FigureTimes[]
  groupBy: GroupBy
  api: ApiTimes
}

/** The default form: one folder, durable small mode, the demo's tree with 100,000 accepted records. */
export async function measureEmbedded(quick: boolean, say: (text: string) => void): Promise<Embedded> {
  const root = mkdtempSync(join(tmpdir(), 'jinguo-bench-'))
  const dataDir = join(root, 'data')
  const keyFile = join(root, 'key')
  try {
    const migrations = readMigrations('migrations')
    const template = {
      key: schemaVersion(migrations),
      build: async (client: Parameters<typeof migrate>[0]) => void (await migrate(client, migrations)),
    }
    const engine = await openEmbedded({
      dataDir,
      durability: 'trial',
      workerUrl: await bundled(),
      template,
      queryLimitMs: 600_000,
    })
    const pool = openPool({ ...engine.connection, max: 1 })
    const query: Query = async (text, values) => {
      const result = await pool.query(text, values)
      return (Array.isArray(result) ? (result as { rows: unknown[] }[]).at(-1)!.rows : result.rows) as never
    }
    const db = openDb(pool)
    await loadDemo(db, db, openKeyFile(keyFile), null, say)
    await query("SET session_replication_role = replica; SET work_mem = '64MB'")
    await multiply(query, 1, await copiesFor(query, quick ? 20_000 : 100_000), 1)
    await foldAnew([query])
    await query('RESET session_replication_role; RESET work_mem')
    await query('VACUUM ANALYZE')
    const [size] = await query<Embedded['size']>(
      'SELECT (SELECT count(*) FROM app.org)::int AS units, (SELECT count(*) FROM app.record)::int AS records',
    )
    say(`${size!.records} records in the embedded folder`)
    const cast = await openCast(await benchDeps(db, keyFile), query, 8)
    const figures = []
    for (const pending of [0, 1000])
      figures.push(await timeTotals(db, query, pending, quick ? 10 : 50, cast.codes))
    const groupBy = await timeGroupBy(db, query, 3)
    const [deep] = await query<{ cursor: string }>(`SELECT occurred_on || '_' || id AS cursor FROM app.record
      WHERE programme = (SELECT id FROM app.programme WHERE key = 'contract') ORDER BY occurred_on DESC, id DESC OFFSET 5000 LIMIT 1`)
    await pool.end()
    await engine.close()
    const server = await startServer({
      JINGUO_DATA: dataDir,
      JINGUO_KEY_FILE: keyFile,
      JINGUO_DURABILITY: 'small',
    })
    const api = await measureApi(server.port, cast, null, { cursor: deep!.cursor, size: 10 }, quick)
    await server.stop()
    return { size: size!, figures, groupBy, api }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
