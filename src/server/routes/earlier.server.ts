import * as api from '#figures/earlier/api.ts'
import { readEarlier, readEarlierTrace, readWaiting } from '#figures/earlier/read.server.ts'
import { actOnEarlier, saveEarlier } from '#figures/earlier/write.server.ts'
import { readYears } from '#figures/earlier/years.server.ts'
import { figureQuery } from '#figures/api.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Routes } from '../route.server.ts'

/** Totals of years before the system, graded 估报, and the line over the years that they begin. */
export function earlierRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/earlier',
    policy: 'figure.read',
    reveals: ['figure'],
    summary: '一个单位的历年估报数，与记录和下级单位的数并列',
    params: none,
    query: api.earlierQuery,
    body: noBody,
    reply: api.earlierGrid,
    handler: ({ tx, actor, query }) => readEarlier(deps, tx, actor, query),
  })
  add({
    method: 'GET',
    url: '/api/earlier/waiting',
    policy: 'earlier.decide',
    reveals: ['figure'],
    summary: '待审核的历年估报数',
    params: none,
    query: none,
    body: noBody,
    reply: api.earlierWaiting,
    handler: ({ tx, actor }) => readWaiting(tx, actor),
  })
  add({
    method: 'GET',
    url: '/api/earlier/trace',
    policy: 'figure.read',
    reveals: ['figure'],
    summary: '一个年度数背后的估报记录和出处',
    params: none,
    query: api.earlierTraceQuery,
    body: noBody,
    reply: api.earlierTrace,
    handler: ({ tx, actor, query }) => readEarlierTrace(deps, tx, actor, query),
  })
  add({
    method: 'PUT',
    url: '/api/earlier',
    policy: 'earlier.enter',
    reveals: [],
    summary: '保存历年估报数的草稿',
    params: none,
    query: none,
    body: api.earlierSave,
    reply: api.earlierSaved,
    handler: ({ tx, work, body }) => saveEarlier(deps, tx, work, body),
  })
  add({
    method: 'POST',
    url: '/api/earlier/submission',
    policy: 'earlier.enter',
    reveals: [],
    summary: '提交历年估报数待审核，或撤回',
    params: none,
    query: none,
    body: api.earlierSubmission,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await actOnEarlier(tx, work, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/earlier/decision',
    policy: 'earlier.decide',
    reveals: [],
    summary: '审核历年估报数：通过、退回、作废',
    params: none,
    query: none,
    body: api.earlierDecision,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await actOnEarlier(tx, work, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/figures/years',
    policy: 'figure.read',
    reveals: ['figure'],
    summary: '一个指标的历年走势，没有记录的年份用估报数并标明',
    params: none,
    query: figureQuery,
    body: noBody,
    reply: api.yearLine,
    handler: ({ tx, actor, query }) => readYears(deps, tx, actor, query),
  })
}
