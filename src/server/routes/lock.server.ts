import * as z from 'zod/mini'
import { figureQuery } from '#figures/api.ts'
import * as api from '#figures/lock/api.ts'
import { listLocks, readPreview } from '#figures/lock/read.server.ts'
import { readLock, readLocked, readMoved } from '#figures/lock/since.server.ts'
import { reopenLock, setLock } from '#figures/lock/write.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** Locked periods: what is locked, what a lock keeps, what moved since. */
export function lockRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/locks',
    policy: 'lock.read',
    reveals: ['lock'],
    summary: '期间锁定：本单位的、上级的、下级的',
    params: none,
    query: none,
    body: noBody,
    reply: api.lockList,
    handler: ({ tx, actor }) => listLocks(deps, tx, actor),
  })
  add({
    method: 'GET',
    url: '/api/locks/preview',
    policy: 'lock.set',
    reveals: ['lock'],
    summary: '锁定以前看还有什么待审核',
    sensitive: true,
    params: none,
    query: api.previewQuery,
    body: noBody,
    reply: api.preview,
    handler: ({ tx, actor, query }) =>
      readPreview(deps, tx, actor, {
        calendar: query.calendar,
        year: Number(query.year),
        part: Number(query.part),
      }),
  })
  add({
    method: 'POST',
    url: '/api/locks',
    policy: 'lock.set',
    reveals: ['lock'],
    summary: '锁定一个期间',
    sensitive: true,
    params: none,
    query: none,
    body: api.newLock,
    reply: z.strictObject({ id: z.string() }),
    handler: ({ tx, work, body }) => setLock(deps, tx, work, body),
  })
  add({
    method: 'GET',
    url: '/api/locks/:id',
    policy: 'lock.read',
    reveals: ['lock', 'figure'],
    summary: '一次锁定留下的数与现值',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.keptValues,
    handler: ({ tx, actor, params }) => readLock(deps, tx, actor, params.id),
  })
  add({
    method: 'POST',
    url: '/api/locks/:id/reopening',
    policy: 'lock.reopen',
    reveals: ['lock'],
    summary: '申请、撤回或同意重新开放',
    params: idParam,
    query: none,
    body: api.reopening,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await reopenLock(tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  const locked = {
    method: 'GET',
    policy: 'figure.read',
    params: none,
    query: figureQuery,
    body: noBody,
  } as const
  add({
    ...locked,
    url: '/api/figures/locked',
    reveals: ['figure', 'lock'],
    summary: '锁定值与现值',
    reply: api.lockedFigures,
    handler: ({ tx, actor, query }) => readLocked(deps, tx, actor, query),
  })
  add({
    ...locked,
    url: '/api/figures/locked/records',
    reveals: ['figure', 'record'],
    summary: '锁定以来改变一个指标的记录',
    sensitive: true,
    reply: api.movedRecords,
    handler: ({ tx, actor, query }) => readMoved(deps, tx, actor, query),
  })
}
