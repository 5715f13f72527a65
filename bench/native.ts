import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openKeyFile } from '#crypto/provider.server.ts'
import { loadDemo } from '#demo/load.server.ts'
import { foldAll } from '#figures/fold.server.ts'
import { releaseDue } from '#figures/disclosure/release.server.ts'
import { openDb, openPool } from '#server/database.server.ts'
import { acceptRates } from './accepts.ts'
import { measureApi, type ApiTimes } from './api.ts'
import { benchDeps, openCast, training } from './cast.ts'
import { sideBySide, together, type Times } from './clock.ts'
import { openCluster, settings } from './cluster.ts'
import { copiesFor, foldAnew, multiply, queue, withoutIndexes } from './facts.ts'
import { foldRate, timeGroupBy, timeTotals, type FigureTimes, type GroupBy } from './figures.ts'
import { must, openClient, startServer } from './http.ts'
import { measurePapers, type PaperTimes } from './papers.ts'
import { listWithAndWithoutPolicy, plainReads } from './plain.ts'
import { extendTree, type Query } from './tree.ts'

export type Native = {
  version: string
  size: { units: number; records: number; entries: number; totals: number }
  tenth: FigureTimes
  figures: FigureTimes[]
  groupBy: GroupBy
  foldIdle: number
  foldBeside: number
  policy: [Times, Times][]
  api: ApiTimes
  papers: PaperTimes
  accept: { spread: { whole: number; floor: number }; one: { whole: number; floor: number } }
}

/** Production form: a cluster of its own, the built server, and 20,000 units with a million accepted records. */
export async function measureNative(quick: boolean, say: (text: string) => void): Promise<Native> {
  const cluster = await openCluster()
  const keys = mkdtempSync(join(tmpdir(), 'jinguo-bench-key-'))
  const keyFile = join(keys, 'key')
  const superuser = new pg.Client({ connectionString: cluster.url('postgres') })
  const second = new pg.Client({ connectionString: cluster.url('postgres') })
  const pool = openPool({ connectionString: cluster.url('app'), max: 10 })
  try {
    await superuser.connect()
    await second.connect()
    await second.query("SET work_mem = '512MB'")
    const query: Query = async (text, values) => (await superuser.query(text, values)).rows as never
    const owner = openPool({ connectionString: cluster.url('postgres'), max: 2 })
    await loadDemo(openDb(owner), openDb(pool), openKeyFile(keyFile), null, say)
    await owner.end()
    await extendTree(query, quick ? 6000 : 20_000)
    const copies = await copiesFor(query, quick ? 100_000 : 1_000_000)
    // No foreign key is checked row by row here: copies point where their models do.
    await query("SET session_replication_role = replica; SET work_mem = '512MB'")
    await fill(1, Math.ceil(copies / 10))
    const db = openDb(pool)
    const deps = await benchDeps(db, keyFile)
    const cast = await openCast(deps, query, 8)
    const runs = quick ? 20 : 100
    // A rehearsal: what would fail at the end fails now.
    await acceptRates(deps, cast.desks, 1)
    await foldAll(db)
    const tenth = await timeTotals(db, query, 0, runs, cast.codes)
    await fill(Math.ceil(copies / 10), copies)
    await query("SET session_replication_role = origin; SET work_mem = '16MB'")
    const [size] = await query<
      Native['size']
    >(`SELECT (SELECT count(*) FROM app.org)::int AS units, (SELECT count(*) FROM app.record)::int AS records,
      (SELECT count(*) FROM app.ledger)::int AS entries, (SELECT count(*) FROM app.rollup)::int AS totals`)
    say(`${size!.records} records, ${size!.entries} entries, ${size!.totals} totals`)
    const groupBy = await timeGroupBy(db, query, quick ? 2 : 5)
    const figures = []
    for (const pending of [0, 1000, 20_000])
      figures.push(await timeTotals(db, query, pending, runs, cast.codes))
    const foldIdle = await foldRate(db, query, 20_000)
    say('figures measured')
    const app = new pg.Client({ connectionString: cluster.url('app') })
    await app.connect()
    const scopes = await query<{ scope_code: string }>(
      'SELECT scope_code FROM app.org WHERE id = ANY($1::int[]) ORDER BY length(scope_code)',
      [[cast.city.org, cast.district.org, cast.desks[0]!.org]],
    )
    const policy: Native['policy'] = []
    for (const { scope_code } of scopes)
      policy.push(await sideBySide(runs, ...listWithAndWithoutPolicy(app, superuser, scope_code)))
    await app.end()
    const [deep] = await query<{ cursor: string }>(`SELECT occurred_on || '_' || id AS cursor FROM app.record
      WHERE programme = (SELECT id FROM app.programme WHERE key = 'contract') ORDER BY occurred_on DESC, id DESC OFFSET ${quick ? 10_000 : 100_000} LIMIT 1`)
    // The tables of closed quarters are released once, after the first start; what is timed here is every later day.
    await releaseDue(deps)
    say('closed quarters released')
    const server = await startServer({
      DATABASE_URL: cluster.url('app'),
      JINGUO_KEY_FILE: keyFile,
      JINGUO_ANCHOR_DIR: keys,
    })
    const api = await measureApi(
      server.port,
      cast,
      plainReads(superuser, cast),
      { cursor: deep!.cursor, size: 10 },
      quick,
    )
    say('HTTP measured')
    const papers = await measurePapers(server.port, cast.city.token, quick ? 3 : 10)
    say('summary measured')
    const foldBeside = await foldWhileWriting(query, server.port, cast.desks)
    await server.stop()
    const accept = {
      spread: await acceptRates(deps, cast.desks.slice(0, 8), quick ? 10 : 60),
      one: await acceptRates(deps, cast.desks.slice(8), quick ? 10 : 60),
    }
    return {
      version: `PostgreSQL ${cluster.version}; ${settings.slice(1).join(', ')}`,
      size: size!,
      tenth,
      figures,
      groupBy,
      foldIdle,
      foldBeside,
      policy,
      api,
      papers,
      accept,
    }

    async function fill(from: number, until: number): Promise<void> {
      const restore = await withoutIndexes(query)
      await multiply(query, from, until, 5)
      await restore()
      say(`copies ${from} to ${until} made`)
      await query('VACUUM ANALYZE')
      await foldAnew([query, async (text) => (await second.query(text)).rows as never])
      await query('VACUUM ANALYZE')
      say('and folded')
    }
  } finally {
    await pool.end()
    await superuser.end()
    await second.end()
    await cluster.close()
    rmSync(keys, { recursive: true })
  }
}

/** Deltas that the server's own folder folds a second while eight clients write: 20,000 are put in its queue at once. */
async function foldWhileWriting(
  query: Query,
  port: number,
  desks: readonly { enters: string }[],
): Promise<number> {
  const pending = async () =>
    Number((await query<{ n: string }>('SELECT count(*) AS n FROM app.rollup_delta'))[0]!.n)
  const clients = desks.slice(0, 8).map((d) => openClient(port, d.enters))
  let drained = 0
  let start = 0
  const watch = async () => {
    await queue(query, 20_000)
    start = performance.now()
    while ((await pending()) > 1000) await new Promise((resolve) => setTimeout(resolve, 50))
    drained = performance.now() - start
  }
  const [written] = await Promise.all([
    together(8, 8, async (c) => must(await clients[c]!.post('/api/records/training', training()))),
    watch(),
  ])
  await queue(query, 20_000, -1)
  // An entry leaves two deltas; those that came while the queue drained were folded too.
  return (19_000 + written.perSecond * 2 * (drained / 1000)) / (drained / 1000)
}
