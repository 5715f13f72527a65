import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { instantOf, isLive } from '#signup/event.server.ts'
import type { Flagged, OpenQuizzes, QuizDetail, QuizLine, QuizList } from './api.ts'
import { countsOf, questionsIn } from './run.server.ts'
import { quizPhaseOf } from './states.ts'

/** Columns of a quiz `q` with its organiser `o`. */
export const quizColumns = sql`q.id, ${briefOf('o')} AS org, q.title, q.about, q.state, q.is_public AS "isPublic", ${instantOf('q.opens_at')} AS "opensAt", ${instantOf('q.closes_at')} AS "closesAt",
  q.draws, q.minutes, q.times_a_day AS "timesADay", q.pass_mark AS "passMark", q.reveals, q.prizes, q.event_id AS "eventId"`

type Row = Omit<QuizLine, 'phase'>
export const quizPhased = <T extends Row>(row: T, now: Date): T & Pick<QuizLine, 'phase'> => ({
  ...row,
  phase: quizPhaseOf(row, now),
})

/** Quizzes that women of a unit may answer. */
export const openQuizTo = (scopeCode: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(q.is_public OR starts_with(${scopeCode}, o.scope_code))`

/** Quizzes of the actor's unit. */
export async function listQuizzes(deps: Deps, tx: Tx, actor: Actor): Promise<QuizList> {
  const now = nowOf(deps)
  const found = await rows<Row>(
    tx,
    sql`SELECT ${quizColumns} FROM app.quiz_run q JOIN app.org o ON o.id = q.org_id WHERE q.org_id = ${actor.org.id}
      ORDER BY q.opens_at DESC, q.id LIMIT ${bounds.quizzes.most}`,
  )
  return { rows: found.map((row) => quizPhased(row, now)) }
}

/** Days ahead of its opening from which on a quiz is announced. */
const announcedDays = 30

/** Quizzes of the whole city that run or soon will, for anybody. */
export async function listOpenQuizzes(deps: Deps, tx: Tx): Promise<OpenQuizzes> {
  const now = nowOf(deps)
  const at = sql`${now.toISOString()}::timestamptz`
  const found = await rows<Row>(
    tx,
    sql`SELECT ${quizColumns} FROM app.quiz_run q JOIN app.org o ON o.id = q.org_id
      WHERE q.state = 'open' AND q.is_public AND q.closes_at > ${at} AND q.opens_at <= ${at} + make_interval(days => ${announcedDays}::int)
      ORDER BY q.closes_at, q.id LIMIT ${bounds.quizzes.most}`,
  )
  return { now: now.toISOString(), rows: found.map((row) => quizPhased(row, now)) }
}

type Found = Row &
  Pick<
    QuizDetail,
    'version' | 'prizePlace' | 'prizeFrom' | 'prizeUntil' | 'prizeSource' | 'reason' | 'recordId'
  > & {
    bankId: string
    bankTitle: string
    bankVersion: number
    drawFrozenAt: string | null
    drawDrawnAt: string | null
  }

/** A quiz with how it went and what to look at, to its organiser. @throws Problem.notFound */
export async function readQuiz(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<QuizDetail> {
  const found = await first<Found>(
    tx,
    sql`SELECT ${quizColumns}, q.version, q.prize_place AS "prizePlace", ${instantOf('q.prize_from')} AS "prizeFrom", ${instantOf('q.prize_until')} AS "prizeUntil",
        q.prize_source AS "prizeSource", q.reason, (SELECT r.id FROM app.record r WHERE r.id = q.record_id AND ${isLive}) AS "recordId", b.id AS "bankId", b.title AS "bankTitle", coalesce(q.bank_version, b.version) AS "bankVersion",
        ${instantOf('d.frozen_at')} AS "drawFrozenAt", ${instantOf('d.drawn_at')} AS "drawDrawnAt"
      FROM app.quiz_run q JOIN app.org o ON o.id = q.org_id JOIN app.quiz_bank b ON b.district_id = q.district_id AND b.id = q.bank_id
      LEFT JOIN app.event_draw d ON d.district_id = q.district_id AND d.event_id = q.event_id
      WHERE q.id = ${id}::uuid AND q.org_id = ${actor.org.id}`,
  )
  if (!found) throw Problem.notFound()
  const { bankId, bankTitle, bankVersion, drawFrozenAt, drawDrawnAt, ...quiz } = found
  return {
    ...quizPhased(quiz, nowOf(deps)),
    bank: {
      id: bankId,
      title: bankTitle,
      version: bankVersion,
      questions: await questionsIn(tx, bankId, bankVersion),
    },
    counts: await countsOf(tx, id),
    flagged: await flaggedOf(tx, id),
    draw: quiz.eventId === null ? null : { frozenAt: drawFrozenAt, drawnAt: drawDrawnAt },
  }
}

const flaggedOf = (tx: Tx, id: string): Promise<Flagged[]> =>
  rows<Flagged>(
    tx,
    sql`SELECT f.id, f.name, f.org, ${instantOf('f.started_at')} AS "startedAt", round(extract(epoch FROM f.answered_at - f.started_at), 1) AS seconds, f.asked, f.score, f.submits,
        to_jsonb(f.flags) AS flags, f.entry_id AS "entryId", f.entry_state AS "entryState"
      FROM app.quiz_flagged(${id}::uuid) f ORDER BY f.submitted_at, f.id LIMIT ${bounds.quizFlagged.most}`,
  )
