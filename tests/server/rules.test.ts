import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MessageList } from '#notify/api.ts'
import { contract } from '#programmes/contract/definition.ts'
import { contractTerm } from '#programmes/contract/tables.ts'
import type { RuleBookAnswer, RuleEffects, RuleVersionRow } from '#rules/tablesApi.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Tx } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const firm = { firm: '甲公司', creditCode: '91350100M000100Y43', women: 30 }
const key = 'contractTerm'
const value = { leastYears: 2, mostYears: 3 }
const given = { fromOn: '2020-05-01', basis: '市总工会〔2020〕1号 第二条', note: '', value }
const propose = (who: string, changes: object = {}) =>
  stage.as(who).post<{ id: string } & Refusal>(`/api/rules/${key}/versions`, { ...given, ...changes })
const decide = (who: string, id: string, isApproved: boolean, reason = '') =>
  stage.as(who).post<Refusal>(`/api/rule-versions/${id}/decision`, { isApproved, reason })
const versions = async () => (await stage.as('C').get<RuleVersionRow[]>(`/api/rules/${key}/versions`)).body
const least = async (tx: Tx, day: string) => (await ruleOn(tx, contractTerm, day)).value.leastYears
const fields = (refusal: Refusal) => refusal.issues?.map((i) => i.field)

const oneFirm = (termUntilOn: string) =>
  bodyOf(contract, { termFromOn: '2019-10-10', termUntilOn, covered: [firm], scope: '企业' })

const enter = async (termUntilOn: string) => {
  const { status, body: answer } = await stage
    .as('U1')
    .post<Refusal>('/api/records/contract', { body: oneFirm(termUntilOn), warningNote: '已核对' })
  return [status, fields(answer)]
}

describe('a rule table', () => {
  it('changes from its day on, once a second person of the city approved', () =>
    stage.trial(async (tx) => {
      const { body } = await propose('C')
      expect(await least(tx, '2020-05-01')).toBe(1)
      expect((await decide('C', body.id, true)).body.code).toBe('422.150')
      expect((await decide('Cb', body.id, true)).status).toBe(200)
      expect([await least(tx, '2020-04-30'), await least(tx, '2020-05-01')]).toEqual([1, 2])
      const book = (await stage.as('U1').get<RuleBookAnswer>('/api/rules')).body
      expect(book.entered).toEqual([{ key, fromOn: given.fromOn, basis: given.basis, value }])
      expect([book.mayEdit, book.waiting]).toEqual([false, []])
      expect((await decide('Cb', body.id, false, '看错了')).body.code).toBe('409.152')
      const told = (await stage.as('C').get<MessageList>('/api/messages')).body.rows.map((m) => m.subject)
      expect(told).toEqual(['规则表“集体合同期限”自 2020-05-01 起的新版本已核定'])
      expect((await propose('Cb')).body.issues?.map((i) => i.field)).toEqual(['fromOn'])
    }))

  it('stays as it is where the version is rejected, with a reason, or withdrawn by its own hand', () =>
    stage.trial(async (tx) => {
      const { id } = (await propose('C')).body
      expect((await propose('Cb')).body.code).toBe('409.150')
      expect(fields((await decide('Cb', id, false)).body)).toEqual(['reason'])
      expect((await decide('Cb', id, false, '依据不足')).status).toBe(200)
      const again = (await propose('Cb')).body.id
      expect((await stage.as('C').del(`/api/rule-versions/${again}`)).status).toBe(404)
      expect((await stage.as('Cb').del(`/api/rule-versions/${again}`)).status).toBe(200)
      expect(await least(tx, '2020-06-01')).toBe(1)
      expect(new Map((await versions()).map((v) => [v.state, v.reason]))).toEqual(
        new Map([
          ['rejected', '依据不足'],
          ['withdrawn', ''],
        ]),
      )
    }))

  it('names what is missing at its field', () =>
    stage.trial(async () => {
      expect(
        fields((await propose('C', { basis: '', value: { leastYears: 0, mostYears: 11 } })).body),
      ).toEqual(['value.leastYears', 'value.mostYears', 'basis'])
      expect(fields((await propose('C', { fromOn: '2020-04-15' })).body)).toEqual(['note'])
      expect((await propose('C', { fromOn: '2020-04-16' })).status).toBe(200)
      expect((await stage.as('C').get('/api/rules/noTable/versions')).status).toBe(404)
    }))

  it('shows before it is proposed what would differ, and that it reaches back into what is locked', () =>
    stage.trial(async () => {
      const lock = { calendar: 'month', year: 2019, part: 2, note: '', waiting: 0 }
      expect((await stage.as('C').post('/api/locks', lock)).status).toBe(200)
      const { body } = await stage
        .as('C')
        .post<RuleEffects>(`/api/rules/${key}/preview`, { fromOn: '2019-02-01', value })
      expect(body.changes).toEqual([{ label: '最短（年）', before: '1', after: '2' }])
      expect(body.effects).toEqual([{ label: '有效合同中期限不足或超过的', before: '0 份', after: '0 份' }])
      expect(body.warnings).toEqual([
        '起始日期 2019-02-01 早于今天，按办理当日规则已经办结的不重新计算',
        '2019-02 至 2019年2月已有锁定的期间，已发布的数不变',
      ])
    }))

  it('is the city’s alone to change, and others may not look at what was proposed', () =>
    stage.trial(async () => {
      for (const who of ['D1', 'U1', 'leaderD1']) {
        expect((await propose(who)).status).toBe(403)
        expect((await stage.as(who).get(`/api/rules/${key}/versions`)).status).toBe(403)
      }
      const { id } = (await propose('C')).body
      expect((await decide('leader', id, true)).status).toBe(200)
    }))

  it('binds what is submitted from its day on, at the field', () =>
    stage.trial(async () => {
      const { id } = (await propose('C', { fromOn: '2019-09-01', note: '按省总要求' })).body
      expect(await enter('2020-10-09')).toEqual([200, undefined])
      expect((await decide('Cb', id, true)).status).toBe(200)
      expect(await enter('2021-10-08')).toEqual([422, ['termUntilOn']])
      expect(await enter('2021-10-09')).toEqual([200, undefined])
    }))
})
