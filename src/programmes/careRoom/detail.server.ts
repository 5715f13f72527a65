import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { AnyRow } from '#kit/row.ts'
import type { Actor } from '#identity/actor.ts'
import { getRecord } from '#record/act.server.ts'
import type { Spine } from '#record/spine.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ListingRow, RoomDetail, RoomPoint } from './api.ts'
import { mayOn } from './change.server.ts'
import { careRoom } from './definition.ts'
import type { Statement } from './intervals.ts'
import { vendors, type Vendor } from './listing.ts'
import { pointsOf } from './place.server.ts'
import { fromWgs84 } from './point.ts'
import { reportsOf } from './report.server.ts'
import { findRooms, lineOf } from './rooms.server.ts'
import { roomTerms } from './tables.ts'
import { usesOf } from './use.server.ts'
import { vendorBooks } from './vendors.ts'

/** Six decimals are a hand's breadth. */
export const degrees = (value: number): string => value.toFixed(6)

const ledgerOf = (tx: Tx, { district_id, id }: Spine): Promise<ListingRow[]> =>
  rows<{ line: ListingRow }>(
    tx,
    sql`SELECT jsonb_build_object('id', l.id, 'vendor', l.vendor, 'state', l.state, 'fromOn', l.from_on, 'untilOn', l.until_on, 'poiId', l.poi_id,
        'mapName', l.map_name, 'reason', l.reason, 'deltaMetres', l.delta_metres, 'checkedOn', l.checked_on, 'notedBy', a.name) AS line
      FROM app.care_room_listing l JOIN app.account a ON a.id = l.noted_by
      WHERE l.district_id = ${district_id} AND l.record_id = ${id}::uuid ORDER BY l.from_on DESC, l.noted_at DESC LIMIT ${bounds.careRoomLedger.most}`,
  ).then((found) => found.map(({ line }) => line))

const spans = (list: readonly { fromOn: string; untilOn: string | null }[]): string =>
  list
    .filter((one) => one.untilOn === null || one.untilOn >= one.fromOn)
    .map((one) => `${one.fromOn} ${one.untilOn ?? ''}`)
    .sort()
    .join(' ')

/** Vendors with a ledger whose days online are not those of the record. */
const unlikeOf = (lines: readonly Statement[], ledger: readonly ListingRow[]): Vendor[] =>
  vendors.filter((vendor) => {
    const own = ledger.filter((row) => row.vendor === vendor)
    const told = lines.filter((line) => line.attribute === `${vendor}上线`)
    return own.length > 0 && spans(own.filter((row) => row.state === '已上线')) !== spans(told)
  })

const text = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
}

/** What the record says of a room, in the order of a visitor's questions. */
export const detailsOf = (row: AnyRow): { label: string; text: string }[] =>
  [
    ...(
      [
        'form',
        'area',
        'address',
        'doorHint',
        'hours',
        'phone',
        'fathersWelcome',
        'stepFree',
        'coveredWomen',
      ] as const
    ).map((key) => ({ label: careRoom.fields[key]!.label, text: text(row[key]) })),
    { label: '设备', text: ((row['equipment'] ?? []) as { item: string }[]).map((e) => e.item).join('、') },
  ].filter((one) => one.text !== '')

const vendorPoint = (vendor: Vendor, point: RoomPoint) => {
  const { system, systemName } = vendorBooks[vendor]
  const { lng, lat } = fromWgs84(point.wgs84, system)
  const pair = [degrees(lng), degrees(lat)]
  return { vendor, system: systemName, text: (vendor === '腾讯' ? pair.toReversed() : pair).join(',') }
}

/** A room with its points, its ledger and what its record tells. @throws Problem.notFound */
export async function readRoom(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<RoomDetail> {
  const { spine, row } = await getRecord(tx, actor, careRoom, id)
  const [found] = await findRooms(deps, tx, actor, id)
  if (!found) throw Problem.notFound()
  const { value } = await ruleOn(tx, roomTerms, deps.today())
  const [point = null, ...earlierPoints] = await pointsOf(tx, spine)
  const ledger = await ledgerOf(tx, spine)
  const handle = mayOn(actor, 'careRoom.handle', spine)
  return {
    room: lineOf(found, value, deps.today()),
    details: detailsOf(row),
    point,
    earlierPoints,
    vendorPoints: point ? vendors.map((vendor) => vendorPoint(vendor, point)) : [],
    ledger,
    unlike: unlikeOf(found.intervals, ledger),
    reports: await reportsOf(tx, spine, handle),
    uses: await usesOf(tx, spine),
    door: `${deps.publicUrl}/m/rooms/${id}/door`,
    may: {
      place: mayOn(actor, 'careRoom.place', spine),
      list: mayOn(actor, 'careRoom.list', spine),
      handle,
      keep: mayOn(actor, 'careRoom.keep', spine),
    },
  }
}
