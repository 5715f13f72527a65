import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RoomDetail, RoomList } from '#programmes/careRoom/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal, Written } from '../support/play.ts'
import { acceptedRoom, openToPublic as open } from '../support/rooms.ts'
import { today } from '../support/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const room = (changes: Record<string, unknown> = {}) => acceptedRoom(stage, changes)

const at = (id: string, more = '') => `/api/care-rooms/${id}${more}`
const read = async (who: string, id: string) => (await stage.as(who).get<RoomDetail>(at(id))).body
const place = (who: string, id: string, body: object) =>
  stage.as(who).put<Refusal>(at(id, '/point'), {
    crs: 'WGS84',
    source: '现场手机定位',
    lng: 121.6147,
    lat: 38.914,
    ...body,
  })
const list = (who: string, id: string, state: string, fromOn: string, more: object = {}) =>
  stage.as(who).post<Refusal>(at(id, '/listings'), { vendor: '高德', state, fromOn, ...more })
const check = (id: string, finding: string, more: object = {}) =>
  stage.as('D1').post<Refusal>(at(id, '/checks'), { vendor: '高德', finding, ...more })
const openRooms = async (year = 2020) =>
  (
    await stage.as('D1').get<{ figures: { indicator: string; value: number }[] }>(`/api/figures?year=${year}`)
  ).body.figures.find((f) => f.indicator === 'careRoom.open')?.value ?? 0
const due = async () => (await stage.as('D1').get<RoomList>('/api/care-rooms?show=due')).body.counts.due
const fields = (refused: { body: Refusal }) => refused.body.issues?.map((i) => i.field)

describe('a point', () => {
  it('keeps what was given, and is told to each vendor in its own system', () =>
    stage.trial(async () => {
      const { id } = await room()
      expect((await place('U1', id, { crs: 'BD09', lng: 121.626278, lat: 38.920418 })).status).toBe(200)
      const { point, vendorPoints } = await read('U1', id)
      expect(point!.given).toEqual({ lng: 121.626278, lat: 38.920418, crs: 'BD09' })
      expect(point!.wgs84.lng).toBeCloseTo(121.6147, 5)
      expect(point!.wgs84.lat).toBeCloseTo(38.914, 5)
      const [amap, baidu, tencent] = vendorPoints
      expect(amap!.text).toMatch(/^121\.6196\d+,38\.9147\d+$/)
      expect(baidu!.text).toMatch(/^121\.62627\d,38\.92041\d$/)
      expect(tencent!.text).toBe(amap!.text.split(',').toReversed().join(','))
    }))

  it('with its axes swapped is refused; outside the city only with a word for it', () =>
    stage.trial(async () => {
      const { id } = await room()
      const swapped = await place('U1', id, { lng: 38.914, lat: 121.6147 })
      expect([swapped.status, fields(swapped)]).toEqual([422, ['lng']])
      expect(swapped.body.issues![0]!.message).toContain('请对调')
      const outside = { lng: 120.8999, lat: 38.914 }
      expect(fields(await place('U1', id, outside))).toEqual(['isSure'])
      expect((await place('U1', id, { ...outside, isSure: true })).status).toBe(200)
      expect((await read('U1', id)).room.faults).toContain('坐标不在本市范围内')
      expect((await place('U1', id, { lng: 120.9 })).status).toBe(200)
      const { point, earlierPoints } = await read('U1', id)
      expect([point!.isOutside, earlierPoints.length]).toEqual([false, 1])
    }))

  it('is set by its unit and those above, of an accepted room; nobody else sees it', () =>
    stage.trial(async () => {
      const { id } = await room()
      expect((await place('D2', id, {})).status).toBe(404)
      expect((await place('leaderD1', id, {})).status).toBe(403)
      expect((await stage.as('U2').get(at(id))).status).toBe(404)
      const lines = async (who: string) => (await stage.as(who).get<RoomList>('/api/care-rooms')).body.rows
      expect((await lines('U1')).map((r) => r.id)).toEqual([id])
      expect((await lines('C')).map((r) => r.id)).toEqual([id])
      expect(await lines('D2')).toEqual([])
      const sent = await stage.as('U1').post<Written>('/api/records/careRoom', {
        body: bodyOf(findProgramme('careRoom')!),
        warningNote: '已核对',
      })
      expect((await place('U1', sent.body.id, {})).body.code).toBe('409.210')
    }))
})

describe('the ledger of maps', () => {
  it('opens the room in its record, and in the figure, from the day it is online', () =>
    stage.trial(async () => {
      const { id } = await room()
      expect(await openRooms()).toBe(0)
      expect((await list('D1', id, '已提交', '2020-03-02')).status).toBe(200)
      expect((await list('D1', id, '审核中', '2020-03-05')).status).toBe(200)
      expect(await openRooms()).toBe(0)
      expect((await list('C', id, '已上线', '2020-03-20', { poiId: 'B000A1' })).status).toBe(200)
      expect(await openRooms()).toBe(1)
      const seen = await read('D1', id)
      expect([seen.room.isOpen, seen.unlike]).toEqual([true, []])
      const record = await stage.as('U1').get(`/api/records/careRoom/${id}`)
      expect(record.raw).toContain('"attribute":"高德上线","value":null,"fromOn":"2020-03-20","untilOn":null')
      expect(record.raw).toContain('高德：已上线')
      expect((await list('D1', id, '已下线', today, { reason: '地图上搜不到' })).status).toBe(200)
      expect(await openRooms()).toBe(0)
    }))

  it('refuses what cannot follow, the future, and days before what stands', () =>
    stage.trial(async () => {
      const { id } = await room()
      expect(fields(await list('D1', id, '已上线', today))).toEqual(['state'])
      expect(fields(await list('D1', id, '已提交', '2020-04-17'))).toEqual(['fromOn'])
      expect(fields(await list('D1', id, '已提交', '2019-09-19'))).toEqual(['fromOn'])
      expect((await list('D1', id, '已提交', '2019-09-20')).status).toBe(200)
      expect(fields(await list('D1', id, '被驳回', today))).toEqual(['reason'])
      expect((await list('U1', id, '审核中', today)).status).toBe(403)
      expect((await list('D2', id, '审核中', today)).status).toBe(404)
    }))

  it('takes over what the record told before it began', () =>
    stage.trial(async () => {
      const { id } = await room({ intervals: [open, { attribute: '高德上线', fromOn: '2019-11-05' }] })
      expect((await read('D1', id)).room.listings[0]).toEqual({
        vendor: '高德',
        state: '已上线',
        fromOn: '2019-11-05',
        checkedOn: null,
        isDue: true,
      })
      expect((await list('D1', id, '信息有误', '2020-02-01', { reason: '电话变了' })).status).toBe(200)
      const { ledger, unlike } = await read('D1', id)
      expect(ledger.map((l) => [l.state, l.fromOn, l.untilOn])).toEqual([
        ['信息有误', '2020-02-01', null],
        ['已上线', '2019-11-05', '2020-01-31'],
      ])
      expect(unlike).toEqual([])
      expect([await openRooms(2019), await openRooms()]).toEqual([1, 0])
    }))

  it('is looked at once a month: due on the day, not on its eve', () =>
    stage.trial(async (tx) => {
      const { id } = await room()
      await list('D1', id, '已提交', '2020-03-01')
      // 31 days before today is due, 30 days is not.
      await list('D1', id, '已上线', '2020-03-17')
      expect(await due()).toBe(0)
      await sql`UPDATE app.care_room_listing SET checked_on = '2020-03-16' WHERE record_id = ${id}::uuid AND until_on IS NULL`.execute(
        tx,
      )
      expect(await due()).toBe(1)
      expect((await check(id, '在线')).status).toBe(200)
      expect(await due()).toBe(0)
      expect((await check(id, '偏移', { deltaMetres: 430 })).status).toBe(200)
      const seen = await read('D1', id)
      expect(seen.ledger[0]).toMatchObject({ state: '信息有误', reason: '偏移约 430 米', deltaMetres: 430 })
      expect(seen.room.isOpen).toBe(false)
      expect(fields(await check(id, '在线'))).toEqual(['vendor'])
    }))

  it('leaves a locked month as it was published, and waits for a correction', () =>
    stage.trial(async (tx) => {
      const { id, version } = await room()
      await list('D1', id, '已提交', '2020-03-01')
      expect(
        (
          await stage
            .as('D1')
            .post('/api/locks', { calendar: 'month', year: 2020, part: 3, note: '月报已报送', waiting: 0 })
        ).status,
      ).toBe(200)
      const refused = await list('D1', id, '已上线', '2020-03-20')
      expect([refused.body.code, refused.body.message]).toEqual([
        '409.211',
        expect.stringContaining('2020年3月'),
      ])
      expect((await list('D1', id, '已上线', '2020-04-01')).status).toBe(200)
      const [found] = await rows<{ version: number }>(
        tx,
        sql`SELECT version FROM app.record WHERE id = ${id}::uuid`,
      )
      expect(found!.version).toBe(version + 1)
    }))
})

describe('what goes to a vendor', () => {
  it('is a workbook of rooms that it would take', () =>
    stage.trial(async () => {
      const { id } = await room()
      await place('U1', id, {})
      const other = await room({ title: '★示例U1关爱室', address: '示例街' })
      const book = await stage.as('C').get(`/api/care-room-books/${encodeURIComponent('百度')}`)
      expect([book.status, book.headers['content-type']]).toEqual([
        200,
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ])
      const faults = (await read('C', other.id)).room.faults
      expect(faults).toEqual(['名称里有“★”，图商一般不收', '地址没有门牌号', '还没有坐标'])
      expect((await stage.as('U1').get(`/api/care-room-books/${encodeURIComponent('百度')}`)).status).toBe(
        403,
      )
    }))

  it('is a card, once there is a point', () =>
    stage.trial(async () => {
      const { id } = await room()
      const card = () => stage.as('D1').post<Refusal>(at(id, '/card'), {}, { key: null })
      expect(fields(await card())).toEqual(['point'])
      await place('D1', id, {})
      const made = await card()
      expect([made.status, made.headers['content-disposition']]).toEqual([
        200,
        expect.stringContaining(encodeURIComponent('上图提交卡')),
      ])
    }))
})
