import { uuid } from '#record/api.ts'
import * as z from 'zod/mini'
import * as api from '#org/change/api.ts'
import {
  askChange,
  decideChange,
  listChanges,
  previewChange,
  readHoldings,
} from '#org/change/service.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Routes } from '../route.server.ts'

const url = '/api/org-changes'

/** Founding, merging, moving and splitting of units: asked for, agreed to, done, taken back. */
export function orgChangeRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url,
    policy: 'orgChange.read',
    reveals: ['org'],
    summary: '组织变更',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.changeList,
    handler: ({ tx, actor }) => listChanges(deps, tx, actor),
  })
  add({
    method: 'GET',
    url: `${url}/holdings/:org`,
    policy: 'orgChange.ask',
    reveals: ['org', 'person', 'record'],
    summary: '单位拆分时可以划出的人员、用人单位、合同场所和下级',
    sensitive: true,
    params: z.strictObject({ org: z.string().check(z.regex(/^[1-9]\d{0,8}$/)) }),
    query: none,
    body: noBody,
    reply: api.holdings,
    handler: ({ tx, actor, params }) => readHoldings(deps, tx, actor, Number(params.org)),
  })
  add({
    method: 'POST',
    url: `${url}/preview`,
    policy: 'orgChange.ask',
    reveals: ['org'],
    summary: '组织变更的预览',
    sensitive: true,
    params: none,
    query: none,
    body: api.changePlan,
    reply: api.changePreview,
    handler: ({ tx, actor, body }) => previewChange(deps, tx, actor, body),
  })
  add({
    method: 'POST',
    url,
    policy: 'orgChange.ask',
    reveals: ['org'],
    summary: '申请组织变更',
    sensitive: true,
    params: none,
    query: none,
    body: api.changePlan,
    reply: api.changeWritten,
    handler: ({ tx, work, body }) => askChange(deps, tx, work, body),
  })
  add({
    method: 'POST',
    url: `${url}/:id/decision`,
    policy: 'orgChange.decide',
    reveals: ['org'],
    summary: '同意、办理、不同意、撤回或者撤销组织变更',
    sensitive: true,
    params: z.strictObject({ id: uuid }),
    query: none,
    body: api.changeDecision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideChange(deps, tx, work, params.id, body)
      return { ok: true as const }
    },
  })
}
