import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { realDayOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { registrationsOf } from '#identity/registrations.server.ts'
import { first, firstKeyed, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { instantOf } from '#signup/event.server.ts'
import type { AnswerDone, AttemptSheet, MyAttempt, MyQuiz, MyQuizzes, SheetQuestion } from './api.ts'
import { openQuizTo, quizColumns, quizPhased } from './read.server.ts'
import { saveRefusals, startRefusals } from './states.ts'

/** What is over stays in her list for so many days. */
const keptDays = 365

const stamp = (at: Date) => sql`${at.toISOString()}::timestamptz`

/** An attempt `a` as she reads it. */
const attemptColumns = sql`a.id, ${instantOf('a.started_at')} AS "startedAt", ${instantOf('a.due_at')} AS "dueAt", ${instantOf('a.submitted_at')} AS "submittedAt",
  cardinality(a.questions) AS asked, CASE WHEN a.submitted_at IS NULL THEN (SELECT count(*)::int FROM app.quiz_answer w WHERE w.district_id = a.district_id
    AND w.attempt_id = a.id AND w.choice <> '{}') ELSE a.answered END AS answered, a.score, a.is_passed AS "isPassed"`

/** Quizzes that are open to the actor, and how she stands in each. */
export async function readMyQuizzes(deps: Deps, tx: Tx, actor: Actor): Promise<MyQuizzes> {
  const now = nowOf(deps)
  const her = await first<{ scopeCode: string }>(
    tx,
    sql`SELECT o.scope_code AS "scopeCode" FROM app.person p JOIN app.org o ON o.id = p.org_id WHERE p.id = ${actor.personId}::uuid AND p.state = 'active'`,
  )
  if (!her) return { isRegistered: false, now: now.toISOString(), rows: [] }
  const found = await rows<Omit<MyQuiz, 'phase'>>(
    tx,
    sql`SELECT ${quizColumns}, q.reason, greatest(0, q.times_a_day - (SELECT count(*)::int FROM app.quiz_attempt x WHERE x.district_id = q.district_id AND x.quiz_id = q.id
          AND x.person_id = ${actor.personId}::uuid AND x.day = ${realDayOf(now)}::date)) AS "leftToday",
        coalesce((SELECT jsonb_agg(to_jsonb(t) ORDER BY t."startedAt" DESC) FROM (SELECT ${attemptColumns} FROM app.quiz_attempt a
          WHERE a.district_id = q.district_id AND a.quiz_id = q.id AND a.person_id IN ${registrationsOf(actor)} ORDER BY a.started_at DESC LIMIT ${bounds.quizAttempts.most}) t), '[]') AS attempts,
        (SELECT jsonb_build_object('seq', n.seq, 'state', n.state, 'reason', n.reason) FROM app.enrolment n WHERE n.district_id = q.district_id AND n.event_id = q.event_id
          AND n.person_id IN ${registrationsOf(actor)} ORDER BY n.state = 'placed' DESC, n.seq LIMIT 1) AS entry
      FROM app.quiz_run q JOIN app.org o ON o.id = q.org_id
      WHERE q.state <> 'draft' AND q.closes_at > ${stamp(now)} - make_interval(days => ${keptDays}::int) AND (q.state = 'open' AND q.closes_at > ${stamp(now)} AND ${openQuizTo(sql`${her.scopeCode}::text`)}
        OR EXISTS (SELECT FROM app.quiz_attempt a WHERE a.district_id = q.district_id AND a.quiz_id = q.id AND a.person_id IN ${registrationsOf(actor)}))
      ORDER BY q.closes_at <= ${stamp(now)}, q.closes_at, q.id LIMIT ${bounds.quizzes.most}`,
  )
  return { isRegistered: true, now: now.toISOString(), rows: found.map((row) => quizPhased(row, now)) }
}

const districtOf = async (tx: Tx, attempt: string): Promise<number> =>
  (await firstKeyed<{ id: number }>(
    tx,
    sql`SELECT district_id AS id FROM app.quiz_attempt WHERE id = ${attempt}::uuid`,
  ))!.id

/** She begins, or goes on with what she began, on whichever telephone. @throws Problem.notFound, enrolRefused */
export async function startAttempt(
  tx: Tx,
  work: UnitOfWork,
  quiz: string,
  received: Date,
): Promise<{ id: string }> {
  const [started] = await keyed<{
    refusal: keyof typeof startRefusals | 'quiz' | null
    attempt: string
    is_new: boolean
  }>(tx, sql`SELECT * FROM app.start_attempt(${quiz}::uuid, ${stamp(received)})`)
  const { refusal, attempt, is_new } = started!
  if (refusal === 'quiz') throw Problem.notFound()
  if (refusal !== null) throw Problem.enrolRefused({ why: refusal, sentence: startRefusals[refusal] })
  if (is_new)
    work.audit({
      districtId: await districtOf(tx, attempt),
      action: 'quiz.start',
      object: `quizAttempt:${attempt}`,
    })
  return { id: attempt }
}

/**
 * Keeps one answer. It leaves no line of its own in the audit, as five hundred a second would wait for one lock: the row holds its
 * number and its instant, and what stood when she handed in is in the line of that.
 * @throws Problem.notFound, enrolRefused
 */
export async function saveAnswer(
  tx: Tx,
  attempt: string,
  { questionId, choice, seq }: { questionId: string; choice: readonly number[]; seq: number },
  received: Date,
): Promise<AnswerDone> {
  const [saved] = await keyed<{
    refusal: keyof typeof saveRefusals | 'attempt' | null
    stored: number
    kept: number[]
  }>(
    tx,
    sql`SELECT refusal, stored, to_jsonb(kept) AS kept FROM app.save_answer(${attempt}::uuid, ${questionId}::uuid, ${[...choice]}::smallint[], ${seq}::int, ${stamp(received)})`,
  )
  const { refusal, stored, kept } = saved!
  if (refusal === 'attempt') throw Problem.notFound()
  if (refusal !== null) throw Problem.enrolRefused({ why: refusal, sentence: saveRefusals[refusal] })
  return { seq: stored, choice: kept }
}

/** Hands in; once is all that counts. @throws Problem.notFound */
export async function submitAttempt(
  tx: Tx,
  work: UnitOfWork,
  attempt: string,
  received: Date,
): Promise<MyAttempt> {
  const [done] = await keyed<{ refusal: 'attempt' | null; is_first: boolean }>(
    tx,
    sql`SELECT * FROM app.submit_attempt(${attempt}::uuid, ${stamp(received)})`,
  )
  if (done!.refusal !== null) throw Problem.notFound()
  const after = (await first<MyAttempt>(
    tx,
    sql`SELECT ${attemptColumns} FROM app.quiz_attempt a WHERE a.id = ${attempt}::uuid`,
  ))!
  if (done!.is_first) {
    const answers = await rows(
      tx,
      sql`SELECT w.question_id, to_jsonb(w.choice) AS choice, w.seq FROM app.quiz_answer w WHERE w.attempt_id = ${attempt}::uuid ORDER BY 1`,
    )
    work.audit({
      districtId: await districtOf(tx, attempt),
      action: 'quiz.submit',
      object: `quizAttempt:${attempt}`,
      body: { answers, score: after.score },
    })
  }
  return after
}

/** Her attempt: the questions with what she chose; the right answers only where the quiz tells them. @throws Problem.notFound */
export async function readAttempt(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<AttemptSheet> {
  const now = nowOf(deps)
  const found = await first<Omit<AttemptSheet, 'questions' | 'now'>>(
    tx,
    sql`SELECT ${attemptColumns}, q.id AS "quizId", q.title, q.pass_mark AS "passMark", ${instantOf('q.closes_at')} AS "closesAt", q.reveals
      FROM app.quiz_attempt a JOIN app.quiz_run q ON q.district_id = a.district_id AND q.id = a.quiz_id
      WHERE a.id = ${id}::uuid AND a.person_id IN ${registrationsOf(actor)}`,
  )
  if (!found) throw Problem.notFound()
  const questions = await rows<SheetQuestion>(
    tx,
    sql`SELECT s.id, s.kind, s.stem, s.options, to_jsonb(s.choice) AS choice, s.seq, to_jsonb(s.answer) AS answer, s.explanation
      FROM app.attempt_sheet(${id}::uuid, ${stamp(now)}) s`,
  )
  return { ...found, now: now.toISOString(), questions }
}
