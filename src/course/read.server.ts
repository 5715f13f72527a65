import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { registrationsOf } from '#identity/registrations.server.ts'
import { briefOf } from '#org/brief.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { instantOf, isLive } from '#signup/event.server.ts'
import {
  finishRefusals,
  type CourseDetail,
  type CourseLine,
  type MyCourse,
  type MyCourses,
  type OpenCourse,
} from './api.ts'
import { finishedOf } from './run.server.ts'

const columns = sql`c.id, ${briefOf('o')} AS org, c.title, c.about, c.state, c.is_public AS "isPublic",
  (SELECT count(*)::int FROM app.course_page p WHERE p.district_id = c.district_id AND p.course_id = c.id) AS "pageCount"`
const pages = sql`coalesce((SELECT jsonb_agg(jsonb_build_object('title', p.title, 'body', p.body, 'video', p.video) ORDER BY p.line) FROM app.course_page p
  WHERE p.district_id = c.district_id AND p.course_id = c.id), '[]') AS pages`

/** Courses of the actor's unit. */
export const listCourses = async (tx: Tx, actor: Actor): Promise<{ rows: CourseLine[] }> => ({
  rows: await rows(
    tx,
    sql`SELECT ${columns} FROM app.course c JOIN app.org o ON o.id = c.org_id WHERE c.org_id = ${actor.org.id} ORDER BY c.made_on DESC, c.id LIMIT ${bounds.courses.most}`,
  ),
})

/** One of them, with how many finished it. @throws Problem.notFound */
export async function readCourse(tx: Tx, actor: Actor, id: string): Promise<CourseDetail> {
  const found = await first<Omit<CourseDetail, 'persons' | 'women'>>(
    tx,
    sql`SELECT ${columns}, ${pages}, c.version, (SELECT r.id FROM app.record r WHERE r.id = c.record_id AND ${isLive}) AS "recordId" FROM app.course c JOIN app.org o ON o.id = c.org_id
      WHERE c.id = ${id}::uuid AND c.org_id = ${actor.org.id}`,
  )
  if (!found) throw Problem.notFound()
  return { ...found, ...(await finishedOf(tx, id)) }
}

/** Courses that the whole city may follow, for anybody. */
export const listOpenCourses = async (tx: Tx): Promise<{ rows: CourseLine[] }> => ({
  rows: await rows(
    tx,
    sql`SELECT ${columns} FROM app.course c JOIN app.org o ON o.id = c.org_id WHERE c.state = 'open' AND c.is_public ORDER BY c.opened_on DESC, c.id LIMIT ${bounds.courses.most}`,
  ),
})

/** One of them. @throws Problem.notFound */
export async function readOpenCourse(tx: Tx, id: string): Promise<OpenCourse> {
  const found = await first<OpenCourse>(
    tx,
    sql`SELECT ${columns}, ${pages} FROM app.course c JOIN app.org o ON o.id = c.org_id WHERE c.id = ${id}::uuid AND c.state = 'open' AND c.is_public`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** What is open to her unit, and what she finished. */
const hers = (actor: Actor, scopeCode: RawBuilder<unknown>) =>
  sql`FROM app.course c JOIN app.org o ON o.id = c.org_id
    CROSS JOIN LATERAL (SELECT min(x.done_at) AS done_at FROM app.course_done x WHERE x.district_id = c.district_id AND x.course_id = c.id AND x.person_id IN ${registrationsOf(actor)}) d
    WHERE c.state <> 'draft' AND (d.done_at IS NOT NULL OR c.state = 'open' AND (c.is_public OR starts_with(${scopeCode}, o.scope_code)))`

const scopeOf = async (tx: Tx, actor: Actor): Promise<string | null> =>
  (
    await first<{ scopeCode: string }>(
      tx,
      sql`SELECT o.scope_code AS "scopeCode" FROM app.person p JOIN app.org o ON o.id = p.org_id WHERE p.id = ${actor.personId}::uuid AND p.state = 'active'`,
    )
  )?.scopeCode ?? null

export async function readMyCourses(tx: Tx, actor: Actor): Promise<MyCourses> {
  const scope = await scopeOf(tx, actor)
  if (scope === null) return { isRegistered: false, rows: [] }
  return {
    isRegistered: true,
    rows: await rows(
      tx,
      sql`SELECT ${columns}, ${instantOf('d.done_at')} AS "doneAt" ${hers(actor, sql`${scope}::text`)} ORDER BY d.done_at IS NOT NULL, c.opened_on DESC, c.id LIMIT ${bounds.courses.most}`,
    ),
  }
}

/** @throws Problem.notFound */
export async function readMyCourse(tx: Tx, actor: Actor, id: string): Promise<MyCourse> {
  const scope = (await scopeOf(tx, actor)) ?? ''
  const found = await first<MyCourse>(
    tx,
    sql`SELECT ${columns}, ${pages}, ${instantOf('d.done_at')} AS "doneAt" ${hers(actor, sql`${scope}::text`)} AND c.id = ${id}::uuid`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** She says that she finished it: once is all that counts. @throws Problem.notFound, enrolRefused */
export async function finishCourse(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<MyCourse> {
  const { refusal, is_first } = (await first<{
    refusal: keyof typeof finishRefusals | 'course' | null
    is_first: boolean
  }>(tx, sql`SELECT * FROM app.finish_course(${id}::uuid, ${nowOf(deps).toISOString()}::timestamptz)`))!
  if (refusal === 'course') throw Problem.notFound()
  if (refusal !== null) throw Problem.enrolRefused({ why: refusal, sentence: finishRefusals[refusal] })
  if (is_first) {
    const at = (await first<{ district: number }>(
      tx,
      sql`SELECT district_id AS district FROM app.course WHERE id = ${id}::uuid`,
    ))!
    work.audit({ districtId: at.district, action: 'course.done', object: `course:${id}` })
  }
  return readMyCourse(tx, work.actor, id)
}
