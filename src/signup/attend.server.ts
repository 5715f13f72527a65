import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { createRecords } from '#record/create.server.ts'
import { realDayOf } from '#kit/day.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Attendance, EventCode, NewTraining } from './api.ts'
import { nowOf } from './clock.server.ts'
import { audit, eventIn, isLive, ownEvent } from './event.server.ts'
import { notePresence } from './session.server.ts'
import { attendanceRefusals, trainingKinds, type AttendanceWay } from './states.ts'

/** How long one code stands on the poster; the one before is still taken, for who is just walking up. */
const everySeconds = 60

const markOf = ({ crypto }: Pick<Deps, 'crypto'>, event: string, turn: number): string =>
  crypto.mac(`event code ${event} ${turn}`).slice(0, 24)

const turnOf = (now: Date): number => Math.floor(now.getTime() / (everySeconds * 1000))

/** What the poster shows now. It changes every minute, so that a picture of it passed on is of no use. @throws Problem.notFound, eventPhase */
export async function codeOf(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<EventCode> {
  await eventIn(
    deps,
    tx,
    work.actor,
    id,
    ['before', 'signing', 'closed', 'running', 'over'],
    '活动还没有发布，或者已经结束，没有签到码',
  )
  const now = nowOf(deps)
  const turn = turnOf(now)
  const code = `${id}.${turn}.${markOf(deps, id, turn)}`
  return {
    url: `${deps.publicUrl}/my/came?code=${code}`,
    seconds: everySeconds - (Math.floor(now.getTime() / 1000) % everySeconds),
  }
}

const codeShape = /^([0-9a-f-]{36})\.(\d{1,12})\.([0-9a-f]{24})$/

/** She scans the poster. @throws Problem.codeStale, enrolRefused */
export async function checkInSelf(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  code: string,
): Promise<{ title: string }> {
  const now = nowOf(deps)
  const [, event = '', turn = '', mark = ''] = codeShape.exec(code) ?? []
  const age = turnOf(now) - Number(turn)
  if (event === '' || mark !== markOf(deps, event, Number(turn)) || age < 0 || age > 1)
    throw Problem.codeStale()
  await note(tx, event, work.actor.personId, true, 'code', now).then((refusal) => {
    if (refusal !== null) throw Problem.enrolRefused({ why: refusal, sentence: attendanceRefusals[refusal] })
  })
  const found = (await first<{ title: string; district_id: number }>(
    tx,
    sql`SELECT title, district_id FROM app.event WHERE id = ${event}::uuid`,
  ))!
  audit(work, 'came', { district_id: found.district_id, id: event })
  return { title: found.title }
}

const note = async (
  tx: Tx,
  event: string,
  person: string,
  hasCome: boolean,
  how: AttendanceWay,
  now: Date,
): Promise<keyof typeof attendanceRefusals | null> =>
  (await first<{ refusal: keyof typeof attendanceRefusals | null }>(
    tx,
    sql`SELECT refusal FROM app.note_attendance(${event}::uuid, ${person}::uuid, ${hasCome}, ${how}, ${now.toISOString()}::timestamptz)`,
  ))!.refusal

const organiserWords: Partial<Record<keyof typeof attendanceRefusals, string>> = {
  event: '这项活动不能按姓名登记到场；交友活动由本人扫码签到',
  place: '其中有人没有名额',
  session: '分次上课的活动，请先选是哪一次课',
}

/** The organiser ticks off who came, at the door or from the paper list; of several sessions, to which. @throws Problem.notFound, invalid */
export async function tickOff(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: Attendance,
): Promise<{ noted: number; refused: string[] }> {
  const { personIds, hasCome, how, session } = given
  const found = await ownEvent(tx, work.actor, id)
  const refused = new Set<string>()
  let noted = 0
  for (const person of new Set(personIds)) {
    const refusal =
      session === undefined
        ? await note(tx, id, person, hasCome, how, nowOf(deps))
        : await notePresence(tx, found, person, { ...given, session }, nowOf(deps))
    if (refusal === null) noted++
    else refused.add(organiserWords[refusal] ?? attendanceRefusals[refusal])
  }
  if (noted === 0 && refused.size > 0)
    throw Problem.enrolRefused({ why: 'refused', sentence: [...refused].join('；') })
  audit(work, hasCome ? 'tick' : 'untick', found, { personIds, how, ...(session ? { session } : {}) })
  return { noted, refused: [...refused] }
}

/**
 * Makes the record of a training of an event that has ended: its numbers are those of who came, of several sessions of who was in as
 * many as were asked, by name (证据等级 实名), so that nobody types them again. It goes the way of every record; the tier that accepts counts it.
 * @throws Problem.notFound, eventPhase, and what a record is refused for
 */
export async function recordOf(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  programme: Programme,
  { carrier, subject, hours }: NewTraining,
): Promise<{ recordId: string; women: number }> {
  const found = await eventIn(deps, tx, work.actor, id, ['ended'], '先办“结束登记”，再计入培训')
  if (!trainingKinds.includes(found.kind))
    throw Problem.eventPhase({ why: '只有培训班和讲座的签到可以计入培训' })
  const live = await first(
    tx,
    sql`SELECT 1 FROM app.record r WHERE r.id = ${found.record_id}::uuid AND ${isLive}`,
  )
  if (live) throw Problem.eventPhase({ why: '这项活动已经计入培训，不用重复填报' })
  const came = await rows<{ isWoman: boolean }>(
    tx,
    sql`SELECT r.is_woman AS "isWoman" FROM app.event_roster(${id}::uuid) r JOIN app.enrolment n ON n.id = r.id WHERE n.event_id = ${id}::uuid AND n.state = 'placed' AND CASE WHEN n.is_done IS NULL THEN n.came_at IS NOT NULL ELSE n.is_done END`,
  )
  if (came.length === 0) throw Problem.eventPhase({ why: '没有完成的人，不能计入培训' })
  const women = came.filter((one) => one.isWoman).length
  const place = (await first<{ place: string }>(tx, sql`SELECT place FROM app.event WHERE id = ${id}::uuid`))!
    .place
  const [made] = await createRecords(deps, tx, work, programme, [
    {
      body: {
        title: found.title,
        startsOn: realDayOf(new Date(found.startsAt)),
        endsOn: realDayOf(new Date(found.endsAt)),
        place,
        grade: '实名',
        mode: place.startsWith('线上') ? '线上' : '线下',
        count: 1,
        all: came.length,
        women,
        carrier,
        subject,
        hours,
        note: '由活动签到自动计入',
      },
      warningNote: '由活动签到自动计入，人数与签到名单一致',
    },
  ])
  await sql`UPDATE app.event e SET record_id = ${made!.id}::uuid, record_programme = ${programme.key} WHERE e.district_id = ${found.district_id} AND e.id = ${id}::uuid`.execute(
    tx,
  )
  audit(work, 'record', found, { recordId: made!.id })
  return { recordId: made!.id, women }
}
