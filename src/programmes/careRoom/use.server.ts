import { sql } from 'kysely'
import { nameDigest } from '#crypto/secret.server.ts'
import { bounds } from '#kit/bounds.ts'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Spine } from '#record/spine.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { roomFor } from './change.server.ts'
import { refuse } from './rating.server.ts'
import type { NewUse, RoomUse } from './useApi.ts'

/**
 * Somebody used the room and pressed the code at its door.
 * @param press what her telephone calls it: sent again because the answer was lost, it is the same one
 * @throws Problem.notFound
 */
export async function countUse(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  press: string | null,
): Promise<void> {
  const digest = press === null ? null : nameDigest(deps.crypto, `press ${id} ${press}`)
  const counted = await first<{ district: number | null }>(
    tx,
    sql`SELECT app.count_room_use(${id}::uuid, ${deps.today()}::date, ${digest}) AS district`,
  )
  const district = counted?.district ?? null
  if (district === null) throw Problem.notFound()
  work.audit({ districtId: district, action: 'careRoom.use', object: `careRoom:${id}` })
}

/** How often a room was used, the latest month first. */
export const usesOf = (tx: Tx, { district_id, id }: Spine): Promise<RoomUse[]> =>
  rows<RoomUse>(
    tx,
    sql`SELECT ym, door, book FROM app.care_room_use WHERE district_id = ${district_id} AND record_id = ${id}::uuid
      ORDER BY ym DESC LIMIT ${bounds.careRoomUses.most}`,
  )

/** What its keeper counted in the book of a month; told again it takes the place of what was told. @throws Problem */
export async function tellUse(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { ym, book }: NewUse,
): Promise<void> {
  const { spine, row } = await roomFor(tx, work.actor, id, 'careRoom.keep')
  if (ym > monthOf(deps.today())) throw refuse('ym', '这个月还没有到')
  if (ym === monthOf(deps.today())) throw refuse('ym', '这个月还没有过完，请下个月再填')
  if (ym < monthOf(row['builtOn'] as string)) throw refuse('ym', '这个月关爱室还没有建成')
  const end = row['delistedOn'] as string | null
  if (end !== null && ym > monthOf(end)) throw refuse('ym', '这个月关爱室已经摘牌')
  await sql`INSERT INTO app.care_room_use AS u (district_id, record_id, ym, book) VALUES (${spine.district_id}, ${id}::uuid, ${ym}::int, ${book}::int)
    ON CONFLICT (district_id, record_id, ym) DO UPDATE SET book = excluded.book`.execute(tx)
  work.audit({
    districtId: spine.district_id,
    action: 'careRoom.keep',
    object: `careRoom:${id}`,
    fields: [String(ym), String(book)],
  })
}
