import * as api from '#identity/api.ts'
import { deviceOf } from '#identity/device.ts'
import { noteDevice } from '#identity/notice.server.ts'
import { openByPhone, proveCode, sendCode, type Proved, type Sent } from '#identity/phone.server.ts'
import { codeRules } from '#identity/phone.ts'
import type { Deps } from '../deps.server.ts'
import { none, type Routes } from '../route.server.ts'
import { beginSession, type SessionCookie } from './identity.server.ts'

const ticketCookie = 'phone-ticket'

/** Sign-in of the women workers by a code on the telephone that the member register knows of them. */
export function phoneRoutes({ add }: Routes, deps: Deps, cookie: SessionCookie, insecureLan: boolean): void {
  const name = insecureLan ? ticketCookie : `__Host-${ticketCookie}`
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    secure: !insecureLan,
    maxAge: codeRules.minutes * 60,
  }

  add({
    method: 'POST',
    url: '/api/session/phone/code',
    policy: 'session.open',
    reveals: [],
    summary: '向手机发登录验证码',
    keyless: true,
    params: none,
    query: none,
    body: api.phoneAsked,
    reply: api.codeSent,
    prepare: ({ body, actor, request }) =>
      sendCode(deps, body.phone, { visitor: actor, address: request.ip }),
    handler: async ({ reply, prepared }) => {
      const { ticket, mask, shown } = prepared as Sent
      reply.setCookie(name, ticket, options)
      return { mask, shown }
    },
  })

  add({
    method: 'POST',
    url: '/api/session/phone',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '用手机号和短信验证码登录',
    keyless: true,
    params: none,
    query: none,
    body: api.phoneSignIn,
    reply: api.phoneEntered,
    prepare: ({ body, actor, request }) =>
      proveCode(deps, body, request.cookies[name] ?? null, { visitor: actor, address: request.ip }),
    handler: async (call) => {
      const { tx, work, body, reply, request } = call
      const opened = await openByPhone(deps, tx, call.prepared as Proved, body.name)
      if (opened === null) return { stage: 'name' as const }
      reply.clearCookie(name, options)
      const device = deviceOf(request.headers['user-agent'])
      await noteDevice(tx, opened.accountId, device)
      // The phone stands for the password: one factor, the first level.
      const assurance = { isDemo: false, aal: 1 as const, isPasswordDue: false, device, isByPhone: true }
      await beginSession(tx, work, call, cookie, { ...opened, assurance })
      return { stage: 'open' as const }
    },
  })
}
