import * as z from 'zod/mini'
import * as api from '#help/api.ts'
import { askPolicy, followPolicy, publicAnswers, publishAnswer, withdrawAnswer } from '#help/policy.server.ts'
import { openPace } from '#silo/pace.server.ts'
import type { Deps } from '../deps.server.ts'
import { pageQuery, rowsBefore } from '../pages.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }

/** 政策咨询: asked without a name and followed by a receipt, as in tell.server.ts; what is published is for everybody. */
export function policyQuestionRoutes({ add }: Routes, deps: Deps): void {
  const pace = openPace()
  add({
    method: 'GET',
    url: '/api/policy-answers',
    policy: 'policy.read',
    reveals: [],
    summary: '政策问答，不用登录',
    params: none,
    query: z.strictObject({ ...pageQuery.shape, q: z.optional(z.string().check(z.maxLength(40))) }),
    body: noBody,
    reply: api.policyAnswers,
    handler: ({ tx, query }) => publicAnswers(deps, tx, query.q ?? '', rowsBefore(query)),
  })
  add({
    method: 'POST',
    url: '/api/policy-questions',
    policy: 'policy.ask',
    reveals: ['suggestion'],
    summary: '问政策，不用登录、不留姓名；回执只显示一次',
    // The receipt is shown once: a stored answer would keep it.
    keyless: true,
    params: none,
    query: none,
    body: api.policyQuestion,
    reply: api.questionTaken,
    prepare: async ({ request }) => pace.spend('tell', request.ip),
    handler: ({ tx, body }) => askPolicy(deps, tx, body),
  })
  add({
    method: 'POST',
    url: '/api/policy-questions/look',
    policy: 'policy.ask',
    reveals: ['suggestion'],
    summary: '凭回执看政策咨询的答复，不用登录',
    keyless: true,
    params: none,
    query: none,
    body: api.questionHolder,
    reply: api.followedQuestion,
    prepare: async ({ request }) => pace.spend('look', request.ip),
    handler: ({ tx, body }) => followPolicy(deps, tx, body.code),
  })
  add({
    method: 'PUT',
    url: '/api/suggestions/:id/publication',
    policy: 'suggestion.answer',
    reveals: ['suggestion'],
    summary: '把答复过的政策咨询公布为问答，不写提问的人',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.publication,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await publishAnswer(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'DELETE',
    url: '/api/suggestions/:id/publication',
    policy: 'suggestion.answer',
    reveals: ['suggestion'],
    summary: '撤下公布的问答',
    sensitive: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await withdrawAnswer(deps, tx, work, params.id)
      return ok
    },
  })
}
