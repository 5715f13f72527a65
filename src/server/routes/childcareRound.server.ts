import * as api from '#childcare/roundApi.ts'
import {
  listRounds,
  readMyRounds,
  readOpenRound,
  readRound,
  wishClasses,
} from '#childcare/roundRead.server.ts'
import { editRound, makeRound, stepRound } from '#childcare/round.server.ts'
import { receivedOf } from '#signup/clock.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ours = { policy: 'childcare.run', query: none, reveals: [], sensitive: true } as const
const hers = { policy: 'childcare.own', query: none, reveals: [], sensitive: true } as const

/** Rounds of childcare places: run by a unit, wished in by families, recomputed by anybody. */
export function childcareRoundRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...ours,
    method: 'GET',
    url: '/api/childcare/rounds',
    summary: '托管班名额的报名轮次',
    params: none,
    body: noBody,
    reply: api.roundList,
    handler: ({ tx, actor }) => listRounds(deps, tx, actor),
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/childcare/rounds',
    summary: '新建托管班名额的报名轮次',
    params: none,
    body: api.newRound,
    reply: api.roundDone,
    handler: ({ tx, work, body }) => makeRound(deps, tx, work, body),
  })
  add({
    ...ours,
    method: 'GET',
    url: '/api/childcare/rounds/:id',
    summary: '一轮报名：人数，和分到本单位班级的家庭',
    params: idParam,
    body: noBody,
    reply: api.roundDetail,
    handler: ({ tx, actor, params }) => readRound(deps, tx, actor, params.id),
  })
  add({
    ...ours,
    method: 'PUT',
    url: '/api/childcare/rounds/:id',
    summary: '修改还没有发布的报名轮次',
    params: idParam,
    body: api.roundEdit,
    reply: api.roundDone,
    handler: ({ tx, work, params, body }) => editRound(deps, tx, work, params.id, body),
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/childcare/rounds/:id/steps',
    summary: '发布、分配、取消，或删除草稿',
    params: idParam,
    body: api.roundStep,
    reply: api.roundDone,
    handler: ({ tx, work, params, body }) => stepRound(deps, tx, work, params.id, body),
  })
  add({
    method: 'GET',
    url: '/api/open-childcare-rounds/:id',
    policy: 'childcare.open',
    reveals: [],
    summary: '托管班名额分配的公开材料，不用登录',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.publicRound,
    handler: ({ tx, params }) => readOpenRound(tx, params.id),
  })
  add({
    ...hers,
    method: 'GET',
    url: '/api/my/childcare-rounds',
    summary: '可以填报的托管班轮次和本人的志愿',
    params: none,
    body: noBody,
    reply: api.myRounds,
    handler: ({ tx, actor }) => readMyRounds(deps, tx, actor),
  })
  add({
    ...hers,
    method: 'PUT',
    url: '/api/my/childcare-rounds/:id',
    summary: '填报或收回托管班志愿',
    params: idParam,
    body: api.newWishes,
    reply: done,
    handler: async ({ tx, work, params, body, reply }) => {
      await wishClasses(deps, tx, work, params.id, body, receivedOf(deps, reply))
      return { ok: true as const }
    },
  })
}
