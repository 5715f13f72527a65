import * as z from 'zod/mini'
import * as api from '#org/api.ts'
import { moveOrg } from '#org/move.server.ts'
import { childrenOf, readOrg, searchOrgs } from '#org/read.server.ts'
import { Problem } from '#kit/problem.ts'
import { can, type Place } from '#identity/decide.ts'
import { sql } from 'kysely'
import { first } from '../database.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Routes } from '../route.server.ts'

const param = z.strictObject({ id: z.string().check(z.regex(/^\d{1,9}$/)) })

/** The tree of unions: look, search, move. */
export function orgRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/orgs/search',
    policy: 'org.read',
    reveals: ['org'],
    summary: '按名称、拼音首字母或编码找组织',
    params: none,
    query: z.strictObject({ q: z.string().check(z.maxLength(60)) }),
    body: noBody,
    reply: z.array(api.orgNode),
    handler: ({ tx, actor, query }) => searchOrgs(tx, actor, query.q, deps.today()),
  })
  add({
    method: 'GET',
    url: '/api/orgs/:id',
    policy: 'org.read',
    reveals: ['org'],
    summary: '组织详情',
    params: param,
    query: none,
    body: noBody,
    reply: api.orgDetail,
    handler: ({ tx, actor, params }) => readOrg(tx, actor, Number(params.id), deps.today()),
  })
  add({
    method: 'GET',
    url: '/api/orgs/:id/children',
    policy: 'org.read',
    reveals: ['org'],
    summary: '下级组织',
    params: param,
    query: none,
    body: noBody,
    reply: z.array(api.orgNode),
    handler: async ({ tx, actor, params }) => {
      const place = await first<Place>(
        tx,
        sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ${Number(params.id)}`,
      )
      if (!place || !can(actor, 'figure.read', place)) throw Problem.notFound()
      return childrenOf(tx, place.id, deps.today())
    },
  })
  add({
    method: 'POST',
    url: '/api/orgs/:id/moves',
    policy: 'org.move',
    reveals: ['org'],
    summary: '调整隶属',
    sensitive: true,
    params: param,
    query: none,
    body: api.orgMove,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await moveOrg(tx, work, Number(params.id), body, deps.today())
      return { ok: true as const }
    },
  })
}
