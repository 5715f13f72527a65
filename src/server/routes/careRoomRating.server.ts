import { actOn, applyFor, score } from '#programmes/careRoom/rating.server.ts'
import * as api from '#programmes/careRoom/ratingApi.ts'
import { readRatings } from '#programmes/careRoom/ratings.server.ts'
import { enterSubsidy, stepSubsidy } from '#programmes/careRoom/subsidy.server.ts'
import { closeVisit, delist, planVisit } from '#programmes/careRoom/visits.server.ts'
import * as z from 'zod/mini'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true } as const
const made = z.strictObject({ id: z.string() })

/** Care rooms: their ranks, the visits to them, what a plaque brings, and their end. */
export function careRoomRatingRoutes({ add }: Routes, deps: Deps): void {
  const own = { params: idParam, query: none, reveals: ['record'] } as const
  add({
    ...own,
    method: 'GET',
    url: '/api/care-rooms/:id/ratings',
    policy: 'careRoom.read',
    summary: '一间关爱室的评定、检查和补助',
    body: noBody,
    reply: api.ratings,
    handler: ({ tx, actor, params }) => readRatings(deps, tx, actor, params.id),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-rooms/:id/ratings',
    policy: 'careRoom.score',
    summary: '申报级别',
    body: api.newRating,
    reply: made,
    handler: ({ tx, work, params, body }) => applyFor(deps, tx, work, params.id, body.grade),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/care-room-ratings/:id/scores',
    policy: 'careRoom.score',
    summary: '打分：自评、区县推荐、市级走访各填各的一栏',
    body: api.newScores,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await score(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-room-ratings/:id/actions',
    policy: 'careRoom.score',
    summary: '评定的下一步：报、推荐、公示、挂牌、退回',
    body: api.newAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await actOn(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-room-ratings/:id/subsidy',
    policy: 'careRoom.pay',
    summary: '按标准录入补助',
    body: noBody,
    reply: made,
    handler: ({ tx, work, params }) => enterSubsidy(deps, tx, work, params.id),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-room-subsidies/:id/actions',
    policy: 'careRoom.pay',
    summary: '补助的复核、批准、支付、退回，由不同的人办',
    body: api.subsidyAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await stepSubsidy(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-rooms/:id/visits',
    policy: 'careRoom.visit',
    summary: '安排检查',
    body: api.newVisit,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await planVisit(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-room-visits/:id/result',
    policy: 'careRoom.visit',
    summary: '登记检查结果',
    body: api.visitResult,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await closeVisit(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-rooms/:id/delisting',
    policy: 'careRoom.delist',
    summary: '摘牌，写明理由',
    body: api.delisting,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await delist(deps, tx, work, params.id, body)
      return ok
    },
  })
}
