import * as api from '#export/api.ts'
import { askExport, dropExport, readExport, readExports, takeExport } from '#export/service.server.ts'
import { decideSecond, listSecond } from '#export/second.server.ts'
import { watchExports } from '#export/watch.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
}
const endingOf = (name: string) => name.slice(name.lastIndexOf('.') + 1) as keyof typeof types
const own = { policy: 'export.own', sensitive: true } as const

/** Files on their way out: who asked for one has it, nobody else. What may stand in it, the right to read it says. */
export function exportRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...own,
    method: 'POST',
    url: '/api/exports',
    reveals: ['export', 'record', 'figure', 'person', 'certificate'],
    summary: '导出记录、会员、指标或证书；文件随后在下载中心',
    params: none,
    query: none,
    body: api.newExport,
    reply: api.exportLine,
    handler: ({ tx, work, body }) => askExport(deps, tx, work, body, false),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/exports/full',
    policy: 'export.full',
    reveals: ['export', 'person', 'record'],
    summary: '导出本单位会员的完整信息、荣誉记录的完整姓名：再次验证、写明理由、附水印页',
    params: none,
    query: none,
    body: api.newExport,
    reply: api.exportLine,
    handler: ({ tx, work, body }) => askExport(deps, tx, work, body, true),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/exports',
    reveals: ['export'],
    summary: '下载中心：本人导出的文件',
    params: none,
    query: none,
    body: noBody,
    reply: api.exportList,
    handler: ({ tx, actor }) => readExports(deps, tx, actor),
  })
  add({
    method: 'GET',
    url: '/api/exports/second',
    policy: 'export.second',
    sensitive: true,
    reveals: ['export'],
    summary: '待批准的导出：本单位和下级单位他人申请的',
    params: none,
    query: none,
    body: noBody,
    reply: api.secondList,
    handler: ({ tx, actor }) => listSecond(tx, actor),
  })
  add({
    method: 'POST',
    url: '/api/exports/:id/second',
    policy: 'export.decide',
    sensitive: true,
    reveals: ['export'],
    summary: '批准或退回一份导出',
    params: idParam,
    query: none,
    body: api.secondAnswer,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideSecond(tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/exports/:id',
    reveals: ['export'],
    summary: '一个导出文件的进展',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.exportLine,
    handler: ({ tx, actor, params }) => readExport(deps, tx, actor, params.id),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/exports/:id/file',
    reveals: ['export'],
    summary: '下载一个导出文件',
    params: idParam,
    query: none,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const { name, bytes } = await takeExport(deps, tx, actor, params.id)
      return new Raw(types[endingOf(name)], name, bytes)
    },
  })
  add({
    ...own,
    method: 'DELETE',
    url: '/api/exports/:id',
    reveals: ['export'],
    summary: '移除一个导出文件',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await dropExport(deps, tx, work, params.id)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/audit/exports',
    policy: 'audit.read',
    sensitive: true,
    reveals: ['audit'],
    summary: '导出台账和导出量提醒',
    params: none,
    query: none,
    body: noBody,
    reply: api.exportWatch,
    handler: ({ tx }) => watchExports(tx),
  })
}
