import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Candidate, Checked, Issued, Ledger } from '#certificate/api.ts'
import { groupedCode } from '#certificate/code.ts'
import { makeExport } from '#export/make.server.ts'
import { rows } from '#server/database.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal, Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** A record of U1, accepted as far up as its programme asks. */
async function accepted(programme: string, changes: object = {}): Promise<Written> {
  const url = `/api/records/${programme}`
  const sent = await stage.as('U1').post<Written>(url, {
    body: bodyOf(findProgramme(programme)!, { ...changes }),
    warningNote: '已核对',
  })
  expect([sent.status, sent.raw]).toEqual([200, expect.any(String)])
  let record = sent.body
  while (record.state === 'submitted') {
    const who = stage.as(`${record.turnOf!.code}b`)
    const act = (action: string) =>
      who.post<Written>(`${url}/${record.id}/actions`, { action, version: record.version })
    const passed = await act('pass')
    record = passed.status === 200 ? passed.body : (await act('accept')).body
  }
  expect(record.state).toBe('accepted')
  return record
}
/** Titles that D1 gave, by its committee, and one that it did not. */
const honour = (honoree: string, givers = ['示例D1工会女职工委员会', '全国总工会']) =>
  accepted('honour', {
    subject: '个人',
    honoree,
    titles: givers.map((giver, at) => ({ honourType: ['三八红旗手', '全国标兵'][at], giver, level: '市级' })),
  })

const issue = (who: string, body: object) =>
  stage.as(who).post<Issued & Refusal>('/api/certificates', { layout: 'honour', ...body })
const ledger = async (who: string, query = '') =>
  (await stage.as(who).get<Ledger>(`/api/certificates${query}`)).body
const check = (code: string, address = '192.0.2.1') =>
  stage.app.inject({ url: `/api/certificates/check/${encodeURIComponent(code)}`, remoteAddress: address })
const checked = async (code: string) => (await check(code)).json<Checked & Refusal>()

/** One certificate of D1 with what the ledger holds of it. */
async function one(name: string) {
  const record = await honour(name)
  const made = await issue('D1', { records: [record.id] })
  expect([made.status, made.raw]).toEqual([200, expect.any(String)])
  const row = (await ledger('D1')).rows.find((r) => r.id === made.body.ids[0])!
  return { record, row }
}

describe('issuing', () => {
  it('takes accepted records of the own scope, once each, under numbers that go on', () =>
    stage.trial(async () => {
      const [a, b] = [await honour('张示宁'), await honour('李示安')]
      const offered = await stage
        .as('D1')
        .get<{ rows: Candidate[] }>('/api/certificates/candidates?layout=honour&year=2019')
      expect(offered.body.rows.map((r) => r.recipient).sort()).toEqual(['张示宁', '李示安'])
      expect(offered.body.rows[0]!.words).toMatch(/^荣获示例D1工会女职工委员会授予的“三八红旗手”称号（/)
      const made = await issue('D1', { records: [a.id, b.id] })
      expect(made.body.ids).toHaveLength(2)
      expect([made.body.first, made.body.last].map((no) => no.slice(-9))).toEqual(['2020-0001', '2020-0002'])
      const left = await stage
        .as('D1')
        .get<{ rows: Candidate[] }>('/api/certificates/candidates?layout=honour&year=2019')
      expect(left.body.rows).toEqual([])
      expect((await issue('D1', { records: [a.id] })).body.code).toBe('409.70')
      expect((await ledger('D1')).rows.map((r) => r.recipient)).toEqual(['李示安', '张示宁'])
    }))

  it('refuses what is not accepted or not below it, and shows the ledger to nobody else', () =>
    stage.trial(async () => {
      const { row } = await one('张示宁')
      const sent = await stage.as('U1').post<Written>('/api/records/honour', {
        body: bodyOf(findProgramme('honour')!),
        warningNote: '已核对',
      })
      expect((await issue('D1', { records: [sent.body.id] })).body.issues![0]!.field).toBe('records')
      expect((await issue('D2', { records: [row.recordId] })).body.issues![0]!.field).toBe('records')
      expect((await issue('U1', { records: [row.recordId] })).status).toBe(403)
      expect((await ledger('D2')).rows).toEqual([])
      expect((await ledger('C')).rows).toEqual([])
      const pdf = { ids: [row.id] }
      expect((await stage.as('D2').post('/api/certificates/pdf', pdf)).status).toBe(404)
    }))

  it('certifies titles that the issuer gave, and of nobody else', () =>
    stage.trial(async () => {
      const foreign = await honour('王示', ['全国总工会'])
      const offered = await stage
        .as('D1')
        .get<{ rows: Candidate[] }>('/api/certificates/candidates?layout=honour&year=2019')
      expect(offered.body.rows).toEqual([])
      const refused = await issue('D1', { records: [foreign.id] })
      expect(refused.body.issues![0]!.message).toContain('由授予单位发证')
      const { row } = await one('张示宁')
      expect(row.words).not.toContain('全国')
    }))

  it('of a class takes names, no more than it had people, or certifies the unit', () =>
    stage.trial(async () => {
      const { id } = await accepted('training', { title: '春季班', all: 3, women: 3 })
      const completion = { layout: 'training-completion', records: [id] }
      expect((await issue('D1', completion)).body.issues![0]!.field).toBe('names')
      const many = { ...completion, names: ['甲示一', '乙示二', '丙示三', '丁示四'] }
      expect((await issue('D1', many)).body.issues![0]!.message).toContain('只有 3 人')
      const made = await issue('D1', { ...completion, names: ['甲示一', ' 乙示二 ', '甲示一'] })
      expect(made.body.ids).toHaveLength(2)
      await issue('D1', { layout: 'training-held', records: [id] })
      const rows = (await ledger('D1')).rows
      expect(rows.map((r) => r.recipient).slice(1)).toEqual(['乙示二', '甲示一'])
      expect(rows[0]!.words).toMatch(/^于2019年9月20日举办“春季班”/)
      expect(rows[1]!.words).toContain('完成学习，准予结业')
    }))

  it('names a character that the typeface does not have', () =>
    stage.trial(async () => {
      const { id } = await accepted('training', { title: '夏季班' })
      const refused = await issue('D1', {
        layout: 'training-completion',
        records: [id],
        names: ['王\u{2CEB5}'],
      })
      expect(refused.status).toBe(422)
      expect(refused.body.issues![0]).toEqual({ field: 'names', message: expect.stringContaining('U+2CEB5') })
      expect((await ledger('D1')).rows).toEqual([])
    }))
})

describe('many at once', () => {
  it('leave as one file that a job makes; while one waits, a few do', () =>
    stage.trial(async () => {
      const { id } = await accepted('training', { title: '大班', all: 60, women: 60 })
      const names = Array.from({ length: 51 }, (_, n) => `示例学员${n + 1}号`)
      const made = await issue('D1', { layout: 'training-completion', records: [id], names })
      const { ids } = made.body
      const waited = await stage.as('D1').post<Refusal>('/api/certificates/pdf', { ids })
      expect([waited.status, waited.body.issues![0]!.field]).toEqual([422, 'ids'])
      const ask = { ask: { kind: 'certificates', ids }, format: 'pdf' }
      const foreign = await stage.as('D2').post('/api/exports', ask)
      expect(foreign.status).toBe(404)
      const sheet = await stage.as('D1').post<Refusal>('/api/exports', { ...ask, format: 'xlsx' })
      expect(sheet.body.issues![0]!.field).toBe('format')
      const asked = await stage.as('D1').post<{ id: string }>('/api/exports', ask)
      expect([asked.status, asked.raw]).toEqual([200, expect.any(String)])
      expect(await runDue(stage.world.deps, [makeExport])).toEqual([])
      const file = await stage.app.inject({
        url: `/api/exports/${asked.body.id}/file`,
        headers: { cookie: `__Host-sid=${stage.world.person('D1').token}` },
      })
      expect(file.headers['content-type']).toBe('application/pdf')
      expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
      expect(file.rawPayload.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(51)
    }))
})

describe('a check', () => {
  it('tells whoever holds the code what was certified, to whom masked', () =>
    stage.trial(async () => {
      const { row } = await one('张示宁')
      const found = await checked(groupedCode(row.code).toLowerCase())
      expect(found).toMatchObject({
        state: 'valid',
        no: row.no,
        title: '荣誉证书',
        recipient: '张**',
        grantedOn: '2019-09-20',
        issuedOn: '2020-04-16',
        endedOn: null,
      })
      expect(found.words).toContain('三八红旗手')
      expect(JSON.stringify(found)).not.toContain('示宁')
    }))

  it('knows no code that was not issued, and no row that does not fit its code', () =>
    stage.trial(async () => {
      const { row } = await one('张示宁')
      const wrong = row.code[5] === '2' ? '3' : '2'
      const typed = row.code.slice(0, 5) + wrong + row.code.slice(6)
      expect((await checked(typed)).code).toBe('404.2')
      expect((await checked('abc')).code).toBe('404.2')
      // Whoever can write to the database but has no key: another name under a good code.
      await sql`RESET ROLE`.execute(stage.world.deps.db)
      await sql`UPDATE app.certificate SET recipient = '李伪造' WHERE id = ${row.id}::uuid`.execute(
        stage.world.deps.db,
      )
      expect((await checked(row.code)).code).toBe('404.2')
    }))

  it('makes who guesses wait, and nobody else', () =>
    stage.trial(async () => {
      const { row } = await one('张示宁')
      let last = 0
      for (let n = 0; n < 60 && last !== 429; n++) last = (await check(`guess${n}`, '192.0.2.9')).statusCode
      expect(last).toBe(429)
      const refused = await check(row.code, '192.0.2.9')
      expect([refused.statusCode, refused.json<Refusal>().code]).toEqual([429, '429.70'])
      for (let n = 0; n < 60; n++) expect((await check(row.code, '192.0.2.10')).statusCode).toBe(200)
    }))
})

describe('what is wrong', () => {
  it('is revoked for a reason, stays in the ledger and says so to whoever checks', () =>
    stage.trial(async () => {
      const { row } = await one('张示宁')
      const url = `/api/certificates/${row.id}/revocation`
      expect((await stage.as('D1').post<Refusal>(url, { reason: '错' })).body.issues![0]!.field).toBe(
        'reason',
      )
      expect((await stage.as('D2').post(url, { reason: '发错了人' })).status).toBe(404)
      expect((await stage.as('D1').post(url, { reason: '发错了人' })).status).toBe(200)
      expect(await checked(row.code)).toMatchObject({ state: 'revoked', endedOn: '2020-04-16' })
      expect((await stage.as('D1').post<Refusal>(url, { reason: '发错了人' })).body.code).toBe('409.71')
      expect((await stage.as('D1').post('/api/certificates/pdf', { ids: [row.id] })).status).toBe(409)
      expect((await ledger('D1')).rows[0]).toMatchObject({ state: 'revoked', reason: '发错了人' })
    }))

  it('is issued anew under another number and code', () =>
    stage.trial(async () => {
      const { id } = await accepted('training', { title: '秋季班' })
      const made = await issue('D1', { layout: 'training-completion', records: [id], names: ['甲示已'] })
      const old = (await ledger('D1')).rows[0]!
      const renewed = await stage
        .as('D1')
        .post<Issued>(`/api/certificates/${made.body.ids[0]}/renewal`, { reason: '姓名写错', name: '甲示己' })
      expect([renewed.status, renewed.raw]).toEqual([200, expect.any(String)])
      const [fresh] = (await ledger('D1')).rows
      expect(fresh).toMatchObject({ recipient: '甲示己', state: 'valid' })
      expect([fresh!.no === old.no, fresh!.code === old.code]).toEqual([false, false])
      expect((await checked(old.code)).state).toBe('superseded')
      expect((await checked(fresh!.code)).state).toBe('valid')
    }))

  it('of a record that was voided is seen in the ledger', () =>
    stage.trial(async () => {
      const { row } = await one('张示宁')
      await sql`RESET ROLE`.execute(stage.world.deps.db)
      await sql`UPDATE app.record SET state = 'voided' WHERE id = ${row.recordId}::uuid`.execute(
        stage.world.deps.db,
      )
      expect((await ledger('D1')).rows[0]!.since).toBe('gone')
    }))
})

describe('a certificate on paper', () => {
  it('is a PDF of a page each, and the audit tells who took it', () =>
    stage.trial(async () => {
      const [a, b] = [await honour('赟𬱖'), await honour('李示安')]
      const { ids } = (await issue('D1', { records: [a.id, b.id] })).body
      const answer = await stage.app.inject({
        method: 'POST',
        url: '/api/certificates/pdf',
        headers: { cookie: `__Host-sid=${stage.world.person('D1').token}`, 'sec-fetch-site': 'same-origin' },
        payload: { ids },
      })
      expect(answer.headers['content-type']).toBe('application/pdf')
      const text = answer.rawPayload.toString('latin1')
      expect(text.startsWith('%PDF-')).toBe(true)
      expect(text.match(/\/Type \/Page\b/g)).toHaveLength(2)
      expect(answer.rawPayload.length).toBeLessThan(80_000)
      const acts = await rows<{ action: string }>(
        stage.world.deps.db,
        sql`SELECT action FROM app.audit WHERE action LIKE 'certificate.%' ORDER BY seq`,
      )
      expect(acts.map((act) => act.action)).toEqual(['certificate.issue', 'certificate.print'])
    }))
})
