import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#record/evidence/store.server.ts'
import { rows, type Db } from '#server/database.server.ts'
import { migrate } from '#server/migrate.server.ts'
import { purge } from '#server/purge.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { Faults, faultyFiles, modes, type Mode } from '../support/faults.ts'
import { breaches } from '../support/invariants.ts'
import { Ledger } from '../support/ledger.ts'
import { actsOf, type Act } from './acts.ts'

/** `npm run faults -- steps` spoils every step; otherwise some of each act, its first (BEGIN) and last ones (COMMIT and what goes before it) always. */
const isWhole = process.env['JINGUO_STEPS'] === 'all'

const faults = new Faults()
let stage: Stage
let owner: Db
let folder: string
let ledger: Ledger
let acts: Record<string, Act>
let spoilt = 0
let mendedByItself = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinguo-steps-'))
  stage = await openStage(undefined, faults)
  owner = stage.world.deps.db
  stage.world.deps.files = faultyFiles(openStore(folder), faults)
  ledger = new Ledger(stage.as)
  acts = await actsOf(stage, owner, ledger)
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

const wrong = () => breaches({ world: stage.world, owner, ledger })

/** Which steps are spoilt in this run, and how. */
function chosen(steps: number): [at: number, mode: Mode][] {
  const all = Array.from({ length: steps }, (_, n) =>
    modes.map((mode): [number, Mode] => [n + 1, mode]),
  ).flat()
  const middle = Math.ceil(steps / 2)
  const isChosen = ([at, mode]: [number, Mode]) =>
    at > steps - 2 || (at === middle && mode === modes[at % 3]) || (at <= 3 && mode === 'refused')
  return isWhole ? all : all.filter(isChosen)
}

/** Spoils one step of an act, then sends the same again, as a page does. */
async function spoil(act: Act, at: number, mode: Mode): Promise<void> {
  faults.arm(0)
  const intent = await act()
  faults.arm(at, mode)
  const first = await ledger.send(intent)
  const { struck } = faults
  faults.arm(0)
  expect(struck, `step ${at} was reached`).toBe(true)
  expect([200, 503, 507]).toContain(first.status)
  const again = await ledger.send(intent)
  expect([at, mode, again.status, again.raw]).toEqual([at, mode, 200, expect.any(String)])
  const isMended = first.status === 200
  expect(again.body).toEqual(isMended ? first.body : again.body)
  if (isMended) mendedByItself++
  spoilt++
}

/** What the purge is to take away. */
const leave = async () => {
  await sql`INSERT INTO app.session (token_hash, account_id, post_id, is_demo, id, aal, is_password_due, device, created_at, seen_at, expires_at)
    SELECT decode(md5(random()::text), 'hex'), account_id, post_id, true, gen_random_uuid(), 2, false, '', now() - interval '3 days', now() - interval '3 days', now() - interval '2 days'
    FROM app.session WHERE expires_at > now() LIMIT 1`.execute(owner)
  await sql`INSERT INTO app.job (district_id, id, kind, key, payload, state, due_at, ended_at)
    VALUES (1, gen_random_uuid(), 'note', 'old', '{}', 'done', now() - interval '9 days', now() - interval '8 days')`.execute(
    owner,
  )
}
/** What of it is still there. */
const left = () =>
  rows(
    owner,
    sql`SELECT (SELECT count(*) FROM app.session WHERE expires_at < now()) AS sessions, (SELECT count(*) FROM app.job WHERE key = 'old') AS jobs`,
  )

/** What two migrations of the test leave when both were run, each once: four. */
const made = () =>
  rows(
    owner,
    sql`SELECT (SELECT count(*) FROM app.later_9998) + (SELECT count(*) FROM app.later_9999)
      + (SELECT count(*) FROM app.migration WHERE name LIKE '999%') AS n`,
  )
const undo = async () => {
  await sql`DROP TABLE IF EXISTS app.later_9998, app.later_9999`.execute(owner)
  await sql`DELETE FROM app.migration WHERE name LIKE '999%'`.execute(owner)
}

type Around = { before(): Promise<void>; after(told: string): Promise<void> }

/** Spoils each step of what runs for nobody, and lets it run again. */
async function spoilRun(run: () => Promise<void>, { before, after }: Around): Promise<void> {
  await before()
  faults.arm(0)
  await run()
  const { steps } = faults
  for (const [at, mode] of chosen(steps)) {
    faults.arm(0)
    await before()
    faults.arm(at, mode)
    await run().catch(() => undefined)
    expect(faults.struck).toBe(true)
    faults.arm(0)
    await run()
    await after(`step ${at} of ${steps}, ${mode}`)
    spoilt++
  }
}

describe('an act that is spoilt at any of its steps', () => {
  it.each([
    'entry',
    'acceptance',
    'batch acceptance',
    'correction',
    'import',
    'summary',
    'sign-up',
    'evidence',
  ])(
    'is whole or not there, and done once when it is sent again: %s',
    async (name) => {
      const act = acts[name]!
      // The first time more is made than later: a head of the audit, a serial of snapshots.
      for (let n = 0; n < 2; n++) {
        const clean = await act()
        faults.arm(0)
        expect((await ledger.send(clean)).status).toBe(200)
      }
      const { steps } = faults
      expect(steps).toBeGreaterThan(5)
      for (const [at, mode] of chosen(steps)) {
        await spoil(act, at, mode)
        const left = isWhole ? await wrong() : []
        expect(left, `${name}, step ${at} of ${steps}, ${mode}`).toEqual([])
      }
      expect(await wrong(), name).toEqual([])
    },
    isWhole ? 1_200_000 : 60_000,
  )

  it('is finished by the next run where nobody waits for an answer: purge', async () => {
    await spoilRun(() => purge(stage.world.deps), {
      before: async () => {
        await leave()
        expect(await left()).toEqual([{ sessions: 1, jobs: 1 }])
      },
      after: async (told) => expect(await left(), told).toEqual([{ sessions: 0, jobs: 0 }]),
    })
    expect(await wrong()).toEqual([])
  })

  it('is finished by the next run where nobody waits for an answer: migrations', async () => {
    const own = ['9998', '9999'].map((n) => ({
      name: `${n}-of-the-test.sql`,
      sql: `CREATE TABLE app.later_${n} (n int NOT NULL); INSERT INTO app.later_${n} VALUES (1)`,
    }))
    const run = async () => {
      const client = await owner.connect()
      try {
        await migrate(client, own)
      } finally {
        client.release()
      }
    }
    await spoilRun(run, {
      before: undo,
      after: async (told) => expect(await made(), told).toEqual([{ n: 4 }]),
    })
    await undo()
  })

  it('was so often', () => {
    console.log(
      `steps: ${spoilt} acts spoilt (${isWhole ? 'every step' : 'some steps'} × ${modes.join(', ')}), ${mendedByItself} answered all the same, half states: 0`,
    )
    expect(spoilt).toBeGreaterThanOrEqual(70)
    expect(mendedByItself).toBeGreaterThan(5)
  })
})

/** What a fault that broke an invariant would leave, and the name under which it must be told. */
const sabotages: [told: string, statement: string][] = [
  [
    'I1 acknowledged and gone',
    `DELETE FROM app.idempotency WHERE ctid = (SELECT max(ctid) FROM app.idempotency)`,
  ],
  [
    'I7 another answer',
    `UPDATE app.idempotency SET answer = '{}' WHERE ctid = (SELECT max(ctid) FROM app.idempotency)`,
  ],
  [
    'I2 a state',
    `UPDATE app.record SET state = 'returned' WHERE id = (SELECT id FROM app.record WHERE state = 'accepted' LIMIT 1)`,
  ],
  [
    'I2 training without its row',
    `DELETE FROM app.training WHERE record_id = (SELECT record_id FROM app.training LIMIT 1)`,
  ],
  ['I2 a workbook', `UPDATE app.intake SET state = 'open', committed_at = NULL`],
  ['I2 a snapshot', `DELETE FROM app.snapshot_value WHERE ctid = (SELECT max(ctid) FROM app.snapshot_value)`],
  [
    'I3',
    `DELETE FROM app.rollup_delta WHERE ctid = (SELECT min(ctid) FROM app.rollup_delta WHERE state = 1)`,
  ],
  [
    'I4 a frozen figure',
    `UPDATE app.snapshot_value SET val = val + 1 WHERE ctid = (SELECT min(ctid) FROM app.snapshot_value)`,
  ],
  ['I4 S2019', `UPDATE app.snapshot SET content = content || '{"title":["x"]}'`],
  [
    'I5 decided by',
    `UPDATE app.record_history h SET account_id = (SELECT account_id FROM app.record_history s WHERE s.record_id = h.record_id AND s.version = 1) WHERE action = 'accept' AND version = 2`,
  ],
  ['I6 stream', `UPDATE app.audit SET object = object || '.' WHERE seq = 3`],
  [
    'I6 steps and acts',
    `DELETE FROM app.record_history WHERE ctid = (SELECT max(ctid) FROM app.record_history WHERE version = 1)`,
  ],
  ['I8', `UPDATE app.evidence SET hash = repeat('0', 64)`],
  [
    'I9',
    `INSERT INTO app.job (district_id, id, kind, key, payload, due_at) VALUES (1, gen_random_uuid(), 'note', '金丝雀', '{}', now())`,
  ],
  ['I10', `UPDATE app.job SET state = 'dead', ended_at = now()`],
]

it('a breach of each invariant would be told by its name', async () => {
  const check = { world: stage.world, owner, ledger, canaries: ['金丝雀'] }
  expect(await breaches(check)).toEqual([])
  const all = sabotages.map(([, statement]) => statement).join(';')
  await sql
    .raw(`SET session_replication_role = replica; ${all}; SET session_replication_role = origin`)
    .execute(owner)
  const found = await breaches(check)
  expect(
    sabotages.map(([told]) => told).filter((told) => !found.some((line) => line.startsWith(told))),
  ).toEqual([])
})
