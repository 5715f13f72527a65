import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { Issue, Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { createRecords } from '#record/create.server.ts'
import { first, firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { isLive, mustHold } from '#signup/event.server.ts'
import type { CourseAct, CourseDone, CourseState, NewCourse } from './api.ts'

type Stored = {
  district_id: number
  id: string
  title: string
  state: CourseState
  version: number
  opened_on: string | null
  ended_on: string | null
  record_id: string | null
}

/** A course of the actor's own unit, held until the act is over. @throws Problem.notFound, courseChanged */
async function ownCourse(tx: Tx, actor: Actor, id: string, version: number | null = null): Promise<Stored> {
  const found = await firstKeyed<Stored>(
    tx,
    sql`SELECT c.district_id, c.id, c.title, c.state, c.version, c.opened_on, c.ended_on, c.record_id FROM app.course c
      WHERE c.id = ${id}::uuid AND c.org_id = ${actor.org.id} FOR NO KEY UPDATE OF c`,
  )
  if (!found) throw Problem.notFound()
  if (version !== null && version !== found.version) throw Problem.courseChanged()
  return found
}

const audit = (work: UnitOfWork, what: string, districtId: number, id: string, body?: object): void =>
  work.audit({
    districtId,
    action: `course.${what}`,
    object: `course:${id}`,
    ...(body === undefined ? {} : { body }),
  })

/** @throws Problem.invalid */
function mustBeCourse({ title, pages }: NewCourse): void {
  const faults: Issue[] = []
  const fault = (field: string, message: string) => void faults.push({ field, message })
  if (title.length < 2) fault('title', '请填写课程名称（至少 2 个字）')
  if (pages.length === 0) fault('pages', '请至少写一节')
  pages.forEach((page, n) => {
    if (page.title === '') fault(`pages.${n}.title`, '请填写这一节的标题')
    if (page.body === '' && page.video === '') fault(`pages.${n}.body`, '请填写内容，或者填写视频地址')
    if (page.video !== '' && !/^https:\/\/[^\s/]+\.[^\s]+$/.test(page.video))
      fault(`pages.${n}.video`, '视频地址以 https:// 开头，从浏览器地址栏复制')
  })
  mustHold(faults)
}

async function writePages(tx: Tx, district: number, id: string, { pages }: NewCourse): Promise<void> {
  await sql`DELETE FROM app.course_page p WHERE p.district_id = ${district} AND p.course_id = ${id}::uuid`.execute(
    tx,
  )
  await sql`INSERT INTO app.course_page (district_id, course_id, line, title, body, video)
    SELECT ${district}::int, ${id}::uuid, n.line, n.title, n.body, n.video FROM jsonb_to_recordset(${JSON.stringify(
      pages.map((page, n) => ({ ...page, line: n + 1 })),
    )}::jsonb) AS n (line int, title text, body text, video text)`.execute(tx)
}

/** Prepares a course of the actor's unit. @throws Problem.invalid */
export async function makeCourse(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  given: NewCourse,
): Promise<CourseDone> {
  mustBeCourse(given)
  const { actor } = work
  const id = uuidv7()
  await sql`INSERT INTO app.course (district_id, id, org_id, title, about, is_public, made_by, made_on)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${given.title}, ${given.about}, ${given.isPublic}, ${actor.accountId}::uuid, ${deps.today()}::date)`.execute(
    tx,
  )
  await writePages(tx, actor.org.districtId, id, given)
  audit(work, 'make', actor.org.districtId, id, given)
  return { id, state: 'draft', version: 1 }
}

/** Mends a draft. @throws Problem.notFound, courseChanged, eventPhase, invalid */
export async function editCourse(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewCourse & { version: number },
): Promise<CourseDone> {
  const found = await ownCourse(tx, work.actor, id, version)
  if (found.state !== 'draft') throw Problem.eventPhase({ why: '已经开课的课程不能改；要改请结课后另建' })
  mustBeCourse(given)
  await sql`UPDATE app.course c SET title = ${given.title}, about = ${given.about}, is_public = ${given.isPublic}, version = c.version + 1
    WHERE c.district_id = ${found.district_id} AND c.id = ${id}::uuid`.execute(tx)
  await writePages(tx, found.district_id, id, given)
  audit(work, 'edit', found.district_id, id, given)
  return { id, state: 'draft', version: version + 1 }
}

/** Opens a course, ends it, or gives a draft up. @throws Problem.notFound, courseChanged, eventPhase */
export async function stepCourse(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { act, version }: { act: CourseAct; version: number },
): Promise<CourseDone> {
  const found = await ownCourse(tx, work.actor, id, version)
  const at = sql`c.district_id = ${found.district_id} AND c.id = ${id}::uuid`
  if (act === 'end') {
    if (found.state !== 'open') throw Problem.eventPhase({ why: '只有正在开课的课程可以结课' })
    await sql`UPDATE app.course c SET state = 'ended', ended_on = ${deps.today()}::date, version = c.version + 1 WHERE ${at}`.execute(
      tx,
    )
  } else if (found.state !== 'draft') throw Problem.eventPhase({ why: '只有草稿可以开课或删除' })
  else if (act === 'open')
    await sql`UPDATE app.course c SET state = 'open', opened_on = ${deps.today()}::date, version = c.version + 1 WHERE ${at}`.execute(
      tx,
    )
  else {
    await sql`DELETE FROM app.course_page p WHERE p.district_id = ${found.district_id} AND p.course_id = ${id}::uuid`.execute(
      tx,
    )
    await sql`DELETE FROM app.course c WHERE ${at}`.execute(tx)
  }
  audit(work, act, found.district_id, id)
  return { id, state: act === 'open' ? 'open' : 'ended', version: version + 1 }
}

export const finishedOf = async (tx: Tx, id: string): Promise<{ persons: number; women: number }> =>
  (await first<{ persons: number; women: number }>(
    tx,
    sql`SELECT coalesce(persons, 0) AS persons, coalesce(women, 0) AS women FROM app.course_counts(${id}::uuid)`,
  ))!

/**
 * Makes the record of a training of a course that has ended: a woman who finished it is one person-time, by name (证据等级 实名).
 * @throws Problem.notFound, eventPhase, and what a record is refused for
 */
export async function recordCourse(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  programme: Programme,
  hours: number | null,
): Promise<{ recordId: string; women: number }> {
  const found = await ownCourse(tx, work.actor, id)
  if (found.state !== 'ended') throw Problem.eventPhase({ why: '先结课，再计入培训' })
  const [live] = await rows(
    tx,
    sql`SELECT 1 FROM app.record r WHERE r.id = ${found.record_id}::uuid AND ${isLive}`,
  )
  if (live) throw Problem.eventPhase({ why: '这门课已经计入培训，不用重复填报' })
  const { persons, women } = await finishedOf(tx, id)
  if (persons === 0) throw Problem.eventPhase({ why: '还没有人学完，不能计入培训' })
  const [made] = await createRecords(deps, tx, work, programme, [
    {
      body: {
        title: found.title,
        startsOn: found.opened_on,
        endsOn: found.ended_on,
        place: '线上',
        grade: '实名',
        mode: '线上',
        count: 1,
        all: persons,
        women,
        carrier: '网上课程',
        subject: found.title,
        hours,
        note: '由网上课程自动计入，学完一门计一人次',
      },
      warningNote: '由网上课程自动计入，人次与学完的人数一致',
    },
  ])
  await sql`UPDATE app.course c SET record_id = ${made!.id}::uuid WHERE c.district_id = ${found.district_id} AND c.id = ${id}::uuid`.execute(
    tx,
  )
  audit(work, 'record', found.district_id, id, { recordId: made!.id })
  return { recordId: made!.id, women }
}
