import * as api from '#running/api.ts'
import { askRunning, decideRunning, readRunning, withdrawRunning } from '#running/service.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }

/** 运行状态: the platform goes read only, closes and comes back by two administrators. */
export function runningRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/running',
    policy: 'running.read',
    reveals: ['running'],
    summary: '平台的运行状态和变更申请',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.runningState,
    handler: ({ tx }) => readRunning(tx, deps.today()),
  })
  add({
    method: 'POST',
    url: '/api/running',
    policy: 'running.ask',
    reveals: ['running'],
    summary: '申请变更运行状态：只读、停止服务或恢复',
    sensitive: true,
    params: none,
    query: none,
    body: api.runningAsk,
    reply: api.runningAsked,
    handler: ({ tx, work, body }) => askRunning(tx, work, body, deps.today()),
  })
  add({
    method: 'DELETE',
    url: '/api/running/:id',
    policy: 'running.ask',
    reveals: ['running'],
    summary: '撤回变更运行状态的申请',
    sensitive: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await withdrawRunning(tx, work, params.id)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/running/:id/decision',
    policy: 'running.decide',
    reveals: ['running'],
    summary: '批准或不予批准变更运行状态',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.runningDecision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideRunning(deps, tx, work, params.id, body.isGranted)
      return ok
    },
  })
}
