import * as z from 'zod/mini'
import * as api from '#hardship/api.ts'
import { applyFile, editFile } from '#hardship/apply.server.ts'
import { readDesk, readFile, revealFile } from '#hardship/desk.server.ts'
import { endHandler, listHandlers, nameHandler } from '#hardship/hands.server.ts'
import { openFiles, showFiles } from '#hardship/open.server.ts'
import { printFile } from '#hardship/print.server.ts'
import { takeStep } from '#hardship/step.server.ts'
import { uuid } from '#record/api.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const ok = { ok: true as const }
const own = { sensitive: true, query: none, params: none, reveals: ['hardship'] } as const

/** Hardship files, from the application to the end. What is paid: hardshipAid.server.ts. */
export function hardshipRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...own,
    method: 'GET',
    url: '/api/hardship/files',
    policy: 'hardship.read',
    summary: '困难女职工档案：本单位或本帮扶中心经办的',
    query: api.fileQuery,
    body: noBody,
    reply: api.fileList,
    handler: ({ tx, actor, query }) => readDesk(deps, tx, actor, query),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/files',
    policy: 'hardship.handle',
    summary: '登记困难帮扶申请',
    reveals: ['hardship', 'person'],
    body: api.newFile,
    reply: api.fileDone,
    handler: ({ tx, work, body }) => applyFile(deps, tx, work, body),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/hardship/files/:id',
    policy: 'hardship.read',
    summary: '一份困难档案（不含加密内容）',
    params: idParam,
    body: noBody,
    reply: api.fileDetail,
    handler: ({ tx, actor, params }) => readFile(deps, tx, actor, params.id),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/hardship/files/:id',
    policy: 'hardship.handle',
    summary: '补正申请',
    params: idParam,
    body: api.fileEdit,
    reply: api.fileDone,
    handler: ({ tx, work, params, body }) => editFile(deps, tx, work, params.id, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/files/:id/steps',
    policy: 'hardship.handle',
    summary: '办理一步：核对、入户、退回、复核、销档等',
    reveals: ['hardship', 'record'],
    params: idParam,
    body: api.fileStep,
    reply: api.fileDone,
    handler: ({ tx, work, params, body }) => takeStep(deps, tx, work, params.id, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/files/:id/reveals',
    policy: 'hardship.reveal',
    summary: '查看家庭情况和认定结果，本人看得到谁看过',
    // The values must not stand among the stored answers.
    keyless: true,
    params: idParam,
    body: api.revealFile,
    reply: api.revealedFile,
    handler: ({ tx, work, params, body }) => revealFile(deps, tx, work, params.id, body.reason),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/files/:id/forms/:form',
    policy: 'hardship.reveal',
    summary: '打印审批表、入户调查表或核对授权书',
    keyless: true,
    params: z.strictObject({ id: uuid, form: z.string().check(z.maxLength(40)) }),
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => {
      const { name, bytes } = await printFile(deps, tx, work, params)
      return new Raw(docx, name, bytes)
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/notices',
    policy: 'hardship.centre',
    summary: '公示拟建档名单：姓氏和单位',
    body: api.newNotice,
    reply: api.made,
    handler: ({ tx, work, body }) => showFiles(deps, tx, work, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/openings',
    policy: 'hardship.centre',
    summary: '公示期满后建档',
    reveals: ['hardship', 'record'],
    body: api.ids,
    reply: z.strictObject({ count: z.number() }),
    handler: ({ tx, work, body }) => openFiles(deps, tx, work, body.ids),
  })
  handlerRoutes({ add })
}

function handlerRoutes({ add }: Pick<Routes, 'add'>): void {
  add({
    ...own,
    method: 'GET',
    url: '/api/hardship/handlers',
    policy: 'hardship.name',
    summary: '困难帮扶经办人',
    query: api.handlersQuery,
    body: noBody,
    reply: api.handlers,
    handler: ({ tx, actor, query }) => listHandlers(tx, actor, query.org),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/handlers',
    policy: 'hardship.name',
    summary: '指定经办人',
    body: api.newHandler,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await nameHandler(tx, work, body)
      return ok
    },
  })
  add({
    ...own,
    method: 'DELETE',
    url: '/api/hardship/handlers/:id',
    policy: 'hardship.name',
    summary: '不再指定',
    params: idParam,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await endHandler(tx, work, params.id)
      return ok
    },
  })
}
