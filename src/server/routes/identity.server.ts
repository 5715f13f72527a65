import { sql } from 'kysely'
import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import { demoPerson, me, signIn, switchPost } from '#identity/api.ts'
import {
  accountOf,
  actorOfToken,
  closeSession,
  cookieName,
  demoPeople,
  openSession,
  tokenOf,
} from '#identity/session.server.ts'
import { first } from '../database.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Routes } from '../route.server.ts'

/** Sign-in, sign-out, who am I. Demo sign-in exists in demo mode only. */
export function identityRoutes({ add }: Routes, deps: Deps, insecureLan: boolean): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: !insecureLan }
  const name = cookieName(insecureLan)

  add({
    method: 'GET',
    url: '/api/me',
    policy: 'session.own',
    reveals: ['account', 'session'],
    summary: '当前登录人、岗位与业务日期',
    params: none,
    query: none,
    body: noBody,
    reply: me,
    handler: async ({ tx, actor }) => ({
      ...(await accountOf(tx, actor)),
      mode: deps.mode,
      today: deps.today(),
      engine: deps.engine,
    }),
  })

  add({
    method: 'GET',
    url: '/api/demo/people',
    policy: 'session.open',
    reveals: ['account'],
    summary: '演示人员（仅演示模式）',
    params: none,
    query: none,
    body: noBody,
    reply: z.array(demoPerson),
    handler: async ({ tx }) => {
      if (deps.mode !== 'demo') throw Problem.notFound()
      return demoPeople(tx)
    },
  })

  add({
    method: 'POST',
    url: '/api/session',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '演示登录',
    keyless: true,
    params: none,
    query: none,
    body: signIn,
    reply: done,
    handler: async ({ tx, body, work, reply, request }) => {
      const account = await first<{ id: string; is_demo: boolean; district_id: number }>(
        tx,
        sql`SELECT a.id, a.is_demo, o.district_id FROM app.account a JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id
          WHERE a.id::text = ${body.accountId} AND a.disabled_at IS NULL AND p.role <> 'service' LIMIT 1`,
      )
      if (deps.mode !== 'demo' || !account?.is_demo) throw Problem.notFound()
      const token = await openSession(tx, account.id, true)
      if (!token) throw Problem.notFound()
      const old = tokenOf(request)
      if (old) await closeSession(tx, old)
      work.audit({
        districtId: account.district_id,
        action: 'session.open',
        object: `account:${account.id}`,
        accountId: account.id,
      })
      reply.setCookie(name, token, cookie)
      return { ok: true as const }
    },
  })

  add({
    method: 'DELETE',
    url: '/api/session',
    policy: 'session.own',
    reveals: ['account', 'session'],
    summary: '退出登录',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, actor, work, reply }) => {
      await closeSession(tx, actor.token!)
      work.audit({
        districtId: actor.org.districtId,
        action: 'session.close',
        object: `account:${actor.accountId}`,
      })
      reply.clearCookie(name, cookie).header('clear-site-data', '"storage"')
      return { ok: true as const }
    },
  })

  add({
    method: 'POST',
    url: '/api/session/post',
    policy: 'session.own',
    reveals: ['session'],
    summary: '切换岗位',
    params: none,
    query: none,
    body: switchPost,
    reply: done,
    handler: async ({ tx, actor, body, work, reply }) => {
      const session = await actorOfToken(tx, actor.token!, actor.requestId)
      const token = session && (await openSession(tx, actor.accountId, deps.mode === 'demo', body.postId))
      if (!token) throw Problem.notFound()
      await closeSession(tx, actor.token!)
      work.audit({ districtId: actor.org.districtId, action: 'session.post', object: `post:${body.postId}` })
      reply.setCookie(name, token, cookie)
      return { ok: true as const }
    },
  })
}
