import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { addDays } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Spine } from '#record/spine.ts'
import { changeRoom, roomFor } from './change.server.ts'
import { note, refuse } from './rating.server.ts'
import type { Delisting, NewVisit, VisitResult } from './ratingApi.ts'
import { roomTerms } from './tables.ts'

const insertVisit = (tx: Tx, work: UnitOfWork, spine: Spine, { kind, dueOn }: NewVisit) =>
  sql`INSERT INTO app.care_room_inspection (district_id, id, org_id, record_id, kind, due_on, asked_by)
    VALUES (${spine.district_id}, ${uuidv7()}::uuid, ${spine.org_id}, ${spine.id}::uuid, ${kind}, ${dueOn}::date, ${work.actor.accountId}::uuid)`.execute(
    tx,
  )

/** Puts a visit on the list. @throws Problem */
export async function planVisit(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewVisit,
): Promise<void> {
  const room = await roomFor(tx, work.actor, id, 'careRoom.visit')
  if (given.dueOn < deps.today()) throw refuse('dueOn', '检查日期已过，请选今天或以后')
  await insertVisit(tx, work, room.spine, given)
  note(work, room, 'visitPlan', [given.kind, given.dueOn])
}

/** What a visit found, and what follows from it: the next year's, or another look when it was to be mended. @throws Problem */
export async function closeVisit(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: VisitResult,
): Promise<void> {
  const found = await firstKeyed<{
    record_id: string
    district_id: number
    kind: string
    done_on: string | null
  }>(
    tx,
    sql`SELECT record_id, district_id, kind, done_on FROM app.care_room_inspection WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  const room = await roomFor(tx, work.actor, found.record_id, 'careRoom.visit')
  if (found.done_on !== null) throw Problem.roomMoved()
  const today = deps.today()
  const { doneOn, result, againOn } = given
  const findings = given.findings?.trim() ?? ''
  if (doneOn > today) throw refuse('doneOn', `日期不能晚于今天（${today}）`)
  if (result !== '合格' && findings.length < 4) throw refuse('findings', '请写明发现的问题（至少 4 个字）')
  if (result === '限期整改' && (againOn === undefined || againOn <= doneOn))
    throw refuse('againOn', '请填写整改期限，要晚于检查日期')
  await sql`UPDATE app.care_room_inspection SET done_on = ${doneOn}::date, result = ${result}, findings = ${findings}, done_by = ${work.actor.accountId}::uuid
    WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
  if (result === '限期整改') await insertVisit(tx, work, room.spine, { kind: '整改复查', dueOn: againOn! })
  if (result === '合格' && found.kind === '年度复查') {
    const { value } = await ruleOn(tx, roomTerms, today)
    await insertVisit(tx, work, room.spine, { kind: '年度复查', dueOn: addDays(doneOn, value.inspectDays) })
  }
  note(work, room, 'visit', [found.kind, result])
}

/** Takes a room off: from that day it counts neither as open nor at all, and its ranks end with it. @throws Problem */
export async function delist(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { on, reason }: Delisting,
): Promise<void> {
  const room = await roomFor(tx, work.actor, id, 'careRoom.delist')
  const { spine, row } = room
  const today = deps.today()
  const given = reason.trim()
  if (row['delistedOn'] !== null) throw refuse('on', '这间关爱室已经摘牌')
  if (on > today) throw refuse('on', `日期不能晚于今天（${today}）`)
  if (given.length < 4) throw refuse('reason', '请写明摘牌理由（至少 4 个字），例如使用少、服务差')
  await changeRoom(deps, tx, work, room, { delistedOn: on }, { action: 'delist', reason: given, field: 'on' })
  await sql`UPDATE app.care_room_rating SET state = CASE WHEN state = 'granted' THEN 'ended' ELSE 'withdrawn' END, turned_on = ${today}::date, ended_on = ${today}::date,
      reason = ${given}, version = version + 1
    WHERE district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid AND state IN ('self', 'district', 'city', 'notice', 'granted')`.execute(
    tx,
  )
  note(work, room, 'delist', [on], given)
}
