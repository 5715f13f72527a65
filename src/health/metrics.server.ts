import Fastify, { type FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Deps } from '#server/deps.server.ts'
import { checksOf, checkStates, type Vitals } from './vitals.ts'
import { isReady, readVitals } from './vitals.server.ts'

/** What a Prometheus may scrape: only names of routes and sums, nothing of any person or unit. */
export type Metrics = {
  /** Counts and times every answer of the server. */
  watch(app: FastifyInstance): void
  /** Text in the Prometheus exposition format 0.0.4. */
  text(): Promise<string>
  readonly contentType: string
}

export function openMetrics(deps: Deps): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'jinguo_' })
  const answers = new Counter({
    name: 'jinguo_http_answers_total',
    help: 'Answers by method, route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'jinguo_http_seconds',
    help: 'Time from request to answer',
    labelNames: ['method'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const gauges = openGauges(registry)
  return {
    contentType: registry.contentType,
    watch: (app) =>
      void app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
        // What matches no route is one name: strangers choose addresses, and each name is kept.
        answers.inc({ method, route: routeOptions.url ?? 'none', status: statusCode })
        seconds.observe({ method }, elapsedTime / 1000)
      }),
    text: async () => {
      gauges(await readVitals(deps))
      return registry.metrics()
    },
  }
}

/** Milliseconds since 1970 as seconds, 0 for never: an alarm on age then sounds. */
const epoch = (instant: string | undefined): number =>
  instant === undefined ? 0 : Date.parse(instant) / 1000

function openGauges(registry: Registry): (vitals: Vitals) => void {
  const gauge = <L extends string = never>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `jinguo_${name}`, help, labelNames, registers: [registry] })
  const info = gauge('info', 'Version, schema and engine', 'version', 'schema', 'engine', 'mode')
  const up = gauge('database_up', '1 where the database answers within three seconds')
  const answer = gauge('database_answer_seconds', 'Time of an empty transaction')
  const size = gauge('database_bytes', 'Size of the database')
  const skew = gauge('database_clock_skew_seconds', 'Clock of the database against the server')
  const pool = gauge('database_connections', 'Connections by use', 'use')
  const lag = gauge('loop_lag_seconds', 'Lag of the event loop, 99th percentile of the last minute')
  const open = gauge('jobs_open', 'Work that waits')
  const oldest = gauge('jobs_oldest_due_seconds', 'Age of the oldest work that is due')
  const dead = gauge('jobs_dead', 'Work given up within seven days', 'kind')
  const unfolded = gauge('unfolded_changes', 'Accepted changes that are not yet folded into the totals')
  const late = gauge('anchor_late', '1 where no audit head was signed for four hours')
  const backup = gauge('backup_time_seconds', 'When the last good backup ended')
  const trial = gauge('trial_restore_time_seconds', 'When the last good trial restore ended')
  const free = gauge('disk_free_bytes', 'Free bytes of the disk under a folder', 'folder')
  const total = gauge('disk_total_bytes', 'Bytes of the disk under a folder', 'folder')
  const failed = gauge('deliveries_failed', 'Reminders that did not go out within seven days')
  const check = gauge('check', '0 well, 1 to be watched, 2 bad: the lines of the page 系统状态', 'check')
  return (vitals) => {
    const { version, schema, engine, mode, database, jobs, disks } = vitals
    info.reset()
    info.set({ version, schema, engine, mode }, 1)
    const known = vitals.known
    up.set(database.answerMs === null ? 0 : 1)
    answer.set((database.answerMs ?? 0) / 1000)
    size.set(database.bytes)
    skew.set(database.skewMs / 1000)
    for (const use of ['used', 'most', 'waiting'] as const) pool.set({ use }, database.pool[use])
    lag.set(vitals.lagMs / 1000)
    open.set(jobs.open)
    oldest.set(jobs.oldestDueSeconds)
    dead.reset()
    for (const { kind, count } of jobs.dead) dead.set({ kind }, count)
    unfolded.set(vitals.unfolded)
    late.set(vitals.anchors?.isLate ? 1 : 0)
    // What the database keeps and could not be asked is no number: no alarm sounds for what nobody knows.
    backup.set(known ? epoch(vitals.backupGood?.endedAt) : NaN)
    trial.set(known ? epoch(vitals.trialGood?.endedAt) : NaN)
    check.reset()
    for (const one of disks) {
      free.set({ folder: one.what }, one.free)
      total.set({ folder: one.what }, one.total)
    }
    failed.set(vitals.deliveries.failed)
    for (const { key, state } of checksOf(vitals)) check.set({ check: key }, checkStates.indexOf(state))
  }
}

/**
 * Serves /metrics, /healthz and /readyz at an address of its own, which no proxy leads to: what it tells is for whoever keeps
 * the machine. @returns how to end it
 * @throws Error where the address is taken
 */
export async function serveMetrics(
  deps: Deps,
  metrics: Metrics,
  at: { host: string; port: number },
): Promise<{ address: string; close(): Promise<void> }> {
  const app = Fastify({ forceCloseConnections: true })
  app.get('/metrics', async (_, reply) =>
    reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.text()),
  )
  addProbes(app, deps)
  return { address: await app.listen(at), close: () => app.close() }
}

/** /healthz: the process answers; /readyz: so does its database. A process that has lost it is alive all the same. */
export function addProbes(
  app: FastifyInstance,
  deps: Deps,
  options: (url: string) => object = () => ({}),
): void {
  app.get('/healthz', options('/healthz'), (_, reply) =>
    reply.header('cache-control', 'no-store').send('alive\n'),
  )
  app.get('/readyz', options('/readyz'), async (_, reply) => {
    const ready = await isReady(deps)
    return reply
      .status(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(ready ? 'ready\n' : 'not ready\n')
  })
}
