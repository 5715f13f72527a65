import * as api from '#identity/api.ts'
import { Problem } from '#kit/problem.ts'
import { deviceOf } from '#identity/device.ts'
import { noteDevice } from '#identity/notice.server.ts'
import {
  accountOfIdentity,
  beginFlow,
  bindIdentity,
  finishFlow,
  unbindIdentity,
  type Begun,
  type Returned,
} from '#identity/oidc.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Call, type Routes } from '../route.server.ts'
import { beginSession, type SessionCookie } from './identity.server.ts'

const flowCookie = 'oidc-state'

/** Sign-in by the unified identity of another authority: out to it, back once, in the same browser. */
export function oidcRoutes({ add }: Routes, deps: Deps, cookie: SessionCookie, insecureLan: boolean): void {
  const name = insecureLan ? flowCookie : `__Host-${flowCookie}`
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: !insecureLan, maxAge: 600 }
  const setOut = ({ reply, prepared }: Pick<Call<0, 0, 0>, 'reply' | 'prepared'>): { url: string } => {
    const { url, state } = prepared as Begun
    reply.setCookie(name, state, options)
    return { url }
  }

  add({
    method: 'POST',
    url: '/api/oidc/start',
    policy: 'session.open',
    reveals: [],
    summary: '去统一身份登录',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.oidcBegun,
    prepare: () => beginFlow(deps, null),
    handler: async (call) => setOut(call),
  })

  add({
    method: 'POST',
    url: '/api/oidc/finish',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '从统一身份登录回来',
    keyless: true,
    params: none,
    query: none,
    body: api.oidcReturn,
    reply: api.oidcFinished,
    prepare: ({ body, request }) => finishFlow(deps, body.search, request.cookies[name] ?? null),
    handler: async (call) => {
      const { tx, work, reply } = call
      const returned = call.prepared as Returned
      reply.clearCookie(name, options)
      if (returned.bindTo !== null) {
        await bindIdentity(tx, returned, returned.bindTo)
        return { isBound: true }
      }
      const { accountId, districtId } = await accountOfIdentity(tx, returned)
      const device = deviceOf(call.request.headers['user-agent'])
      await noteDevice(tx, accountId, device)
      // The other authority stands for the password; the second factor stays ours.
      await beginSession(tx, work, call, cookie, {
        accountId,
        districtId,
        assurance: { isDemo: false, aal: 1, isPasswordDue: false, device },
      })
      return { isBound: false }
    },
  })

  add({
    method: 'POST',
    url: '/api/oidc/bind',
    policy: 'account.secure',
    reveals: ['account'],
    summary: '把统一身份绑定到自己的账号',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.oidcBegun,
    prepare: ({ actor }) => beginFlow(deps, actor.accountId),
    handler: async (call) => {
      const { work, actor } = call
      work.audit({
        districtId: actor.org.districtId,
        action: 'account.oidc',
        object: `account:${actor.accountId}`,
      })
      return setOut(call)
    },
  })

  add({
    method: 'DELETE',
    url: '/api/oidc/bind',
    policy: 'account.secure',
    reveals: ['account'],
    summary: '解除统一身份的绑定',
    params: none,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, actor }) => {
      if (!(await unbindIdentity(tx, actor.accountId))) throw Problem.notFound()
      work.audit({
        districtId: actor.org.districtId,
        action: 'account.oidcEnd',
        object: `account:${actor.accountId}`,
      })
      return { ok: true as const }
    },
  })
}
