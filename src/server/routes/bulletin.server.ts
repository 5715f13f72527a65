import * as z from 'zod/mini'
import * as api from '#bulletin/api.ts'
import { listBulletins, publish, takeNote, unreadOf, withdraw } from '#bulletin/service.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** 通知公告: from a tier to all units below it. */
export function bulletinRoutes({ add }: Routes, deps: Deps): void {
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
