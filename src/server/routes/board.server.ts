import { board, boardQuery } from '#figures/board/api.ts'
import { readBoard } from '#figures/board/read.server.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, type Routes } from '../route.server.ts'

/** How a scope stands besides its figures. */
export function boardRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/board',
    policy: 'figure.read',
    reveals: ['figure', 'org', 'person'],
    sensitive: true,
    summary: '看板：在办积压、各步办理、组织覆盖、各单位逐月填报',
    params: none,
    query: boardQuery,
    body: noBody,
    reply: board,
    handler: ({ tx, actor, query }) => readBoard(deps, tx, actor, query),
  })
}
