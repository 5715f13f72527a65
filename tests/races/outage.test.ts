import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { seeded } from '#demo/random.ts'
import { training } from '#programmes/training/definition.ts'
import { onConnection, openDb, openPool, rows } from '#server/database.server.ts'
import { migrate, readMigrations } from '#server/migrate.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, type Client } from '../support/client.ts'
import { breaches } from '../support/invariants.ts'
import { isAcknowledged, Ledger, type Intent } from '../support/ledger.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { loadWorld, type World } from '../support/world.ts'

/** Kills of the engine; `npm run faults -- kills` plays two hundred. */
const kills = Number(process.env['JINGUO_KILLS'] ?? 2)
const writers = ['U1', 'U2', 'U3', 'U4', 'U5', 'U8']
const url = '/api/records/training'

let native: Native
let world: World
let client: Client
let ledger: Ledger
let log = ''
/** Sees what others do, and may end it. */
let superuser: Pool
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(8, { isDurable: true })
  superuser = openPool({ connectionString: native.url('postgres'), max: 1 })
  world = await loadWorld(native.owner, native.app)
  client = await openClient(world, { write: (text) => void (log += text) })
  ledger = new Ledger(client.as)
})
afterAll(async () => {
  await client?.close()
  await superuser?.end()
  await native?.close()
})

let n = 0
function entry(who: string): Intent {
  const day = addDays('2018-01-01', n++ % 800)
  const body = bodyOf(training, { title: `第${n}期示例培训`, startsOn: day, endsOn: day })
  return ledger.intend(who, 'POST', url, { body, warningNote: '同日多场' })
}

/** As a page does: the same again, a little later each time, until it is answered. @returns the statuses on the way */
async function insist(intent: Intent): Promise<number[]> {
  for (let tries = 1; !isAcknowledged(intent); tries++) {
    await ledger.send(intent)
    if (tries > 400) throw new Error(`never answered: ${JSON.stringify(intent.answers.slice(-2))}`)
    if (!isAcknowledged(intent)) await setTimeout(Math.min(20 * tries, 150))
  }
  return intent.answers.map(({ status }) => status)
}

/** Everybody enters one thing after another until told to stop; then each ends what she began. */
function startWriting(list: readonly string[] = writers): { stop(): Promise<number[]> } {
  const over = new AbortController()
  const working = list.map(async (who) => {
    const seen: number[] = []
    while (!over.signal.aborted) seen.push(...(await insist(entry(who))))
    return seen
  })
  return {
    stop: async () => {
      over.abort()
      return (await Promise.all(working)).flat()
    },
  }
}

const wrong = () => breaches({ world, owner: native.owner, ledger })
const only = (statuses: readonly number[]) => [...new Set(statuses)].sort((a, b) => a - b)

describe.skipIf(withoutNative)('a database that goes away', () => {
  it('hangs up on everybody at work: 503, then done once each', async () => {
    const writing = startWriting()
    for (let round = 0; round < 8; round++) {
      await setTimeout(60)
      await superuser.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app' AND state <> 'idle'`,
      )
    }
    const seen = await writing.stop()
    expect(only(seen)).toEqual([200, 503])
    expect(await wrong()).toEqual([])
  })

  it(
    'is killed under those who write: 503 meanwhile, back by itself, nothing acknowledged is lost',
    async () => {
      const random = seeded(4)
      const seen: number[] = []
      let longest = 0
      for (let round = 1; round <= kills; round++) {
        const writing = startWriting()
        await setTimeout(random.int(40, 250))
        await native.kill()
        const away = await client.as('U1').get<{ code: string; message: string }>(url)
        expect([away.status, away.body.code, away.headers['retry-after']]).toEqual([503, '503.1', '3'])
        await native.start()
        const back = Date.now()
        await insist(entry('U1'))
        longest = Math.max(longest, Date.now() - back)
        seen.push(...(await writing.stop()))
        const isDue = round % 10 === 0 || round === kills
        expect(isDue ? await wrong() : [], `after kill ${round}`).toEqual([])
      }
      const told = ledger.intents.filter(isAcknowledged).length
      console.log(
        `kills: ${kills} of PostgreSQL, ${told} acknowledged writes, lost: 0, answered again after at most ${longest} ms`,
      )
      expect(only(seen)).toEqual([200, 503])
      expect(longest).toBeLessThan(15_000)
      expect(log).toContain('terminat')
    },
    60_000 + kills * 10_000,
  )
})

describe.skipIf(withoutNative)('a database that is too busy', () => {
  it('turns forty clients away with 503 when a lock is held and no connection is free, and takes them afterwards', async () => {
    const pool = openPool({
      connectionString: native.url('app'),
      max: 4,
      connectionTimeoutMillis: 300,
      options: '-c lock_timeout=300ms',
    })
    world.deps.db = openDb(pool)
    try {
      const intents = Array.from({ length: 40 }, (_, k) => entry(['U1', 'U2', 'U3', 'U4'][k % 4]!))
      await onConnection(native.owner, async (tx) => {
        await sql`BEGIN`.execute(tx)
        await sql`SELECT FROM app.audit_head WHERE district_id = ${world.org('D1')} FOR UPDATE`.execute(tx)
        const answers = await Promise.all(intents.map((intent) => ledger.send(intent)))
        expect(only(answers.map(({ status }) => status))).toEqual([503])
        await sql`ROLLBACK`.execute(tx)
      })
      await Promise.all(intents.map(insist))
      expect(await wrong()).toEqual([])
    } finally {
      world.deps.db = native.app
      await pool.end()
    }
  })
})

describe.skipIf(withoutNative)('migrations', () => {
  it('are run once where two begin at the same moment, and go on where one is killed', async () => {
    await superuser.query('CREATE DATABASE twin OWNER migrator')
    const twin = openPool({ connectionString: native.url('migrator').replace('/jinguo', '/twin'), max: 3 })
    const some = readMigrations('migrations').slice(0, 12)
    const run = async () => {
      const connection = await twin.connect()
      try {
        return await migrate(connection, some)
      } finally {
        connection.release()
      }
    }
    try {
      const isAt = async (least: number) => {
        for (;;) {
          const found = await twin
            .query<{ n: number }>('SELECT count(*)::int AS n FROM app.migration')
            .catch(() => ({ rows: [] }))
          if ((found.rows[0]?.n ?? 0) >= least) return
          await setTimeout(5)
        }
      }
      const killed = run().then(
        () => 'done',
        () => 'killed',
      )
      await isAt(2)
      await superuser.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'twin' AND query NOT LIKE '%count(*)%'`,
      )
      expect(await killed).toBe('killed')
      const [one, other] = await Promise.all([run(), run()])
      const kept = await twin.query<{ name: string }>('SELECT name FROM app.migration ORDER BY name')
      expect(kept.rows.map(({ name }) => name)).toEqual(some.map(({ name }) => name))
      expect(new Set([...one, ...other]).size).toBe(one.length + other.length)
    } finally {
      await twin.end()
    }
  })
})

/** Turns one bit of a file. */
function flip(path: string, at: number): void {
  const file = openSync(path, 'r+')
  const byte = Buffer.alloc(1)
  readSync(file, byte, 0, 1, at)
  byte[0]! ^= 1
  writeSync(file, byte, 0, 1, at)
  closeSync(file)
}

describe.skipIf(withoutNative)('a bit that rots on the disk', () => {
  it('is an alarm, not a wrong figure: the recount does not pass over it', async () => {
    const [table] = await rows<{ path: string }>(
      native.owner,
      sql`SELECT pg_relation_filepath('app.training') AS path`,
    )
    // What the log could mend is on disk, else the start would mend it.
    await superuser.query('CHECKPOINT')
    await native.stop()
    const path = join(native.data, table!.path)
    // One on each page, near its end, where the rows stand.
    for (let end = 8192; end <= statSync(path).size; end += 8192) flip(path, end - 20)
    await native.start()
    await expect(wrong()).rejects.toMatchObject({ code: 'XX001' })
    log = ''
    const list = await client.as('C').get<{ code: string }>(`${url}?size=100`)
    expect([list.status, list.body.code]).toEqual([500, '500.1'])
    expect(log).toContain('invalid page')
  })
})
