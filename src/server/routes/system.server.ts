import { sql } from 'kysely'
import * as z from 'zod/mini'
import { openApi } from '../openapi.server.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, type Routes } from '../route.server.ts'

/** Liveness and the description of the API. */
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
