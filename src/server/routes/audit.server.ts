import { auditList, auditQuery } from '#audit/api.ts'
import { listAudit } from '#audit/list.server.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, type Routes } from '../route.server.ts'

/** The audit as the audit administrator reads it. */
export function auditRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/audit',
    policy: 'audit.read',
    reveals: ['audit'],
    summary: '审计记录',
    params: none,
    query: auditQuery,
    body: noBody,
    reply: auditList,
    handler: ({ tx, query }) => listAudit(deps, tx, query),
  })
}
