import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { decide } from '#identity/decide.ts'
import { inTransaction, rows } from '#server/database.server.ts'
import { openClient, type Client } from '../support/client.ts'
import { household } from '../support/hardship.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { loadWorld, type World } from '../support/world.ts'
import { canary, kinds, makeThings, type Thing } from './stage.ts'
import { makeSecrets, walls, type Made } from './walls.ts'

// The first wall is taken down: lists, details, inbox and batch ask for every row there is.
vi.mock('#record/visible.server.ts', async (original) => ({
  ...(await original<object>()),
  visible: () => sql`true`,
  arms: () => [sql`true`],
}))

vi.mock('#person/within.server.ts', () => ({ within: () => sql`true` }))
// Everybody passes for a named handler of every unit.
vi.mock('#hardship/hands.server.ts', async (original) => ({
  ...(await original<object>()),
  handled: () => sql`true`,
  standsAt: () => true,
  dutiesOf: async () => ['enter', 'check', 'approve', 'pay'],
  mustBeNamed: async () => undefined,
}))

/** With handlers that forgot their WHERE the database alone decides; it runs as the app login on PostgreSQL. */
describe.skipIf(withoutNative)('without the WHERE of the handlers', () => {
  let native: Native
  let world: World
  let client: Client
  let things: Thing[]
  let made: Made

  beforeAll(async () => {
    native = await openNative(2)
    world = await loadWorld(native.owner, native.app)
    client = await openClient(world)
    const stage = { world, as: client.as, app: client.app, routes: client.routes, trial: world.trial }
    things = await makeThings({ ...stage, close: () => client.close() })
    made = await makeSecrets({ native, world, client })
  }, 120_000)
  afterAll(async () => {
    await client?.close()
    await native?.close()
  })

  const askers = ['U1', 'U2', 'U6', 'S1', 'S2', 'S3', 'D1', 'D2', 'D3', 'I1', 'I2', 'C'] as const
  type Place = {
    id: string
    org_id: number
    scope_code: string
    view_code: string | null
    co_hosts: number[]
    class: number
  }

  /** What the policy lets a cadre of a unit read: the oracle of the rows. */
  async function readable(who: string): Promise<string[]> {
    const all = await rows<Place>(
      native.owner,
      sql`SELECT id, org_id, scope_code, view_code, co_hosts, class FROM app.record`,
    )
    const { org, personId } = world.person(who)
    const [own] = await rows<{ tier: 'city'; scope_code: string }>(
      native.owner,
      sql`SELECT tier, scope_code FROM app.org WHERE id = ${world.org(org)}`,
    )
    const subject = {
      role: 'cadre',
      personId,
      aal: 2,
      stepUp: true,
      org: { id: world.org(org), tier: own!.tier, scopeCode: own!.scope_code },
    } as const
    return all
      .filter(
        (r) =>
          decide(subject, 'record.read', {
            id: r.org_id,
            scopeCode: r.scope_code,
            viewCode: r.view_code,
            class: r.class,
            coHosts: r.co_hosts,
          }).allow,
      )
      .map((r) => r.id)
      .sort()
  }

  it('a bare client with the honest context sees what the policy says, cell by cell', async () => {
    let cells = 0
    for (const who of askers) {
      const { token, org } = world.person(who)
      const [own] = await rows<{ code: string }>(
        native.owner,
        sql`SELECT scope_code AS code FROM app.org WHERE id = ${world.org(org)}`,
      )
      const found = await inTransaction(
        native.app,
        { scopeCode: own!.code, unit: world.org(org), token },
        (tx) => rows<{ id: string }>(tx, sql`SELECT id FROM app.record ORDER BY id`),
      )
      cells += things.length
      expect([who, found.map((f) => f.id).sort()]).toEqual([who, await readable(who)])
    }
    console.log(`cells through a bare client: ${cells}`)
  })

  it('list, detail, inbox and sums hand out nothing foreign', async () => {
    let asked = 0
    for (const who of askers) {
      const mine = new Set(await readable(who))
      for (const key of Object.values(kinds)) {
        const list = await client
          .as(who)
          .get<{ rows: { id: string }[]; count: number }>(`/api/records/${key}?size=100`)
        expect([who, list.status]).toEqual([who, 200])
        expect([who, key, list.body.rows.filter((r) => !mine.has(r.id))]).toEqual([who, key, []])
        const own = things.filter((t) => t.key === key && mine.has(t.record.id))
        expect([who, key, list.body.count]).toEqual([who, key, own.length])
      }
      for (const box of ['review', 'returned', 'mine', 'done']) {
        const { body } = await client
          .as(who)
          .get<{ cards: { recordId: string | null }[] }>(`/api/inbox?box=${box}`)
        const records = body.cards.flatMap(({ recordId }) => recordId ?? [])
        expect([who, box, records.filter((id) => !mine.has(id))]).toEqual([who, box, []])
      }
      for (const { key, record } of things) {
        const { status, raw } = await client.as(who).get(`/api/records/${key}/${record.id}`)
        asked++
        expect([who, record.id, status === 200]).toEqual([who, record.id, mine.has(record.id)])
        expect([who, record.id, raw.includes(canary)]).toEqual([who, record.id, status === 200])
      }
    }
    expect(asked).toBe(askers.length * things.length)
  }, 120_000)
  it('members, households in hardship and nominations are handed to nobody whom they do not concern', async () => {
    const { file, person, campaign, nomination, batch } = made
    const scope = new Set(['U4', 'D1', 'C'])
    const hands = new Set(['U4', 'D1'])
    const readers = new Set(['U1', 'S1', 'D1', 'C', 'D2', 'I1', 'I2'])
    /** Where it stands, and who of those who ask may find it there. */
    const doors: [url: string, what: string, who: ReadonlySet<string>][] = [
      ['/api/persons', person, scope],
      [`/api/persons/${person}`, person, scope],
      ['/api/hardship/files', file, hands],
      [`/api/hardship/files/${file}`, file, hands],
      ['/api/hardship/aids', file, hands],
      ['/api/hardship/batches', batch, new Set(['D1'])],
      [`/api/honour-campaigns/${campaign}`, nomination, readers],
      [`/api/honour-nominations/${nomination}`, nomination, readers],
    ]
    for (const [url, what, may] of doors)
      for (const who of askers) {
        const { status, raw } = await client.as(who).get(url)
        expect([url, who, raw.includes(what)]).toEqual([url, who, may.has(who)])
        expect([url, who, status < 500]).toEqual([url, who, true])
      }
    // What waits in an inbox leads to them; whose turn it is not finds at most what she may open.
    const turns = new Map<string, ReadonlySet<string>>([
      [file, hands],
      [nomination, readers],
    ])
    for (const box of ['review', 'fill', 'returned', 'mine', 'copied', 'done'])
      for (const who of askers) {
        const { status, raw } = await client.as(who).get(`/api/inbox?box=${box}`)
        const found = [...turns].filter(([what, may]) => raw.includes(what) && !may.has(who))
        expect([box, who, status, found]).toEqual([box, who, 200, []])
      }
    for (const who of askers) {
      const { status, raw } = await client
        .as(who)
        .post(`/api/hardship/files/${file}/reveals`, { reason: '核对申请' })
      expect([who, status, raw.includes(household.account)]).toEqual([
        who,
        hands.has(who) ? 200 : 404,
        hands.has(who),
      ])
    }
  })

  walls(() => ({ native, world, client }))
})
