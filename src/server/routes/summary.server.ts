import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import * as api from '#figures/summaryApi.ts'
import { addComment, listComments, resolve } from '#figures/summary/comments.server.ts'
import { readMaterial } from '#figures/summary/material.server.ts'
import { listVersions, readVersion, savePaper } from '#figures/summary/paper.server.ts'
import { draftFile, readPreview, readSnapshot, snapshotFile } from '#figures/summary/service.server.ts'
import { act } from '#figures/summary/signOff.server.ts'
import { freeze } from '#figures/summary/snapshot.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, Raw, type Routes } from '../route.server.ts'

const snapshotParam = z.strictObject({ id: z.string().check(z.regex(/^S\d{4}-\d{1,6}$/)) })
const versionParam = z.strictObject({ version: z.string().check(z.regex(/^\d{1,9}$/)) })

/** A year that the calendar of figures knows. @throws Problem.badRequest */
function yearOf(asked: number): number {
  if (Number.isInteger(asked) && asked >= 2000 && asked <= 2100) return asked
  throw Problem.badRequest({ issues: [{ field: 'year', message: '年份不存在，请重新选择' }] })
}

/** The annual summary of the actor's unit: its text, versions, remarks and sign-off, snapshots and files. What composes the text reads honours (S2). */
export function summaryRoutes({ add }: Routes, deps: Deps): void {
  const yearAsked = (query: { year?: string | undefined }) =>
    yearOf(Number(query.year ?? deps.today().slice(0, 4)))
  const look = {
    method: 'GET',
    policy: 'summary.read',
    reveals: ['summary', 'record'],
    sensitive: true,
    params: none,
    query: api.summaryQuery,
    body: noBody,
  } as const

  add({
    ...look,
    url: '/api/summary',
    summary: '年度工作总结（取现时审核通过的数字）',
    reply: api.summaryPreview,
    handler: ({ tx, actor, query }) => readPreview(deps, tx, actor, yearAsked(query)),
  })

  add({
    ...look,
    url: '/api/summary/material',
    summary: '写总结可用的素材：未写入的句子、数据显示的问题、工作亮点',
    reply: api.paperMaterial,
    handler: ({ tx, actor, query }) => readMaterial(deps, tx, actor, yearAsked(query)),
  })

  add({
    method: 'PUT',
    url: '/api/summary/draft',
    policy: 'summary.edit',
    reveals: ['summary'],
    summary: '自动保存总结正文',
    // Saved over a version: sent again, it is saved once.
    keyless: true,
    params: none,
    query: none,
    body: api.paperSave,
    reply: api.paperSaved,
    handler: ({ tx, work, body }) => savePaper(tx, work, body),
  })

  add({
    ...look,
    url: '/api/summary/versions',
    summary: '总结的各个版本',
    reveals: ['summary'],
    sensitive: false,
    reply: api.paperVersions,
    handler: ({ tx, actor, query }) => listVersions(tx, actor, yearAsked(query)),
  })

  add({
    ...look,
    url: '/api/summary/versions/:version',
    summary: '总结的一个版本',
    params: versionParam,
    sensitive: false,
    reply: api.paperVersion,
    handler: ({ tx, actor, params, query }) =>
      readVersion(tx, actor, yearAsked(query), Number(params.version)),
  })

  add({
    ...look,
    url: '/api/summary/comments',
    summary: '总结的批注',
    reveals: ['summary'],
    sensitive: false,
    reply: api.paperComments,
    handler: ({ tx, actor, query }) => listComments(tx, actor, yearAsked(query)),
  })

  add({
    method: 'POST',
    url: '/api/summary/comments',
    policy: 'summary.comment',
    reveals: ['summary'],
    summary: '在总结的一处写批注',
    params: none,
    query: none,
    body: api.newComment,
    reply: api.commented,
    handler: ({ tx, work, body }) => addComment(tx, work, body),
  })

  add({
    method: 'POST',
    url: '/api/summary/comments/:id',
    policy: 'summary.comment',
    reveals: ['summary'],
    summary: '批注标为已处理，或重新打开',
    params: api.commentParam,
    query: none,
    body: api.resolveComment,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await resolve(tx, work, params.id, body.isResolved)
      return { ok: true } as const
    },
  })

  const step = { method: 'POST', reveals: ['summary'], sensitive: true, params: none, query: none } as const
  add({
    ...step,
    url: '/api/summary/acts',
    policy: 'summary.edit',
    summary: '总结送签、撤回、重新起草',
    body: api.paperAct,
    reply: api.paperActed,
    handler: ({ tx, work, body }) => act(deps, tx, work, body),
  })
  add({
    ...step,
    url: '/api/summary/decisions',
    policy: 'summary.sign',
    summary: '总结签发、退回',
    body: api.paperAct,
    reply: api.paperActed,
    handler: ({ tx, work, body }) => act(deps, tx, work, body),
  })

  add({
    ...look,
    url: '/api/summary/file',
    noted: 'file',
    summary: '总结现稿的 Word 或 PDF 文件',
    query: api.fileQuery,
    reply: none,
    handler: async ({ tx, actor, query }) => {
      const { name, type, bytes } = await draftFile(deps, tx, actor, yearAsked(query), query)
      return new Raw(type, name, bytes)
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
    url: '/api/summary/snapshots/:id/file',
    noted: 'file',
    policy: 'summary.read',
    reveals: ['summary', 'record'],
    summary: '定稿快照的 Word 或 PDF 文件',
    sensitive: true,
    params: snapshotParam,
    query: api.snapshotFileQuery,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params, query }) => {
      const { name, type, bytes } = await snapshotFile(tx, actor, params.id, query)
      return new Raw(type, name, bytes)
    },
  })
}
