import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { Issue, Programme } from '#kit/programme.ts'
import { realDayOf } from '#kit/day.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { createRecords } from '#record/create.server.ts'
import { first, firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { instantOf, isLive, mustHold, refuse } from '#signup/event.server.ts'
import { tellEntries } from '#signup/tell.server.ts'
import type { NewQuiz, QuizAct, QuizDetail, QuizDone } from './api.ts'
import { standsIn } from './bank.server.ts'
import { callOffPrizes, putUpPrizes } from './prize.server.ts'
import { quizPhaseOf, type QuizState } from './states.ts'

type StoredQuiz = {
  district_id: number
  id: string
  title: string
  state: QuizState
  version: number
  bank_id: string
  opensAt: string
  closesAt: string
  prizes: number
  event_id: string | null
  record_id: string | null
}

/** A quiz of the actor's own unit, held until the act is over. @throws Problem.notFound, quizChanged */
async function ownQuiz(tx: Tx, actor: Actor, id: string, version: number | null = null): Promise<StoredQuiz> {
  const found = await firstKeyed<StoredQuiz>(
    tx,
    sql`SELECT q.district_id, q.id, q.title, q.state, q.version, q.bank_id, ${instantOf('q.opens_at')} AS "opensAt", ${instantOf('q.closes_at')} AS "closesAt", q.prizes, q.event_id, q.record_id
      FROM app.quiz_run q WHERE q.id = ${id}::uuid AND q.org_id = ${actor.org.id} FOR NO KEY UPDATE OF q`,
  )
  if (!found) throw Problem.notFound()
  if (version !== null && version !== found.version) throw Problem.quizChanged()
  return found
}

const audit = (work: UnitOfWork, what: string, districtId: number, id: string, body?: object): void =>
  work.audit({
    districtId,
    action: `quiz.${what}`,
    object: `quiz:${id}`,
    ...(body === undefined ? {} : { body }),
  })

const at = (text: string): number => Date.parse(text)

/** @throws Problem.invalid */
async function mustBeQuiz(tx: Tx, actor: Actor, given: NewQuiz, now: Date): Promise<void> {
  const faults: Issue[] = []
  const fault = (field: string, message: string) => void faults.push({ field, message })
  if (given.title.length < 2) fault('title', '请填写名称（至少 2 个字）')
  if (at(given.closesAt) <= at(given.opensAt)) fault('closesAt', '答题截止要晚于答题开始')
  if (at(given.closesAt) <= now.getTime()) fault('closesAt', '答题截止已过，请改为以后的时间')
  const bank = await first<{ n: number }>(
    tx,
    sql`SELECT (SELECT count(*)::int FROM app.quiz_question s WHERE s.district_id = b.district_id AND s.bank_id = b.id AND s.until_version IS NULL) AS n
      FROM app.quiz_bank b WHERE b.id = ${given.bankId}::uuid AND b.org_id = ${actor.org.id}`,
  )
  if (bank === null) fault('bankId', '请选择本单位的题库')
  else if (bank.n < given.draws) fault('draws', `题库里只有 ${bank.n} 道题，每次不能多于这个数`)
  if (given.prizes > 0) {
    if (given.prizePlace === '') fault('prizePlace', '请填写领奖地点')
    if (given.prizeFrom === null || at(given.prizeFrom) < at(given.closesAt) + 3_600_000)
      fault('prizeFrom', '开始领奖至少在答题截止一小时以后，中间要核对和抽奖')
    if (given.prizeUntil === null || at(given.prizeUntil) <= at(given.prizeFrom ?? given.closesAt))
      fault('prizeUntil', '领奖截止要晚于领奖开始')
  }
  mustHold(faults)
}

const values = (given: NewQuiz) => {
  const prize = given.prizes > 0
  return sql`${given.title}, ${given.about}, ${given.bankId}::uuid, ${given.isPublic}::boolean, ${given.opensAt}::timestamptz, ${given.closesAt}::timestamptz,
    ${given.draws}::smallint, ${given.minutes}::smallint, ${given.timesADay}::smallint, ${given.passMark}::smallint, ${given.reveals}, ${given.prizes}::int,
    ${prize ? given.prizePlace : ''}, ${prize ? given.prizeFrom : null}::timestamptz, ${prize ? given.prizeUntil : null}::timestamptz, ${prize ? given.prizeSource : ''}`
}
const columns = sql.raw(
  'title, about, bank_id, is_public, opens_at, closes_at, draws, minutes, times_a_day, pass_mark, reveals, prizes, prize_place, prize_from, prize_until, prize_source',
)

/** Prepares a quiz of the actor's unit; nobody else sees it before it is put up. @throws Problem.invalid */
export async function makeQuiz(deps: Deps, tx: Tx, work: UnitOfWork, given: NewQuiz): Promise<QuizDone> {
  const { actor } = work
  await mustBeQuiz(tx, actor, given, nowOf(deps))
  const id = uuidv7()
  await sql`INSERT INTO app.quiz_run (district_id, id, org_id, made_by, made_on, ${columns})
    VALUES (${actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${actor.accountId}::uuid, ${deps.today()}::date, ${values(given)})`.execute(
    tx,
  )
  audit(work, 'make', actor.org.districtId, id, given)
  return { id, state: 'draft', version: 1 }
}

/** Mends a draft. @throws Problem.notFound, quizChanged, eventPhase, invalid */
export async function editQuiz(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewQuiz & { version: number },
): Promise<QuizDone> {
  const found = await ownQuiz(tx, work.actor, id, version)
  if (found.state !== 'draft') throw Problem.eventPhase({ why: '已经发布的答题不能改；要改请取消后另行发布' })
  await mustBeQuiz(tx, work.actor, given, nowOf(deps))
  await sql`UPDATE app.quiz_run q SET (${columns}) = (${values(given)}), version = q.version + 1 WHERE q.district_id = ${found.district_id} AND q.id = ${id}::uuid`.execute(
    tx,
  )
  audit(work, 'edit', found.district_id, id, given)
  return { id, state: 'draft', version: version + 1 }
}

/** Puts a quiz up, calls it off, or gives a draft up. @throws Problem.notFound, quizChanged, eventPhase, invalid */
export async function stepQuiz(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { act, version, reason = '' }: { act: QuizAct; version: number; reason?: string | undefined },
): Promise<QuizDone> {
  const found = await ownQuiz(tx, work.actor, id, version)
  if (act === 'cancel') await cancel(deps, tx, found, reason)
  else if (found.state !== 'draft') throw Problem.eventPhase({ why: '只有草稿可以发布或删除' })
  else if (act === 'publish') await publish(deps, tx, work, found)
  else
    await sql`DELETE FROM app.quiz_run q WHERE q.district_id = ${found.district_id} AND q.id = ${id}::uuid`.execute(
      tx,
    )
  audit(work, act, found.district_id, id, { reason })
  const state = { publish: 'open', cancel: 'cancelled', drop: 'cancelled' } as const
  return { id, state: state[act], version: version + 1 }
}

/** From here on the quiz stays with this version of its bank. */
async function publish(deps: Deps, tx: Tx, work: UnitOfWork, found: StoredQuiz): Promise<void> {
  if (at(found.closesAt) <= nowOf(deps).getTime()) throw refuse('closesAt', '答题截止已过，请先修改答题时间')
  const bank = (await first<{ version: number; n: number; draws: number }>(
    tx,
    sql`SELECT b.version, q.draws, (SELECT count(*)::int FROM app.quiz_question s WHERE s.district_id = b.district_id AND s.bank_id = b.id AND s.until_version IS NULL) AS n
      FROM app.quiz_run q JOIN app.quiz_bank b ON b.district_id = q.district_id AND b.id = q.bank_id WHERE q.district_id = ${found.district_id} AND q.id = ${found.id}::uuid`,
  ))!
  if (bank.n < bank.draws)
    throw refuse('draws', `题库现在只有 ${bank.n} 道题，少于每次要答的 ${bank.draws} 道，请先修改`)
  const event = found.prizes > 0 ? await putUpPrizes(deps, tx, work, found) : null
  await sql`UPDATE app.quiz_run q SET state = 'open', bank_version = ${bank.version}, event_id = ${event}::uuid, version = q.version + 1
    WHERE q.district_id = ${found.district_id} AND q.id = ${found.id}::uuid`.execute(tx)
}

async function cancel(deps: Deps, tx: Tx, found: StoredQuiz, reason: string): Promise<void> {
  if (!['before', 'running'].includes(quizPhaseOf(found, nowOf(deps))))
    throw Problem.eventPhase({ why: '只有还没有结束的答题可以取消' })
  if (reason.length < 4) throw refuse('reason', '请写明取消的原因（至少 4 个字），参加的人会看到')
  await sql`UPDATE app.quiz_run q SET state = 'cancelled', reason = ${reason}, version = q.version + 1
    WHERE q.district_id = ${found.district_id} AND q.id = ${found.id}::uuid`.execute(tx)
  if (found.event_id !== null) await callOffPrizes(tx, found.event_id, reason, nowOf(deps))
}

/** Takes an entry out of the draw of prizes, with a reason that she reads. @throws Problem.notFound, eventPhase, invalid */
export async function barEntry(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { entryId, reason }: { entryId: string; reason: string },
): Promise<void> {
  const found = await ownQuiz(tx, work.actor, id)
  if (reason.length < 4) throw refuse('reason', '请写明原因（至少 4 个字），本人会看到')
  const { refusal } = (await first<{ refusal: string | null }>(
    tx,
    sql`SELECT app.bar_prize(n.id, ${reason}, ${nowOf(deps).toISOString()}::timestamptz) AS refusal FROM app.enrolment n
      WHERE n.id = ${entryId}::uuid AND n.event_id = ${found.event_id}::uuid`,
  )) ?? { refusal: 'entry' }
  if (refusal === 'entry') throw Problem.notFound()
  if (refusal !== null)
    throw Problem.eventPhase({ why: '抽奖名单固定以后、抽奖以前才能取消资格，且每人只办一次' })
  await tellEntries(tx, [entryId], `抽奖资格已取消：“${found.title}”。${reason}`, work.actor.accountId)
  audit(work, 'bar', found.district_id, id, { entryId, reason })
}

/** What the organiser reads of how it went. */
export const countsOf = async (tx: Tx, id: string): Promise<QuizDetail['counts']> =>
  (await first<QuizDetail['counts']>(
    tx,
    sql`SELECT coalesce(started, 0) AS started, coalesce(submitted, 0) AS submitted, coalesce(valid, 0) AS valid, coalesce(women, 0) AS women,
      coalesce(persons, 0) AS persons, coalesce(passed, 0) AS passed FROM app.quiz_counts(${id}::uuid)`,
  ))!

/** Questions that a version of a bank asks. */
export const questionsIn = async (tx: Tx, bankId: string, version: number): Promise<number> =>
  (await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.quiz_question s WHERE s.bank_id = ${bankId}::uuid AND ${standsIn(version)}`,
  ))!.n

/** Until then the clock has handed in what was overdue at the end. */
const settledMs = 60_000

/**
 * Makes the record of a quiz that is over: its numbers are those of the valid attempts, by name (证据等级 实名). It goes the way of
 * every record; the tier that accepts counts it.
 * @throws Problem.notFound, eventPhase, and what a record is refused for
 */
export async function recordQuiz(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  programme: Programme,
): Promise<{ recordId: string; attendances: number }> {
  const found = await ownQuiz(tx, work.actor, id)
  if (found.state !== 'open' || nowOf(deps).getTime() < at(found.closesAt) + settledMs)
    throw Problem.eventPhase({ why: '答题截止一分钟以后才能计入有奖答题' })
  const [live] = await rows(
    tx,
    sql`SELECT 1 FROM app.record r WHERE r.id = ${found.record_id}::uuid AND ${isLive}`,
  )
  if (live) throw Problem.eventPhase({ why: '这场答题已经计入，不用重复填报' })
  const overdue = (await first<{ n: number }>(
    tx,
    sql`SELECT app.settle_quiz(${id}::uuid, ${nowOf(deps).toISOString()}::timestamptz) AS n`,
  ))!.n
  if (overdue > 0) audit(work, 'settle', found.district_id, id, { n: overdue })
  const { valid, women } = await countsOf(tx, id)
  if (valid === 0) throw Problem.eventPhase({ why: '没有有效答题，不能计入' })
  const [made] = await createRecords(deps, tx, work, programme, [
    {
      body: {
        title: found.title,
        startsOn: realDayOf(new Date(found.opensAt)),
        // What closes at midnight ended on the day before.
        endsOn: realDayOf(new Date(at(found.closesAt) - 1)),
        grade: '实名',
        mode: '线上',
        count: 1,
        all: valid,
        women,
        attendances: valid,
        prizes: found.prizes,
        note: '由在线答题自动计入',
      },
      warningNote: '由在线答题自动计入，人次与有效答题一致',
    },
  ])
  await sql`UPDATE app.quiz_run q SET record_id = ${made!.id}::uuid WHERE q.district_id = ${found.district_id} AND q.id = ${id}::uuid`.execute(
    tx,
  )
  audit(work, 'record', found.district_id, id, { recordId: made!.id })
  return { recordId: made!.id, attendances: valid }
}
