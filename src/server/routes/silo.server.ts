import * as api from '#silo/api.ts'
import { actOn } from '#silo/act.server.ts'
import { readCounts, recordCounts } from '#silo/counts.server.ts'
import { openMatter, readDesk } from '#silo/desk.server.ts'
import { listSeats, setSeats } from '#silo/seats.server.ts'
import type { Deps } from '../deps.server.ts'
import { tellRoutes } from './tell.server.ts'
import { pageQuery, rowsBefore } from '../pages.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** 专办事项: the desk of those who are named for a silo, who names them, and the counts that the tiers are told. */
export function siloRoutes(routes: Routes, deps: Deps): void {
  const { add } = routes
  tellRoutes(routes, deps)
  add({
    method: 'GET',
    url: '/api/silos',
    policy: 'silo.desk',
    reveals: ['silo'],
    summary: '专办事项：本人承办、受理或负责的，不含内容',
    sensitive: true,
    params: none,
    query: pageQuery,
    body: noBody,
    reply: api.desk,
    handler: ({ tx, query }) => readDesk(deps, tx, rowsBefore(query)),
  })
  add({
    method: 'POST',
    url: '/api/silos/:id/look',
    policy: 'silo.work',
    reveals: ['silo'],
    summary: '打开一件专办事项；看了内容的，留痕并告知来件人',
    sensitive: true,
    // A stored answer would keep the words.
    keyless: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: api.siloDetail,
    handler: ({ tx, work, params }) => openMatter(deps, tx, work, params.id),
  })
  add({
    method: 'POST',
    url: '/api/silos/:id/acts',
    policy: 'silo.work',
    reveals: ['silo'],
    summary: '办理一件专办事项：受理、审批、指派、答复、办结、回访、转办、回避',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.siloAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await actOn(deps, tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/silo-seats',
    policy: 'silo.seat',
    reveals: ['account'],
    summary: '专办人员的分工',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.seatList,
    handler: ({ tx, actor }) => listSeats(tx, actor),
  })
  add({
    method: 'PUT',
    url: '/api/silo-seats/:id',
    policy: 'silo.name',
    reveals: ['account'],
    summary: '指定一名专办人员承办哪类事项、由哪个单位聘用',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.seatEntry,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setSeats(tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/silo-counts',
    policy: 'silo.counts',
    reveals: ['figure'],
    summary: '专办事项办结数，按类别；少的合并到不少为止',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.siloCounts,
    handler: ({ tx, actor }) => readCounts(deps, tx, actor),
  })
  add({
    method: 'POST',
    url: '/api/silo-counts/records',
    policy: 'silo.record',
    reveals: ['record'],
    summary: '把已公布的一期心理咨询办结数记入“心理疏导”，交另一人审核',
    sensitive: true,
    params: none,
    query: none,
    body: api.newCounts,
    reply: api.countsMade,
    handler: ({ tx, work, body }) => recordCounts(deps, tx, work, body.untilQuarter),
  })
}
