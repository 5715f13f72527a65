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

const askedAt = new WeakMap<object, { at: number; answer: Promise<boolean> }>()

/** Whether the database answers within three seconds: then requests can be served. Asked once a second at most, however many want to know. */
export function isReady(deps: Pick<Deps, 'db'>): Promise<boolean> {
  const last = askedAt.get(deps.db)
  if (last !== undefined && Date.now() - last.at < 1_000) return last.answer
  const answer = answerOf(deps).then((ms) => ms !== null)
  askedAt.set(deps.db, { at: Date.now(), answer })
  return answer
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
  // It may be lost between the two questions.
  const kept = await inTransaction(deps.db, identityContext(deps), readKept).catch(() => null)
  return put(deps, answer, kept)
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
    known: kept !== null,
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
