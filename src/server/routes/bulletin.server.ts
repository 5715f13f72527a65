import * as z from 'zod/mini'
import * as api from '#bulletin/api.ts'
import { listBulletins, publish, takeNote, unreadOf, withdraw } from '#bulletin/service.server.ts'
import { bringFile, dropFile, findFile } from '#bulletin/files.server.ts'
import { Problem } from '#kit/problem.ts'
import { uuid } from '#record/api.ts'
import { evidenceName } from '#record/evidence/api.ts'
import { receiveEvidence, type Received } from '#record/evidence/service.server.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

/** 通知公告: from a tier to all units below it. */
export function bulletinRoutes({ add }: Routes, deps: Deps): void {
  files({ add }, deps)
  add({
    method: 'GET',
    url: '/api/bulletins',
    policy: 'bulletin.read',
    reveals: ['bulletin'],
    summary: '通知公告：收到的、本单位发布的',
    params: none,
    query: z.strictObject({ box: z.enum(api.bulletinBoxes) }),
    body: noBody,
    reply: api.bulletinList,
    handler: ({ tx, actor, query }) => listBulletins(deps, tx, actor, query.box),
  })
  add({
    method: 'POST',
    url: '/api/bulletins',
    policy: 'bulletin.publish',
    reveals: ['bulletin'],
    summary: '发布公告',
    params: none,
    query: none,
    body: api.newBulletin,
    reply: z.strictObject({ id: z.string() }),
    handler: ({ tx, work, body }) => publish(deps, tx, work, body),
  })
  add({
    method: 'GET',
    url: '/api/bulletins/:id/unread',
    policy: 'bulletin.publish',
    reveals: ['bulletin'],
    summary: '还没有阅知的单位',
    params: idParam,
    query: z.strictObject({ after: z.optional(z.string().check(z.maxLength(40))) }),
    body: noBody,
    reply: api.unreadUnits,
    handler: ({ tx, actor, params, query }) => unreadOf(tx, actor, params.id, query.after),
  })
  add({
    method: 'POST',
    url: '/api/bulletins/:id/note',
    policy: 'bulletin.note',
    reveals: ['bulletin'],
    summary: '本单位已阅知',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await takeNote(tx, work, params.id)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/bulletins/:id/withdraw',
    policy: 'bulletin.publish',
    reveals: ['bulletin'],
    summary: '撤回公告',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await withdraw(tx, work, params.id)
      return { ok: true as const }
    },
  })
}

/** Its documents: brought before it is published, read by whoever may read it. */
function files({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  const store = (): FileStore => {
    if (!deps.files) throw Problem.notFound()
    return deps.files
  }
  add({
    method: 'PUT',
    url: '/api/bulletin-files/:id',
    policy: 'bulletin.publish',
    reveals: ['bulletin'],
    summary: '上传公告的附件，发布前只有本人能用',
    params: idParam,
    query: evidenceName,
    body: noBody,
    reply: api.bulletinFile,
    receive: (stream) => receiveEvidence(store(), stream),
    handler: ({ tx, work, params, query, received }) =>
      bringFile(tx, work, { id: params.id, name: query.name, ...(received as Received) }),
  })
  add({
    method: 'DELETE',
    url: '/api/bulletin-files/:id',
    policy: 'bulletin.publish',
    reveals: ['bulletin'],
    summary: '移除还没有发布的附件',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await dropFile(tx, work, params.id)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/bulletins/:id/files/:file',
    policy: 'bulletin.read',
    reveals: ['bulletin'],
    summary: '下载公告的附件',
    params: z.strictObject({ ...idParam.shape, file: uuid }),
    query: none,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const { type, name, hash } = await findFile(deps, tx, actor, params.id, params.file)
      const bytes = store().read(hash, false)
      if (bytes === null) throw Problem.notFound()
      return new Raw(type, name, bytes)
    },
  })
}
