import { spendFrom } from '#identity/throttle.server.ts'
import { Problem } from '#kit/problem.ts'
import * as api from '#publicNotice/api.ts'
import { answerObjection, readDesk } from '#publicNotice/desk.server.ts'
import { listNotices, raiseObjection, readAnswer, readNotice } from '#publicNotice/read.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** 公示: read and objected to by anybody, answered by the unit that put it up. */
export function publicNoticeRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/public-notices',
    policy: 'publicNotice.read',
    reveals: ['publicNotice'],
    summary: '公示：正在公示的和近期期满的，不用登录',
    params: none,
    query: none,
    body: noBody,
    reply: api.notices,
    handler: ({ tx }) => listNotices(deps, tx),
  })
  add({
    method: 'GET',
    url: '/api/public-notices/:id',
    policy: 'publicNotice.read',
    reveals: ['publicNotice'],
    summary: '一份公示的名单，不用登录',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.publicNotice,
    handler: ({ tx, params }) => readNotice(deps, tx, params.id),
  })
  add({
    method: 'POST',
    url: '/api/public-notices/:id/objections',
    policy: 'publicNotice.object',
    reveals: ['publicNotice'],
    summary: '对公示提出异议，可以不留姓名；回执只显示一次',
    params: idParam,
    query: none,
    body: api.newObjection,
    reply: api.raised,
    // The receipt is shown once: a stored answer would keep it.
    keyless: true,
    prepare: ({ request }) => spendFrom(deps, 'objection', request.ip, Problem.tooManyObjections),
    handler: ({ tx, work, params, body }) => raiseObjection(deps, tx, work, params.id, body),
  })
  add({
    method: 'POST',
    url: '/api/public-notice-objections/look',
    policy: 'publicNotice.object',
    reveals: ['publicNotice'],
    summary: '凭回执查异议的答复，不用登录',
    keyless: true,
    params: none,
    query: none,
    body: api.objectionReceipt,
    reply: api.objectionAnswer,
    prepare: ({ request }) => spendFrom(deps, 'objection', request.ip, Problem.tooManyObjections),
    handler: ({ tx, body }) => readAnswer(deps, tx, body.receipt),
  })
  add({
    method: 'GET',
    url: '/api/public-notice-desk',
    policy: 'publicNotice.answer',
    reveals: ['objection'],
    summary: '本单位的公示和收到的异议',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.desk,
    handler: ({ tx, actor }) => readDesk(deps, tx, actor),
  })
  add({
    method: 'POST',
    url: '/api/public-notice-objections/:id/answer',
    policy: 'publicNotice.answer',
    reveals: ['objection'],
    summary: '答复一条异议：成立或不成立，写明理由',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.newAnswer,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await answerObjection(deps, tx, work, params.id, body)
      return { ok: true as const }
    },
  })
}
