import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import * as api from '#figures/summaryApi.ts'
import { readPreview, readSnapshot, saveText, snapshotDocx } from '#figures/summary/service.server.ts'
import { freeze } from '#figures/summary/snapshot.server.ts'
import { docxType } from '#paper/mime.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, Raw, type Routes } from '../route.server.ts'

const snapshotParam = z.strictObject({ id: z.string().check(z.regex(/^S\d{4}-\d{1,6}$/)) })

/** A year that the calendar of figures knows. @throws Problem.badRequest */
function yearOf(asked: number): number {
  if (Number.isInteger(asked) && asked >= 2000 && asked <= 2100) return asked
  throw Problem.badRequest({ issues: [{ field: 'year', message: '年份不存在，请重新选择' }] })
}

/** The annual summary: preview, the editors' texts, snapshots and their Word files. All but the texts read honours (S2). */
export function summaryRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/summary',
    policy: 'summary.read',
    reveals: ['summary', 'record'],
    summary: '年度工作总结预览（取现时审核通过的数字）',
    sensitive: true,
    params: none,
    query: api.summaryQuery,
    body: noBody,
    reply: api.summaryPreview,
    handler: ({ tx, actor, query }) =>
      readPreview(deps, tx, actor, yearOf(Number(query.year ?? deps.today().slice(0, 4)))),
  })

  add({
    method: 'PUT',
    url: '/api/summary/text',
    policy: 'summary.edit',
    reveals: ['summary'],
    summary: '保存总结中由编辑撰写的文字',
    params: none,
    query: none,
    body: api.summaryText,
    reply: api.savedText,
    handler: ({ tx, work, body }) => {
      yearOf(body.year)
      return saveText(tx, work, body)
    },
  })

  add({
    method: 'POST',
    url: '/api/summary/snapshots',
    policy: 'summary.freeze',
    reveals: ['summary'],
    summary: '生成定稿快照',
    sensitive: true,
    params: none,
    query: none,
    body: api.freeze,
    reply: api.frozen,
    handler: ({ tx, work, body }) => freeze(deps, tx, work, yearOf(body.year)),
  })

  add({
    method: 'GET',
    url: '/api/summary/snapshots/:id',
    policy: 'summary.read',
    reveals: ['summary', 'record'],
    summary: '定稿快照及其后的数字变动',
    sensitive: true,
    params: snapshotParam,
    query: none,
    body: noBody,
    reply: api.snapshotDetail,
    handler: ({ tx, actor, params }) => readSnapshot(deps, tx, actor, params.id),
  })

  add({
    method: 'GET',
    url: '/api/summary/snapshots/:id/docx',
    policy: 'summary.read',
    reveals: ['summary', 'record'],
    summary: '定稿快照的 Word 文件',
    sensitive: true,
    params: snapshotParam,
    query: z.strictObject({ mode: z.optional(z.enum(['clean', 'review'])) }),
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params, query }) => {
      const { name, bytes } = await snapshotDocx(tx, actor, params.id, query.mode ?? 'clean')
      return new Raw(docxType, name, bytes)
    },
  })
}
