import * as z from 'zod/mini'
import { previews } from '#programmes/previews.server.ts'
import {
  decideVersion,
  previewVersion,
  proposeVersion,
  readRuleBook,
  readVersions,
  withdrawVersion,
} from '#rules/editor.server.ts'
import * as api from '#rules/tablesApi.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const key = z.strictObject({ key: z.string().check(z.maxLength(60)) })
const ok = { ok: true as const }

/** 规则表: dated thresholds and terms; one of the city proposes a version, another approves it. */
export function ruleRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/rules',
    policy: 'rule.read',
    reveals: [],
    summary: '规则表：本市已核定的版本',
    params: none,
    query: none,
    body: noBody,
    reply: api.ruleBookAnswer,
    handler: ({ tx, actor }) => readRuleBook(tx, actor),
  })
  add({
    method: 'GET',
    url: '/api/rules/:key/versions',
    policy: 'rule.edit',
    reveals: [],
    summary: '一张规则表录入过的全部版本',
    params: key,
    query: none,
    body: noBody,
    reply: api.ruleVersions,
    handler: ({ tx, actor, params }) => readVersions(tx, actor, params.key),
  })
  add({
    method: 'POST',
    url: '/api/rules/:key/preview',
    policy: 'rule.edit',
    reveals: [],
    keyless: true,
    summary: '预览新版本的影响',
    params: key,
    query: none,
    body: api.ruleTrial,
    reply: api.ruleEffects,
    handler: ({ tx, params, body }) => previewVersion(tx, previews, params.key, body, deps.today()),
  })
  add({
    method: 'POST',
    url: '/api/rules/:key/versions',
    policy: 'rule.edit',
    reveals: [],
    summary: '提出规则表的新版本',
    params: key,
    query: none,
    body: api.ruleProposal,
    reply: api.ruleMade,
    handler: ({ tx, work, params, body }) => proposeVersion(tx, work, params.key, body, deps.today()),
  })
  add({
    method: 'POST',
    url: '/api/rule-versions/:id/decision',
    policy: 'rule.decide',
    reveals: [],
    summary: '核定或不通过规则表的新版本',
    params: idParam,
    query: none,
    body: api.ruleDecision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideVersion(tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'DELETE',
    url: '/api/rule-versions/:id',
    policy: 'rule.edit',
    reveals: [],
    summary: '撤回自己提出的规则表新版本',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await withdrawVersion(tx, work, params.id)
      return ok
    },
  })
}
