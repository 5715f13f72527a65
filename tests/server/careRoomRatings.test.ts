import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Ratings } from '#programmes/careRoom/ratingApi.ts'
import type { Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'
import { acceptedRoom } from '../support/rooms.ts'
import { today } from '../support/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
afterEach(() => setDay(today))
const setDay = (day: string) => {
  stage.world.deps.today = () => day
}

const of = (id: string, more = '') => `/api/care-rooms/${id}${more}`
const read = async (who: string, id: string) => (await stage.as(who).get<Ratings>(of(id, '/ratings'))).body
const apply = (who: string, id: string, grade = '市级') =>
  stage.as(who).post<{ id: string } & Refusal>(of(id, '/ratings'), { grade })
const fields = (refused: { body: Refusal }) => refused.body.issues?.map((i) => i.field)

/** One rating as it stands for a person, and her acts on it. */
async function act(who: string, room: string, action: string, more: object = {}) {
  const [rating] = (await read(who, room)).ratings
  return stage.as(who).post<Refusal>(`/api/care-room-ratings/${rating!.id}/actions`, {
    action,
    version: rating!.version,
    ...more,
  })
}
/** Full points, but for what is told otherwise. */
async function score(who: string, room: string, but: Record<string, number> = {}) {
  const [rating] = (await read(who, room)).ratings
  return stage.as(who).put<Refusal>(`/api/care-room-ratings/${rating!.id}/scores`, {
    version: rating!.version,
    scores: rating!.lines.map(({ key, points }) => ({ key, points: but[key] ?? points })),
  })
}
const done = (answer: { status: number; raw: string }) =>
  expect([answer.status, answer.raw]).toEqual([200, expect.any(String)])

/** A room whose application is under 公示 since today. */
async function announced(): Promise<string> {
  const { id } = await acceptedRoom(stage)
  done(await apply('U1', id))
  done(await score('U1', id))
  done(await act('U1', id, 'forward'))
  done(await score('D1', id, { used: 0 }))
  done(await act('D1', id, 'recommend'))
  done(await score('C', id, { open: 5 }))
  done(await act('C', id, 'announce'))
  return id
}
/** The day after the notice ran out: five working days from Thursday the 16th end on the 23rd. */
const after = '2020-04-24'
async function granted(): Promise<string> {
  const id = await announced()
  setDay(after)
  done(await act('C', id, 'grant', { plaqueNo: '示例女室2020-01' }))
  return id
}

describe('a rank', () => {
  it('goes from self-score over district and city to the plaque, each column beside the others', () =>
    stage.trial(async () => {
      const id = await granted()
      const { ratings, visits } = await read('U1', id)
      const [rating] = ratings
      expect(rating).toMatchObject({ state: 'granted', plaqueNo: '示例女室2020-01', grantedOn: after })
      const used = rating!.lines.find((l) => l.key === 'used')!
      expect([used.self?.points, used.district?.points, used.city?.points]).toEqual([5, 0, 5])
      const room = await stage.as('U1').get<{ room: { rank: string } }>(of(id))
      expect(room.body.room.rank).toBe('市级')
      expect(visits.map((v) => [v.kind, v.dueOn])).toEqual([['年度复查', '2021-04-24']])
    }))

  it('is not hung up on the last day of the notice, nor over an objection', () =>
    stage.trial(async () => {
      const id = await announced()
      setDay('2020-04-23')
      const early = await act('C', id, 'grant', { plaqueNo: '1' })
      expect([fields(early), early.body.issues![0]!.message]).toEqual([
        ['action'],
        expect.stringContaining('2020-04-23'),
      ])
      const [rating] = (await read('C', id)).ratings
      setDay(today)
      done(
        await stage.as(null).post(`/api/public-notices/${rating!.notice!.id}/objections`, {
          line: 1,
          body: '这间关爱室从来不开门，去过三次',
          contact: '',
        }),
      )
      setDay(after)
      expect(fields(await act('C', id, 'grant', { plaqueNo: '1' }))).toEqual(['action'])
      const [notice] = (
        await stage.as('C').get<{ objections: { id: string }[] }[]>('/api/public-notice-desk')
      ).body
      const answer = { verdict: 'invalid', answer: '已到现场核实，每天按时开门' }
      done(
        await stage
          .as('Cb')
          .post(`/api/public-notice-objections/${notice!.objections[0]!.id}/answer`, answer),
      )
      done(await act('C', id, 'grant', { plaqueNo: '1' }))
    }))

  it('hangs under a number that hangs nowhere else in the city', () =>
    stage.trial(async (tx) => {
      const id = await announced()
      const other = await acceptedRoom(stage, { title: '示例U1第二关爱室' })
      await sql`INSERT INTO app.care_room_rating (district_id, id, org_id, record_id, grade, sheet, sheet_basis, lines, least_points, state, applied_on, turned_on,
          plaque_no, granted_on, created_by)
        SELECT o.district_id, gen_random_uuid(), o.id, r.id, g.grade, g.sheet, g.sheet_basis, g.lines, 0, 'granted', g.applied_on, g.applied_on, '1', g.applied_on, g.created_by
        FROM app.care_room_rating g JOIN app.record r ON r.id = ${other.id}::uuid JOIN app.org o ON o.id = r.org_id`.execute(
        tx,
      )
      setDay(after)
      expect((await act('C', id, 'grant', { plaqueNo: '1' })).body.code).toBe('409.213')
      await sql`UPDATE app.care_room_rating SET state = 'ended', ended_on = granted_on, reason = '室已撤销' WHERE state = 'granted'`.execute(
        tx,
      )
      done(await act('C', id, 'grant', { plaqueNo: '1' }))
    }))

  it('asks for its square metres, at the field', () =>
    stage.trial(async () => {
      const small = await acceptedRoom(stage, { area: 7 })
      const refused = await apply('U1', small.id, '四星')
      expect([refused.status, fields(refused)]).toEqual([422, ['grade']])
      expect(refused.body.issues![0]!.message).toBe('四星要求不少于 8 平方米，这间是 7 平方米')
      expect((await read('U1', small.id)).offered.find((o) => o.grade === '四星')?.fits).toBe(false)
      const enough = await acceptedRoom(stage, { area: 8, title: '示例U1第二关爱室' })
      done(await apply('U1', enough.id, '四星'))
      expect((await apply('U1', enough.id)).body.code).toBe('409.214')
    }))

  it('moves by the hand whose turn it is alone, and asks for whole columns', () =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage)
      expect((await apply('D1', id)).status).toBe(403)
      done(await apply('U1', id))
      expect(fields(await act('U1', id, 'forward'))).toEqual(['scores.place'])
      expect((await score('D1', id)).status).toBe(403)
      expect(fields(await score('U1', id, { place: 11 }))).toEqual(['scores.place'])
      done(await score('U1', id))
      done(await act('U1', id, 'forward'))
      expect((await score('U1', id)).status).toBe(403)
      expect((await act('U1', id, 'recommend')).status).toBe(403)
      done(await score('D1', id, { clean: 0 }))
      expect(fields(await act('D1', id, 'recommend'))).toEqual(['scores.clean'])
      // 70 points carry on, 69 do not.
      done(await score('D1', id, { care: 0, keep: 4 }))
      expect(fields(await act('D1', id, 'recommend'))).toEqual(['scores'])
      done(await score('D1', id, { care: 0, keep: 5 }))
      done(await act('D1', id, 'recommend'))
      expect(fields(await act('C', id, 'returnDown', { reason: '不' }))).toEqual(['reason'])
      done(await act('C', id, 'returnDown', { reason: '请补消毒登记' }))
      expect((await read('D1', id)).ratings[0]).toMatchObject({
        state: 'district',
        reason: '请补消毒登记',
        column: 'district',
      })
    }))
})

const step = (who: string, id: string, action: string, more: object = {}) =>
  stage.as(who).post<Refusal>(`/api/care-room-subsidies/${id}/actions`, { action, ...more })
/** The town has three persons of the city; what was entered becomes another's. */
const enteredByAnother = (tx: Tx, id: string) =>
  sql`UPDATE app.care_room_subsidy SET entered_by = '00000000-0000-4000-8000-00000000abcd' WHERE id = ${id}::uuid`.execute(
    tx,
  )
const total = async () =>
  (
    await stage.as('D1').get<{ figures: { indicator: string; value: number }[] }>('/api/figures?year=2020')
  ).body.figures.find((f) => f.indicator === 'careRoom.total')?.value ?? 0

describe('the subsidy', () => {
  it('is entered once by the rule of the grade, and passes four different hands', () =>
    stage.trial(async (tx) => {
      const id = await granted()
      const [rating] = (await read('C', id)).ratings
      expect(rating!.claimable).toBe(2000)
      const url = `/api/care-room-ratings/${rating!.id}/subsidy`
      expect((await stage.as('D1').post(url, {})).status).toBe(403)
      const made = await stage.as('C').post<{ id: string } & Refusal>(url, {})
      done(made)
      expect((await stage.as('Cb').post<Refusal>(url, {})).body.code).toBe('409.215')
      expect((await step('C', made.body.id, 'check')).body.code).toBe('422.210')
      await enteredByAnother(tx, made.body.id)
      done(await step('C', made.body.id, 'check'))
      expect((await step('C', made.body.id, 'approve')).body.code).toBe('422.210')
      expect(fields(await step('Cb', made.body.id, 'pay', { voucher: 'P1' }))).toEqual(['action'])
      done(await step('Cb', made.body.id, 'approve'))
      expect((await step('Cb', made.body.id, 'pay', { voucher: 'P1' })).body.code).toBe('422.210')
      const pay = (more: object) => step('leader', made.body.id, 'pay', more)
      expect(fields(await pay({}))).toEqual(['voucher'])
      expect(fields(await pay({ voucher: 'P1', paidOn: '2020-04-23' }))).toEqual(['paidOn'])
      expect(fields(await pay({ voucher: 'P1', paidOn: '2020-04-25' }))).toEqual(['paidOn'])
      done(await pay({ voucher: 'P1', paidOn: after }))
      const paid = (await read('C', id)).ratings[0]!
      expect([paid.subsidy!.state, paid.subsidy!.steps.length, paid.claimable]).toEqual(['paid', 4, null])
      const record = await stage.as('U1').get(`/api/records/careRoom/${id}`)
      expect(record.raw).toContain('支付补助 2000 元')
    }))
})

describe('visits and the end', () => {
  it("a visit that finds fault brings another; a good yearly one brings next year's", () =>
    stage.trial(async () => {
      const id = await granted()
      setDay('2021-04-24')
      const visit = async () => (await read('D1', id)).visits.find((v) => v.doneOn === null)!
      expect((await visit()).isLate).toBe(false)
      const close = async (body: object) =>
        stage.as('D1').post<Refusal>(`/api/care-room-visits/${(await visit()).id}/result`, {
          doneOn: '2021-04-24',
          ...body,
        })
      expect(fields(await close({ result: '限期整改', findings: '没有消毒登记' }))).toEqual(['againOn'])
      done(await close({ result: '限期整改', findings: '没有消毒登记', againOn: '2021-05-24' }))
      expect(await visit()).toMatchObject({ kind: '整改复查', dueOn: '2021-05-24' })
      setDay('2021-05-25')
      expect((await visit()).isLate).toBe(true)
    }))

  it('delisting takes it out of the stock from that day, and ends its rank', () =>
    stage.trial(async () => {
      const id = await granted()
      expect(await total()).toBe(1)
      const delist = (who: string, body: object) => stage.as(who).post<Refusal>(of(id, '/delisting'), body)
      expect((await delist('D1', { on: after, reason: '一年没有人用' })).status).toBe(403)
      expect(fields(await delist('C', { on: '2020-04-25', reason: '一年没有人用' }))).toEqual(['on'])
      expect(fields(await delist('C', { on: after, reason: '少' }))).toEqual(['reason'])
      done(await delist('C', { on: after, reason: '一年没有人用' }))
      expect(await total()).toBe(0)
      const { ratings, may } = await read('U1', id)
      expect([ratings[0]!.state, ratings[0]!.reason, may.apply]).toEqual(['ended', '一年没有人用', false])
    }))
})
