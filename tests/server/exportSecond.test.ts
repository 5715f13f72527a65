import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ExportLine, ExportWatch, SecondLine } from '#export/api.ts'
import { makeExport } from '#export/make.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { openStage, type Answer, type Stage } from '../support/client.ts'
import { aidAt, household } from '../support/hardship.ts'
import { entryOf, madeUpNumber } from '../support/persons.ts'
import { playOn, type Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
// Three persons stand for a hundred.
beforeEach(() => void (stage.world.deps.exportAlone = 2))

const why = '报送区总工会核对会籍，用后删除'
const enter = async (who: string, ...numbers: number[]) => {
  for (const n of numbers) await stage.as(who).post('/api/persons', { body: entryOf(n) })
}
const ask = (who: string, more: object = {}, full = false): Promise<Answer<ExportLine & Refusal>> => {
  const filter = { org: String(stage.world.org('U1')) }
  const asked = { ask: { kind: 'persons', filter }, format: 'xlsx', reason: why, ...more }
  return stage.as(who).post(`/api/exports${full ? '/full' : ''}`, asked)
}
const waiting = async (who: string) =>
  (await stage.as(who).get<{ rows: SecondLine[] }>('/api/exports/second')).body.rows
const decide = (who: string, id: string, approve = true, reason = '') =>
  stage.as(who).post<Refusal>(`/api/exports/${id}/second`, { approve, reason })
const made = async (who: string, id: string) => {
  await runDue(stage.world.deps, [makeExport])
  return (await stage.as(who).get<ExportLine>(`/api/exports/${id}`)).body
}
const told = async (who: string) =>
  (await stage.as(who).get<{ rows: { subject: string }[] }>('/api/messages')).body.rows.map((m) => m.subject)
const jobs = (tx: Tx) => rows(tx, sql`SELECT 1 FROM app.job WHERE kind = 'export'`)

describe('more persons than one may take alone', () => {
  it('wait for another of her unit or of one above, who sees why, which columns and how many, and no name', () =>
    stage.trial(async (tx) => {
      await enter('U1', 1, 2, 3)
      const { body } = await ask('U1')
      expect([body.state, body.rows]).toEqual(['asked', 3])
      expect(await jobs(tx)).toEqual([])
      expect((await made('U1', body.id)).state).toBe('asked')
      expect((await stage.as('U1').get(`/api/exports/${body.id}/file`)).status).toBe(404)
      for (const who of ['U1b', 'S1', 'D1', 'C']) {
        const [line, ...more] = await waiting(who)
        expect([who, line!.rows, line!.reason, more]).toEqual([who, 3, why, []])
        expect(line!.columns).toContain('姓名、')
        expect(JSON.stringify(line)).not.toContain(String(entryOf(1)['name']))
      }
      for (const who of ['U1b', 'S1']) expect((await told(who))[0]).toContain('申请导出会员登记 3 行')
      for (const who of ['U1', 'U2', 'D2']) expect(await waiting(who)).toEqual([])
      expect((await decide('S1', body.id, true, '核对过用途')).status).toBe(200)
      const line = await made('U1', body.id)
      expect([line.state, line.second]).toMatchObject(['ready', { by: '演示S1', answer: '核对过用途' }])
      expect((await told('U1'))[0]).toContain('已批准')
      expect((await stage.as('S1').get(`/api/exports/${body.id}/file`)).status).toBe(404)
      const watch = await stage.as('auditAdmin').get<ExportWatch>('/api/audit/exports')
      expect(watch.body.rows).toMatchObject([{ rows: 3, second: '演示S1' }])
    }))

  it('may be refused, with a word; then there is no file', () =>
    stage.trial(async (tx) => {
      await enter('U1', 1, 2, 3)
      const { id } = (await ask('U1')).body
      expect((await decide('S1', id, false, '不')).body.issues?.[0]?.field).toBe('reason')
      expect((await decide('S1', id, false, '用途与栏目不符')).status).toBe(200)
      expect((await decide('U1b', id)).status).toBe(409)
      expect(await jobs(tx)).toEqual([])
      const line = await made('U1', id)
      expect([line.state, line.second?.answer]).toEqual(['refused', '用途与栏目不符'])
    }))

  it('are decided by nobody else: not herself in any post, not a unit beside or below, no leader, no administrator', () =>
    stage.trial(async (tx) => {
      await enter('U1', 1, 2, 3)
      const { id } = (await ask('U1')).body
      for (const [who, status] of [
        ['U1', 404],
        ['U2', 404],
        ['D2', 404],
        ['leader', 403],
        ['worker', 403],
        ['securityAdmin', 403],
      ] as const)
        expect([who, (await decide(who, id)).status]).toEqual([who, status])
      const own = stage.world.person('U1').personId
      const other = stage.world.person('S1').accountId
      await sql`UPDATE app.account SET person_id = ${own}::uuid WHERE id = ${other}::uuid`.execute(tx)
      expect((await decide('S1', id)).status).toBe(404)
      await sql`UPDATE app.session SET is_demo = false, factor_at = now() - interval '6 minutes'`.execute(tx)
      expect((await decide('D1', id)).body.code).toBe('403.4')
      expect((await made('U1', id)).state).toBe('asked')
    }))

  it('are forgotten after three days', () =>
    stage.trial(async (tx) => {
      await enter('U1', 1, 2, 3)
      const { id } = (await ask('U1')).body
      await sql`UPDATE app.export SET asked_at = now() - interval '73 hours'`.execute(tx)
      expect(await waiting('S1')).toEqual([])
      expect((await decide('S1', id)).status).toBe(409)
      expect((await made('U1', id)).state).toBe('lapsed')
    }))

  it('want a reason that somebody can decide by', () =>
    stage.trial(async () => {
      await enter('U1', 1, 2, 3)
      const bare = await ask('U1', { reason: '备查' })
      expect([bare.status, bare.body.issues?.[0]]).toMatchObject([422, { field: 'reason' }])
    }))

  it('are counted over the day: two small files are one large one', () =>
    stage.trial(async () => {
      await enter('U1', 1, 2)
      expect((await ask('U1')).body.state).toBe('waiting')
      expect((await ask('U1')).body.state).toBe('asked')
    }))

  it('in full too, with its own second factor; the cap stays', () =>
    stage.trial(async (tx) => {
      await enter('U1', 1, 2, 3)
      const { id, state } = (await ask('U1', {}, true)).body
      expect([state, (await waiting('S1'))[0]!.full]).toEqual(['asked', true])
      expect(await rows(tx, sql`SELECT 1 FROM app.person_access`)).toEqual([])
      await decide('S1', id)
      expect((await made('U1', id)).state).toBe('ready')
      expect((await rows(tx, sql`SELECT 1 FROM app.person_access`)).length).toBeGreaterThan(3)
    }))

  it('that have become more since are not what was agreed to', () =>
    stage.trial(async () => {
      await enter('U1', 1, 2, 3)
      const { id } = (await ask('U1')).body
      await decide('S1', id)
      await enter('U1', 4)
      const line = await made('U1', id)
      expect([line.state, line.fault]).toEqual(['failed', expect.stringContaining('请重新导出')])
    }))
})

it('work records are no persons: they leave at once', () =>
  stage.trial(async () => {
    const play = playOn(stage.as)
    for (const title of ['甲班', '乙班', '丙班']) await play.submit('U1', { title })
    const records = { ask: { kind: 'records', programme: 'training', filter: {} } }
    expect((await ask('U1', records)).body.state).toBe('waiting')
  }))

const national = (who: string, full = true) => ask(who, { ask: { kind: 'hardship' } }, full)
const sheetsOf = async (who: string, id: string) => {
  const { rawPayload } = await stage.app.inject({
    url: `/api/exports/${id}/file`,
    headers: { cookie: `__Host-sid=${stage.world.person(who).token}` },
  })
  const { sheets } = await stage.world.deps.sheets.readAll(rawPayload, 1000)
  return Object.fromEntries(sheets.map((s) => [s.name, s.rows.slice(1).map(({ cells }) => cells)]))
}

describe('hardship files for the national system', () => {
  const kin = {
    name: '示小禾',
    relation: '子女',
    idNumber: madeUpNumber('2012-03-04', 12),
    health: '健康',
    income: 0,
    school: '示例小学',
  }
  it('leave of those who agreed, their families where these signed, behind a second person however few, noted for each', () =>
    stage.trial(async (tx) => {
      const play = aidAt(stage)
      const { today } = stage.world.deps
      await play.nameAll()
      const ids = [await play.woman(1), await play.woman(2), await play.woman(3)]
      const families = [[kin], [{ ...kin, name: '示小麦', idNumber: madeUpNumber('2013-03-04', 13) }], []]
      for (const [at, id] of ids.entries()) {
        await play.at.opened(tx, id, { ...household, family: families[at]! })
        stage.world.deps.today = today
      }
      const none = await national('D1')
      expect(none.body.issues).toEqual([
        { field: 'ask', message: expect.stringContaining('已建档 3 户，都还没有同意') },
      ])
      const agree = (id: string, more: object = {}) =>
        stage
          .as('U4')
          .put(`/api/persons/${id}/consents`, { purpose: 'national', givenOn: '2020-04-16', ...more })
      expect((await agree(ids[0]!, { withFamily: true })).status).toBe(200)
      // On paper too, but signed by herself alone.
      expect((await agree(ids[1]!)).status).toBe(200)

      for (const who of ['D1b', 'U4', 'C']) expect([who, (await national(who)).status]).toEqual([who, 403])
      expect((await national('D1', false)).body.issues?.[0]?.field).toBe('full')
      const { body } = await national('D1')
      expect([body.state, body.rows]).toEqual(['asked', 2])
      expect((await decide('D1', body.id)).status).toBe(404)
      expect(JSON.stringify(await waiting('D1b'))).not.toContain(String(entryOf(1)['name']))
      expect((await decide('D1b', body.id)).status).toBe(200)
      expect((await made('D1', body.id)).state).toBe('ready')

      const sheets = await sheetsOf('D1', body.id)
      expect(sheets['困难职工']!.map((cells) => [cells[1], cells[2]])).toEqual(
        [1, 2].map((n) => [entryOf(n)['name'], entryOf(n)['idNumber']]),
      )
      expect(sheets['家庭成员']!.map((cells) => [cells[1], cells[2], cells[4]])).toEqual([
        [entryOf(1)['name'], kin.name, kin.idNumber],
      ])
      expect(JSON.stringify(sheets)).not.toContain(household.story)
      expect(JSON.stringify(sheets['水印'])).toContain('没有同意报送的 1 户不在表中')
      const noted = await rows<{ person: string }>(
        tx,
        sql`SELECT DISTINCT person_id AS person FROM app.person_access WHERE purpose = 'national' AND field = 'hardshipFile'`,
      )
      expect(noted.map(({ person }) => person).sort()).toEqual(ids.slice(0, 2).sort())
    }))

  it('leave no more once she takes her word back, though the file was agreed to', () =>
    stage.trial(async (tx) => {
      const play = aidAt(stage)
      const { today } = stage.world.deps
      await play.nameAll()
      const id = await play.woman(1)
      await play.at.opened(tx, id)
      stage.world.deps.today = today
      const consents = `/api/persons/${id}/consents`
      await stage.as('U4').put(consents, { purpose: 'national', givenOn: '2020-04-16' })
      const { body } = await national('D1')
      await decide('D1b', body.id)
      await stage.as('U4').call('DELETE', `${consents}/national`)
      const line = await made('D1', body.id)
      expect([line.state, line.fault]).toEqual(['failed', expect.any(String)])
    }))
})
