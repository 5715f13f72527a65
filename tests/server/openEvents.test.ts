import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenEvents } from '#signup/openApi.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventBody, eventsAt } from '../support/events.ts'

let stage: Stage
let play: ReturnType<typeof eventsAt>
beforeAll(async () => {
  stage = await openStage()
  play = eventsAt(stage)
})
afterAll(() => stage.close())

const shown = async () => {
  const { status, body } = await stage.as(null).get<OpenEvents>('/api/open-events')
  expect(status).toBe(200)
  return body.events
}
const ids = async () => (await shown()).map(({ id }) => id)

describe('events for whoever looks', () => {
  it('tell what, when, how and how many are left', () =>
    stage.trial(async (tx) => {
      await play.register(tx, 'worker')
      const id = await play.put()
      expect((await play.enter('worker', id)).status).toBe(200)
      const [event] = await shown()
      expect(event).toEqual({
        id,
        title: eventBody.title,
        kind: '培训班',
        place: eventBody.place,
        mode: 'firstCome',
        cap: 2,
        left: 1,
        host: '示例D1工会',
        opensAt: eventBody.opensAt,
        closesAt: eventBody.closesAt,
        startsAt: eventBody.startsAt,
        endsAt: eventBody.endsAt,
      })
    }))

  it.each<[string, object, boolean]>([
    ['of one unit', { isPublic: false }, false],
    ['that opens within a month', { opensAt: '2020-04-18T09:00:00+08:00' }, true],
    [
      'that opens later',
      {
        opensAt: '2020-06-01T09:00:00+08:00',
        closesAt: '2020-06-10T09:00:00+08:00',
        cancelUntil: '2020-06-10T09:00:00+08:00',
        startsAt: '2020-06-12T09:00:00+08:00',
        endsAt: '2020-06-12T11:00:00+08:00',
      },
      false,
    ],
  ])('one %s', (_, changes, isShown) =>
    stage.trial(async () => {
      const id = await play.put(changes)
      expect(await ids()).toEqual(isShown ? [id] : [])
    }),
  )

  it('a draft is not there, nor one that closed or was called off; the next stands first', () =>
    stage.trial(async () => {
      await play.make()
      const late = await play.put({
        endsAt: '2020-05-02T11:00:00+08:00',
        startsAt: '2020-05-02T09:00:00+08:00',
      })
      const soon = await play.put()
      expect(await ids()).toEqual([soon, late])
      expect((await play.step(soon, 'close')).status).toBe(200)
      expect(await ids()).toEqual([late])
      expect((await play.step(late, 'cancel', '场地维修，改期另行通知')).status).toBe(200)
      expect(await ids()).toEqual([])
    }))

  it('of a draw, and of places parted among units, nobody says how many are left', () =>
    stage.trial(async () => {
      await play.put({ mode: 'draw' })
      await play.put({ mode: 'review' })
      await play.put({ allotments: [{ orgId: stage.world.org('U1'), cap: 1 }] })
      expect((await shown()).map(({ left }) => left)).toEqual([null, null, null])
    }))
})

describe('places of a hall that several events share', () => {
  it('are told to anybody, and to her, as few as are free in all', () =>
    stage.trial(async (tx) => {
      await play.register(tx, 'worker')
      const [one, other] = [await play.put({ cap: 8 }), await play.put({ cap: 8 })]
      const hall = randomUUID()
      await sql`INSERT INTO app.event_quota (district_id, id, org_id, label, cap, taken)
        SELECT e.district_id, ${hall}::uuid, e.org_id, '示例礼堂', 5, 2 FROM app.event e WHERE e.id = ${one}::uuid`.execute(
        tx,
      )
      await sql`INSERT INTO app.event_quota_use SELECT e.district_id, e.id, ${hall}::uuid FROM app.event e WHERE e.id IN (${one}::uuid, ${other}::uuid)`.execute(
        tx,
      )
      const left = async () => [
        (await shown()).map((event) => event.left),
        (await play.mine('worker')).rows.map((event) => event.left),
      ]
      expect(await left()).toEqual([
        [3, 3],
        [3, 3],
      ])
      await sql`UPDATE app.event_quota SET taken = 6 WHERE id = ${hall}::uuid`.execute(tx)
      expect(await left()).toEqual([
        [0, 0],
        [0, 0],
      ])
    }))
})

const asked = async (who: string | null, id: string) => (await stage.as(who).get(`/api/draws/${id}`)).status

describe('the page of a draw', () => {
  it('of the whole city is open to anybody; of one unit to whoever may read the event', () =>
    stage.trial(async (tx) => {
      await play.register(tx, 'worker')
      const open = await play.put({ mode: 'draw' })
      const own = await play.put({ mode: 'draw', isPublic: false })
      for (const who of [null, 'D2', 'worker']) expect(await asked(who, open), String(who)).toBe(200)
      for (const who of ['D1', 'U1', 'U4']) expect(await asked(who, own), who).toBe(200)
      for (const who of [null, 'D2', 'service', 'systemAdmin', 'auditAdmin'])
        expect(await asked(who, own), String(who)).toBe(404)
      const refused = await stage.as(null).get(`/api/draws/${own}`)
      const unknown = await stage.as(null).get('/api/draws/00000000-0000-4000-8000-000000000000')
      expect(refused.body['code']).toBe(unknown.body['code'])
    }))

  it('of places parted among units is read by these and the host, not by another unit of the district', () =>
    stage.trial(async () => {
      const id = await play.put({
        mode: 'draw',
        isPublic: false,
        allotments: [{ orgId: stage.world.org('U1'), cap: 1 }],
      })
      for (const who of ['D1', 'U1']) expect(await asked(who, id), who).toBe(200)
      for (const who of ['U4', 'D2']) expect(await asked(who, id), who).toBe(404)
    }))
})
