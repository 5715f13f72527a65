import { Problem } from '#kit/problem.ts'
import { getCredential, type Credential } from '#identity/credential.server.ts'
import { deviceOf } from '#identity/device.ts'
import { mayEnrol } from '#identity/factor.server.ts'
import { noteDevice } from '#identity/notice.server.ts'
import * as api from '#identity/passkeyApi.ts'
import { askFor, checkPasskey, passkeysOf, takePasskey, type Signed } from '#identity/passkey.server.ts'
import {
  checkRegistration,
  offerPasskey,
  removePasskey,
  renamePasskey,
  storePasskey,
  type Registered,
} from '#identity/passkeyKeep.server.ts'
import { isRotationDue } from '#identity/password.ts'
import { closeOthers, rotateSession } from '#identity/session.server.ts'
import { inTransaction } from '../database.server.ts'
import { identityContext, type Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Call, type Routes } from '../route.server.ts'
import { beginSession, type SessionCookie } from './identity.server.ts'

const acted = ({ work, actor }: Pick<Call<0, 0, 0>, 'work' | 'actor'>, action: string): void =>
  work.audit({ districtId: actor.org.districtId, action, object: `account:${actor.accountId}` })

const agentOf = ({ request }: Pick<Call<0, 0, 0>, 'request'>) => request.headers['user-agent']

/** Passkeys: signing in, proving once more who acts, and keeping one's own. */
export function passkeyRoutes({ add }: Routes, deps: Deps, cookie: SessionCookie): void {
  add({
    method: 'POST',
    url: '/api/session/passkey/options',
    policy: 'session.open',
    reveals: [],
    summary: '用通行密钥登录：取得质询',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.passkeyAsk,
    handler: async () => askFor(deps, 'sign-in', []),
  })

  add({
    method: 'POST',
    url: '/api/session/passkey',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '用通行密钥登录',
    keyless: true,
    params: none,
    query: none,
    body: api.passkeyAnswer,
    reply: done,
    prepare: ({ body, actor, request }) =>
      checkPasskey(deps, body, { actor, address: request.ip, purpose: 'sign-in' }),
    handler: async (call) => {
      const { tx, work } = call
      const signed = call.prepared as Signed
      await takePasskey(tx, signed)
      const own = await getCredential(tx, signed.accountId)
      const device = deviceOf(agentOf(call))
      await noteDevice(tx, own.accountId, device)
      // The device verified the person: possession and PIN or finger are two factors. A password that is due stays due.
      const isPasswordDue = own.passwordHash !== null && isRotationDue(deps.passwordProfile, own.passwordDays)
      await beginSession(tx, work, call, cookie, {
        accountId: own.accountId,
        districtId: own.districtId,
        assurance: { isDemo: false, aal: 2, isPasswordDue, device },
      })
      return { ok: true as const }
    },
  })

  add({
    method: 'POST',
    url: '/api/session/factor/passkey/options',
    policy: 'session.begin',
    reveals: ['account'],
    summary: '用通行密钥作第二步验证：取得质询',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.passkeyAsk,
    handler: async ({ tx, actor }) =>
      askFor(deps, `factor ${actor.accountId}`, await passkeysOf(tx, actor.accountId)),
  })

  add({
    method: 'POST',
    url: '/api/session/factor/passkey',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '用通行密钥作第二步验证：进入系统，或为敏感操作再次验证',
    keyless: true,
    params: none,
    query: none,
    body: api.passkeyAnswer,
    reply: done,
    prepare: ({ body, actor, request }) =>
      checkPasskey(deps, body, { actor, address: request.ip, purpose: `factor ${actor.accountId}` }),
    handler: async (call) => {
      const { tx, actor } = call
      await takePasskey(tx, call.prepared as Signed)
      const token = await rotateSession(tx, actor.token!, { hasFactor: true })
      if (!token) throw Problem.signedOut()
      acted(call, 'session.factor')
      cookie.set(call, token)
      return { ok: true as const }
    },
  })

  add({
    method: 'POST',
    url: '/api/account/passkeys/options',
    policy: 'session.begin',
    reveals: ['account'],
    summary: '添加通行密钥：取得质询',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.passkeyOffer,
    handler: async ({ tx, actor }) => offerPasskey(deps, tx, await mayEnrol(tx, actor)),
  })

  add({
    method: 'POST',
    url: '/api/account/passkeys',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '添加通行密钥',
    keyless: true,
    params: none,
    query: none,
    body: api.newPasskey,
    reply: api.passkeyMade,
    prepare: async (call) => {
      const own = await inTransaction(deps.db, identityContext(deps), (tx) => mayEnrol(tx, call.actor))
      return checkRegistration(deps, own, call.body, agentOf(call))
    },
    handler: async (call) => {
      const { tx, actor } = call
      const made = call.prepared as Registered
      const own: Credential = await mayEnrol(tx, actor)
      // The codes belong to a first factor; of two that are made at once the later one is not the first.
      if (own.hasFactor === (made.first !== null)) throw Problem.passkeyRefused()
      await storePasskey(tx, actor.accountId, made)
      const token = await rotateSession(tx, actor.token!, { hasFactor: true })
      if (!token) throw Problem.signedOut()
      cookie.set(call, token)
      acted(call, 'account.passkey')
      return { codes: made.first?.codes ?? null }
    },
  })

  add({
    method: 'PUT',
    url: '/api/account/passkeys/:id',
    policy: 'session.own',
    reveals: ['account'],
    summary: '修改通行密钥的名称',
    params: idParam,
    query: none,
    body: api.passkeyName,
    reply: done,
    handler: async (call) => {
      await renamePasskey(call.tx, call.actor.accountId, call.params.id, call.body.label)
      acted(call, 'account.passkeyName')
      return { ok: true as const }
    },
  })

  add({
    method: 'DELETE',
    url: '/api/account/passkeys/:id',
    policy: 'account.secure',
    reveals: ['account', 'session'],
    summary: '删除通行密钥，其他设备退出登录',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async (call) => {
      const { tx, actor, params } = call
      await removePasskey(tx, await getCredential(tx, actor.accountId), params.id)
      await closeOthers(tx, actor.accountId, actor.token)
      acted(call, 'account.passkeyEnd')
      return { ok: true as const }
    },
  })
}
