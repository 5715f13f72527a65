import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rows } from '#server/database.server.ts'
import { openClient, type Client } from '../support/client.ts'
import { breaches } from '../support/invariants.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { entryOf } from '../support/persons.ts'
import { loadWorld, type World } from '../support/world.ts'

let native: Native
let client: Client
let world: World
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(16)
  world = await loadWorld(native.owner, native.app)
  world.deps.exportAlone = 2
  client = await openClient(world)
})
afterAll(async () => {
  await client?.close()
  await native?.close()
})

const rounds = 12
const enter = async (n: number): Promise<string> =>
  (await client.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(n) })).body.id
/** How many of some answers were let through. */
const through = (answers: readonly { status: number }[]): number =>
  answers.filter(({ status }) => status === 200).length

describe.skipIf(withoutNative)('what may be done once', () => {
  it('an emergency is asked once and opened once, however many windows ask at the same time', async () => {
    const asked = { kind: 'rescue', fields: ['idNumber'], reason: '在工地受伤昏迷，医院急需核对身份' }
    for (let round = 1; round <= rounds; round++) {
      const person = await enter(round)
      const asks = await Promise.all(
        [1, 2, 3].map(() =>
          client.as('D1').post<{ id: string }>(`/api/persons/${person}/emergencies`, asked),
        ),
      )
      expect(through(asks)).toBe(1)
      const { id } = asks.find(({ status }) => status === 200)!.body
      const opens = await Promise.all(
        [1, 2, 3].map(() => client.as('D1').post(`/api/emergencies/${id}/open`, undefined, { key: null })),
      )
      expect(through(opens)).toBe(1)
      const verdicts = await Promise.all(
        (['proper', 'misuse'] as const).map((verdict) =>
          client.as('securityAdmin').post(`/api/emergencies/${id}/review`, { verdict, opinion: '电话核实' }),
        ),
      )
      expect(through(verdicts)).toBe(1)
    }
    const seen = await rows(
      native.owner,
      sql`SELECT person_id FROM app.person_access GROUP BY 1 HAVING count(*) <> 1`,
    )
    expect(seen).toEqual([])
  }, 120_000)

  it('an export is decided once, by one of those who may', async () => {
    const filter = { org: String(world.org('U1')) }
    const asked = {
      ask: { kind: 'persons', filter },
      format: 'csv',
      reason: '报送区总工会核对会籍，用后删除',
    }
    for (let round = 0; round < rounds; round++) {
      const { id } = (await client.as('U1').post<{ id: string }>('/api/exports', asked)).body
      const decisions = await Promise.all(
        (['U1b', 'S1', 'D1', 'C'] as const).map((who, n) =>
          client.as(who).post(`/api/exports/${id}/second`, { approve: n % 2 === 0, reason: '核对过用途' }),
        ),
      )
      expect(through(decisions)).toBe(1)
    }
    const states = await rows<{ n: number }>(
      native.owner,
      sql`SELECT count(*)::int AS n FROM app.export x WHERE (x.state = 'waiting') <> EXISTS (SELECT FROM app.job j WHERE j.kind = 'export' AND j.key = x.id::text)`,
    )
    expect(states).toEqual([{ n: 0 }])
  }, 120_000)

  it('a period of counselling becomes one record, whoever of the city asks for it at the same moment', async () => {
    await sql`INSERT INTO app.silo_case (id, silo, topic, state, received_on, ended_on)
      SELECT gen_random_uuid(), 'counsel', '工作压力', 'closed', '2019-11-20', '2019-11-20' FROM generate_series(1, 13)`.execute(
      native.owner,
    )
    const made = await Promise.all(
      ['C', 'Cb', 'C', 'Cb'].map((who) =>
        client.as(who).post<{ code: string }>('/api/silo-counts/records', { untilQuarter: 20194 }),
      ),
    )
    expect(made.map(({ status, body }) => (status === 200 ? 'made' : body.code)).sort()).toEqual([
      ...Array<string>(3).fill('409.13'),
      'made',
    ])
    expect(
      await rows(
        native.owner,
        sql`SELECT count(*)::int AS n, sum(sessions)::int AS sessions FROM app.counselling`,
      ),
    ).toEqual([{ n: 1, sessions: 13 }])
  })

  it('and the books they stand in are whole, link and all', async () => {
    expect(await breaches({ world, owner: native.owner })).toEqual([])
  })
})
