import { sql } from 'kysely'
import type { AttemptSheet, MyAttempt, MyQuizzes, NewBank, NewQuiz, QuizDetail, QuizDone } from '#quiz/api.ts'
import { settleJob } from '#quiz/settle.server.ts'
import { inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext } from '#server/deps.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import type { Stage } from './client.ts'
import { well } from './hardship.ts'
import type { Refusal } from './play.ts'

/** Stands in no answer that a woman may have before it is told. */
export const hidden = '密不外传的解析'

export const bankBody = (questions = 8): NewBank => ({
  title: '示例女职工权益题库',
  questions: Array.from({ length: questions }, (_, n) => ({
    id: null,
    kind: n % 3 === 0 ? ('single' as const) : n % 3 === 1 ? ('multiple' as const) : ('truth' as const),
    stem: `第 ${n + 1} 道示例题目？`,
    options: n % 3 === 2 ? ['对', '错'] : ['甲项', '乙项', '丙项'],
    answer: n % 3 === 1 ? [1, 3] : [2],
    explanation: `${hidden} ${n + 1}`,
  })),
})

/** What is right, by the kind of a question of `bankBody`. */
export const rightOf = (kind: string): number[] => (kind === 'multiple' ? [1, 3] : [2])

export const quizBody: Omit<NewQuiz, 'bankId'> = {
  title: '示例平安家庭答题',
  about: '人人可答',
  isPublic: true,
  opensAt: '2020-04-15T09:00:00+08:00',
  closesAt: '2020-04-21T00:00:00+08:00',
  draws: 4,
  minutes: 30,
  timesADay: 2,
  passMark: 60,
  reveals: 'closed',
  prizes: 0,
  prizePlace: '',
  prizeFrom: null,
  prizeUntil: null,
  prizeSource: '',
}

/** The moves of a quiz over HTTP: D1 puts it up. */
export function quizAt(stage: Pick<Stage, 'as' | 'world'>) {
  const { deps } = stage.world
  const bank = async (questions?: number, who = 'D1') =>
    well(await stage.as(who).post<{ id: string; version: number }>('/api/quiz-banks', bankBody(questions)))
  const make = (changes: object, who = 'D1') =>
    stage.as(who).post<QuizDone & Refusal>('/api/quizzes', { ...quizBody, ...changes })
  const read = async (id: string, who = 'D1') =>
    well(await stage.as(who).get<QuizDetail>(`/api/quizzes/${id}`))
  const step = async (id: string, act: string, reason?: string, who = 'D1') =>
    stage.as(who).post<QuizDone & Refusal>(`/api/quizzes/${id}/steps`, {
      act,
      version: (await read(id)).version,
      ...(reason === undefined ? {} : { reason }),
    })
  const sheet = async (who: string, attempt: string) =>
    well(await stage.as(who).get<AttemptSheet>(`/api/my/attempts/${attempt}`))
  const save = (who: string, attempt: string, questionId: string, choice: number[], seq = 1) =>
    stage
      .as(who)
      .put<{ seq: number } & Refusal>(
        `/api/my/attempts/${attempt}/answers`,
        { questionId, choice, seq },
        { key: null },
      )
  const start = (who: string, quiz: string) =>
    stage.as(who).post<{ id: string } & Refusal>(`/api/my/quizzes/${quiz}/attempts`)
  const submit = (who: string, attempt: string, key?: string) =>
    stage
      .as(who)
      .post<MyAttempt & Refusal>(`/api/my/attempts/${attempt}/submit`, undefined, key ? { key } : {})
  return {
    bank,
    make,
    read,
    step,
    sheet,
    save,
    start,
    submit,
    put: async (changes: object = {}) => {
      const bankId = (changes as { bankId?: string }).bankId ?? (await bank()).id
      const { id } = well(await make({ bankId, ...changes }))
      well(await step(id, 'publish'))
      return id
    },
    mine: async (who: string, quiz: string) =>
      well(await stage.as(who).get<MyQuizzes>('/api/my/quizzes')).rows.find(({ id }) => id === quiz),
    /** Begins, answers so many questions rightly and the others wrongly, hands in. */
    answer: async (who: string, quiz: string, rightly: number) => {
      const { id } = well(await start(who, quiz))
      const { questions } = await sheet(who, id)
      for (const [n, one] of questions.entries())
        well(await save(who, id, one.id, n < rightly ? rightOf(one.kind) : [1]))
      return well(await submit(who, id))
    },
    /** Moves the times of a quiz and its draw, which no right of the app has, so that it closes so many seconds from now. */
    close: async (tx: Tx, quiz: string, seconds: number) => {
      const at = new Date(nowOf(deps).getTime() + seconds * 1000).toISOString()
      await sql`UPDATE app.quiz_run SET closes_at = ${at}::timestamptz WHERE id = ${quiz}::uuid`.execute(tx)
      await sql`UPDATE app.event e SET closes_at = ${at}::timestamptz FROM app.quiz_run q WHERE q.id = ${quiz}::uuid AND e.id = q.event_id`.execute(
        tx,
      )
      await sql`UPDATE app.quiz_attempt SET due_at = least(due_at, ${at}::timestamptz) WHERE quiz_id = ${quiz}::uuid`.execute(
        tx,
      )
    },
    settle: (tx: Tx) =>
      inTransaction(tx, identityContext(deps), (inner) =>
        settleJob.finish({
          deps,
          tx: inner,
          job: { id: '', districtId: 0, kind: '', key: 'due', payload: {}, attempt: 1, lease: '' },
          prepared: undefined,
        }),
      ),
  }
}
