import * as api from '#match/api.ts'
import {
  answerMatch,
  blockMatch,
  keepMatch,
  leaveMatch,
  listAnswers,
  listPairs,
  listPeople,
  readMatch,
  reportMatch,
} from '#match/mine.server.ts'
import { listReports, readMatchCounts, settleReport } from '#match/report.server.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Tx } from '../database.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const hers = { policy: 'match.own', reveals: [], sensitive: true } as const
const ok = { ok: true as const }

/** Match-making: each for herself, reports to whoever is named for complaints, counts to the tiers. */
export function matchRoutes({ add }: Routes, deps: Deps): void {
  const read = { ...hers, method: 'GET', params: none, query: none, body: noBody } as const
  add({
    ...read,
    url: '/api/my/match',
    summary: '婚恋交友：说明和我的卡片',
    reply: api.myMatch,
    handler: ({ tx }) => readMatch(deps, tx),
  })
  add({
    ...read,
    url: '/api/my/match/people',
    summary: '还没有回答的卡片',
    query: api.matchPage,
    reply: api.matchPeople,
    handler: ({ tx, query }) => listPeople(deps, tx, query.skip ?? 0),
  })
  add({
    ...read,
    url: '/api/my/match/answers',
    summary: '我的回答',
    reply: api.matchAnswers,
    handler: ({ tx }) => listAnswers(deps, tx),
  })
  add({
    ...read,
    url: '/api/my/match/pairs',
    summary: '双方都愿意的，含姓名和联系方式',
    reply: api.matchPairs,
    handler: ({ tx }) => listPairs(deps, tx),
  })
  add({
    ...hers,
    method: 'PUT',
    url: '/api/my/match',
    summary: '参加，或修改我的卡片',
    params: none,
    query: none,
    body: api.matchEntry,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await keepMatch(deps, tx, work, body)
      return ok
    },
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/my/match/leave',
    summary: '退出并删除全部资料',
    params: none,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work }) => {
      await leaveMatch(tx, work)
      return ok
    },
  })
  toOne({ add }, deps)
  reportRoutes({ add }, deps)
}

const then = async (what: Promise<void>) => {
  await what
  return ok
}

/** What she does towards one card: whatever it is, the answer is the same. */
function toOne({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  const act = { ...hers, method: 'POST', params: idParam, query: none, reply: done } as const
  add({
    ...act,
    url: '/api/my/match/people/:id/answer',
    summary: '愿意认识，或不想认识',
    body: api.matchAnswer,
    handler: ({ tx, work, params, body }) => then(answerMatch(tx, work, params.id, body.yes)),
  })
  add({
    ...act,
    url: '/api/my/match/people/:id/block',
    summary: '双方不再互相见到',
    body: noBody,
    handler: ({ tx, work, params }: { tx: Tx; work: UnitOfWork; params: { id: string } }) =>
      then(blockMatch(tx, work, params.id)),
  })
  add({
    ...act,
    url: '/api/my/match/people/:id/report',
    summary: '举报，并不再互相见到',
    body: api.matchReport,
    handler: ({ tx, work, params, body }) => then(reportMatch(deps, tx, work, params.id, body.words)),
  })
}

function reportRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/match/reports',
    policy: 'match.report',
    reveals: [],
    summary: '交友举报，只给指定的投诉承办人',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.matchReports,
    handler: ({ tx, actor }) => listReports(deps, tx, actor),
  })
  add({
    method: 'POST',
    url: '/api/match/reports/:id',
    policy: 'match.report',
    reveals: [],
    summary: '处理一件交友举报',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.matchSettle,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await settleReport(deps, tx, work, params.id, body.act)
      return ok
    },
  })
  add({
    method: 'GET',
    url: '/api/match/counts',
    policy: 'match.counts',
    reveals: [],
    summary: '婚恋交友参加人数，整十公布，不足 11 不公布',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.matchCounts,
    handler: ({ tx }) => readMatchCounts(tx),
  })
}
