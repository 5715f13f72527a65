import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonDetail } from '#person/api.ts'
import type { Emergency } from '#person/emergency.ts'
import { remindLate } from '#person/emergency.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { entryOf } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const why = '在工地受伤昏迷，医院急需核对身份'
type Asked = { id: string; untilAt: string } & Refusal
type Opened = { values: { field: string; value: string }[] } & Refusal

const enter = async (n = 1): Promise<string> =>
  (await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(n) })).body.id
const ask = (who: string, id: string, changes: object = {}) =>
  stage.as(who).post<Asked>(`/api/persons/${id}/emergencies`, {
    kind: 'rescue',
    fields: ['idNumber'],
    reason: why,
    ...changes,
  })
const open = (who: string, id: string) =>
  stage.as(who).post<Opened>(`/api/emergencies/${id}/open`, undefined, { key: null })
const list = async (who: string) =>
  (await stage.as(who).get<{ rows: Emergency[] }>('/api/emergencies')).body.rows
const review = (who: string, id: string, changes: object = {}) =>
  stage
    .as(who)
    .post<Refusal>(`/api/emergencies/${id}/review`, { verdict: 'proper', opinion: '情况属实', ...changes })
const told = async (who: string) =>
  (await stage.as(who).get<{ rows: { subject: string }[] }>('/api/messages')).body.rows.map((m) => m.subject)
const accesses = (tx: Tx) => rows(tx, sql`SELECT field, purpose, reason FROM app.person_access`)

describe('an emergency', () => {
  it('opens once what only her own unit may open, and whoever it concerns knows at once', () =>
    stage.trial(async (tx) => {
      const id = await enter()
      const seen = (await stage.as('D1').get<PersonDetail>(`/api/persons/${id}`)).body
      expect([seen.mayReveal, seen.mayEmergency]).toEqual([
        ['birth', 'phone'],
        ['idNumber', 'guardian'],
      ])
      const asked = await ask('D1', id)
      expect(asked.status).toBe(200)
      expect(asked.raw).not.toContain(entryOf(1)['idNumber'])
      for (const who of ['securityAdmin', 'auditAdmin', 'U1'])
        expect([who, await told(who)]).toEqual([who, [expect.stringContaining('启用了紧急查看')]])
      expect((await told('securityAdmin'))[0]).toContain('2020-04-21')
      expect(await accesses(tx)).toEqual([])
      const opened = await open('D1', asked.body.id)
      expect(opened.body.values).toEqual([{ field: 'idNumber', value: entryOf(1)['idNumber'] }])
      expect(await accesses(tx)).toEqual([{ field: 'idNumber', purpose: 'emergency', reason: why }])
      const acts = await rows<{ action: string; purpose: string }>(
        tx,
        sql`SELECT action, purpose FROM app.audit WHERE object = ${`person:${id}`} AND action LIKE 'person.emergency%' ORDER BY seq`,
      )
      expect(acts).toEqual([
        { action: 'person.emergency', purpose: 'rescue' },
        { action: 'person.emergencyOpen', purpose: 'emergency' },
      ])
      const again = await open('D1', asked.body.id)
      expect([again.status, again.body.code]).toEqual([409, '409.111'])
      expect(again.raw).not.toContain(entryOf(1)['idNumber'])
      expect((await accesses(tx)).length).toBe(1)
    }))

  it('is over after half an hour', () =>
    stage.trial(async (tx) => {
      const { id } = (await ask('D1', await enter())).body
      await sql`UPDATE app.person_emergency SET asked_at = now() - interval '31 minutes', until_at = now() - interval '1 minute'`.execute(
        tx,
      )
      const late = await open('D1', id)
      expect([late.status, late.body.message]).toEqual([409, expect.stringContaining('超过 30 分钟')])
      expect(await accesses(tx)).toEqual([])
    }))

  it('wants the second factor of the last minutes, to ask and to open', () =>
    stage.trial(async (tx) => {
      const person = await enter()
      const factor = (ago: string) =>
        sql`UPDATE app.session SET is_demo = false, factor_at = now() - ${ago}::interval`.execute(tx)
      await factor('6 minutes')
      expect((await ask('D1', person)).body.code).toBe('403.4')
      await factor('1 minute')
      const { id } = (await ask('D1', person)).body
      await factor('6 minutes')
      expect((await open('D1', id)).body.code).toBe('403.4')
      await factor('1 minute')
      expect((await open('D1', id)).status).toBe(200)
    }))

  it('wants a reason that says something, and fields that she cannot open otherwise', () =>
    stage.trial(async () => {
      const id = await enter()
      const short = await ask('D1', id, { reason: '急用' })
      expect([short.status, short.body.issues?.[0]?.field]).toEqual([422, 'reason'])
      expect((await ask('D1', id, { fields: [] })).status).toBe(400)
      expect((await ask('D1', id, { kind: 'curiosity' })).status).toBe(400)
      expect((await ask('D1', id, { fields: ['phone'] })).body.message).toContain('手机号码不能用紧急查看')
    }))

  it('is for cadres of district, industry and city over her unit alone: never administrators, leaders, her own unit or herself', () =>
    stage.trial(async (tx) => {
      const id = await enter()
      for (const [who, status] of [
        ['U1', 403],
        ['S1', 403],
        ['D2', 404],
        ['I1', 404],
        ['leader', 403],
        ['leaderD1', 403],
        ['worker', 403],
        ['handler', 403],
        ['systemAdmin', 403],
        ['securityAdmin', 403],
        ['auditAdmin', 403],
      ] as const)
        expect([who, (await ask(who, id)).status]).toEqual([who, status])
      const account = stage.world.person('D1').accountId
      await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${account}::uuid`.execute(tx)
      expect((await ask('D1', id)).status).toBe(403)
    }))

  it('of somebody else opens to nobody', () =>
    stage.trial(async () => {
      const { id } = (await ask('D1', await enter())).body
      for (const who of ['C', 'D2']) expect((await open(who, id)).status).toBe(404)
      expect((await open('D1', id)).status).toBe(200)
    }))

  it('comes no second time for the same person before the first was reviewed', () =>
    stage.trial(async () => {
      const [id, other] = [await enter(1), await enter(2)]
      const one = (await ask('D1', id)).body
      const second = await ask('D1', id)
      expect([second.status, second.body.code]).toEqual([409, '409.110'])
      expect((await ask('D1', other)).status).toBe(200)
      expect((await ask('C', id)).status).toBe(200)
      expect((await review('securityAdmin', one.id)).status).toBe(200)
      expect((await ask('D1', id)).status).toBe(200)
    }))
})

describe('its review', () => {
  it('is another person’s, once, with a word; a misuse is told to her unit and the audit administrator', () =>
    stage.trial(async (tx) => {
      const { id } = (await ask('D1', await enter())).body
      expect((await review('D1', id)).status).toBe(403)
      expect((await review('auditAdmin', id)).status).toBe(403)
      const bare = await review('securityAdmin', id, { opinion: '好' })
      expect(bare.body.issues?.[0]?.field).toBe('opinion')
      // The same person in two posts.
      const { accountId, personId } = stage.world.person('D1')
      const admin = stage.world.person('securityAdmin').accountId
      const asPerson = (who: string) =>
        sql`UPDATE app.account SET person_id = ${who}::uuid WHERE id = ${admin}::uuid`.execute(tx)
      const own = (await first<{ person_id: string }>(
        tx,
        sql`SELECT person_id FROM app.account WHERE id = ${admin}::uuid`,
      ))!
      await asPerson(personId)
      const self = await review('securityAdmin', id)
      expect([self.status, self.body.message]).toEqual([403, expect.stringContaining('另一位')])
      await asPerson(own.person_id)
      expect(accountId).not.toBe(admin)
      expect((await review('securityAdmin', id, { verdict: 'misuse', opinion: '并无紧急情况' })).status).toBe(
        200,
      )
      expect((await review('securityAdmin', id)).status).toBe(409)
      for (const who of ['D1', 'U1', 'auditAdmin'])
        expect([who, (await told(who))[0]]).toEqual([who, expect.stringContaining('不当使用')])
    }))

  it('stands in the book: administrators see no name, her unit and the asker do, others nothing; late after three working days', () =>
    stage.trial(async (tx) => {
      const { id } = (await ask('D1', await enter())).body
      const name = entryOf(1)['name']
      expect(await list('securityAdmin')).toMatchObject([
        { id, whose: null, kind: 'rescue', dueOn: '2020-04-21', isLate: false, mayReview: true },
      ])
      expect(await list('auditAdmin')).toMatchObject([{ id, whose: null, mayReview: false }])
      for (const who of ['D1', 'U1'])
        expect(await list(who)).toMatchObject([{ id, whose: name, mayReview: false }])
      for (const who of ['U2', 'D2', 'C']) expect(await list(who)).toEqual([])
      for (const who of ['leader', 'worker', 'systemAdmin'])
        expect((await stage.as(who).get('/api/emergencies')).status).toBe(403)
      const remind = () => remindLate(stage.world.deps, tx)
      await remind()
      await sql`UPDATE app.person_emergency SET due_on = '2020-04-15'`.execute(tx)
      expect(await list('securityAdmin')).toMatchObject([{ isLate: true }])
      await remind()
      await remind()
      for (const who of ['securityAdmin', 'auditAdmin'])
        expect((await told(who)).filter((subject) => subject.includes('逾期'))).toEqual([
          '有 1 次紧急查看逾期未复核',
        ])
    }))
})

it('she reads it among those who looked, and in her copy; with her name goes what was said of her', () =>
  stage.trial(async (tx) => {
    const id = await enter()
    const asked = (await ask('D1', id)).body
    await open('D1', asked.id)
    const worker = stage.world.person('worker').accountId
    await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${worker}::uuid`.execute(tx)
    expect((await stage.as('worker').get<{ rows: object[] }>('/api/my/access')).body.rows).toMatchObject([
      { field: 'idNumber', purpose: 'emergency', reason: why, self: false },
    ])
    const copy = await stage
      .as('worker')
      .post<{ tables: Record<string, { rows: object[] }> }>('/api/my/export')
    expect(copy.body.tables['person_emergency']!.rows).toMatchObject([{ reason: why, kind: 'rescue' }])
    await sql`SELECT app.forget_person(${id}::uuid)`.execute(tx)
    expect(await rows(tx, sql`SELECT reason FROM app.person_emergency`)).toEqual([{ reason: '（已删除）' }])
  }))
