import * as z from 'zod/mini'
import * as api from '#help/api.ts'
import {
  allSuggestions,
  answerTo,
  mySuggestions,
  readWords,
  sendSuggestion,
} from '#help/suggestions.server.ts'
import type { Deps } from '../deps.server.ts'
import { pageQuery, rowsBefore } from '../pages.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const sent = z.strictObject({ id: z.string() })

/** 投诉建议: from everybody straight to the city tier, and what became of it. */
export function helpRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'POST',
    url: '/api/suggestions',
    policy: 'suggestion.own',
    reveals: ['suggestion'],
    summary: '向市总工会提投诉、建议或疑问',
    sensitive: true,
    params: none,
    query: none,
    body: api.newSuggestion,
    reply: sent,
    handler: ({ tx, work, body }) => sendSuggestion(deps, tx, work, body),
  })
  add({
    method: 'GET',
    url: '/api/suggestions',
    policy: 'suggestion.own',
    reveals: ['suggestion'],
    summary: '我提的投诉建议和答复',
    sensitive: true,
    params: none,
    query: pageQuery,
    body: noBody,
    reply: api.suggestionList,
    handler: ({ tx, actor, query }) => mySuggestions(deps, tx, actor, rowsBefore(query)),
  })
  add({
    method: 'GET',
    url: '/api/suggestions/inbox',
    policy: 'suggestion.inbox',
    reveals: ['suggestion'],
    summary: '收到的投诉建议（市级），不含内容',
    sensitive: true,
    params: none,
    query: pageQuery,
    body: noBody,
    reply: api.suggestionInbox,
    handler: ({ tx, actor, query }) => allSuggestions(tx, actor, rowsBefore(query)),
  })
  add({
    method: 'POST',
    url: '/api/suggestions/:id/read',
    policy: 'suggestion.answer',
    reveals: ['suggestion'],
    summary: '打开一件投诉建议的内容；提出人看得到已阅',
    sensitive: true,
    // A stored answer would keep the words.
    keyless: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: api.suggestionWords,
    handler: ({ tx, work, params }) => readWords(deps, tx, work, params.id),
  })
  add({
    method: 'POST',
    url: '/api/suggestions/:id/answer',
    policy: 'suggestion.answer',
    reveals: ['suggestion'],
    summary: '答复一件投诉建议',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.answerSuggestion,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await answerTo(deps, tx, work, params.id, body.answer)
      return { ok: true as const }
    },
  })
}
