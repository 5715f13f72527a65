import * as z from 'zod/mini'
import * as api from '#record/typedApi.ts'
import { dropTyped, readTyped, saveTyped } from '#record/typed.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Routes } from '../route.server.ts'

const params = z.strictObject({ form: z.string().check(z.maxLength(80)) })

/** Forms that are being filled in: kept until they are sent, so that she goes on at another machine. */
export function typedRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  const own = { policy: 'draft.own', reveals: ['proposal'], sensitive: true, params, query: none } as const
  add({
    method: 'GET',
    url: '/api/typed/:form',
    ...own,
    summary: '还没有提交的填写内容',
    body: noBody,
    reply: api.typedHeld,
    handler: async ({ tx, actor, params: { form } }) => ({ held: await readTyped(deps, tx, actor, form) }),
  })
  add({
    method: 'PUT',
    url: '/api/typed/:form',
    ...own,
    summary: '填写内容自动保存',
    keyless: true,
    body: api.saveTyped,
    reply: api.savedTyped,
    handler: ({ tx, work, params: { form }, body }) => saveTyped(deps, tx, work, form, body),
  })
  add({
    method: 'DELETE',
    url: '/api/typed/:form',
    ...own,
    query: z.strictObject({ seen: z.string().check(z.regex(/^\d{1,9}$/)) }),
    summary: '清除还没有提交的填写内容',
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params: { form }, query: { seen } }) => {
      await dropTyped(deps, tx, work, form, Number(seen))
      return { ok: true as const }
    },
  })
}
