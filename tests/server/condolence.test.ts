import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Aid, Answered } from '#hardship/api.ts'
import type { MessageList } from '#notify/api.ts'
import { aidKinds, hardship } from '#programmes/hardship/definition.ts'
import { recordTargetOf } from '#record/intake/target.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

let stage: Stage
let play: ReturnType<typeof aidAt>
beforeAll(async () => {
  stage = await openStage()
  play = aidAt(stage)
})
afterAll(() => stage.close())

const trial = (work: (tx: Tx, person: string) => Promise<void>) =>
  stage.trial(async (tx) => {
    await play.nameAll()
    await work(tx, await play.woman(1))
  })

type Done = { id: string; state: string; version: number }
const body = {
  seenOn: today,
  ownPaid: 5000,
  mutual: 1000,
  serious: 500.5,
  bank: '示例银行',
  account: '6222020200019998888',
}
const apply = (who: string, personId: string, more: object = {}) =>
  stage.as(who).post<Done & Refusal>('/api/hardship/condolences', {
    personId,
    agreedOn: today,
    isEligible: true,
    fund: '市总',
    body,
    ...more,
  })
const fields = (refused: { body: Refusal }) => refused.body.issues?.map((i) => i.field)
const aids = async (who: string) => well(await stage.as(who).get<{ rows: Aid[] }>('/api/hardship/aids')).rows
const step = (who: string, id: string, name: string, version: number, more: object = {}) =>
  stage.as(who).post<Done & Refusal>(`/api/hardship/aids/${id}/steps`, { step: name, version, ...more })
const pay = (who: string, ids: string[]) =>
  stage.as(who).post<{ id: string } & Refusal>('/api/hardship/batches', { ids })

it('is entered for a member of the own unit whose papers were looked at, with a consent of its own', () =>
  trial(async (_, person) => {
    expect((await apply('U1', person)).status).toBe(403)
    expect((await apply('D1', person)).status).toBe(403)
    expect(fields(await apply('U4', person, { isEligible: false }))).toEqual(['isEligible'])
    expect(fields(await apply('U4', person, { body: { ...body, seenOn: '2020-04-17' } }))).toEqual(['seenOn'])
    expect(fields(await apply('U4', person, { body: { ...body, diagnosis: '…' } }))).toEqual(['diagnosis'])
    const without = await apply('U4', person, { agreedOn: undefined })
    expect([without.status, without.body.code]).not.toEqual([200, undefined])
    const kept = { turn: 'keep', on: today, keptFor: '下岗失业', reason: '' }
    well(await stage.as('U4').post(`/api/persons/${person}/standing`, kept))
    expect(fields(await apply('U4', person))).toEqual(['personId'])
    const resumed = { turn: 'resume', on: today, reason: '' }
    well(await stage.as('U4').post(`/api/persons/${person}/standing`, resumed))
    expect((await apply('U4', person)).status).toBe(200)
  }))

it('is had once in a plan; what was refused may be asked for again', () =>
  trial(async (_, person) => {
    const { id } = well(await apply('U4', person))
    expect((await apply('U4', person)).body.code).toBe('409.222')
    well(await step('D1', id, 'refuse', 1, { reason: '材料不全' }))
    expect((await apply('U4', person)).status).toBe(200)
  }))

it('goes through four people to the bank, which reads of no illness, and is counted apart from hardship', () =>
  trial(async (tx, person) => {
    const { id } = well(await apply('U4', person))
    const [line] = await aids('U4b')
    expect([line!.kind, line!.period, line!.amount, line!.fileId, line!.mayReveal]).toEqual([
      '两癌慰问金',
      '2018—2020年计划',
      5499.5,
      null,
      true,
    ])
    expect(await aids('U1')).toEqual([])
    // Whoever has it next hears of it, and not of what kind it is; neither she who entered it nor the centre, whose turn it is not.
    const told = async (who: string) =>
      (await stage.as(who).get<MessageList>('/api/messages')).body.rows.map(({ subject }) => subject)
    expect(await told('U4b')).toContain('一笔帮扶待核对')
    for (const who of ['U4', 'D1', 'D1b', 'U1']) expect(await told(who), who).toEqual([])
    // What is sealed is opened with a reason, by whoever is named; she reads who looked.
    const open = (who: string, reason: string) =>
      stage.as(who).post<Record<string, unknown> & Refusal>(`/api/hardship/aids/${id}/reveals`, { reason })
    expect(fields(await open('U4b', '看'))).toEqual(['reason'])
    expect((await open('U1', '核对申请金额')).status).toBe(404)
    expect(well(await open('U4b', '核对申请金额'))).toEqual(body)
    const looks = await rows(
      tx,
      sql`SELECT field, purpose, reason FROM app.person_access WHERE person_id = ${person}::uuid AND field = 'condolenceClaim'`,
    )
    expect(looks).toEqual([{ field: 'condolenceClaim', purpose: 'condolence', reason: '核对申请金额' }])
    expect((await step('U4', id, 'check', 1)).status).not.toBe(200)
    well(await step('U4b', id, 'check', 1))
    expect(await told('D1')).toContain('一笔帮扶待审批')
    expect((await step('U4b', id, 'approve', 2)).status).toBe(403)
    well(await step('D1', id, 'approve', 2))
    expect((await pay('D1', [id])).status).not.toBe(200)
    const { id: batch } = well(await pay('D1b', [id]))
    expect((await pay('D1b', [id])).body.code).toBe('409.223')
    const sheet = await stage.as('D1b').post(`/api/hardship/batches/${batch}/file`)
    expect(sheet.status).toBe(200)
    const stored = await rows<{ text: string }>(
      tx,
      sql`SELECT (SELECT string_agg(row_to_json(g)::text, ' ') FROM app.hardship_aid g) || (SELECT coalesce(string_agg(i::text, ' '), '') FROM app.idempotency i) AS text`,
    )
    for (const secret of [body.account, '"ownPaid"']) expect(stored[0]!.text).not.toContain(secret)
    const [{ code }] = (await rows<{ code: string }>(
      tx,
      sql`SELECT code FROM app.hardship_line WHERE batch_id = ${batch}::uuid`,
    )) as [{ code: string }]
    const answer = await play.book(['编码', '金额', '结果', '失败原因'], [[code, 5499.5, '成功', '']])
    expect(well(await stage.as('D1b').upload<Answered>(`/api/hardship/batches/${batch}`, answer)).taken).toBe(
      1,
    )
    const counted = await rows<{ id: string }>(
      tx,
      sql`SELECT r.id, r.title, r.state, r.class, h.aid_kind, h.helped, h.amount::float8 AS amount FROM app.record r
        JOIN app.hardship h ON h.district_id = r.district_id AND h.record_id = r.id`,
    )
    expect(counted).toEqual([
      {
        id: expect.any(String) as string,
        title: '2020年4月两癌慰问金发放',
        state: 'accepted',
        class: 3,
        aid_kind: '两癌慰问金',
        helped: 1,
        amount: 5499.5,
      },
    ])
    // One woman's money is no figure: the record of the batch is read by nobody, its district and city no more than others.
    for (const who of ['U4', 'D1', 'D1b', 'C']) {
      expect((await stage.as(who).get(`/api/records/hardship/${counted[0]!.id}`)).status).toBe(404)
      const list = await stage.as(who).get('/api/records/hardship')
      expect([list.status, list.raw.includes('5499.5')]).toEqual([200, false])
    }
    const figures = await rows<{ code: string; val: number }>(
      tx,
      sql`SELECT i.code, sum(l.val)::float8 AS val FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id
        WHERE l.state = 1 AND i.code ~ '^(screening|hardship)' GROUP BY i.code HAVING sum(l.val) <> 0 ORDER BY i.code`,
    )
    expect(figures.map(({ code: of }) => of)).toEqual(['screening.grantMoney', 'screening.grants'])
  }))

it('is typed by nobody: a workbook does not offer it, and what was typed before is sent back', () =>
  trial(async (tx) => {
    expect(recordTargetOf(hardship).sheets[0]!.fields['aidKind']).toMatchObject({ choices: aidKinds })
    const typed = {
      title: '春季慰问金发放',
      startsOn: '2020-04-10',
      endsOn: '2020-04-10',
      grade: '台账',
      matter: '发放',
      aidKind: '慰问',
      times: 1,
      helped: 1,
      amount: 3000,
      fund: '单位',
    }
    const { id, version } = well(await stage.as('U4').post<Done>('/api/records/hardship', { body: typed }))
    await sql`UPDATE app.hardship SET aid_kind = '两癌慰问金' WHERE record_id = ${id}::uuid`.execute(tx)
    const url = `/api/records/hardship/${id}/actions`
    expect(fields(await stage.as('D1').post<Refusal>(url, { action: 'accept', version }))).toEqual([
      'aidKind',
    ])
    const many = await stage
      .as('D1')
      .post<{ verdicts: { ok: boolean; message: string }[] }>('/api/review/accept', {
        items: [{ id, version }],
      })
    expect(well(many).verdicts.map(({ ok, message }) => [ok, message.slice(0, 7)])).toEqual([
      [false, '“两癌慰问金”'],
    ])
    const remarks = [{ field: 'aidKind', body: '由帮扶中心办理' }]
    well(await stage.as('D1').post(url, { action: 'return', version, reason: '不再填报', remarks }))
  }))
