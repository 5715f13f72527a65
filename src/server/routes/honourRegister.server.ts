import * as z from 'zod/mini'
import * as api from '#honour/registerApi.ts'
import { readRegister, readRoll, revokeHonour } from '#honour/register.server.ts'
import { moveStory, readShownStory, readStories, writeStory } from '#honour/story.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** 荣誉册 and 先进事迹: what stands, what was taken back, and what everybody reads. */
export function honourRegisterRoutes({ add }: Routes, deps: Deps): void {
  add({
    sensitive: true,
    method: 'GET',
    url: '/api/honour-register',
    policy: 'honour.register',
    reveals: ['record'],
    summary: '荣誉册：按姓名、单位、年份和级别查',
    params: none,
    query: api.registerQuery,
    body: noBody,
    reply: api.register,
    handler: ({ tx, actor, query }) => readRegister(deps, tx, actor, query),
  })
  add({
    sensitive: true,
    method: 'POST',
    url: '/api/honour-register/:id/revocation',
    policy: 'honour.lead',
    reveals: ['record'],
    summary: '撤销本单位授予的荣誉：不再计数，证书同时失效',
    params: idParam,
    query: none,
    body: api.revocation,
    reply: z.strictObject({ certificates: z.number() }),
    handler: ({ tx, work, params, body }) => revokeHonour(deps, tx, work, params.id, body),
  })
  add({
    sensitive: true,
    method: 'GET',
    url: '/api/honour-stories',
    policy: 'honour.lead',
    reveals: ['honour'],
    summary: '本单位写的先进事迹',
    params: none,
    query: none,
    body: noBody,
    reply: api.stories,
    handler: ({ tx, actor }) => readStories(tx, actor),
  })
  add({
    sensitive: true,
    method: 'POST',
    url: '/api/honour-stories',
    policy: 'honour.lead',
    reveals: ['honour', 'record'],
    summary: '为一项荣誉写事迹',
    params: none,
    query: none,
    body: api.newStory,
    reply: z.strictObject({ id: z.string() }),
    handler: ({ tx, work, body }) => writeStory(deps, tx, work, body),
  })
  add({
    sensitive: true,
    method: 'POST',
    url: '/api/honour-stories/:id/state',
    policy: 'honour.lead',
    reveals: ['honour'],
    summary: '公开或撤下事迹；个人事迹须本人同意',
    params: idParam,
    query: none,
    body: api.storyAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await moveStory(deps, tx, work, params.id, body.act)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/honour-roll',
    policy: 'honour.public',
    reveals: ['publicNotice'],
    summary: '公开的荣誉册：公示后表彰的，不用登录',
    params: none,
    query: z.strictObject({
      year: z.optional(z.string().check(z.regex(/^\d{4}$/))),
      q: z.optional(z.string().check(z.maxLength(40))),
    }),
    body: noBody,
    reply: api.roll,
    handler: ({ tx, query }) => readRoll(tx, query),
  })
  add({
    method: 'GET',
    url: '/api/honour-roll/stories/:id',
    policy: 'honour.public',
    reveals: ['publicNotice'],
    summary: '公开的先进事迹，本人撤回同意即不再显示',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.publicStory,
    handler: ({ tx, params }) => readShownStory(tx, params.id),
  })
}
