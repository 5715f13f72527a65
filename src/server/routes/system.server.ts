import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { systemStatus } from '#health/api.ts'
import { addProbes } from '#health/metrics.server.ts'
import { readStatus } from '#health/status.server.ts'
import * as z from 'zod/mini'
import { openApi } from '../openapi.server.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, type Registered, type Routes } from '../route.server.ts'

/** What the two probes declare, as every route does: they say yes or no, and nothing that is kept. */
const probe = (url: string, summary: string): Registered => ({
  method: 'GET',
  url,
  policy: 'system.live',
  reveals: [],
  summary,
  params: none,
  query: none,
  body: noBody,
  reply: z.string(),
  handler: async () => '',
})

/** Past the door, which asks the database itself. */
export const probeRoutes = (app: FastifyInstance, deps: Deps): void =>
  addProbes(app, deps, (url) => ({
    config: { spec: probe(url, url === '/healthz' ? '进程是否在运行' : '是否可以服务') },
  }))

/** How the server is, and the description of the API. */
export function systemRoutes(routes: Routes, deps: Deps): void {
  routes.add({
    method: 'GET',
    url: '/api/healthz',
    policy: 'system.live',
    reveals: [],
    summary: '是否可用',
    params: none,
    query: none,
    body: noBody,
    // `anchored` false: no signed head of the audit outside the database for four hours.
    reply: z.strictObject({ ok: z.literal(true), anchored: z.boolean() }),
    handler: async ({ tx }) => {
      await sql`SELECT 1`.execute(tx)
      return { ok: true as const, anchored: !deps.anchors?.late() }
    },
  })
  routes.add({
    method: 'GET',
    url: '/api/system/status',
    policy: 'system.status',
    reveals: ['running'],
    summary: '系统状态：数据库、备份、磁盘、后台任务',
    params: none,
    query: none,
    body: noBody,
    reply: systemStatus,
    handler: ({ tx }) => readStatus(deps, tx),
  })
  routes.add({
    method: 'GET',
    url: '/api/openapi.json',
    policy: 'system.live',
    reveals: [],
    summary: '接口说明（OpenAPI 3.1）',
    params: none,
    query: none,
    body: noBody,
    reply: z.record(z.string(), z.unknown()),
    handler: async () => openApi(routes.list, deps.programmes),
  })
}
