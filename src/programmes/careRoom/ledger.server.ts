import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Loaded } from '#record/rows.server.ts'
import type { NewCheck, NewListing } from './api.ts'
import { changeRoom, roomFor } from './change.server.ts'
import {
  endOf,
  findings,
  standingByRecord,
  statementsAfter,
  stepIssues,
  type ListingState,
  type Vendor,
} from './listing.ts'
import type { Line } from './rooms.server.ts'

type Standing = {
  /** Null where only the record tells of it. */
  id: string | null
  state: ListingState
  fromOn: string
  poiId: string | null
  mapName: string | null
}

const linesOf = ({ row }: Loaded): Line[] => (row['intervals'] ?? []) as Line[]

/** How a room stands with a vendor; held until the act is over. */
async function standingOf(tx: Tx, room: Loaded, vendor: Vendor): Promise<Standing | null> {
  const { spine } = room
  const noted = await firstKeyed<Standing>(
    tx,
    sql`SELECT id, state, from_on AS "fromOn", poi_id AS "poiId", map_name AS "mapName" FROM app.care_room_listing
      WHERE district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid AND vendor = ${vendor} AND until_on IS NULL FOR UPDATE`,
  )
  const told = noted ? null : standingByRecord(linesOf(room), vendor)
  return noted ?? (told && { ...told, id: null, poiId: null, mapName: null })
}

type NewRow = NewListing & { deltaMetres?: number | null; untilOn?: string; checkedOn?: string | null }

const insertRow = (tx: Tx, work: UnitOfWork, { spine }: Loaded, given: NewRow) =>
  sql`INSERT INTO app.care_room_listing (district_id, id, org_id, record_id, vendor, state, from_on, until_on, poi_id, map_name, reason, delta_metres, checked_on, noted_by)
    VALUES (${spine.district_id}, ${uuidv7()}::uuid, ${spine.org_id}, ${spine.id}::uuid, ${given.vendor}, ${given.state}, ${given.fromOn}::date,
      ${given.untilOn ?? null}::date, ${given.poiId?.trim() || null}, ${given.mapName?.trim() || null}, ${given.reason?.trim() ?? ''},
      ${given.deltaMetres ?? null}, ${given.checkedOn ?? null}::date, ${work.actor.accountId}::uuid)`.execute(
    tx,
  )

/** The ledger begins with what the record told before. */
const insertTold = (
  tx: Tx,
  work: UnitOfWork,
  room: Loaded,
  vendor: Vendor,
  told: Standing,
  more: Partial<NewRow>,
) =>
  insertRow(tx, work, room, { vendor, state: told.state, fromOn: told.fromOn, reason: '按记录补登', ...more })

/** The next state of a room with a vendor; what is online stands in its record from that day. @throws Problem */
export async function noteListing(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewListing,
): Promise<void> {
  const room = await roomFor(tx, work.actor, id, 'careRoom.list')
  await step(deps, tx, work, room, given)
}

async function step(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  room: Loaded,
  given: NewListing & { deltaMetres?: number | null },
): Promise<void> {
  const { spine, row } = room
  const { vendor, state, fromOn } = given
  const reason = given.reason?.trim() ?? ''
  const standing = await standingOf(tx, room, vendor)
  const issues = stepIssues(standing, { state, fromOn, reason }, String(row['builtOn']), deps.today())
  const delistedOn = row['delistedOn'] as string | null
  if (delistedOn !== null && state !== '已下线')
    issues.push({ field: 'state', message: `这间关爱室已于 ${delistedOn} 摘牌，只能登记下线` })
  if (issues.length > 0) throw Problem.invalid({ issues })
  if (standing?.id)
    await sql`UPDATE app.care_room_listing SET until_on = ${endOf(fromOn)}::date WHERE district_id = ${spine.district_id} AND id = ${standing.id}::uuid`.execute(
      tx,
    )
  else if (standing) await insertTold(tx, work, room, vendor, standing, { untilOn: endOf(fromOn) })
  await insertRow(tx, work, room, {
    ...given,
    poiId: given.poiId?.trim() || (standing?.poiId ?? ''),
    mapName: given.mapName?.trim() || (standing?.mapName ?? ''),
    checkedOn: state === '已上线' ? fromOn : null,
  })
  const lines = statementsAfter(linesOf(room), vendor, standing, given)
  if (lines)
    await changeRoom(
      deps,
      tx,
      work,
      room,
      { intervals: lines },
      {
        action: 'listing',
        reason: `${vendor}：${state}${reason ? `（${reason}）` : ''}`,
        field: 'fromOn',
      },
    )
  work.audit({
    districtId: spine.district_id,
    action: 'careRoom.list',
    object: `careRoom:${spine.id}`,
    fields: [vendor, state],
    body: given,
  })
}

/** The monthly look at a map: as it should be, or the state that what was found leads to. @throws Problem */
export async function noteCheck(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewCheck,
): Promise<void> {
  const room = await roomFor(tx, work.actor, id, 'careRoom.list')
  const { spine } = room
  const { vendor, finding, deltaMetres = null } = given
  const standing = await standingOf(tx, room, vendor)
  if (standing?.state !== '已上线')
    throw Problem.invalid({
      issues: [{ field: 'vendor', message: `${vendor}上没有“已上线”，不用核对` }],
    })
  const state = findings[finding]
  if (state !== null) {
    const far = finding === '偏移' && deltaMetres !== null ? `偏移约 ${deltaMetres} 米` : `核对时${finding}`
    const note = given.note?.trim()
    await step(deps, tx, work, room, {
      vendor,
      state,
      fromOn: deps.today(),
      reason: note ? `${far}，${note}` : far,
      deltaMetres,
    })
    return
  }
  if (standing.id === null)
    await insertTold(tx, work, room, vendor, standing, { checkedOn: deps.today(), deltaMetres })
  else
    await sql`UPDATE app.care_room_listing SET checked_on = ${deps.today()}::date, delta_metres = ${deltaMetres}
    WHERE district_id = ${spine.district_id} AND id = ${standing.id}::uuid`.execute(tx)
  work.audit({
    districtId: spine.district_id,
    action: 'careRoom.check',
    object: `careRoom:${spine.id}`,
    fields: [vendor, finding],
  })
}
