import * as z from 'zod/mini'
import { dropSent } from '#record/typed.server.ts'
import * as api from '#task/api.ts'
import { exportTask } from '#task/export.server.ts'
import { readBurden } from '#task/known.server.ts'
import { listUnits, readProgress } from '#task/follow.server.ts'
import { pageOfTasks, readTask } from '#task/read.server.ts'
import { answerTask, changeTask, decideTask, endTask, sendTask } from '#task/write.server.ts'
import type { Deps } from '../deps.server.ts'
import { pageQuery, rowsBefore } from '../pages.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Forms sent down as dated tasks, and what the units do with them. */
export function taskRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/tasks',
    policy: 'task.read',
    reveals: ['task'],
    summary: '任务：待我填报、我下达的、下级在办的',
    params: none,
    query: z.strictObject({ box: z.enum(api.taskBoxes), ...pageQuery.shape }),
    body: noBody,
    reply: api.taskList,
    handler: ({ tx, actor, query }) => pageOfTasks(deps, tx, actor, query.box, rowsBefore(query)),
  })
  add({
    method: 'POST',
    url: '/api/tasks/burden',
    policy: 'task.send',
    reveals: ['task'],
    summary: '下达前看一张表给下级的负担',
    // It only reads; as a question of some length it comes as a body.
    keyless: true,
    params: none,
    query: none,
    body: api.burdenAsked,
    reply: api.burden,
    handler: ({ tx, actor, body }) => readBurden(deps, tx, actor, body),
  })
  add({
    method: 'POST',
    url: '/api/tasks',
    policy: 'task.send',
    reveals: ['task'],
    summary: '下达任务',
    params: none,
    query: none,
    body: api.newTask,
    reply: z.strictObject({ id: z.string() }),
    handler: ({ tx, work, body }) => sendTask(deps, tx, work, body),
  })
  add({
    method: 'GET',
    url: '/api/tasks/:id',
    policy: 'task.read',
    reveals: ['task'],
    summary: '任务详情与本单位的填报',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.task,
    handler: ({ tx, actor, params }) => readTask(deps, tx, actor, params.id),
  })
  add({
    method: 'GET',
    url: '/api/tasks/:id/units',
    policy: 'task.follow',
    reveals: ['task'],
    summary: '各单位的办理情况',
    params: idParam,
    query: api.unitQuery,
    body: noBody,
    reply: api.unitList,
    handler: ({ tx, actor, params, query }) => listUnits(tx, actor, params.id, query),
  })
  add({
    method: 'GET',
    url: '/api/tasks/:id/progress',
    policy: 'task.follow',
    reveals: ['task'],
    summary: '按下级单位分列的进度',
    params: idParam,
    query: z.strictObject({ org: z.optional(z.string()) }),
    body: noBody,
    reply: api.progress,
    handler: ({ tx, actor, params, query }) => readProgress(tx, actor, params.id, query.org),
  })
  add({
    method: 'POST',
    url: '/api/tasks/:id/workbook',
    policy: 'task.send',
    reveals: ['task'],
    summary: '导出各单位的填报',
    // It only reads, and notes that it did.
    keyless: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => {
      const { title, book } = await exportTask(tx, work, params.id)
      return new Raw(xlsx, `${title}.xlsx`, await deps.sheets.write(book))
    },
  })
  add({
    method: 'POST',
    url: '/api/tasks/:id/answer',
    policy: 'task.answer',
    reveals: ['task'],
    summary: '接收或上报',
    // What was typed is seen by the post alone, which the token tells.
    sensitive: true,
    params: idParam,
    query: none,
    body: api.ownAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await answerTask(tx, work, params.id, body)
      await dropSent(tx, work.actor, `task:${params.id}`, body.typed)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/tasks/:id/decisions',
    policy: 'task.send',
    reveals: ['task'],
    summary: '退回、完结或催办一些单位',
    params: idParam,
    query: none,
    body: api.decision,
    reply: api.decided,
    handler: ({ tx, work, params, body }) => decideTask(deps, tx, work, params.id, body),
  })
  add({
    method: 'POST',
    url: '/api/tasks/:id/change',
    policy: 'task.send',
    reveals: ['task'],
    summary: '变更已下达的任务',
    params: idParam,
    query: none,
    body: api.taskChange,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await changeTask(deps, tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/tasks/:id/end',
    policy: 'task.send',
    reveals: ['task'],
    summary: '结束任务',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await endTask(tx, work, params.id)
      return { ok: true as const }
    },
  })
}
