import * as z from 'zod/mini'
import * as api from '#org/api.ts'
import * as gapsApi from '#org/gaps/api.ts'
import { gapBook } from '#org/gaps/book.ts'
import { allGaps, readGaps } from '#org/gaps/read.server.ts'
import { remindOfGaps } from '#org/gaps/remind.server.ts'
import { moveOrg } from '#org/move.server.ts'
import { childrenOf, readOrg, searchOrgs } from '#org/read.server.ts'
import { Problem } from '#kit/problem.ts'
import { can, type Place } from '#identity/decide.ts'
import { sql } from 'kysely'
import { first } from '../database.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const param = z.strictObject({ id: z.string().check(z.regex(/^\d{1,9}$/)) })

/** The tree of unions: look, search, move; blind spots in the organisation of women. */
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
    url: '/api/orgs/gaps',
    policy: 'org.gaps',
    reveals: ['org', 'person'],
    summary: '组建率、覆盖率和覆盖盲区',
    sensitive: true,
    params: none,
    query: gapsApi.gapQuery,
    body: noBody,
    reply: gapsApi.gaps,
    handler: ({ tx, actor, query }) => readGaps(deps, tx, actor, query),
  })
  add({
    method: 'GET',
    url: '/api/orgs/gaps/xlsx',
    noted: 'file',
    policy: 'org.gaps',
    reveals: ['org', 'person'],
    summary: '覆盖盲区清单的 Excel 文件',
    sensitive: true,
    params: none,
    query: z.pick(gapsApi.gapQuery, { org: true }),
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, query }) => {
      const { org, lists } = await allGaps(deps, tx, actor, query.org)
      return new Raw(
        xlsx,
        `${org.name}_覆盖盲区_${deps.today()}.xlsx`,
        await deps.sheets.write(gapBook(lists)),
      )
    },
  })
  add({
    method: 'POST',
    url: '/api/orgs/gaps/reminders',
    policy: 'org.remind',
    reveals: ['org'],
    summary: '催办覆盖盲区里的单位',
    sensitive: true,
    params: none,
    query: none,
    body: gapsApi.remindGaps,
    reply: gapsApi.reminded,
    handler: ({ tx, work, body }) => remindOfGaps(deps, tx, work, body),
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
    url: '/api/orgs/:id/view',
    policy: 'org.move',
    reveals: ['org'],
    summary: '调整会看',
    sensitive: true,
    params: param,
    query: none,
    body: api.orgView,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await moveOrg(tx, work, Number(params.id), { line: 2, ...body }, deps.today())
      return { ok: true as const }
    },
  })
}
