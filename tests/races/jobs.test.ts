import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { first, inTransaction, onConnection, rows, type Tx } from '#server/database.server.ts'
import { runDue, startJobs } from '#server/jobRunner.server.ts'
import { claim, enqueue, purgeJobs, work, type Job, type JobKind } from '#server/jobs.server.ts'
import { training } from '#programmes/training/definition.ts'
import { bodyOf } from '../support/bodies.ts'
import { bookOf, sheetsOf } from '../support/intake.ts'
import { breaches } from '../support/invariants.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { startOnNative } from '../support/server.ts'
import { loadWorld, suiteOfRun, today, type World } from '../support/world.ts'

let native: Native
let world: World
let deps: Deps
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(12)
  world = await loadWorld(native.owner, native.app)
  deps = world.deps
  // Without a key: what happened twice stands there twice.
  await sql`CREATE TABLE app.effect (job uuid NOT NULL)`.execute(native.owner)
  await sql`GRANT INSERT ON app.effect TO app`.execute(native.owner)
})
afterAll(() => native?.close())
beforeEach(async () => {
  if (withoutNative) return
  await sql`DELETE FROM app.job`.execute(native.owner)
  await sql`DELETE FROM app.effect`.execute(native.owner)
})

const effect = (tx: Tx, job: Job) => sql`INSERT INTO app.effect VALUES (${job.id}::uuid)`.execute(tx)
const noting: JobKind = {
  kind: 'note',
  atOnce: 4,
  mostAttempts: 3,
  finish: async ({ tx, job }) => void (await effect(tx, job)),
}
const never = new AbortController().signal
const scope = { scopeCode: '' }
const leave = (key: string, districtId = 1, kind = 'note') =>
  inTransaction(native.app, scope, (tx) => enqueue(tx, { districtId, kind, key, payload: { key } }))
const effects = async () =>
  (await rows<{ job: string }>(native.owner, sql`SELECT job FROM app.effect`)).map((r) => r.job)
const jobs = () =>
  rows<{ state: string; attempts: number; fault: string; waits: number }>(
    native.owner,
    sql`SELECT state, attempts, fault, round(extract(epoch FROM due_at - now()))::int AS waits FROM app.job ORDER BY made_at`,
  )
const now = (change: string) => sql.raw(`UPDATE app.job SET ${change}`).execute(native.owner)

describe.skipIf(withoutNative)('work left behind', () => {
  it('is there when its act is, once while it is open, and seen by no act', async () => {
    const failing = inTransaction(native.app, scope, async (tx) => {
      await enqueue(tx, { districtId: 1, kind: 'note', key: 'a', payload: {} })
      throw new Error('the act failed')
    })
    await expect(failing).rejects.toThrow('the act failed')
    expect(await jobs()).toEqual([])
    await leave('a')
    await leave('a')
    expect(await jobs()).toHaveLength(1)
    expect(await inTransaction(native.app, scope, (tx) => rows(tx, sql`SELECT 1 FROM app.job`))).toEqual([])
    expect(await runDue(deps, [noting])).toEqual([])
    await leave('a')
    expect((await jobs()).map((j) => j.state)).toEqual(['done', 'open'])
  })

  it('is passed over where another worker holds the row', async () => {
    await leave('a')
    await leave('b')
    await onConnection(native.owner, async (other) => {
      await sql`BEGIN`.execute(other)
      const locked = await first<{ id: string }>(
        other,
        sql`SELECT id FROM app.job WHERE key = 'a' FOR UPDATE`,
      )
      const [one, two] = [await claim(deps, ['note']), await claim(deps, ['note'])]
      expect([one?.key, two]).toEqual(['b', null])
      await sql`ROLLBACK`.execute(other)
      expect((await claim(deps, ['note']))?.id).toBe(locked!.id)
    })
  })

  it('is done once each by six workers side by side', async () => {
    await Promise.all(Array.from({ length: 240 }, (_, n) => leave(`k${n}`, 1 + (n % 3))))
    await Promise.all(Array.from({ length: 6 }, () => runDue(deps, [noting])))
    const done = await effects()
    expect([done.length, new Set(done).size]).toEqual([240, 240])
    expect((await jobs()).every((j) => j.state === 'done' && j.attempts === 1)).toBe(true)
  })

  it('of a worker that died is taken over when its lease ran out, and that worker ends nothing', async () => {
    await leave('a')
    const dead = (await claim(deps, ['note']))!
    expect(await claim(deps, ['note'])).toBeNull()
    const lease = await first<{ secs: number }>(
      native.owner,
      sql`SELECT extract(epoch FROM leased_until - now())::float AS secs FROM app.job`,
    )
    expect(lease!.secs).toBeLessThanOrEqual(60)
    await now(`leased_until = now() - interval '1 second'`)
    const heir = (await claim(deps, ['note']))!
    expect([heir.id, heir.attempt]).toEqual([dead.id, 2])
    expect(await work(deps, noting, dead, never)).toBeNull()
    expect(await effects()).toEqual([])
    expect(await work(deps, noting, heir, never)).toBeNull()
    expect(await work(deps, noting, dead, never)).toBeNull()
    expect(await effects()).toEqual([heir.id])
  })

  it('that fails leaves nothing, waits longer each time and is given up with a word to its kind', async () => {
    const told: string[] = []
    const failing: JobKind = {
      ...noting,
      finish: async ({ tx, job }) => {
        await effect(tx, job)
        throw Object.assign(new Error('张三 could not be reached'), { code: 'ECONNREFUSED' })
      },
      giveUp: async ({ job }) => void told.push(job.key),
    }
    await leave('a')
    const seen = []
    for (const _ of [1, 2, 3]) {
      expect(await runDue(deps, [failing])).toHaveLength(1)
      seen.push((await jobs())[0])
      await now('due_at = now()')
    }
    const fault = 'Error ECONNREFUSED'
    expect(seen).toEqual([
      { state: 'open', attempts: 1, fault, waits: 5 },
      { state: 'open', attempts: 2, fault, waits: 20 },
      { state: 'dead', attempts: 3, fault, waits: expect.any(Number) },
    ])
    expect([told, await effects(), await runDue(deps, [failing])]).toEqual([['a'], [], []])
  })

  it('that ends the process each time is given up as well', async () => {
    await leave('a')
    for (const _ of [1, 2, 3]) {
      expect(await claim(deps, ['note'])).not.toBeNull()
      await now(`leased_until = now()`)
    }
    expect(await runDue(deps, [noting])).toEqual([new Error('note ended its worker 3 times')])
    expect([(await jobs())[0]!.state, await effects()]).toEqual(['dead', []])
  })

  it('goes back at once and uncounted when the server stops', async () => {
    await leave('a')
    const stage = new EventEmitter()
    const begun = once(stage, 'begun')
    const slow: JobKind = {
      ...noting,
      prepare: (_, __, signal) =>
        new Promise((___, reject) => {
          signal.addEventListener('abort', () => reject(new Error('stopped')))
          stage.emit('begun')
        }),
    }
    const failures: unknown[] = []
    const runner = startJobs(deps, [slow], (error) => void failures.push(error))
    runner.nudge()
    await begun
    await runner.stop()
    expect([failures, await effects()]).toEqual([[], []])
    expect(await jobs()).toEqual([{ state: 'open', attempts: 0, fault: '', waits: expect.any(Number) }])
    expect((await claim(deps, ['note']))?.key).toBe('a')
  })

  it('that is claimed while the server stops goes back unbegun', async () => {
    await leave('a')
    const job = (await claim(deps, ['note']))!
    const begun: string[] = []
    const slow: JobKind = {
      ...noting,
      prepare: (_, { key }) => {
        begun.push(key)
        return Promise.resolve()
      },
    }
    expect(await work(deps, slow, job, AbortSignal.abort())).toBeNull()
    expect([begun, await effects()]).toEqual([[], []])
    expect(await jobs()).toEqual([{ state: 'open', attempts: 0, fault: '', waits: expect.any(Number) }])
  })

  it('of an unknown kind waits for a server that knows it, and what ended goes after its time', async () => {
    await leave('a', 1, 'future')
    await leave('b')
    expect(await runDue(deps, [noting])).toEqual([])
    await now(`ended_at = now() - interval '8 days' WHERE state = 'done'`)
    await inTransaction(native.app, identityContext(deps), purgeJobs)
    expect((await jobs()).map((j) => j.state)).toEqual(['open'])
  })
})

const rowsOfBook = 60

/** What a page does where a server that has just begun is out of breath: it asks again. */
async function patient(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask()
    if (answer.status !== 503) return answer
    await setTimeout(Number(answer.headers.get('retry-after')) * 1000)
  }
}

describe.skipIf(withoutNative)('a server that is killed while it brings a workbook in', () => {
  it('leaves all of it or nothing; the same commit sent again is the one that counts, and the books are right', async () => {
    const ring = [{ id: 1, suite: suiteOfRun, key: new Uint8Array(32).fill(7) }] as const
    const server = await startOnNative(native.url('app'), ring, today)
    const headers = { cookie: `__Host-sid=${world.person('U1').token}`, 'sec-fetch-site': 'same-origin' }
    const intake = `${server.base}/api/intakes/${randomUUID()}`
    const book = await bookOf(
      { world },
      ...sheetsOf(
        training,
        Array.from({ length: rowsOfBook }, (_, n) => bodyOf(training, { title: `第${n + 1}场培训` })),
      ),
    )
    const uploaded = await fetch(`${intake}?target=training&name=${encodeURIComponent('台账.xlsx')}`, {
      method: 'PUT',
      headers: { ...headers, 'idempotency-key': randomUUID(), 'content-type': 'application/octet-stream' },
      body: Buffer.from(book),
    })
    expect(uploaded.status, await uploaded.text()).toBe(200)
    const key = randomUUID()
    const commit = () =>
      fetch(`${intake}/commit`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ version: 1, mode: 'all', note: '同日多场，核对无误' }),
      })
    const standing = async () => {
      const [found] = await rows<{ records: number; state: string; done: number }>(
        native.owner,
        sql`SELECT (SELECT count(*)::int FROM app.record) AS records, (SELECT state FROM app.intake) AS state,
          (SELECT count(*)::int FROM app.intake_row WHERE state = 'done') AS done`,
      )
      return found!
    }
    const nothing = { records: 0, state: 'open', done: 0 }
    const all = { records: rowsOfBook, state: 'committed', done: rowsOfBook }

    // The head of the district's audit is taken last: whoever holds it stops a commit that has written all its rows.
    let restarted = Promise.resolve()
    await onConnection(native.owner, async (tx) => {
      await sql`BEGIN`.execute(tx)
      await sql`SELECT FROM app.audit_head WHERE district_id = ${world.org('D1')} FOR UPDATE`.execute(tx)
      const events = await fetch(`${intake}/progress?wait=start`, { headers })
      const lost = commit().catch(() => null)
      let told = ''
      for await (const part of events.body!) {
        told += Buffer.from(part).toString()
        if (told.includes(`{"done":${rowsOfBook},"total":${rowsOfBook}}`)) break
      }
      expect(told).toContain(`{"done":${rowsOfBook},"total":${rowsOfBook}}`)
      expect(await standing()).toEqual(nothing)
      restarted = server.killAndRestart()
      expect(await lost).toBeNull()
      await sql`ROLLBACK`.execute(tx)
    })
    await restarted
    try {
      expect([nothing, all]).toContainEqual(await standing())
      const page = (await (await patient(() => fetch(intake, { headers }))).json()) as {
        counts: Record<string, number>
      }
      expect(page.counts['right']! + page.counts['warned']! + page.counts['done']!).toBe(rowsOfBook)
      for (const _ of [1, 2]) {
        const again = await patient(commit)
        expect([again.status, await again.json()]).toEqual([200, { made: rowsOfBook, left: 0 }])
      }
      expect(await standing()).toEqual(all)
      expect(await breaches({ world, owner: native.owner })).toEqual([])
    } finally {
      await server.stop()
    }
  })
})
