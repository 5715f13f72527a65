import * as api from '#identity/api.ts'
import { deviceOf } from '#identity/device.ts'
import { checkInvitation, lookInvitation, useInvitation, type NewlySet } from '#identity/invitation.server.ts'
import { rulesInWords } from '#identity/password.ts'
import { openSession, tokenOf, closeSession } from '#identity/session.server.ts'
import type { Deps } from '../deps.server.ts'
import { none, type Routes } from '../route.server.ts'
import type { SessionCookie } from './identity.server.ts'

/** The page behind an invitation or a reset: whose account it is, and its new password. */
export function invitationRoutes({ add }: Routes, deps: Deps, cookie: SessionCookie): void {
  add({
    method: 'POST',
    url: '/api/invitations/look',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '邀请链接是给谁的',
    keyless: true,
    params: none,
    query: none,
    body: api.invitationToken,
    reply: api.invitationLook,
    handler: async ({ tx, body }) => {
      const { name, login, kind, hasFactor } = await lookInvitation(tx, body.token)
      return { name, login, kind, passwordRules: rulesInWords(deps.passwordProfile, hasFactor) }
    },
  })
  add({
    method: 'POST',
    url: '/api/invitations/use',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '通过链接设置密码',
    keyless: true,
    params: none,
    query: none,
    body: api.invitationUse,
    reply: api.invitationUsed,
    prepare: ({ body }) => checkInvitation(deps, body),
    handler: async (call) => {
      const { tx, body, work, request } = call
      const set = call.prepared as NewlySet
      const { accountId, districtId } = set.account
      await useInvitation(tx, body.token, set)
      work.audit({ districtId, action: 'account.password', object: `account:${accountId}`, accountId })
      const old = tokenOf(request)
      if (old) await closeSession(tx, old)
      const device = deviceOf(request.headers['user-agent'])
      const token = await openSession(tx, accountId, {
        isDemo: false,
        aal: 1,
        isPasswordDue: false,
        device,
      })
      if (token) cookie.set(call, token)
      return { isOpen: token !== null }
    },
  })
}
