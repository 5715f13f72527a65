import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWork } from '#audit/unitOfWork.server.ts'
import type { Desk, Notices, ObjectionAnswer, PublicNotice } from '#publicNotice/api.ts'
import { noticesOf, openNotice } from '#publicNotice/open.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** The business day of the server, moved for a while. */
async function onDay<T>(day: string, work: () => Promise<T>): Promise<T> {
  const { deps } = stage.world
  const today = deps.today
  deps.today = () => day
  try {
    return await work()
  } finally {
    deps.today = today
  }
}

const look = <T>(receipt: string) =>
  visitor().post<T>('/api/public-notice-objections/look', { receipt }, { key: null })

/** A notice of D1 with two lines. */
async function opened(tx: Tx, day = '2020-04-16', kind: 'honour' | 'family' = 'honour'): Promise<string> {
  const [org] = await rows<{ id: number; scope: string; district: number }>(
    tx,
    sql`SELECT id, scope_code AS scope, district_id AS district FROM app.org WHERE org_code = 'D1'`,
  )
  const person = stage.world.person('D1')
  const actor = {
    accountId: person.accountId,
    org: { id: org!.id, scopeCode: org!.scope, districtId: org!.district },
  }
  const notice = {
    kind,
    subject: 'test:1',
    title: '2020年五一巾帼标兵推荐对象公示',
    lines: [
      { name: '张示宁', unitName: '示例U1工会' },
      { name: '李示安', unitName: '示例U2工会' },
    ],
  }
  const made = await onDay(day, () => openNotice({ today: () => day }, tx, openWork(actor as never), notice))
  return made.id
}
const visitor = () => stage.as(null)
const notice = async (id: string) =>
  (await visitor().get<PublicNotice & Refusal>(`/api/public-notices/${id}`)).body
const object = (id: string, body: object = {}) =>
  visitor().post<{ receipt: string } & Refusal>(
    `/api/public-notices/${id}/objections`,
    { line: 1, body: '她去年才到一线岗位，不满五年', contact: '', ...body },
    { key: null },
  )
const desk = async (who: string) => (await stage.as(who).get<Desk>('/api/public-notice-desk')).body
const answer = (who: string, id: string, verdict: string, words = '经核查，人事档案记载属实') =>
  stage.as(who).post<Refusal>(`/api/public-notice-objections/${id}/answer`, { verdict, answer: words })

describe('the days of a notice', () => {
  it.each([
    ['a Thursday: five working days, the day itself not counted', '2020-04-16', 'honour', '2020-04-23'],
    ['the worked Sunday 26 April counts', '2020-04-24', 'honour', '2020-04-30'],
    ['five days off for 劳动节; the worked Saturday 9 May counts', '2020-04-30', 'honour', '2020-05-11'],
    ['国庆, with the worked Sunday 29 September', '2019-09-26', 'honour', '2019-10-09'],
    ['three working days for a family', '2020-04-16', 'family', '2020-04-21'],
  ] as const)('%s: from %s (%s) it stands until %s', (_, day, kind, closesOn) =>
    stage.trial(async (tx) => {
      const id = await opened(tx, day, kind)
      const [row] = await rows<{ closes_on: string }>(
        tx,
        sql`SELECT closes_on FROM app.public_notice WHERE id = ${id}::uuid`,
      )
      expect(row!.closes_on).toBe(closesOn)
    }),
  )

  it('takes objections to the end of its last day, and none on the next; then it is found for a month', () =>
    stage.trial(async (tx) => {
      const id = await opened(tx)
      expect((await onDay('2020-04-23', () => object(id))).status).toBe(200)
      const late = await onDay('2020-04-24', () => object(id))
      expect([late.status, late.body.code]).toEqual([409, '409.155'])
      expect((await onDay('2020-05-23', () => notice(id))).lines).toHaveLength(2)
      expect((await onDay('2020-05-24', () => notice(id))).code).toBe('404.155')
      const listed = async (day: string) =>
        (await onDay(day, () => visitor().get<Notices>('/api/public-notices'))).body.map((n) => n.id)
      expect([await listed('2020-05-23'), await listed('2020-05-24')]).toEqual([[id], []])
    }))

  it('after its term its names are erased', () =>
    stage.trial(async (tx) => {
      const id = await opened(tx)
      const names = () =>
        rows<{ name: string }>(
          tx,
          sql`SELECT name FROM app.public_notice_line WHERE notice_id = ${id}::uuid ORDER BY line`,
        )
      await sql`SELECT app.purge_public_notices('2020-05-23')`.execute(tx)
      expect(await names()).toEqual([{ name: '张示宁' }, { name: '李示安' }])
      await sql`SELECT app.purge_public_notices('2020-05-24')`.execute(tx)
      expect(await names()).toEqual([{ name: '' }, { name: '' }])
    }))
})

describe('an objection', () => {
  it('comes from anybody, is read by the organiser alone, and its answer by whoever holds the receipt', () =>
    stage.trial(async (tx) => {
      const id = await opened(tx)
      const raised = await object(id, { contact: '13900000000' })
      expect(raised.status).toBe(200)
      const own = await desk('D1')
      expect(own[0]!.objections).toMatchObject([{ about: '张示宁', contact: '13900000000', state: 'open' }])
      for (const other of ['C', 'S1', 'D2', 'U1']) expect(await desk(other)).toEqual([])
      expect(JSON.stringify(await notice(id))).not.toContain('一线')
      const objection = own[0]!.objections[0]!.id
      expect((await answer('C', objection, 'invalid')).status).toBe(404)
      expect((await answer('D1', objection, 'invalid', '否')).body.issues![0]!.field).toBe('answer')
      expect((await answer('D1', objection, 'invalid')).status).toBe(200)
      expect((await answer('D1b', objection, 'valid')).body.code).toBe('409.156')
      const told = await look<ObjectionAnswer>(raised.body.receipt.toLowerCase())
      expect(told.body).toMatchObject({ state: 'invalid', answer: '经核查，人事档案记载属实' })
      const wrong = await look<Refusal>('0000-0000')
      expect([wrong.status, wrong.body.code]).toEqual([404, '404.156'])
    }))

  it('holds the notice until it is answered, and a valid one its line', () =>
    stage.trial(async (tx) => {
      const id = await opened(tx)
      await object(id)
      const stateOn = (day: string) => onDay(day, async () => (await notice(id)).state)
      expect([await stateOn('2020-04-23'), await stateOn('2020-04-24')]).toEqual(['open', 'blocked'])
      await answer('D1', (await desk('D1'))[0]!.objections[0]!.id, 'valid')
      expect(await stateOn('2020-04-24')).toBe('passed')
      const facts = await noticesOf({ today: () => '2020-04-24' }, tx, [id])
      expect(facts.get(id)!.objections).toEqual([{ line: 1, state: 'valid' }])
    }))

  it.each([
    ['too short to be looked into', { body: '有问题' }, 'body'],
    ['against a line that is not there', { line: 7 }, 'line'],
  ])('%s is refused at its field', (_, body, field) =>
    stage.trial(async (tx) => {
      const refused = await object(await opened(tx), body)
      expect([refused.status, refused.body.issues![0]!.field]).toEqual([422, field])
    }),
  )
})
