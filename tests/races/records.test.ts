import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { recount } from '#figures/verify.server.ts'
import { actorOfToken } from '#identity/session.server.ts'
import { actOn, setState } from '#record/act.server.ts'
import type { Spine } from '#record/spine.ts'
import { first, inTransaction, rows, wholeTree } from '#server/database.server.ts'
import { openClient, type Client } from '../support/client.ts'
import { breaches } from '../support/invariants.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { body, training, type Refusal, type Written } from '../support/play.ts'
import { loadWorld, type World } from '../support/world.ts'

let native: Native
let world: World
let client: Client
let as: Client['as']

const url = '/api/records/training'

/** So many trainings of a unit under review, entered in batches. */
async function entered(who: string, n: number): Promise<Written[]> {
  const made: Written[] = []
  while (made.length < n) {
    const records = Array.from({ length: Math.min(100, n - made.length) }, (_, i) => ({
      body: body({ title: `第${made.length + i}场培训` }),
      warningNote: '同日多场',
    }))
    const { status, body: answer } = await as(who).post<{ records: Written[] }>(`${url}/batch`, { records })
    expect(status).toBe(200)
    made.push(...answer.records)
  }
  return made
}

const act = (who: string, { id, version }: Written, action: string) =>
  as(who).post<Written & Refusal>(`${url}/${id}/actions`, {
    action,
    version,
    ...(action === 'return' ? { reason: '请核对', remarks: [{ field: 'women', body: '请核对' }] } : {}),
  })

/** Whose record, and who does what to it at the same moment. */
const duels: [owner: string, ...acts: [who: string, action: string][]][] = [
  ['U4', ['D1', 'accept'], ['D1b', 'accept']],
  ['U4', ['D1', 'accept'], ['D1b', 'return']],
  ['U4', ['D1', 'accept'], ['U4', 'withdraw']],
  ['U4', ['D1', 'return'], ['U4b', 'withdraw']],
  ['U1', ['S1', 'pass'], ['S1b', 'pass']],
  ['U1', ['S1', 'pass'], ['S1b', 'return']],
  ['U8', ['I2', 'accept'], ['I2b', 'accept'], ['U8', 'withdraw']],
  ['U8', ['I2', 'accept'], ['I2b', 'return'], ['U8', 'withdraw']],
]
/** JINGUO_RACES=10000 plays the long form. */
const racesOfKind = Math.ceil(Number(process.env['JINGUO_RACES'] ?? 0) / 8) || 125

/** Runs `work` over all items, four at a time. */
async function each<T>(items: readonly T[], work: (item: T, n: number) => Promise<void>): Promise<void> {
  const queue = [...items.entries()]
  const next = async (): Promise<void> => {
    for (let turn = queue.shift(); turn; turn = queue.shift()) await work(turn[1], turn[0])
  }
  await Promise.all([next(), next(), next(), next()])
}

const stateOf = async (id: string) =>
  first<{ state: string; version: number; steps: number }>(
    native.owner,
    sql`SELECT state, version, (SELECT count(*) FROM app.record_history h WHERE h.record_id = r.id) AS steps FROM app.record r WHERE id = ${id}::uuid`,
  )

/** Every invariant holds, whatever was raced for. */
const expectWhole = async () => expect(await breaches({ world, owner: native.owner })).toEqual([])

/** Opens when so many have come. */
function barrier(n: number): () => Promise<void> {
  let open: () => void
  const opened = new Promise<void>((done) => (open = done))
  let come = 0
  return () => {
    if (++come === n) open()
    return opened
  }
}

/** D1 and D1b accept a record in transactions that both have read it before either writes. */
async function acceptTwice(record: Written, set: typeof setState): Promise<string[]> {
  const ready = barrier(2)
  const accept = async (who: string): Promise<string> => {
    const actor = (await actorOfToken(native.app, world.person(who).token, 'race'))!
    const context = { scopeCode: actor.org.scopeCode, token: actor.token }
    return inTransaction(native.app, context, async (tx) => {
      const work = openWork(actor)
      const given = { action: 'accept' as const, version: record.version }
      const written = await actOn(world.deps, tx, work, training, record.id, given, async (...args) => {
        await ready()
        return set(...args)
      })
      await closeWork(tx, work, world.deps.crypto)
      return written.state
    }).catch((error: { code: string }) => error.code)
  }
  return (await Promise.all([accept('D1'), accept('D1b')])).sort()
}

/** The same without comparing versions. */
const blind: typeof setState = async (tx, spine, to) =>
  (await first<{ spine: Spine }>(
    tx,
    sql`UPDATE app.record r SET state = ${to.state}, turn_of = ${to.turn_of}, version = version + 1
      WHERE district_id = ${spine.district_id} AND id = ${spine.id}::uuid RETURNING to_jsonb(r) AS spine`,
  ))!.spine

const correction = async (who: string, record: Written): Promise<string> => {
  const id = randomUUID()
  const on = { recordId: record.id, baseVersion: record.version }
  const draft = { programme: 'training', kind: 'correction', ...on, body: {}, sequence: 1 }
  expect((await as(who).put(`/api/drafts/${id}`, draft)).status).toBe(200)
  return id
}
const send = (who: string, id: string) =>
  as(who).post<Written & Refusal>(`/api/drafts/${id}/submit`, {
    body: body({ women: 7 }),
    reason: '有误',
  })
const accepted = async (n: number): Promise<Written[]> => {
  const done: Written[] = []
  for (const record of await entered('U4', n)) done.push((await act('D1', record, 'accept')).body)
  return done
}

/** PGlite has one connection and hides every race: these run on PostgreSQL, through the app login. */
describe.skipIf(withoutNative)('of two who act at once', () => {
  beforeAll(async () => {
    native = await openNative(16)
    world = await loadWorld(native.owner, native.app)
    client = await openClient(world)
    as = client.as
  })
  afterAll(async () => {
    await client?.close()
    await native?.close()
  })

  it('two reviewers accept: one wins, the other is told who was first', async () => {
    const records = await entered('U4', 60)
    const lost: string[] = []
    await each(records, async (record) => {
      const answers = await Promise.all([act('D1', record, 'accept'), act('D1b', record, 'accept')])
      expect(answers.map((a) => a.status).sort((a, b) => a - b)).toEqual([200, 409])
      lost.push(
        ...answers
          .filter((a) => a.status === 409)
          .map((a) => `${a.body.code} ${String(a.body.details!['who'])}`),
      )
      expect(await stateOf(record.id)).toEqual({ state: 'accepted', version: 2, steps: 2 })
    })
    expect(lost.length).toBe(60)
    expect(new Set(lost)).toEqual(new Set(['409.1 演示D1', '409.1 演示D1b']))
    const { body: figures } = await as('D1').get<{ figures: { indicator: string; value: number }[] }>(
      '/api/figures?year=2019',
    )
    expect(figures.figures.find((f) => f.indicator === 'training.sessions')!.value).toBe(120)
    await expectWhole()
  })

  it(
    'of a thousand races none is decided twice',
    async () => {
      const won = new Map<string, Set<string>>()
      const double: string[] = []
      for (const [owner, ...acts] of duels) {
        const kind = `${owner} ${acts.map(([, action]) => action).join('/')}`
        const outcomes = new Set<string>()
        await each(await entered(owner, racesOfKind), async (record, n) => {
          const calls = n % 2 ? acts : acts.toReversed()
          const answers = await Promise.all(calls.map(([who, action]) => act(who, record, action)))
          const first = answers.filter((a) => a.status === 200)
          const others = answers.filter((a) => a.status === 409)
          const now = await stateOf(record.id)
          const isOne = first.length === 1 && first.length + others.length === acts.length
          if (!isOne || now!.state !== first[0]!.body.state || now!.version !== 2 || now!.steps !== 2)
            double.push(`${kind} ${record.id} ${answers.map((a) => a.status).join()} ${JSON.stringify(now)}`)
          outcomes.add(now!.state)
        })
        won.set(kind, outcomes)
      }
      const races = duels.length * racesOfKind
      console.log(`races: ${races} of ${duels.length} kinds, double decisions: ${double.length}`)
      expect(double).toEqual([])
      expect(races).toBeGreaterThanOrEqual(1_000)
      // They did meet: neither of the two always came first.
      expect(won.get('U4 accept/withdraw')).toEqual(new Set(['accepted', 'withdrawn']))
      expect(won.get('U4 accept/return')).toEqual(new Set(['accepted', 'returned']))
      await expectWhole()
    },
    240_000 + racesOfKind * 1000,
  )

  describe('with both having read the same version', () => {
    it('the compare-and-set lets one through', async () => {
      for (const record of await entered('U4', 10)) {
        expect(await acceptTwice(record, setState)).toEqual(['409.1', 'accepted'])
      }
      await expectWhole()
    })

    it('without it both win and the figure counts twice: the recount says so', async () => {
      const [record] = await entered('U4', 1)
      expect(await acceptTwice(record!, blind)).toEqual(['accepted', 'accepted'])
      await inTransaction(
        native.app,
        { scopeCode: '0001', token: world.person('service').token },
        async (tx) => {
          const { differences } = await recount(world.deps, tx)
          expect(differences.map((d) => d.what).join()).toContain(record!.id)
        },
      )
      // Taken back by hand, so that the tests after this one find whole books.
      await sql`DELETE FROM app.ledger WHERE record_id = ${record!.id}::uuid AND version = 3`.execute(
        native.owner,
      )
      await sql`DELETE FROM app.rollup_delta WHERE id IN (SELECT id FROM app.rollup_delta WHERE state = 1 ORDER BY id DESC LIMIT 2)`.execute(
        native.owner,
      )
      await expectWhole()
    })
  })

  it('one request sent five times at once has one effect and one answer', async () => {
    const before = (await as('U1').get<{ count: number }>(url)).body.count
    await each(Array.from({ length: 30 }), async (_, n) => {
      const key = randomUUID()
      const send = () =>
        as('U1').post<Written>(
          url,
          { body: body({ title: `第${n}次讲座` }), warningNote: '同日多场' },
          { key },
        )
      const answers = await Promise.all([send(), send(), send(), send(), send()])
      expect(new Set(answers.map((a) => `${a.status} ${a.body.id}`)).size).toBe(1)
      expect(answers[0].status).toBe(200)
    })
    expect((await as('U1').get<{ count: number }>(url)).body.count).toBe(before + 30)
    await each(await entered('U4', 20), async (record) => {
      const key = randomUUID()
      const send = () =>
        as('D1').post<Written>(`${url}/${record.id}/actions`, { action: 'accept', version: 1 }, { key })
      const answers = await Promise.all([send(), send(), send(), send(), send()])
      expect(answers.map((a) => [a.status, a.body])).toEqual(answers.map(() => [200, answers[0].body]))
      expect(await stateOf(record.id)).toEqual({ state: 'accepted', version: 2, steps: 2 })
    })
    await expectWhole()
  })

  it('one key with two bodies at once is one of them', async () => {
    await each(Array.from({ length: 20 }), async () => {
      const key = randomUUID()
      const send = (title: string) =>
        as('U2').post<Written & Refusal>(url, { body: body({ title }), warningNote: '同日' }, { key })
      const answers = await Promise.all([send('甲场培训'), send('乙场讲座')])
      expect(answers.map((a) => a.body.code ?? 'done').sort()).toEqual(['422.2', 'done'])
    })
  })

  it('eight writers leave one chain without a fork in each district', async () => {
    const writers = ['U1', 'U1b', 'U2', 'U3', 'U4', 'U5', 'U6', 'C']
    await Promise.all(
      writers.map(async (who, w) => {
        for (let n = 0; n < 12; n++) {
          const sent = { body: body({ title: `第${w}组第${n}场` }), warningNote: '同日多场' }
          expect((await as(who).post(url, sent)).status).toBe(200)
        }
      }),
    )
    const streams = await inTransaction(native.app, wholeTree, (tx) =>
      rows<{ n: number; last: number }>(
        tx,
        sql`SELECT count(*) AS n, max(seq) AS last FROM app.audit GROUP BY district_id`,
      ),
    )
    expect(streams.length).toBe(5)
    for (const { n, last } of streams) expect(last).toBe(n)
    await expectWhole()
  })

  describe('a proposal', () => {
    it('accepted by one and returned by the other is one of both', async () => {
      const outcomes = new Set<string>()
      await each(await accepted(30), async (record, n) => {
        const id = await correction('U4', record)
        expect((await send('U4', id)).status).toBe(200)
        const decide = (who: string, verdict: string) =>
          as(who).post<Written & Refusal>(`/api/proposals/${id}/decision`, {
            verdict,
            sequence: 2,
            reason: '请核对',
          })
        // Accepting asks more of the database: on every second try whoever returns it looks at it first.
        const back = async () => {
          if (n % 2) await as('D1b').get(`/api/records/training/${record.id}`)
          return decide('D1b', 'return')
        }
        const answers = await Promise.all([decide('D1', 'accept'), back()])
        const lost = answers.filter((a) => a.status !== 200)
        expect(lost.map((a) => [409, 404].includes(a.status))).toEqual([true])
        const { version } = (await stateOf(record.id))!
        const left = await rows<{ state: string }>(
          native.owner,
          sql`SELECT state FROM app.proposal WHERE id = ${id}::uuid`,
        )
        expect([version, left]).toEqual(version === 3 ? [3, []] : [2, [{ state: 'returned' }]])
        outcomes.add(String(version))
      })
      expect(outcomes).toEqual(new Set(['2', '3']))
      await expectWhole()
    })

    it('of two on one record one waits, the other is told', async () => {
      await each(await accepted(30), async (record) => {
        const [mine, hers] = [await correction('U4', record), await correction('U4b', record)]
        const answers = await Promise.all([send('U4', mine), send('U4b', hers)])
        expect(answers.map((a) => a.body.code ?? 'done').sort()).toEqual(['409.8', 'done'])
      })
    })

    it('submitted twice at once makes one record', async () => {
      await each(Array.from({ length: 30 }), async (_, n) => {
        const id = randomUUID()
        await as('U5').put(`/api/drafts/${id}`, {
          programme: 'training',
          kind: 'draft',
          body: {},
          sequence: 1,
        })
        const sent = { body: body({ title: `第${n}场草稿` }), warningNote: '同日' }
        const submit = () => as('U5').post<Written & Refusal>(`/api/drafts/${id}/submit`, sent)
        const answers = await Promise.all([submit(), submit()])
        expect(answers.filter((a) => a.status === 200).length).toBe(1)
        expect(answers.filter((a) => [404, 409].includes(a.status)).length).toBe(1)
      })
    })

    it('autosaved in any order keeps the newest', async () => {
      await each(Array.from({ length: 30 }), async () => {
        const id = randomUUID()
        const save = (sequence: number) =>
          as('U5').put<{ sequence: number }>(`/api/drafts/${id}`, {
            programme: 'training',
            kind: 'draft',
            body: { title: `${sequence}` },
            sequence,
          })
        const answers = await Promise.all([3, 1, 5, 2, 4].map(save))
        expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 200])
        const kept = await as('U5').get(`/api/drafts/${id}`)
        expect(kept.body).toEqual(expect.objectContaining({ sequence: 5, body: { title: '5' } }))
      })
    })
  })

  it('two who accept the same many at once accept each once', async () => {
    // Both connections stand before the race, else one request is over when the other begins.
    await Promise.all(Array.from({ length: 8 }, () => as('D1').get('/api/me')))
    for (const month of ['01', '02', '03', '04', '05']) {
      const items: { id: string; version: number }[] = []
      for (let n = 10; n < 22; n++) {
        const on = `2019-${month}-${n}`
        const made = await as('U4').post<Written>(url, {
          body: body({ title: `${on}的活动`, startsOn: on, endsOn: on }),
        })
        expect(made.status).toBe(200)
        items.push({ id: made.body.id, version: 1 })
        for (const who of ['D1', 'D1b']) await as(who).get(`${url}/${made.body.id}`)
      }
      const accept = (who: string) => as(who).post<{ accepted: number }>('/api/review/accept', { items })
      const answers = await Promise.all([accept('D1'), accept('D1b')])
      expect(answers.map((a) => a.status)).toEqual([200, 200])
      expect(answers.reduce((n, a) => n + a.body.accepted, 0)).toBe(items.length)
    }
    await expectWhole()
  })
})
