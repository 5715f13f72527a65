import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldAll } from '#figures/fold.server.ts'
import { recount } from '#figures/verify.server.ts'
import type { PersonDetail, PersonRequest } from '#person/api.ts'
import { purgePersons } from '#person/purge.server.ts'
import { keptYears } from '#person/retention.ts'
import { first, inTransaction, rows, wholeTree, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { entryOf } from '../support/persons.ts'
import { playOn, type Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const matter = { kind: 'complaint', reason: '信访登记 2020-12 号', untilOn: '2020-10-16' }

/** A woman of U1 who left ten years ago: every term has run out. */
async function gone(n: number): Promise<string> {
  const body = entryOf(n, { fromOn: '2008-01-01' })
  const { id } = (await stage.as('U1').post<{ id: string }>('/api/persons', { body })).body
  const leave = { on: '2010-04-16', leftBy: '退休', reason: '' }
  expect((await stage.as('U1').post(`/api/persons/${id}/leave`, leave)).status).toBe(200)
  return id
}
const hold = (who: string, id: string, changes = {}) =>
  stage.as(who).post<Refusal>(`/api/persons/${id}/holds`, { ...matter, ...changes })
const holdsOf = async (who: string, id: string) =>
  (await stage.as(who).get<PersonDetail>(`/api/persons/${id}`)).body.holds
const lift = (who: string, id: string, reason = '事项已办结') =>
  stage.as(who).post<Refusal>(`/api/person-holds/${id}/lift`, { reason })
/** So many years before the test's now, and some days. */
const at = (years: number, days: number): string =>
  new Date(Date.UTC(2020 - years, 3, 16 + days, 4)).toISOString()

/** On a business day, the real clock being at its noon. */
const purge = (today: string) => purgePersons(stage.world.deps.db, today, new Date(`${today}T04:00:00Z`))
const stateOf = async (tx: Tx, id: string) =>
  (await first<{ state: string }>(tx, sql`SELECT state FROM app.person WHERE id = ${id}::uuid`))!.state

describe('a hold', () => {
  it('keeps her whole until its day, and to nobody else', () =>
    stage.trial(async (tx) => {
      const [held, other] = [await gone(1), await gone(2)]
      await stage.as('U1').post(`/api/persons/${held}/reveals`, {
        field: 'phone',
        purpose: 'contact',
        reason: '通知领取',
      })
      await sql`UPDATE app.person_access SET at = '2010-01-01'`.execute(tx)
      expect((await hold('D1', held)).status).toBe(200)
      expect(await purge('2020-10-16')).toMatchObject({ person: 1, person_access: 0 })
      expect([await stateOf(tx, held), await stateOf(tx, other)]).toEqual(['active', 'erased'])
      // The day itself still counts.
      expect(await purge('2020-10-17')).toMatchObject({ person: 1, person_access: 1 })
      expect(await stateOf(tx, held)).toBe('erased')
      // What was said of her goes with her name.
      expect(await rows(tx, sql`SELECT reason FROM app.person_hold`)).toEqual([{ reason: '（已删除）' }])
    }))

  it('that is lifted lets her go; who lifted it and why stands beside', () =>
    stage.trial(async (tx) => {
      const id = await gone(1)
      await hold('D1', id)
      const [open] = (await holdsOf('C', id))!
      expect(open).toMatchObject({ ...matter, state: 'open', org: { code: 'D1' }, liftedBy: null })
      expect((await lift('C', open!.id, '好')).body.issues?.[0]?.field).toBe('reason')
      expect((await lift('C', open!.id)).status).toBe(200)
      expect((await lift('C', open!.id)).status).toBe(409)
      expect(await holdsOf('C', id)).toMatchObject([{ state: 'lifted', liftReason: '事项已办结' }])
      expect(await purge('2020-04-16')).toMatchObject({ person: 1 })
      const traces = await rows<{ action: string }>(
        tx,
        sql`SELECT action FROM app.audit WHERE object = ${`person:${id}`} ORDER BY seq`,
      )
      expect(traces.map((t) => t.action)).toEqual(expect.arrayContaining(['person.hold', 'person.lift']))
    }))

  it('is set by district, industry and city in their scope; her unit does not learn of it, nor she while it is open', () =>
    stage.trial(async (tx) => {
      const id = await gone(1)
      for (const [who, status] of [
        ['U1', 403],
        ['S1', 403],
        ['D2', 404],
        ['leader', 403],
        ['worker', 403],
        ['auditAdmin', 403],
      ] as const)
        expect([who, (await hold(who, id)).status]).toEqual([who, status])
      await hold('D1', id)
      const [open] = (await holdsOf('D1', id))!
      expect((await lift('D2', open!.id)).status).toBe(404)
      expect(await holdsOf('U1', id)).toBeNull()
      const worker = stage.world.person('worker').accountId
      await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${worker}::uuid`.execute(tx)
      const copy = () =>
        stage.as('worker').post<{ tables: Record<string, { rows: object[] }> }>('/api/my/export')
      expect((await copy()).raw).not.toContain('信访')
      await lift('D1', open!.id)
      expect((await copy()).body.tables['person_hold']!.rows).toMatchObject([{ reason: matter.reason }])
    }))

  it('over oneself is another person’s to decide', () =>
    stage.trial(async (tx) => {
      const id = await gone(1)
      const cadre = stage.world.person('D1').accountId
      await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${cadre}::uuid`.execute(tx)
      expect((await hold('D1', id)).status).toBe(403)
    }))

  it.each([
    [{ untilOn: '2020-04-16' }, 'untilOn'],
    [{ untilOn: '2023-04-17' }, 'untilOn'],
    [{ reason: '  ' }, 'reason'],
  ])('of %j is refused at its field', (changes, field) =>
    stage.trial(async () => {
      const answer = await hold('D1', await gone(1), changes)
      expect([answer.status, answer.body.issues?.[0]?.field]).toEqual([422, field])
    }),
  )

  it('stops an erasure that she asked for; the request waits', () =>
    stage.trial(async (tx) => {
      const id = (await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(1) })).body.id
      await stage.as('U1').post(`/api/persons/${id}/requests`, { kind: 'erase', reason: '本人书面要求' })
      await hold('D1', id)
      const [request] = (await stage.as('U1b').get<PersonRequest[] & object>('/api/person-requests')).body
      const decide = () =>
        stage
          .as('U1b')
          .post<Refusal>(`/api/person-requests/${request!.id}/decision`, { verdict: 'accept', answer: '' })
      const refused = await decide()
      expect([refused.status, refused.raw.includes('2020-10-16')]).toEqual([409, true])
      expect(await stateOf(tx, id)).toBe('active')
      await lift('D1', (await holdsOf('D1', id))![0]!.id)
      expect((await decide()).status).toBe(200)
      expect(await stateOf(tx, id)).toBe('erased')
    }))
})

describe('a purge', () => {
  it('waits for what is open about her: a transfer, a merge from either side, an erasure, a hardship file', () =>
    stage.trial(async (tx) => {
      const [merging, into, free] = [await gone(1), await gone(2), await gone(3)]
      const ask = { kind: 'merge', otherId: merging, reason: '同一人登记了两次' }
      expect((await stage.as('U1').post(`/api/persons/${into}/requests`, ask)).status).toBe(200)
      // And for a hardship file that is live.
      const poor = await gone(4)
      const { personId } = stage.world.person('U1')
      await sql`INSERT INTO app.hardship_file (id, person_id, org_id, centre_id, state, applied_on, applied_person, touched_on)
        VALUES (gen_random_uuid(), ${poor}::uuid, ${stage.world.org('U1')}, ${stage.world.org('D1')}, 'applied', '2010-01-01', ${personId}::uuid, '2010-01-01')`.execute(
        tx,
      )
      expect(await purge('2020-04-16')).toMatchObject({ person: 1 })
      expect(await stateOf(tx, poor)).toBe('active')
      await sql`UPDATE app.hardship_file SET state = 'withdrawn'`.execute(tx)
      expect(await purge('2020-04-16')).toMatchObject({ person: 1 })
      expect([await stateOf(tx, merging), await stateOf(tx, into), await stateOf(tx, free)]).toEqual([
        'active',
        'active',
        'erased',
      ])
    }))

  it('leaves every figure as it was published, and what counts recounts', () =>
    stage.trial(async (tx) => {
      await playOn(stage.as).submit('U1', { women: 30, all: 40 })
      await gone(1)
      await foldAll(stage.world.deps.db, 1000)
      const published = () =>
        inTransaction(stage.world.deps.db, wholeTree, async () => [
          await rows(tx, sql`SELECT * FROM app.rollup t ORDER BY t::text`),
          await rows(tx, sql`SELECT * FROM app.ledger t ORDER BY t::text`),
          await rows(tx, sql`SELECT * FROM app.snapshot_value t ORDER BY t::text`),
          await rows(tx, sql`SELECT * FROM app.release_cell t ORDER BY t::text`),
          await rows(
            tx,
            sql`SELECT m.org_id, m.kind, m.from_on, m.until_on, p.sex FROM app.membership m JOIN app.person p ON p.id = m.person_id`,
          ),
        ])
      const before = await published()
      expect(await purge('2020-04-16')).toMatchObject({ person: 1 })
      expect(await published()).toEqual(before)
      expect((await recount(stage.world.deps, tx)).differences).toEqual([])
    }))

  it('goes by the years of the register, table by table', () =>
    stage.trial(async (tx) => {
      const id = await gone(1)
      await hold('D1', id, { untilOn: '2021-04-16' })
      const lived = await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(2) })
      const who = lived.body.id
      const { accountId, personId } = stage.world.person('U1')
      const orgId = stage.world.org('U1')
      // A day beyond the years, and a day within, in each table; the clock is the test's.
      const now = new Date('2020-04-16T04:00:00Z')
      for (const days of [-1, 1]) {
        await sql`INSERT INTO app.person_access VALUES (gen_random_uuid(), ${who}::uuid, ${at(keptYears.person_access, days)}::timestamptz,
          ${personId}::uuid, ${accountId}::uuid, ${orgId}, 'cadre', 'phone', 'contact', '通知', 'test')`.execute(
          tx,
        )
        await sql`INSERT INTO app.consent VALUES (gen_random_uuid(), ${who}::uuid, 'screening', 1, 'x', '2010-01-01', '2010-01-01', 'paper',
          ${accountId}::uuid, ${at(keptYears.consent, days)}::timestamptz)`.execute(tx)
        await sql`INSERT INTO app.person_hold VALUES (gen_random_uuid(), ${who}::uuid, 'other', '已了结的事项', '2030-01-01', ${orgId},
          ${accountId}::uuid, '2010-01-01', ${accountId}::uuid, ${at(keptYears.person_hold, days)}::timestamptz, '已了结')`.execute(
          tx,
        )
      }
      const swept = await purgePersons(stage.world.deps.db, '2020-04-16', now)
      expect(swept).toEqual({ person: 0, person_access: 1, consent: 1, person_hold: 1 })
      expect(Object.keys(swept).sort()).toEqual(Object.keys(keptYears).sort())
      await expect(
        first(tx, sql`SELECT app.purge_persons('{"audit": 3}', '2020-04-16', now())`),
      ).rejects.toThrow('no purge is known for audit')
    }))
})
