import { headMark } from '#audit/mark.server.ts'
import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import * as api from '#figures/plan/api.ts'
import { planDocument } from '#figures/plan/document.ts'
import { readPressing, readTargets } from '#figures/plan/follow.server.ts'
import { askedYear, readPlan } from '#figures/plan/read.server.ts'
import { proposeSplit, splitItem } from '#figures/plan/split.server.ts'
import { decideSuggestion, suggest } from '#figures/plan/suggest.server.ts'
import {
  addItem,
  adoptPlan,
  changeItem,
  removeItem,
  savePlan,
  tellProgress,
} from '#figures/plan/write.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const made = z.strictObject({ id: z.string() })
const ok = { ok: true as const }

/** Yearly plans: their items, what they are broken down to, how far they are, and what is suggested from below. */
export function planRoutes({ add }: Routes, deps: Deps): void {
  const read = { method: 'GET', policy: 'plan.read', body: noBody } as const
  const edit = { method: 'POST', policy: 'plan.edit', reveals: ['plan'], query: none } as const

  add({
    ...read,
    url: '/api/plans/pressing',
    reveals: ['plan'],
    summary: '督办：本单位和直接下级逾期未完成的计划任务',
    params: none,
    query: none,
    reply: api.pressing,
    handler: ({ tx, actor }) => readPressing(deps, tx, actor),
  })
  add({
    ...read,
    url: '/api/plans/targets',
    policy: 'figure.read',
    reveals: ['plan'],
    summary: '一个单位全年的指标目标',
    params: none,
    query: api.targetsQuery,
    reply: api.targets,
    handler: ({ tx, actor, query }) => readTargets(deps, tx, actor, query),
  })
  add({
    ...read,
    url: '/api/plans/:org',
    reveals: ['plan', 'figure', 'record'],
    summary: '一个单位的年度计划与进度',
    params: api.orgParam,
    query: api.yearQuery,
    reply: api.plan,
    handler: ({ tx, actor, params, query }) =>
      readPlan(deps, tx, actor, Number(params.org), askedYear(deps, query.year)),
  })
  add({
    ...read,
    url: '/api/plans/:org/docx',
    noted: 'file',
    reveals: ['plan'],
    summary: '年度计划的 Word 文件',
    params: api.orgParam,
    query: api.yearQuery,
    reply: none,
    handler: async ({ tx, actor, params, query }) => {
      const plan = await readPlan(deps, tx, actor, Number(params.org), askedYear(deps, query.year))
      if (plan.version === 0) throw Problem.notFound()
      const document = planDocument({
        plan,
        today: deps.today(),
        publicUrl: deps.publicUrl,
        demo: deps.mode === 'demo',
      })
      return new Raw(
        docxType,
        `${document.title.join('')}.docx`,
        await writeDocx(document, { mode: 'clean', mark: await headMark(tx, actor.org.districtId) }),
      )
    },
  })
  add({
    ...edit,
    method: 'PUT',
    url: '/api/plans/:year',
    summary: '保存本单位计划的标题和总体要求',
    params: api.yearParam,
    body: api.planHead,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await savePlan(tx, work, Number(params.year), body)
      return ok
    },
  })
  add({
    ...edit,
    url: '/api/plans/:year/items',
    summary: '在本单位计划中加一项任务',
    params: api.yearParam,
    body: api.newItem,
    reply: made,
    handler: ({ tx, work, params, body }) => addItem(deps, tx, work, Number(params.year), body),
  })
  add({
    ...edit,
    url: '/api/plans/:year/adoption',
    summary: '登记计划经会议通过',
    params: api.yearParam,
    body: api.adoption,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await adoptPlan(deps, tx, work, Number(params.year), body)
      return ok
    },
  })
  add({
    ...edit,
    url: '/api/plans/:year/suggestions',
    summary: '向上级的计划提一项建议',
    params: api.yearParam,
    body: api.newSuggestion,
    reply: made,
    handler: ({ tx, work, params, body }) => suggest(tx, work, Number(params.year), body),
  })
  add({
    ...edit,
    method: 'PUT',
    url: '/api/plan-items/:id',
    summary: '修改本单位计划中的一项任务',
    params: idParam,
    body: api.itemChange,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await changeItem(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...edit,
    url: '/api/plan-items/:id/remove',
    summary: '把一项任务移出本单位计划',
    params: idParam,
    body: api.itemRemoval,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await removeItem(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...edit,
    url: '/api/plan-items/:id/progress',
    summary: '登记一项任务已完成或尚未完成',
    params: idParam,
    body: api.itemProgress,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await tellProgress(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'GET',
    url: '/api/plan-items/:id/split',
    policy: 'plan.lead',
    reveals: ['plan', 'figure'],
    summary: '按一种办法试算目标分解',
    params: idParam,
    query: api.splitQuery,
    body: noBody,
    reply: api.splitProposal,
    handler: ({ tx, actor, params, query }) => proposeSplit(tx, actor, params.id, query.rule),
  })
  add({
    ...edit,
    policy: 'plan.lead',
    url: '/api/plan-items/:id/split',
    summary: '把一项任务分解到直接下级单位',
    params: idParam,
    body: api.split,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await splitItem(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...edit,
    policy: 'plan.lead',
    url: '/api/plan-suggestions/:id/decision',
    summary: '答复下级的计划建议',
    params: idParam,
    body: api.suggestionDecision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideSuggestion(deps, tx, work, params.id, body)
      return ok
    },
  })
}
