import * as z from 'zod/mini'
import * as api from '#notify/api.ts'
import { countUnread, listMessages, markRead } from '#notify/inbox.server.ts'
import { readDeliveries, sendAgain } from '#notify/log.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** 站内信: what happened that concerns her; for the operator, what went out of it. */
export function notifyRoutes({ add }: Routes): void {
  add({
    method: 'GET',
    url: '/api/messages',
    policy: 'message.own',
    reveals: ['message'],
    summary: '站内信',
    params: none,
    query: z.strictObject({ after: z.optional(z.string().check(z.maxLength(100))) }),
    body: noBody,
    reply: api.messageList,
    handler: ({ tx, actor, query }) => listMessages(tx, actor, query.after),
  })
  add({
    method: 'GET',
    url: '/api/messages/unread',
    policy: 'message.own',
    reveals: ['message'],
    summary: '未读站内信的条数',
    params: none,
    query: none,
    body: noBody,
    reply: api.unreadCount,
    handler: async ({ tx, actor }) => ({ unread: await countUnread(tx, actor) }),
  })
  add({
    method: 'POST',
    url: '/api/messages/read',
    policy: 'message.own',
    reveals: ['message'],
    summary: '把站内信标为已读',
    params: none,
    query: none,
    body: api.readThese,
    reply: done,
    handler: async ({ tx, actor, body }) => {
      await markRead(tx, actor, body.ids)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/deliveries',
    policy: 'delivery.read',
    reveals: [],
    summary: '站外提醒的发送情况',
    params: none,
    query: none,
    body: noBody,
    reply: api.deliveryLog,
    handler: ({ tx }) => readDeliveries(tx),
  })
  add({
    method: 'POST',
    url: '/api/deliveries/:id/resend',
    policy: 'delivery.resend',
    reveals: [],
    summary: '再发一次没有送达的提醒',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await sendAgain(tx, work, params.id)
      return { ok: true as const }
    },
  })
}
