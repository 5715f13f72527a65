import * as api from '#audit/api.ts'
import { listAudit } from '#audit/list.server.ts'
import { listDoubts, readHashes, settleDoubt, tellDoubt, witnessedBy } from '#audit/witness.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** The audit as the audit administrator reads it, and as the browsers of whoever works here bear witness to it. */
export function auditRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/audit',
    policy: 'audit.read',
    reveals: ['audit'],
    summary: '审计记录',
    params: none,
    query: api.auditQuery,
    body: noBody,
    reply: api.auditList,
    handler: ({ tx, query }) => listAudit(deps, tx, query),
  })
  add({
    method: 'GET',
    url: '/api/audit/heads',
    policy: 'audit.witness',
    sensitive: true,
    reveals: ['audit'],
    summary: '本单位所在审计链的链头，供浏览器核对',
    params: none,
    query: none,
    body: noBody,
    reply: api.witnessed,
    handler: ({ tx, actor }) => witnessedBy(deps, tx, actor),
  })
  add({
    method: 'GET',
    url: '/api/audit/hashes',
    policy: 'audit.witness',
    reveals: ['audit'],
    summary: '审计链两个链头之间各条的校验值，不含内容',
    params: none,
    query: api.hashesQuery,
    body: noBody,
    reply: api.hashList,
    handler: ({ tx, query }) => readHashes(tx, query),
  })
  add({
    method: 'POST',
    url: '/api/audit/doubts',
    policy: 'audit.witness',
    sensitive: true,
    reveals: ['audit'],
    summary: '报告审计链与本机留存的链头对不上',
    params: none,
    query: none,
    body: api.newDoubt,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await tellDoubt(tx, work, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/audit/doubts',
    policy: 'audit.read',
    sensitive: true,
    reveals: ['audit'],
    summary: '浏览器报告的链头不符',
    params: none,
    query: none,
    body: noBody,
    reply: api.doubtList,
    handler: ({ tx }) => listDoubts(tx),
  })
  add({
    method: 'POST',
    url: '/api/audit/doubts/:id/settle',
    policy: 'audit.settle',
    sensitive: true,
    reveals: ['audit'],
    summary: '写明链头不符的查核结果',
    params: idParam,
    query: none,
    body: api.doubtFinding,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await settleDoubt(tx, work, params.id, body.finding)
      return { ok: true as const }
    },
  })
}
