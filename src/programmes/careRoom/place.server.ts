import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Spine } from '#record/spine.ts'
import type { NewPoint, RoomPoint } from './api.ts'
import { roomFor } from './change.server.ts'
import { faultOf, toWgs84 } from './point.ts'
import { roomTerms } from './tables.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** A point with its system, and the canonical one derived from it. @throws Problem.invalid for swapped axes and for what lies outside unless that is sure */
export async function setPoint(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewPoint,
): Promise<void> {
  const { spine } = await roomFor(tx, work.actor, id, 'careRoom.place')
  const { lng, lat, crs, source, accuracy = null } = given
  if (Math.abs(lng) > 180) throw refuse('lng', '经度应在 −180 到 180 之间')
  if (Math.abs(lat) > 180) throw refuse('lat', '纬度应在 −90 到 90 之间')
  if (source.trim() === '') throw refuse('source', '请写明坐标来源，例如“现场手机定位”')
  const { value } = await ruleOn(tx, roomTerms, deps.today())
  const point = toWgs84({ lng, lat }, crs)
  const fault = faultOf(point, value.box)
  if (fault === 'swapped') throw refuse('lng', `经纬度填反了：应为经度 ${lat}、纬度 ${lng}，请对调`)
  if (Math.abs(lat) > 90) throw refuse('lat', '纬度应在 −90 到 90 之间')
  if (fault === 'outside' && !given.isSure)
    throw refuse('isSure', '这个点不在本市范围内，请核对数字和坐标系；确实无误请勾选确认')
  await sql`UPDATE app.care_room_point SET replaced_at = now() WHERE district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid AND replaced_at IS NULL`.execute(
    tx,
  )
  await sql`INSERT INTO app.care_room_point (district_id, id, org_id, record_id, given_lng, given_lat, crs, source, accuracy, lng, lat, is_outside, set_on, set_by)
    VALUES (${spine.district_id}, ${uuidv7()}::uuid, ${spine.org_id}, ${spine.id}::uuid, ${lng}, ${lat}, ${crs}, ${source.trim()}, ${accuracy},
      ${point.lng}, ${point.lat}, ${fault === 'outside'}, ${deps.today()}::date, ${work.actor.accountId}::uuid)`.execute(
    tx,
  )
  work.audit({
    districtId: spine.district_id,
    action: 'careRoom.place',
    object: `careRoom:${spine.id}`,
    fields: [crs],
    body: given,
  })
}

/** Points of a room, the present one first. */
export const pointsOf = (tx: Tx, { district_id, id }: Spine): Promise<RoomPoint[]> =>
  rows<{ point: RoomPoint }>(
    tx,
    sql`SELECT jsonb_build_object('given', jsonb_build_object('lng', p.given_lng, 'lat', p.given_lat, 'crs', p.crs), 'source', p.source,
        'accuracy', p.accuracy, 'wgs84', jsonb_build_object('lng', p.lng, 'lat', p.lat), 'isOutside', p.is_outside, 'setOn', p.set_on,
        'setBy', a.name) AS point
      FROM app.care_room_point p JOIN app.account a ON a.id = p.set_by
      WHERE p.district_id = ${district_id} AND p.record_id = ${id}::uuid ORDER BY p.replaced_at DESC NULLS FIRST LIMIT ${bounds.careRoomPoints.most}`,
  ).then((found) => found.map(({ point }) => point))
