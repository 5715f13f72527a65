import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import * as api from '#identity/api.ts'
import { closeDevice, readOwnAccount } from '#identity/account.server.ts'
import { getCredential, hasEntered, namesAround, storePassword } from '#identity/credential.server.ts'
import {
  checkEnrolment,
  mayEnrol,
  newCodes,
  offerFactor,
  storeCodes,
  storeFactor,
  type Codes,
  type Enrolment,
} from '#identity/factor.server.ts'
import { markSeen, notify } from '#identity/notice.server.ts'
import { closeOthers, rotateSession } from '#identity/session.server.ts'
import { hashNew } from '#identity/newPassword.server.ts'
import { checkOwnPassword } from '#identity/signIn.server.ts'
import { giveBack, type Subject } from '#identity/throttle.server.ts'
import { inTransaction } from '../database.server.ts'
import { identityContext, type Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Call, type Routes } from '../route.server.ts'
import type { SessionCookie } from './identity.server.ts'

const acted = ({ work, actor }: Pick<Call<0, 0, 0>, 'work' | 'actor'>, action: string): void =>
  work.audit({ districtId: actor.org.districtId, action, object: `account:${actor.accountId}` })

/** One's own account: second factor, password, devices, what happened to its safety. */
export function accountRoutes({ add }: Routes, deps: Deps, cookie: SessionCookie): void {
  /** The same session under a new token, everything else of the account signed out. */
  const turn = async (
    call: Pick<Call<0, 0, 0>, 'tx' | 'actor' | 'reply'>,
    change: Parameters<typeof rotateSession>[2],
  ): Promise<void> => {
    const token = await rotateSession(call.tx, call.actor.token!, change)
    if (!token) throw Problem.signedOut()
    await closeOthers(call.tx, call.actor.accountId, token)
    cookie.set(call, token)
  }

  add({
    method: 'POST',
    url: '/api/factor',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '开始绑定动态验证码',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.factorOffer,
    handler: async ({ tx, actor }) => offerFactor(deps, await mayEnrol(tx, actor)),
  })

  add({
    method: 'POST',
    url: '/api/factor/confirm',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '用第一个验证码完成绑定，取得恢复码',
    keyless: true,
    params: none,
    query: none,
    body: api.factorConfirm,
    reply: api.recoveryCodes,
    prepare: async ({ body, actor, request }) => {
      await inTransaction(deps.db, identityContext(deps), (tx) => mayEnrol(tx, actor))
      return checkEnrolment(deps, actor, body, request.ip)
    },
    handler: async (call) => {
      const { tx, actor } = call
      const made = call.prepared as Enrolment
      await mayEnrol(tx, actor)
      await storeFactor(tx, { accountId: actor.accountId, token: actor.token! }, made)
      await turn(call, { hasFactor: true })
      acted(call, 'account.factor')
      return { codes: made.codes }
    },
  })

  add({
    method: 'POST',
    url: '/api/account/recovery-codes',
    policy: 'account.secure',
    reveals: ['account', 'session'],
    summary: '换一组恢复码',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.recoveryCodes,
    prepare: () => newCodes(deps),
    handler: async (call) => {
      const { tx, actor } = call
      const made = call.prepared as Codes
      if (!(await getCredential(tx, actor.accountId)).hasFactor) throw Problem.factorMissing()
      await storeCodes(tx, actor.accountId, made)
      await notify(tx, actor.accountId, 'recovery.renewed')
      acted(call, 'account.recovery')
      return { codes: made.codes }
    },
  })

  add({
    method: 'POST',
    url: '/api/account/password',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '修改密码',
    keyless: true,
    params: none,
    query: none,
    body: api.passwordChange,
    reply: done,
    prepare: async ({ body, actor, request }) => {
      if (!hasEntered(actor)) throw Problem.factorMissing()
      const { account, tries } = await checkOwnPassword(deps, actor, body.current, request.ip)
      const names = await inTransaction(deps.db, identityContext(deps), (tx) =>
        namesAround(tx, actor.accountId),
      )
      const hash = await hashNew(deps, body.password, {
        names,
        hasFactor: account.hasFactor,
        old: account.passwordHash,
      })
      return { hash, tries }
    },
    handler: async (call) => {
      const { tx, actor } = call
      const { hash, tries } = call.prepared as { hash: string; tries: Subject[] }
      await giveBack(tx, tries)
      await storePassword(tx, actor.accountId, hash, true)
      await turn(call, { isPasswordDue: false })
      await notify(tx, actor.accountId, 'password.changed')
      acted(call, 'account.password')
      return { ok: true as const }
    },
  })

  add({
    method: 'GET',
    url: '/api/account',
    policy: 'session.own',
    reveals: ['account', 'session'],
    summary: '我的账号：密码、第二步验证、登录设备、安全提醒',
    params: none,
    query: none,
    body: noBody,
    reply: api.ownAccount,
    handler: ({ tx, actor }) => readOwnAccount(deps, tx, actor),
  })

  add({
    method: 'POST',
    url: '/api/account/notices/seen',
    policy: 'session.own',
    reveals: ['account', 'session'],
    summary: '安全提醒已读',
    params: none,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, actor }) => {
      await markSeen(tx, actor.accountId)
      return { ok: true as const }
    },
  })

  add({
    method: 'DELETE',
    url: '/api/account/sessions/:id',
    policy: 'session.own',
    reveals: ['account', 'session'],
    summary: '让一台设备退出登录',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async (call) => {
      if (!(await closeDevice(call.tx, call.actor, call.params.id))) throw Problem.notFound()
      acted(call, 'account.signOut')
      return { ok: true as const }
    },
  })

  add({
    method: 'DELETE',
    url: '/api/account/sessions',
    policy: 'session.own',
    reveals: ['account', 'session'],
    summary: '让其他设备都退出登录',
    params: none,
    query: none,
    body: noBody,
    reply: z.strictObject({ ended: z.number() }),
    handler: async (call) => {
      const ended = await closeOthers(call.tx, call.actor.accountId, call.actor.token)
      acted(call, 'account.signOut')
      return { ended }
    },
  })
}
