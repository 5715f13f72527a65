import * as z from 'zod/mini'
import * as api from '#quiz/api.ts'
import { editBank, listBanks, makeBank, readBank } from '#quiz/bank.server.ts'
import { readAttempt, readMyQuizzes, saveAnswer, startAttempt, submitAttempt } from '#quiz/mine.server.ts'
import { listOpenQuizzes, listQuizzes, readQuiz } from '#quiz/read.server.ts'
import { barEntry, editQuiz, makeQuiz, recordQuiz, stepQuiz } from '#quiz/run.server.ts'
import { dropSent } from '#record/typed.server.ts'
import { sentTyped } from '#record/typedApi.ts'
import { receivedOf } from '#signup/clock.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }
const ours = { query: none, policy: 'quiz.run', reveals: [], sensitive: true } as const
const hers = { query: none, policy: 'quiz.own', reveals: [], sensitive: true } as const

/** Quizzes: banks and quizzes of a unit, and what a woman does herself. */
export function quizRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/open-quizzes',
    policy: 'quiz.open',
    reveals: [],
    summary: '面向全市、正在或即将进行的有奖答题，不用登录',
    params: none,
    query: none,
    body: noBody,
    reply: api.openQuizzes,
    handler: ({ tx }) => listOpenQuizzes(deps, tx),
  })
  bankRoutes({ add }, deps)
  runRoutes({ add }, deps)
  mineRoutes({ add }, deps)
}

function bankRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...ours,
    method: 'GET',
    url: '/api/quiz-banks',
    summary: '本单位的题库',
    params: none,
    body: noBody,
    reply: api.bankList,
    handler: ({ tx, actor }) => listBanks(tx, actor),
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/quiz-banks',
    summary: '新建题库',
    params: none,
    body: z.strictObject({ ...api.newBank.shape, ...sentTyped }),
    reply: api.bankDone,
    handler: async ({ tx, work, body: { typed, ...given } }) => {
      const made = await makeBank(deps, tx, work, given)
      await dropSent(tx, work.actor, 'quizBank:new', typed)
      return made
    },
  })
  add({
    ...ours,
    method: 'GET',
    url: '/api/quiz-banks/:id',
    summary: '一个题库的题目和答案',
    params: idParam,
    body: noBody,
    reply: api.bankDetail,
    handler: ({ tx, actor, params }) => readBank(tx, actor, params.id),
  })
  add({
    ...ours,
    method: 'PUT',
    url: '/api/quiz-banks/:id',
    summary: '修改题库，生成新的版本',
    params: idParam,
    body: z.strictObject({ ...api.bankEdit.shape, ...sentTyped }),
    reply: api.bankDone,
    handler: async ({ tx, work, params, body: { typed, ...given } }) => {
      const edited = await editBank(tx, work, params.id, given)
      await dropSent(tx, work.actor, `quizBank:${params.id}`, typed)
      return edited
    },
  })
}

function runRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...ours,
    method: 'GET',
    url: '/api/quizzes',
    summary: '本单位的在线答题',
    params: none,
    body: noBody,
    reply: api.quizList,
    handler: ({ tx, actor }) => listQuizzes(deps, tx, actor),
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/quizzes',
    summary: '新建在线答题',
    params: none,
    body: z.strictObject({ ...api.newQuiz.shape, ...sentTyped }),
    reply: api.quizDone,
    handler: async ({ tx, work, body: { typed, ...given } }) => {
      const made = await makeQuiz(deps, tx, work, given)
      await dropSent(tx, work.actor, 'quiz:new', typed)
      return made
    },
  })
  add({
    ...ours,
    method: 'GET',
    url: '/api/quizzes/:id',
    summary: '一场在线答题：参加情况、需要核对的答题、抽奖',
    params: idParam,
    body: noBody,
    reply: api.quizDetail,
    handler: ({ tx, actor, params }) => readQuiz(deps, tx, actor, params.id),
  })
  add({
    ...ours,
    method: 'PUT',
    url: '/api/quizzes/:id',
    summary: '修改还没有发布的在线答题',
    params: idParam,
    body: z.strictObject({ ...api.quizEdit.shape, ...sentTyped }),
    reply: api.quizDone,
    handler: async ({ tx, work, params, body: { typed, ...given } }) => {
      const edited = await editQuiz(deps, tx, work, params.id, given)
      await dropSent(tx, work.actor, `quiz:${params.id}`, typed)
      return edited
    },
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/quizzes/:id/steps',
    summary: '发布、取消在线答题，或删除草稿',
    params: idParam,
    body: api.quizStep,
    reply: api.quizDone,
    handler: ({ tx, work, params, body }) => stepQuiz(deps, tx, work, params.id, body),
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/quizzes/:id/bars',
    summary: '抽奖以前取消一人的抽奖资格',
    params: idParam,
    body: api.newBar,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await barEntry(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...ours,
    reveals: ['record'],
    method: 'POST',
    url: '/api/quizzes/:id/record',
    summary: '把在线答题计入有奖答题',
    params: idParam,
    body: noBody,
    reply: api.quizRecordDone,
    handler: ({ tx, work, params }) => recordQuiz(deps, tx, work, params.id, deps.findProgramme('quiz')!),
  })
}

function mineRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...hers,
    method: 'GET',
    url: '/api/my/quizzes',
    summary: '可以参加和已经参加的在线答题',
    params: none,
    body: noBody,
    reply: api.myQuizzes,
    handler: ({ tx, actor }) => readMyQuizzes(deps, tx, actor),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/my/quizzes/:id/attempts',
    summary: '开始答题，或接着上次没有交的答',
    params: idParam,
    body: noBody,
    reply: api.attemptDone,
    handler: ({ tx, work, params, reply }) => startAttempt(tx, work, params.id, receivedOf(deps, reply)),
  })
  add({
    ...hers,
    method: 'GET',
    url: '/api/my/attempts/:id',
    summary: '一次答题的题目和所选的答案；正确答案按主办单位的设置公布',
    params: idParam,
    body: noBody,
    reply: api.attemptSheet,
    handler: ({ tx, actor, params }) => readAttempt(deps, tx, actor, params.id),
  })
  add({
    ...hers,
    method: 'PUT',
    url: '/api/my/attempts/:id/answers',
    // A draft that is saved as it grows: of one question the highest number stands.
    keyless: true,
    summary: '保存一道题的答案',
    params: idParam,
    body: api.newAnswer,
    reply: api.answerDone,
    handler: ({ tx, params, body, reply }) => saveAnswer(tx, params.id, body, receivedOf(deps, reply)),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/my/attempts/:id/submit',
    summary: '交卷',
    params: idParam,
    body: noBody,
    reply: api.submitDone,
    handler: ({ tx, work, params, reply }) => submitAttempt(tx, work, params.id, receivedOf(deps, reply)),
  })
}
