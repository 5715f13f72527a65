import * as z from 'zod/mini'
import { docxType } from '#paper/mime.ts'
import * as api from '#programmes/contract/api.ts'
import { readCoverage } from '#programmes/contract/coverage.server.ts'
import { readContract } from '#programmes/contract/detail.server.ts'
import { readDue } from '#programmes/contract/due.server.ts'
import { closeInspection, fixInspection, planInspection } from '#programmes/contract/inspect.server.ts'
import { contractPaper } from '#programmes/contract/papers.server.ts'
import { paperKinds } from '#programmes/contract/papers.ts'
import { lookAtText, nameText } from '#programmes/contract/texts.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const ok = { ok: true } as const

/** Collective contracts beside their records: their way, their clauses, what they cover, how they are kept. */
export function contractRoutes({ add }: Routes, deps: Deps): void {
  const own = { params: idParam, query: none, reveals: ['record'] } as const
  const list = { params: none, body: noBody, reveals: ['record'] } as const
  add({
    ...list,
    method: 'GET',
    url: '/api/contract-coverage',
    policy: 'contract.read',
    summary: '任一天的覆盖：有效合同、覆盖企业和女职工',
    query: api.coverageQuery,
    reply: api.coverage,
    handler: ({ tx, actor, query }) => readCoverage(deps, tx, actor, query),
  })
  add({
    ...list,
    method: 'GET',
    url: '/api/contract-due',
    policy: 'contract.read',
    summary: '该续签、公布、检查、整改的专项集体合同',
    query: api.dueQuery,
    reply: api.dueList,
    handler: ({ tx, actor, query }) => readDue(deps, tx, actor, query),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/contracts/:id',
    policy: 'contract.read',
    summary: '一份专项集体合同：进程、条款、续签链、履约检查',
    body: noBody,
    reply: api.contractDetail,
    handler: ({ tx, actor, params }) => readContract(deps, tx, actor, params.id),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/contracts/:id/texts',
    policy: 'contract.text',
    summary: '选定或更换合同正式文本',
    body: api.newText,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await nameText(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/contracts/:id/text-looks',
    policy: 'contract.inspect',
    summary: '核对审核后更换的合同正式文本',
    body: api.newTextLook,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await lookAtText(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/contracts/:id/inspections',
    policy: 'contract.inspect',
    summary: '安排履约检查',
    body: api.newInspection,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await planInspection(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/contract-inspections/:id/result',
    policy: 'contract.inspect',
    summary: '登记履约检查结果',
    body: api.inspectionResult,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await closeInspection(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/contract-inspections/:id/fix',
    policy: 'contract.fix',
    summary: '登记整改情况',
    body: api.inspectionFix,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await fixInspection(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/contracts/:id/papers/:kind',
    policy: 'contract.read',
    reveals: ['record'],
    summary: '合同文本、送审材料，Word 文件',
    // The file would stand among the stored answers.
    keyless: true,
    params: z.strictObject({ ...idParam.shape, kind: z.enum(paperKinds) }),
    query: none,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => {
      const { name, bytes } = await contractPaper(deps, tx, work, params.id, params.kind)
      return new Raw(docxType, name, bytes)
    },
  })
}
