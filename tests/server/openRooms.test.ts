import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import { openForms } from '#programmes/careRoom/open.server.ts'
import type { OpenRooms } from '#programmes/careRoom/openApi.ts'
import { rows } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { inboxOf } from '../support/inbox.ts'
import type { Refusal } from '../support/play.ts'
import { acceptedRoom, openToPublic } from '../support/rooms.ts'
import { today } from '../support/world.ts'

let stage: Stage
let look: ReturnType<typeof inboxOf>['look']
let cards: ReturnType<typeof inboxOf>['cards']
beforeAll(async () => {
  stage = await openStage()
  ;({ look, cards } = inboxOf(stage))
})
afterAll(() => stage.close())
afterEach(() => {
  stage.world.deps.today = () => today
})

const shown = async () => {
  const { status, body } = await stage.as(null).get<OpenRooms>('/api/open-rooms')
  expect(status).toBe(200)
  return body
}
const hosts = async () => (await shown()).rooms.map(({ id, org }) => [id, org])
const ids = async () => (await shown()).rooms.map(({ id }) => id)
const tell = async (id: string, kind: string, note = '', remoteAddress = '203.0.113.1') => {
  const { statusCode } = await stage.app.inject({
    method: 'POST',
    url: `/api/open-rooms/${id}/reports`,
    remoteAddress,
    headers: { 'sec-fetch-site': 'same-origin' },
    payload: { kind, note },
  })
  return { status: statusCode }
}
const anotherAddress = '203.0.113.2'
const reports = async (who: string, id: string) =>
  (await stage.as(who).get<RoomDetail>(`/api/care-rooms/${id}`)).body.reports
const close = (who: string, id: string, finding: string, note = '', key?: string) =>
  stage.as(who).post<Refusal>(`/api/care-room-reports/${id}/finding`, { finding, note }, key ? { key } : {})
const file = (form: string) => stage.as(null).get(`/api/open-rooms/file?form=${form}`)

describe('rooms for whoever needs one', () => {
  it('are told as they are, to nobody in particular, with a point in WGS84', () =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage, {
        title: '示例广场女职工关爱室',
        doorHint: '',
        phone: '0411-00000000',
        equipment: [{ item: '尿布台' }, { item: '门锁' }],
      })
      const [bare] = (await shown()).rooms
      expect(bare).toMatchObject({ point: null, reported: null, doorHint: '' })
      const point = { crs: 'BD09', source: '现场', lng: 121.626278, lat: 38.920418 }
      expect((await stage.as('U1').put(`/api/care-rooms/${id}/point`, point)).status).toBe(200)
      const { today: day, isCut, rooms } = await shown()
      expect([day, isCut, rooms.length]).toEqual([today, false, 1])
      expect(rooms[0]).toMatchObject({
        id,
        title: '示例广场女职工关爱室',
        org: '示例U1工会',
        district: '示例D1',
        address: '示例路12号',
        phone: '0411-00000000',
        equipment: ['尿布台', '门锁'],
      })
      expect(rooms[0]!.point!.lng).toBeCloseTo(121.6147, 5)
      expect(rooms[0]!.point!.lat).toBeCloseTo(38.914, 5)
      expect(JSON.stringify(rooms)).not.toContain('演示')
    }))

  it.each<[string, Record<string, unknown>, boolean]>([
    ['open without an end', {}, true],
    ['open until today', { intervals: [{ ...openToPublic, untilOn: today }] }, true],
    ['open from today', { intervals: [{ attribute: '对外开放', fromOn: today }] }, true],
    ['open until yesterday', { intervals: [{ ...openToPublic, untilOn: '2020-04-15' }] }, false],
    ['on a map, not open', { intervals: [{ attribute: '高德上线', fromOn: '2019-10-01' }] }, false],
    ['for its own people', { intervals: [] }, false],
  ])('a room %s', (_, changes, isShown) =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage, changes)
      expect(await ids()).toEqual(isShown ? [id] : [])
      expect((await tell(id, 'shut')).status).toBe(isShown ? 200 : 404)
    }),
  )

  it.each<[string, string]>([
    ['0411-83601234', '0411-83601234'],
    ['（0411）83601234 转 88', '（0411）83601234 转 88'],
    ['0411-83601234 分机8801', '0411-83601234 分机8801'],
    ['13800000000', ''],
    ['0411-83601234、138 0000 0000', ''],
    ['+86 138-0000-0000', ''],
    ['示例某 83601234', ''],
  ])('a phone told as %s goes out as %s', (phone, out) =>
    stage.trial(async () => {
      await acceptedRoom(stage, { phone, doorHint: `二楼东侧，找不到请打 ${phone}` })
      const [room] = (await shown()).rooms
      expect(room!.phone).toBe(out)
      expect(room!.doorHint).not.toMatch(/1 ?3 ?8/)
    }),
  )

  it('are told with the unit that keeps them now: of a merged unit the next, of a part the part', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      await sql`UPDATE app.record SET held_by = ${stage.world.org('U2')} WHERE id = ${id}::uuid`.execute(tx)
      expect(await hosts()).toEqual([[id, '示例U2工会']])
      await sql`UPDATE app.org SET closed_on = '2020-04-01', successor_id = ${stage.world.org('U5')} WHERE org_code = 'U2'`.execute(
        tx,
      )
      expect(await hosts()).toEqual([[id, '示例U5工会']])
      await sql`UPDATE app.org SET successor_id = NULL WHERE org_code = 'U2'`.execute(tx)
      expect(await hosts()).toEqual([])
    }))

  it('say in a file that not all of them are in it', () =>
    stage.trial(async () => {
      await acceptedRoom(stage)
      const found = await shown()
      const words = '只列出前 1 间，后面还有没有列出的'
      expect(openForms.csv.write({ ...found, isCut: true }).endsWith(`"${words}"\r\n`)).toBe(true)
      expect(JSON.parse(openForms.geojson.write({ ...found, isCut: true }))['note']).toBe(words)
      expect(openForms.csv.write(found)).not.toContain('只列出')
      expect(openForms.geojson.write(found)).not.toContain('只列出')
    }))

  it('go with their plaque, and come only with their acceptance', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      const delisting = { on: today, reason: '场地收回，不再使用' }
      await sql`UPDATE app.record SET state = 'submitted' WHERE id = ${id}::uuid`.execute(tx)
      expect(await ids()).toEqual([])
      await sql`UPDATE app.record SET state = 'accepted' WHERE id = ${id}::uuid`.execute(tx)
      expect(await ids()).toEqual([id])
      expect((await stage.as('C').post(`/api/care-rooms/${id}/delisting`, delisting)).status).toBe(200)
      expect(await ids()).toEqual([])
    }))

  it('stand in a table that a spreadsheet does not compute, and in a map of RFC 7946', () =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage, { title: '=HYPERLINK(示例)关爱室', address: '示例路"12"号' })
      const point = { crs: 'WGS84', source: '现场', lng: 121.6147, lat: 38.914 }
      await stage.as('U1').put(`/api/care-rooms/${id}/point`, point)
      const csv = await file('csv')
      expect(csv.headers['content-type']).toContain('text/csv')
      expect(csv.raw.startsWith('\uFEFF"名称","管理单位"')).toBe(true)
      expect(csv.raw).toContain('"\'=HYPERLINK(示例)关爱室"')
      expect(csv.raw).toContain('"示例路""12""号"')
      const map = await file('geojson')
      expect(map.headers['content-type']).toContain('application/geo+json')
      expect(JSON.parse(map.raw)).toMatchObject({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            id,
            geometry: { type: 'Point', coordinates: [121.6147, 38.914] },
            properties: { org: '示例U1工会' },
          },
        ],
      })
      expect((await file('xls')).status).toBe(400)
    }))
})

describe('what anybody says of a room', () => {
  it('waits at its keeper with a day, is shown to whoever comes, and is counted when said again', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      expect((await tell(id, 'shut', '周六上午锁着门')).status).toBe(200)
      // The same address again counts nothing and leaves no more words: nobody alone marks a room.
      expect((await tell(id, 'shut', '又来说一遍')).status).toBe(200)
      expect((await shown()).rooms[0]!.reported).toBeNull()
      expect(await reports('D1', id)).toMatchObject([{ times: 1, notes: ['周六上午锁着门'] }])
      expect(await cards('U1', 'fill')).toContainEqual(expect.stringContaining('有人反映打不开，'))
      expect((await tell(id, 'shut', '', anotherAddress)).status).toBe(200)
      // Her words may follow.
      expect((await tell(id, 'shut', '门卫说不让进', anotherAddress)).status).toBe(200)
      expect((await shown()).rooms[0]!.reported).toBe(today)
      expect(await reports('D1', id)).toMatchObject([
        {
          kind: 'shut',
          times: 2,
          notes: ['周六上午锁着门', '门卫说不让进'],
          dueOn: '2020-04-19',
          finding: null,
        },
      ])
      const card = `有人反映打不开（2 次），请到现场核实并处理 · /rooms/${id}`
      expect(await cards('U1', 'fill')).toContain(card)
      expect((await look('U1', 'fill')).cards.find((c) => c.link === `/rooms/${id}`)?.dueOn).toBe(
        '2020-04-19',
      )
      expect((await reports('leaderD1', id))[0]).toMatchObject({ times: 2, notes: [] })
      for (const who of ['S1', 'D1', 'C', 'U2', 'D2', 'leaderD1'])
        expect(await cards(who, 'fill'), who).not.toContain(card)
      const kept = await rows<{ line: string }>(
        tx,
        sql`SELECT to_jsonb(w)::text AS line FROM app.care_room_report w UNION ALL SELECT to_jsonb(a)::text FROM app.audit a WHERE a.action = 'careRoom.report'`,
      )
      expect(kept.length).toBe(5)
      expect(kept.map(({ line }) => line).join()).not.toMatch(/127\.0\.0\.1|203\.0\.113/)
    }))

  it('that its telling is wrong says nothing of its door', () =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage)
      await tell(id, 'wrong', '电话是空号')
      expect((await shown()).rooms[0]!.reported).toBeNull()
      expect((await reports('U1', id)).map(({ kind }) => kind)).toEqual(['wrong'])
    }))

  it('is closed once, by its unit or one above, with what was found', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      await tell(id, 'gone')
      const [report] = await reports('U1', id)
      const at = report!.id
      for (const [who, status] of [
        ['U2', 404],
        ['D2', 404],
        ['leaderD1', 403],
        ['worker', 403],
      ] as const)
        expect((await close(who, at, 'restored')).status, who).toBe(status)
      for (const finding of ['restored', 'corrected', 'untrue']) {
        const bare = await close('U1', at, finding)
        expect([bare.status, bare.body.issues?.map((i) => i.field)], finding).toEqual([422, ['note']])
      }
      const key = 'room-report-key-0001'
      expect((await close('U1', at, 'restored', '已重新开放', key)).status).toBe(200)
      expect((await close('U1', at, 'restored', '已重新开放', key)).status).toBe(200)
      expect((await close('D1', at, 'untrue', '正常开放')).body.code).toBe('409.212')
      expect(await reports('C', id)).toMatchObject([
        { finding: 'restored', answer: '已重新开放', handledOn: today, handledBy: '演示U1' },
      ])
      expect((await shown()).rooms[0]!.reported).toBeNull()
      expect(await cards('U1', 'fill')).not.toContainEqual(expect.stringContaining('有人反映'))
      const noted = await rows(tx, sql`SELECT 1 FROM app.audit WHERE action = 'careRoom.handle'`)
      expect(noted).toHaveLength(1)
      // Said again afterwards, it is a new one with a day of its own.
      stage.world.deps.today = () => '2020-04-20'
      await tell(id, 'gone')
      expect((await reports('U1', id)).map(({ finding, dueOn }) => [finding, dueOn])).toEqual([
        [null, '2020-04-23'],
        ['restored', '2020-04-19'],
      ])
    }))

  it('is bounded: in length, in kinds, and from one address', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      expect((await tell(id, 'shut', '长'.repeat(201))).status).toBe(400)
      expect((await tell(id, 'burnt')).status).toBe(400)
      await sql`DELETE FROM app.attempt`.execute(tx)
      const answers: number[] = []
      for (let n = 0; n < 7; n++) answers.push((await tell(id, 'shut')).status)
      expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429])
      expect((await tell(id, 'shut', '', anotherAddress)).status).toBe(200)
      expect((await reports('U1', id))[0]!.times).toBe(2)
    }))

  it('found untrue, does not mark the room again within seven days', () =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage)
      const both = async () => {
        await tell(id, 'shut')
        await tell(id, 'shut', '', anotherAddress)
        return (await shown()).rooms[0]!.reported
      }
      expect(await both()).toBe(today)
      const [report] = await reports('U1', id)
      expect((await close('U1', report!.id, 'untrue', '到现场看过，正常开放')).status).toBe(200)
      // Whoever said it today has said it.
      expect(await both()).toBeNull()
      expect(await reports('U1', id)).toHaveLength(1)
      stage.world.deps.today = () => '2020-04-22'
      expect(await both()).toBeNull()
      expect(await cards('U1', 'fill')).toContainEqual(expect.stringContaining('有人反映打不开（2 次）'))
      stage.world.deps.today = () => '2020-04-23'
      expect((await shown()).rooms[0]!.reported).toBe('2020-04-22')
    }))

  it('of a room whose record stands no more asks nobody for anything', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      await tell(id, 'gone')
      const asked = expect.stringContaining('有人反映不在了')
      expect(await cards('U1', 'fill')).toContainEqual(asked)
      await sql`UPDATE app.record SET state = 'voided' WHERE id = ${id}::uuid`.execute(tx)
      expect(await cards('U1', 'fill')).not.toContainEqual(asked)
    }))

  it('loses the words of strangers after a while, not what was found', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      await tell(id, 'shut', '周六上午锁着门')
      const [report] = await reports('U1', id)
      await close('U1', report!.id, 'restored', '门锁已修好')
      const notes = async (before: string) => {
        await sql`SELECT app.purge_room_words(${before}::date)`.execute(tx)
        const [left] = await reports('U1', id)
        return [left!.notes, left!.answer]
      }
      expect(await notes(today)).toEqual([['周六上午锁着门'], '门锁已修好'])
      expect(await notes('2020-04-17')).toEqual([[], '门锁已修好'])
    }))
})

const press = async (id: string) =>
  (
    await stage.app.inject({
      method: 'POST',
      url: `/api/open-rooms/${id}/uses`,
      remoteAddress: '203.0.113.3',
      headers: { 'sec-fetch-site': 'same-origin' },
    })
  ).statusCode
const pressAs = async (id: string, key: string) =>
  (
    await stage.app.inject({
      method: 'POST',
      url: `/api/open-rooms/${id}/uses`,
      remoteAddress: '203.0.113.3',
      headers: { 'sec-fetch-site': 'same-origin', 'idempotency-key': key },
    })
  ).statusCode
const uses = async (id: string) => (await stage.as('S1').get<RoomDetail>(`/api/care-rooms/${id}`)).body.uses
const tellMonth = (who: string, id: string, ym: number, book: number) =>
  stage.as(who).put<Refusal>(`/api/care-rooms/${id}/uses`, { ym, book })

describe('how often a room is used', () => {
  it('is counted at the door, of a room that need not be open to everybody, and not after its end', () =>
    stage.trial(async (tx) => {
      const { id } = await acceptedRoom(stage)
      expect([await press(id), await press(id)]).toEqual([200, 200])
      expect(await uses(id)).toEqual([{ ym: 202004, door: 2, book: null }])
      const [kept] = await rows<{ n: number; text: string }>(
        tx,
        sql`SELECT count(*)::int AS n, string_agg(to_jsonb(a)::text, ' ') AS text FROM app.audit a WHERE a.action = 'careRoom.use'`,
      )
      expect(kept!.n).toBe(2)
      expect(kept!.text).not.toContain('203.0.113')
      await sql`UPDATE app.care_room SET delisted_on = '2020-04-17' WHERE record_id = ${id}::uuid`.execute(tx)
      expect(await press(id)).toBe(200)
      stage.world.deps.today = () => '2020-04-17'
      expect(await press(id)).toBe(404)
      expect(await press('00000000-0000-7000-8000-000000000000')).toBe(404)
    }))

  it('counts a press once that was sent again because its answer was lost', () =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage)
      const key = '00000000-0000-4000-8000-00000000000a'
      for (const one of [key, key, key.replace('a', 'b')]) expect(await pressAs(id, one)).toBe(200)
      expect(await uses(id)).toEqual([{ ym: 202004, door: 2, book: null }])
    }))

  it('is told by its own unit from the book, for months of its life that are over', () =>
    stage.trial(async () => {
      const { id } = await acceptedRoom(stage)
      await press(id)
      for (const ym of [202005, 202004, 201701])
        expect([ym, (await tellMonth('U1', id, ym, 3)).body.issues?.[0]?.field]).toEqual([ym, 'ym'])
      for (const who of ['S1', 'D1', 'U2'])
        expect([who, (await tellMonth(who, id, 202003, 3)).status]).toEqual([who, 404])
      for (const book of [12, 0]) expect((await tellMonth('U1', id, 202003, book)).status).toBe(200)
      expect(await uses(id)).toEqual([
        { ym: 202004, door: 1, book: null },
        { ym: 202003, door: 0, book: 0 },
      ])
    }))
})
