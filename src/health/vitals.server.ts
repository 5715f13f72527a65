import { getHeapStatistics } from 'node:v8'
import { sql } from 'kysely'
import { first, inTransaction, rows, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { programVersion } from '#server/version.server.ts'
import { lastBackupRuns } from './backupRuns.server.ts'
import type { DeadWork, Vitals } from './vitals.ts'

/** More are not counted: to say "many" is enough, and a count of all would be paid by every look. */
const mostCounted = 250_000
const answerMs = 3_000

/** Whether the database answers within three seconds and has this program's schema: then requests can be served. */
export async function isReady(deps: Pick<Deps, 'db'>): Promise<boolean> {
  return (await answerOf(deps)) !== null
}

/** Milliseconds of an empty transaction, or null where none came back in time. */
async function answerOf({ db }: Pick<Deps, 'db'>): Promise<number | null> {
  const started = performance.now()
  const asked = inTransaction(db, { scopeCode: '' }, (tx) => sql`SELECT 1`.execute(tx)).then(
    () => performance.now() - started,
    () => null,
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), answerMs)
  })
  const found = await Promise.race([asked, late])
  clearTimeout(timer)
  return found
}

/** Measures a running server. Where the database gives no answer, what is kept in it is told as nothing. */
export async function readVitals(deps: Deps): Promise<Vitals> {
  const answer = await answerOf(deps)
  if (answer === null) return put(deps, null, null)
  return inTransaction(deps.db, identityContext(deps), async (tx) => put(deps, answer, await readKept(tx)))
}

/** The same in a transaction at the door of identity. */
export async function vitalsOf(deps: Deps, tx: Tx): Promise<Vitals> {
  const started = performance.now()
  await sql`SELECT 1`.execute(tx)
  return put(deps, performance.now() - started, await readKept(tx))
}

async function put(
  deps: Deps,
  answer: number | null,
  kept: Awaited<ReturnType<typeof readKept>> | null,
): Promise<Vitals> {
  const { rss, heapUsed } = process.memoryUsage()
  return {
    at: new Date().toISOString(),
    version: programVersion(),
    node: process.versions.node,
    schema: kept?.schema ?? '',
    engine: deps.engine.name,
    mode: deps.mode,
    startedAt: deps.probe.startedAt,
    memory: { resident: rss, heap: heapUsed, heapLimit: getHeapStatistics().heap_size_limit },
    lagMs: deps.probe.lag(),
    database: {
      answerMs: answer,
      skewMs: kept?.skewMs ?? 0,
      bytes: kept?.bytes ?? 0,
      pool: deps.probe.pool(),
    },
    jobs: { open: kept?.open ?? 0, oldestDueSeconds: kept?.oldest ?? 0, dead: kept?.dead ?? [] },
    unfolded: kept?.unfolded ?? 0,
    anchors:
      deps.anchors === null
        ? null
        : { at: deps.anchors.read().anchors.at(-1)?.at ?? null, isLate: deps.anchors.late() },
    ...(kept?.runs ?? { backup: null, backupGood: null, trial: null, trialGood: null }),
    disks: await deps.probe.disks(),
    deliveries: { failed: kept?.failed ?? 0 },
  }
}

async function readKept(tx: Tx) {
  const asked = Date.now()
  const counts = await first<{
    schema: string
    now: Date
    bytes: number
    open: number
    oldest: number
    unfolded: number
    failed: number
  }>(
    tx,
    sql`SELECT (SELECT max(name) FROM app.migration) AS schema, clock_timestamp() AS now, pg_database_size(current_database()) AS bytes,
        (SELECT count(*)::int FROM app.job WHERE state = 'open') AS open,
        (SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::int FROM app.job WHERE state = 'open' AND due_at <= now()) AS oldest,
        (SELECT count(*)::int FROM (SELECT FROM app.rollup_delta LIMIT ${mostCounted}) d) AS unfolded,
        (SELECT count(*)::int FROM app.delivery WHERE state = 'failed' AND ended_at > now() - interval '7 days') AS failed`,
  )
  const answered = Date.now()
  const dead = await rows<DeadWork>(
    tx,
    sql`SELECT kind, count(*)::int AS count, max(fault) AS fault FROM app.job WHERE state = 'dead' AND ended_at > now() - interval '7 days' GROUP BY kind ORDER BY kind`,
  )
  const runs = await lastBackupRuns(tx)
  // What travelled counts for neither clock.
  const skewMs = Math.round(counts!.now.getTime() - (asked + answered) / 2)
  return { ...counts!, skewMs, dead, runs }
}
