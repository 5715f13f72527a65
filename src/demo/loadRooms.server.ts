import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { openIntervals } from '#programmes/careRoom/intervals.ts'
import { vendors, type Vendor } from '#programmes/careRoom/listing.ts'
import { fromWgs84, systems, toWgs84 } from '#programmes/careRoom/point.ts'
import { demoToday } from '#server/boot.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'
import { seeded, type Random } from './random.ts'

type Statement = { attribute: string; fromOn: string; untilOn: string | null }
type Room = {
  id: string
  district: number
  org: number
  builtOn: string
  delistedOn: string | null
  intervals: Statement[]
}
type Row = Record<string, unknown>

const insert = (table: string, list: readonly Row[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

const round = (value: number): number => Number(value.toFixed(6))

/** A made-up point within the box, in any of the systems, as different hands would bring it. */
function pointOf(random: Random, room: Room, n: number, by: string): Row {
  const crs = random.pick(systems)
  const real = { lng: 121.5 + random.int(0, 4000) / 10_000, lat: 38.95 + random.int(0, 3000) / 10_000 }
  const shifted = fromWgs84(real, crs)
  const given = { lng: round(shifted.lng), lat: round(shifted.lat) }
  return {
    district_id: room.district,
    id: idOf(31, n),
    org_id: room.org,
    record_id: room.id,
    given_lng: given.lng,
    given_lat: given.lat,
    crs,
    source: crs === 'WGS84' ? '门口手机定位' : '地图坐标拾取',
    accuracy: crs === 'WGS84' ? random.int(4, 15) : null,
    ...toWgs84(given, crs),
    is_outside: false,
    set_on: demoToday,
    set_by: by,
    set_at: `${demoToday}T02:00:00Z`,
  }
}

const earlier = (a: string, b: string) => (a < b ? a : b)

/** How a room came onto a map, or how far it got; what is online is what its record says. */
function ledgerOf(
  random: Random,
  room: Room,
  vendor: Vendor,
): { state: string; from_on: string; until_on: string | null; more?: Row }[] {
  const online = room.intervals.find((i) => i.attribute === `${vendor}上线` && i.untilOn === null)
  if (online) {
    const sent = addDays(online.fromOn, -14)
    const checked = random.chance(0.75)
      ? addDays(demoToday, -random.int(2, 28))
      : addDays(demoToday, -random.int(31, 60))
    const checked_on = checked > online.fromOn ? checked : online.fromOn
    return [
      { state: '已提交', from_on: sent, until_on: addDays(online.fromOn, -8) },
      { state: '审核中', from_on: addDays(online.fromOn, -7), until_on: addDays(online.fromOn, -1) },
      {
        state: '已上线',
        from_on: online.fromOn,
        until_on: null,
        more: { checked_on, delta_metres: random.int(0, 40) },
      },
    ].filter((one) => one.from_on >= room.builtOn || one.state === '已上线')
  }
  if (!random.chance(0.25)) return []
  const sent = earlier(addDays('2020-03-02', random.int(0, 20)), demoToday)
  const refused = addDays(sent, 9)
  return random.chance(0.4)
    ? [
        { state: '已提交', from_on: sent, until_on: addDays(refused, -1) },
        {
          state: '被驳回',
          from_on: refused,
          until_on: null,
          more: { reason: '门牌号与实地不符，请补门口照片' },
        },
      ]
    : [{ state: '已提交', from_on: sent, until_on: null }]
}

/** Points of most rooms and the ledger of maps, so that nothing on the page of rooms is empty. */
export async function loadRooms(tx: Tx, work: UnitOfWork): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const random = seeded(3180)
  const found = await rows<Room>(
    tx,
    sql`SELECT r.id, r.district_id AS district, r.org_id AS org, t.built_on AS "builtOn", t.delisted_on AS "delistedOn",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('attribute', i.attribute, 'fromOn', i.from_on, 'untilOn', i.until_on) ORDER BY i.line), '[]')
        FROM app.care_room_intervals i WHERE i.district_id = r.district_id AND i.record_id = r.id) AS intervals
      FROM app.record r JOIN app.care_room t ON t.district_id = r.district_id AND t.record_id = r.id
      WHERE r.state = 'accepted' ORDER BY t.built_on, r.id`,
  )
  // A room that people find on a map has a point; of the others some wait for one.
  const placed = found.filter((room) => openIntervals(room).length > 0 || random.chance(0.7))
  await insert(
    'care_room_point',
    placed.map((room, n) => pointOf(random, room, n, city.accountId)),
  ).execute(tx)
  const ledger = placed.flatMap((room) =>
    vendors.flatMap((vendor) =>
      ledgerOf(random, room, vendor).map(({ more, ...step }) => ({
        district_id: room.district,
        org_id: room.org,
        record_id: room.id,
        vendor,
        reason: '',
        noted_by: city.accountId,
        noted_at: `${step.from_on}T02:00:00Z`,
        ...step,
        ...more,
      })),
    ),
  )
  await insert(
    'care_room_listing',
    ledger.map((row, n) => ({ ...row, id: idOf(32, n) })),
  ).execute(tx)
  work.audit({
    districtId: city.org.districtId,
    action: 'careRoom.list',
    object: 'demo:2019',
    accountId: city.accountId,
  })
}
