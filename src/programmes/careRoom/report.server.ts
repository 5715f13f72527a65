import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { addDays } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { nameDigest } from '#crypto/secret.server.ts'
import { getRecord } from '#record/act.server.ts'
import type { Spine } from '#record/spine.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { first, firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { mayOn } from './change.server.ts'
import { careRoom } from './definition.ts'
import type { NewReport, ReportAnswer, ReportFinding, RoomReport } from './openApi.ts'
import { refuse } from './rating.server.ts'
import { reportTerms } from './tables.ts'

/**
 * Takes what somebody says of a room in the public list; the same said again counts into what still waits, from one address once a
 * day. @throws Problem.notFound
 */
export async function tellOfRoom(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { kind, note }: NewReport,
  address: string,
): Promise<void> {
  const today = deps.today()
  const teller = nameDigest(deps.crypto, `teller ${today} ${id} ${kind} ${address}`)
  const { value } = await ruleOn(tx, reportTerms, today)
  const taken = await first<{ district: number | null }>(
    tx,
    sql`SELECT app.report_care_room(${id}::uuid, ${kind}, ${note}, ${today}::date, ${addDays(today, value.reportDays)}::date, ${teller}) AS district`,
  )
  const district = taken?.district ?? null
  if (district === null) throw Problem.notFound()
  work.audit({ districtId: district, action: 'careRoom.report', object: `careRoom:${id}`, fields: [kind] })
}

/** What was said of a room: first what waits, then what was dealt with lately; in the words of strangers only to whoever deals with it. */
export const reportsOf = (tx: Tx, { district_id, id }: Spine, mayHandle: boolean): Promise<RoomReport[]> =>
  rows<RoomReport>(
    tx,
    sql`SELECT w.id, w.kind, w.first_on AS "firstOn", w.told_on AS "toldOn", w.times,
        CASE WHEN ${mayHandle}::boolean THEN w.notes ELSE '{}' END AS notes, w.due_on AS "dueOn", w.finding, w.answer,
        w.handled_on AS "handledOn", a.name AS "handledBy"
      FROM app.care_room_report w LEFT JOIN app.account a ON a.id = w.handled_by
      WHERE w.district_id = ${district_id} AND w.record_id = ${id}::uuid
      ORDER BY w.handled_on IS NOT NULL, w.handled_on DESC, w.due_on, w.id LIMIT ${bounds.careRoomReports.most}`,
  )

const examples: Readonly<Record<ReportFinding, string>> = {
  restored: '到现场看过，门锁已修好',
  corrected: '地址写错，已改为二楼东侧',
  untrue: '到现场看过，正常开放',
}

/** What its keeper, or a unit above, found: the report is closed. @throws Problem.notFound, denied, roomMoved, invalid */
export async function closeReport(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { finding, note }: ReportAnswer,
): Promise<void> {
  const found = await firstKeyed<{ district_id: number; record_id: string; handled_on: string | null }>(
    tx,
    sql`SELECT district_id, record_id, handled_on FROM app.care_room_report WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  const { spine } = await getRecord(tx, work.actor, careRoom, found.record_id)
  if (!mayOn(work.actor, 'careRoom.handle', spine)) throw Problem.notFound()
  if (found.handled_on !== null) throw Problem.roomMoved()
  if (note.length < 4)
    throw refuse('note', `请写明怎样核实、怎样处理的（至少 4 个字），例如“${examples[finding]}”`)
  await sql`UPDATE app.care_room_report SET finding = ${finding}, answer = ${note}, handled_on = ${deps.today()}::date, handled_by = ${work.actor.accountId}::uuid
    WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
  work.audit({
    districtId: found.district_id,
    action: 'careRoom.handle',
    object: `careRoom:${found.record_id}`,
    fields: [finding],
  })
}
