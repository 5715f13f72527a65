import { explain } from '#record/explain.server.ts'
import { explainQuery, explanation } from '#record/explainApi.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, type Routes } from '../route.server.ts'

/** Why something can't be seen or done; for what is hidden, the same 404 as for what is absent. */
export function explainRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/explain',
    policy: 'explain.read',
    reveals: ['record', 'org'],
    summary: '为什么看不到、不能办',
    sensitive: true,
    params: none,
    query: explainQuery,
    body: noBody,
    reply: explanation,
    handler: ({ tx, actor, query }) => explain(deps, tx, actor, query),
  })
}
