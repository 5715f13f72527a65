import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { addDays } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { noticesOf, openNotice, withdrawNotice } from '#publicNotice/open.server.ts'
import { blockedLines } from '#publicNotice/state.ts'
import { handsOf } from '#record/hands.server.ts'
import { brief } from '#record/place.server.ts'
import type { Loaded } from '#record/rows.server.ts'
import { keeperOf } from '#record/spine.ts'
import { readRules, ruleOn } from '#rules/tables.server.ts'
import { first, firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { changeRoom, roomFor } from './change.server.ts'
import {
  acts,
  actsFor,
  areaIssues,
  columnIssues,
  columnOf,
  ratingWords,
  scoreIssues,
  type Column,
  type RatingState,
} from './rating.ts'
import type { NewAct, NewScores } from './ratingApi.ts'
import type { Line } from './rooms.server.ts'
import { gradesOffered, roomTerms, type Grade, type SheetLine } from './tables.ts'

export const refuse = (field: string, message: string): Problem =>
  Problem.invalid({ issues: [{ field, message }] })
const mustHold = (issues: Issue[]): void => {
  if (issues.length > 0) throw Problem.invalid({ issues })
}

/** Applies for a grade: the sheet as it stands today goes with the application to its end. @throws Problem.invalid, roomMoved */
export async function applyFor(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  grade: Grade,
): Promise<{ id: string }> {
  const room = await roomFor(tx, work.actor, id, 'careRoom.score')
  const { spine, row } = room
  if (!(await handsOf(deps, tx, work.actor, keeperOf(spine))).includes('owner'))
    throw Problem.denied({ what: '只有关爱室所在单位可以申报' })
  const { sheet } = gradesOffered[grade]
  const { value, basis, version } = await ruleOn(tx, sheet, deps.today())
  const asked = value.grades.find((one) => one.grade === grade)
  if (!asked) throw refuse('grade', `评分表里没有“${grade}”，请选择其他级别`)
  if (row['delistedOn'] !== null) throw refuse('grade', '这间关爱室已经摘牌，不能申报')
  mustHold(areaIssues(Number(row['area']), grade, asked.leastArea))
  const made = uuidv7()
  await sql`INSERT INTO app.care_room_rating (district_id, id, org_id, record_id, grade, sheet, sheet_basis, lines, least_points, applied_on, turned_on, created_by)
    VALUES (${spine.district_id}, ${made}::uuid, ${spine.org_id}, ${spine.id}::uuid, ${grade}, ${version}, ${basis}, ${JSON.stringify(value.lines)}::jsonb,
      ${asked.leastPoints}, ${deps.today()}::date, ${deps.today()}::date, ${work.actor.accountId}::uuid)`.execute(
    tx,
  )
  note(work, room, 'apply', [grade])
  return { id: made }
}

export const note = (work: UnitOfWork, { spine }: Loaded, what: string, fields: string[], purpose?: string) =>
  work.audit({
    districtId: spine.district_id,
    action: `careRoom.${what}`,
    object: `careRoom:${spine.id}`,
    fields,
    ...(purpose ? { purpose } : {}),
  })

export type Stored = {
  id: string
  record_id: string
  org_id: number
  district_id: number
  grade: Grade
  lines: SheetLine[]
  least_points: number
  state: RatingState
  notice_id: string | null
  granted_on: string | null
  version: number
}

/** A rating within the actor's scope, held until the act is over, with its room. @throws Problem.notFound, roomMoved */
async function held(
  tx: Tx,
  actor: Actor,
  id: string,
  version: number | null,
): Promise<{ found: Stored; room: Loaded }> {
  const found = await firstKeyed<Stored>(
    tx,
    sql`SELECT id, record_id, org_id, district_id, grade, lines, least_points, state, notice_id, granted_on, version
      FROM app.care_room_rating WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  const room = await roomFor(tx, actor, found.record_id, 'careRoom.score')
  if (version !== null && found.version !== version) throw Problem.roomMoved()
  return { found, room }
}
export const heldRating = held

async function scoresOf(tx: Tx, rating: Stored, column: Column): Promise<Map<string, number>> {
  const found = await rows<{ key: string; points: number }>(
    tx,
    sql`SELECT line_key AS key, points FROM app.care_room_score
      WHERE district_id = ${rating.district_id} AND rating_id = ${rating.id}::uuid AND col = ${column}`,
  )
  return new Map(found.map(({ key, points }) => [key, points]))
}

/** Writes the column whose turn it is; the others stay as they are. @throws Problem.invalid, denied, roomMoved */
export async function score(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewScores,
): Promise<void> {
  const { actor } = work
  const { found, room } = await held(tx, actor, id, given.version)
  const open = columnOf(found.state)
  if (!open) throw Problem.denied({ what: `现在是“${ratingWords[found.state]}”，不能打分` })
  if (!(await handsOf(deps, tx, actor, keeperOf(room.spine))).includes(open.by))
    throw Problem.denied({ what: `现在是“${ratingWords[found.state]}”，由别的单位打分` })
  mustHold(scoreIssues(found.lines, new Map(given.scores.map((s) => [s.key, s.points]))))
  const scored = given.scores.map(({ key, points, note: said = '' }) => ({
    district_id: found.district_id,
    rating_id: found.id,
    record_id: found.record_id,
    line_key: key,
    col: open.column,
    org_id: found.org_id,
    points,
    note: said.trim(),
    scored_by: actor.accountId,
    scored_at: new Date(),
  }))
  await sql`INSERT INTO app.care_room_score SELECT * FROM jsonb_populate_recordset(NULL::app.care_room_score, ${JSON.stringify(scored)}::jsonb)
    ON CONFLICT (district_id, rating_id, line_key, col) DO UPDATE SET points = excluded.points, note = excluded.note, scored_by = excluded.scored_by,
      scored_at = excluded.scored_at`.execute(tx)
  await sql`UPDATE app.care_room_rating SET version = version + 1 WHERE district_id = ${found.district_id} AND id = ${found.id}::uuid`.execute(
    tx,
  )
  note(work, room, 'score', [open.column])
}

/** Takes a rating one step on. @throws Problem.invalid, denied, roomMoved */
export async function actOn(deps: Deps, tx: Tx, work: UnitOfWork, id: string, given: NewAct): Promise<void> {
  const { actor } = work
  const { found, room } = await held(tx, actor, id, given.version)
  const act = acts[given.action]
  const hands = await handsOf(deps, tx, actor, keeperOf(room.spine))
  if (!actsFor(found.state, hands).includes(given.action))
    throw Problem.denied({ what: `现在是“${ratingWords[found.state]}”，本单位不能“${act.label}”` })
  const reason = given.reason?.trim() ?? ''
  if ('asks' in act && reason.length < 4) throw refuse('reason', `“${act.label}”请写明理由（至少 4 个字）`)
  if ('scored' in act)
    mustHold(columnIssues(found.lines, await scoresOf(tx, found, act.scored), act.scored, found.least_points))
  const today = deps.today()
  const set = { notice_id: found.notice_id, plaque_no: null as string | null, granted_on: found.granted_on }
  if (given.action === 'announce') set.notice_id = await announce(deps, tx, work, found, room)
  if (given.action === 'refuse' && found.notice_id)
    await withdrawNotice(deps, tx, work, found.notice_id, reason)
  if (given.action === 'grant') {
    set.plaque_no = given.plaqueNo?.trim() ?? ''
    if (set.plaque_no === '') throw refuse('plaqueNo', '请填写牌匾编号')
    await mustBeFree(tx, set.plaque_no)
    set.granted_on = today
    await grant(deps, tx, work, found, room)
  }
  if (given.action === 'end') await endRank(deps, tx, work, found, room, reason)
  const isOver = ['refused', 'withdrawn', 'ended'].includes(act.to)
  await sql`UPDATE app.care_room_rating SET state = ${act.to}, turned_on = ${today}::date, version = version + 1, notice_id = ${set.notice_id}::uuid,
      plaque_no = coalesce(${set.plaque_no}, plaque_no), granted_on = ${set.granted_on}::date, reason = ${reason},
      ended_on = ${isOver ? today : null}::date
    WHERE district_id = ${found.district_id} AND id = ${found.id}::uuid`.execute(tx)
  note(work, room, 'rate', [given.action, found.grade], reason)
}

/** The city gives plaques, so a number hangs once in it; that of a rank that ended is free. @throws Problem.plaqueTaken */
async function mustBeFree(tx: Tx, plaqueNo: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('plaque', 0))`.execute(tx)
  const hangs = await first(
    tx,
    sql`SELECT 1 FROM app.care_room_rating WHERE state = 'granted' AND plaque_no = ${plaqueNo}`,
  )
  if (hangs) throw Problem.plaqueTaken()
}

async function announce(deps: Deps, tx: Tx, work: UnitOfWork, rating: Stored, room: Loaded): Promise<string> {
  const { name } = await brief(tx, keeperOf(room.spine))
  const { id } = await openNotice(deps, tx, work, {
    kind: 'other',
    subject: `careRoom:${rating.id}`,
    title: `拟命名${rating.grade}女职工特殊关爱室公示`,
    lines: [{ name: room.spine.title, unitName: name, detail: `拟命名${rating.grade}` }],
  })
  return id
}

const ranksOf = ({ row }: Loaded): Line[] => (row['intervals'] ?? []) as Line[]

/** Statements with the rank that stands ended on the eve of a day; one of that very day goes. */
function endRanks(lines: readonly Line[], on: string): Line[] {
  const eve = addDays(on, -1)
  return lines.flatMap((line) => {
    if (line.attribute !== '级别' || (line.untilOn !== null && line.untilOn < on)) return [line]
    return line.fromOn > eve ? [] : [{ ...line, untilOn: eve }]
  })
}

/** Hangs the plaque: the notice has run out without a valid objection; the rank stands in the record from today. */
async function grant(deps: Deps, tx: Tx, work: UnitOfWork, rating: Stored, room: Loaded): Promise<void> {
  const notice = (await noticesOf(deps, tx, [rating.notice_id!])).get(rating.notice_id!)
  if (notice?.state === 'open') throw refuse('action', `公示到 ${notice.closesOn} 当日为止，次日起才能挂牌`)
  if (notice?.state !== 'passed' || blockedLines(notice).length > 0)
    throw refuse('action', '公示有异议还没有了结，或者异议成立，不能挂牌')
  const today = deps.today()
  const { rank } = gradesOffered[rating.grade]
  const lines = [
    ...endRanks(ranksOf(room), today),
    { attribute: '级别', value: rank, fromOn: today, untilOn: null },
  ]
  await changeRoom(
    deps,
    tx,
    work,
    room,
    { intervals: lines },
    {
      action: 'plaque',
      reason: `命名${rating.grade}`,
      field: 'action',
    },
  )
  const { inspectDays } = (await readRules(tx)).on(roomTerms, today).value
  await sql`INSERT INTO app.care_room_inspection (district_id, id, org_id, record_id, kind, due_on, asked_by)
    VALUES (${rating.district_id}, ${uuidv7()}::uuid, ${rating.org_id}, ${rating.record_id}::uuid, '年度复查', ${addDays(today, inspectDays)}::date,
      ${work.actor.accountId}::uuid)`.execute(tx)
}

async function endRank(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  rating: Stored,
  room: Loaded,
  reason: string,
): Promise<void> {
  const other = await first(
    tx,
    sql`SELECT 1 FROM app.care_room_rating WHERE district_id = ${rating.district_id} AND record_id = ${rating.record_id}::uuid
      AND state = 'granted' AND id <> ${rating.id}::uuid AND granted_on > ${rating.granted_on}::date`,
  )
  // A later plaque stands in the record; that of an earlier one has ended there.
  if (other) return
  await changeRoom(
    deps,
    tx,
    work,
    room,
    { intervals: endRanks(ranksOf(room), deps.today()) },
    {
      action: 'unplaque',
      reason: `取消${rating.grade}：${reason}`,
      field: 'action',
    },
  )
}
