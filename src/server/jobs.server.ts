import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { first, inTransaction, rows, type Tx } from './database.server.ts'
import { identityContext, type Deps } from './deps.server.ts'

/** Work that follows an act. While one of the kind and key is open, the same is not added again. */
export type NewJob = {
  districtId: number
  kind: string
  key: string
  /** Ids and choices, never what a sealed field says. */
  payload: unknown
  /** Not before this instant. */
  dueAt?: Date
}

export type Job = Required<Omit<NewJob, 'dueAt'>> & { id: string; attempt: number; lease: string }

/** How a kind of job is done. */
export type JobKind = {
  kind: string
  /** So many at once in this server. */
  atOnce: number
  /** After so many attempts it is given up. */
  mostAttempts: number
  /**
   * What takes long or reaches outside, in no transaction. It may run again when the worker dies, so whatever it sends
   * carries the job's id. `signal` ends it when the server stops or the lease is lost.
   */
  prepare?(deps: Deps, job: Job, signal: AbortSignal): Promise<unknown>
  /** What it does to the database, in the transaction that ends the job: once. */
  finish(call: { deps: Deps; tx: Tx; job: Job; prepared: unknown }): Promise<void>
  /** Told in the transaction that gives it up. */
  giveUp?(call: { deps: Deps; tx: Tx; job: Job }): Promise<void>
}

/** Leaves work behind in the transaction that causes it. */
export async function enqueue(tx: Tx, job: NewJob): Promise<void> {
  // No target: the check for one would ask for the right to read, which an act has not.
  await sql`INSERT INTO app.job (district_id, id, kind, key, payload, due_at)
    VALUES (${job.districtId}, gen_random_uuid(), ${job.kind}, ${job.key}, ${JSON.stringify(job.payload)}::jsonb, coalesce(${job.dueAt ?? null}::timestamptz, now()))
    ON CONFLICT DO NOTHING`.execute(tx)
}

const leaseSeconds = 60
const firstWaitSeconds = 5
const longestWaitSeconds = 3600

/** Takes the next job of one of the kinds, or null. A row that another worker holds is passed over, not waited for. */
export async function claim(deps: Deps, kinds: readonly string[]): Promise<Job | null> {
  return inTransaction(deps.db, identityContext(deps), async (tx) => {
    const due = sql`state = 'open' AND due_at <= now() AND coalesce(leased_until, '-infinity') <= now() AND kind = ANY (${kinds})`
    const districts = await rows<{ id: number }>(
      tx,
      sql`SELECT district_id AS id FROM app.job WHERE ${due} GROUP BY district_id ORDER BY min(due_at)`,
    )
    for (const { id } of districts) {
      const job = await first<Job>(
        tx,
        sql`UPDATE app.job SET lease = gen_random_uuid(), leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
          WHERE district_id = ${id} AND id = (SELECT id FROM app.job WHERE district_id = ${id} AND ${due} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING district_id AS "districtId", id, kind, key, payload, attempts AS attempt, lease`,
      )
      if (job) return job
    }
    return null
  })
}

/** What `prepare` throws where it is not the time for it: the job waits, and has not failed. */
export class NotYet extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('not yet')
    this.seconds = seconds
  }
}

class LeaseLost extends Error {}

/** Changes a job that this worker still holds. @throws LeaseLost when another one took it: then nothing of this one stays */
async function held(tx: Tx, { districtId, id, lease }: Job, change: ReturnType<typeof sql>): Promise<void> {
  const row = await first(
    tx,
    sql`UPDATE app.job SET ${change} WHERE district_id = ${districtId} AND id = ${id}::uuid AND lease = ${lease}::uuid AND state = 'open' RETURNING 1`,
  )
  if (!row) throw new LeaseLost()
}

/** Told without values: a database error may quote the row. */
const faultOf = (error: unknown): string => {
  if (error instanceof Problem) return `${error.code} ${error.message}`
  const { name, code } = error as { name?: string; code?: string }
  return [name ?? 'Error', code].filter(Boolean).join(' ')
}

type Work = { deps: Deps; kind: JobKind; job: Job }

const inJob = ({ deps }: Work, run: (tx: Tx) => Promise<void>): Promise<void> =>
  inTransaction(deps.db, identityContext(deps), run)

function giveUp(working: Work, error: unknown): Promise<void> {
  const { deps, kind, job } = working
  return inJob(working, async (tx) => {
    await held(tx, job, sql`state = 'dead', ended_at = now(), fault = ${faultOf(error)}`)
    await kind.giveUp?.({ deps, tx, job })
  })
}

function putOff(working: Work, error: unknown): Promise<void> {
  const { kind, job } = working
  if (error instanceof NotYet)
    return inJob(working, (tx) =>
      held(
        tx,
        job,
        sql`lease = NULL, leased_until = NULL, attempts = attempts - 1, due_at = now() + make_interval(secs => ${error.seconds})`,
      ),
    )
  if (job.attempt >= kind.mostAttempts) return giveUp(working, error)
  const wait = Math.min(firstWaitSeconds * 4 ** (job.attempt - 1), longestWaitSeconds)
  return inJob(working, (tx) =>
    held(
      tx,
      job,
      sql`lease = NULL, leased_until = NULL, due_at = now() + make_interval(secs => ${wait}), fault = ${faultOf(error)}`,
    ),
  )
}

async function attempt(working: Work, stopping: AbortSignal): Promise<unknown> {
  const { deps, kind, job } = working
  const lost = new AbortController()
  const renew = () =>
    inJob(working, (tx) => held(tx, job, sql`leased_until = now() + make_interval(secs => ${leaseSeconds})`))
  const beat = setInterval(
    () =>
      void renew().catch((error: unknown) => (error instanceof LeaseLost ? lost.abort(error) : undefined)),
    (leaseSeconds * 1000) / 3,
  )
  try {
    // Claimed while the server began to stop: a signal that has ended tells nobody again.
    stopping.throwIfAborted()
    const prepared = await kind.prepare?.(deps, job, AbortSignal.any([stopping, lost.signal]))
    await inJob(working, async (tx) => {
      await held(tx, job, sql`state = 'done', ended_at = now()`)
      await kind.finish({ deps, tx, job, prepared })
    })
    return null
  } catch (error) {
    if (error instanceof LeaseLost || lost.signal.aborted) return null
    if (stopping.aborted)
      await inJob(working, (tx) =>
        held(tx, job, sql`leased_until = NULL, lease = NULL, attempts = attempts - 1`),
      )
    else await putOff(working, error)
    return stopping.aborted || error instanceof NotYet ? null : error
  } finally {
    clearInterval(beat)
  }
}

/** Does a claimed job. A failure puts it off, longer each time. @returns what it failed of, or null */
export async function work(deps: Deps, kind: JobKind, job: Job, stopping: AbortSignal): Promise<unknown> {
  const working = { deps, kind, job }
  try {
    if (job.attempt <= kind.mostAttempts) return await attempt(working, stopping)
    // One that ends the process each time would else do so for ever.
    const error = new Error(`${job.kind} ended its worker ${kind.mostAttempts} times`)
    await giveUp(working, error)
    return error
  } catch (error) {
    if (error instanceof LeaseLost) return null
    throw error
  }
}

/** Takes away what ended: done ones after a week, those given up after a quarter. */
export async function purgeJobs(tx: Tx): Promise<void> {
  await sql`DELETE FROM app.job WHERE state = 'done' AND ended_at < now() - interval '7 days'
    OR state = 'dead' AND ended_at < now() - interval '90 days'`.execute(tx)
}
