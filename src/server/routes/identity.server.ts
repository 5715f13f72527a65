import { sql } from 'kysely'
import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import { demoPhone } from '#demo/phone.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import * as api from '#identity/api.ts'
import { getCredential, hasEntered, storePassword } from '#identity/credential.server.ts'
import { dismissedBy } from '#identity/dismissed.server.ts'
import { deviceOf } from '#identity/device.ts'
import { checkFactor, takeFactor, type Proof } from '#identity/factor.server.ts'
import { waitsForPost } from '#identity/grant.server.ts'
import { noteDevice } from '#identity/notice.server.ts'
import { relyingParty } from '#identity/relyingParty.server.ts'
import { rulesInWords } from '#identity/password.ts'
import { behalfOf } from '#identity/away.server.ts'
import {
  accountOf,
  closeSession,
  cookieName,
  demoAssurance,
  demoPeople,
  openSession,
  isByPhone,
  rotateSession,
  tokenOf,
  type Assurance,
} from '#identity/session.server.ts'
import { checkPassword, type Checked } from '#identity/signIn.server.ts'
import { giveBack } from '#identity/throttle.server.ts'
import { runningNow } from '#running/service.server.ts'
import { clockOf } from '../clock.server.ts'
import { first, type Tx } from '../database.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Call, type Routes } from '../route.server.ts'

/** What a session leaves in the browser: the token in a cookie that no script reads. */
export type SessionCookie = {
  set(call: Pick<Call<0, 0, 0>, 'reply'>, token: string): void
  clear(call: Pick<Call<0, 0, 0>, 'reply'>): void
}

export function sessionCookie(insecureLan: boolean): SessionCookie {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: !insecureLan }
  const name = cookieName(insecureLan)
  return {
    set: ({ reply }, token) => void reply.setCookie(name, token, cookie),
    clear: ({ reply }) => void reply.clearCookie(name, cookie).header('clear-site-data', '"storage"'),
  }
}

type Opening = { accountId: string; districtId: number; assurance: Assurance; postId?: string }

/** Opens a session in place of the one that the browser may still hold. @throws Problem.denied without a current post */
export async function beginSession(
  tx: Tx,
  work: UnitOfWork,
  call: Pick<Call<0, 0, 0>, 'request' | 'reply'>,
  cookie: SessionCookie,
  { accountId, districtId, assurance, postId }: Opening,
): Promise<void> {
  const token = await openSession(tx, accountId, assurance, postId ?? null)
  if (!token)
    throw Problem.denied({
      what: (await waitsForPost(tx, accountId))
        ? '您的岗位正等待安全管理员批准，批准以后即可登录'
        : '您现在没有在任的岗位，请联系系统管理员',
    })
  const old = tokenOf(call.request)
  if (old) await closeSession(tx, old)
  work.audit({ districtId, action: 'session.open', object: `account:${accountId}`, accountId })
  cookie.set(call, token)
}

/** Sign-in, second factor, post, sign-out, who am I. Demo sign-in exists in demo mode only. */
export function identityRoutes({ add }: Routes, deps: Deps, cookie: SessionCookie): void {
  add({
    method: 'GET',
    url: '/api/me',
    policy: 'session.own',
    reveals: ['account', 'session'],
    summary: '当前登录人、岗位与业务日期',
    params: none,
    query: none,
    body: noBody,
    reply: api.me,
    handler: async ({ tx, actor }) => ({
      ...(await accountOf(tx, actor)),
      ...(await behalfOf(tx, actor, deps.today())),
      dismissed: await dismissedBy(tx, actor),
      mode: deps.mode,
      ...clockOf(deps),
      engine: deps.engine,
      filing: deps.filing,
      running: await runningNow(tx, deps.today()),
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
    reply: z.array(api.demoPerson),
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
    body: api.signIn,
    reply: done,
    handler: async (call) => {
      const { tx, body, work } = call
      const account = await first<{ id: string; is_demo: boolean; district_id: number }>(
        tx,
        sql`SELECT a.id, a.is_demo, o.district_id FROM app.account a JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id
          WHERE a.id::text = ${body.accountId} AND a.disabled_at IS NULL AND p.role <> 'service' LIMIT 1`,
      )
      if (deps.mode !== 'demo' || !account?.is_demo) throw Problem.notFound()
      await beginSession(tx, work, call, cookie, {
        accountId: account.id,
        districtId: account.district_id,
        assurance: demoAssurance(deviceOf(call.request.headers['user-agent'])),
      })
      return { ok: true as const }
    },
  })

  add({
    method: 'GET',
    url: '/api/sign-in',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '登录页提供的登录方式',
    params: none,
    query: none,
    body: noBody,
    reply: api.signInOffer,
    handler: async ({ tx }) => ({
      mode: deps.mode,
      oidc: deps.oidc?.label ?? null,
      phone: deps.waysOut.codes && { example: deps.mode === 'demo' ? demoPhone : null },
      passkeyOrigin: relyingParty(deps.publicUrl)?.origin ?? null,
      filing: deps.filing,
      running: await runningNow(tx, deps.today()),
    }),
  })

  add({
    method: 'POST',
    url: '/api/session/password',
    policy: 'session.open',
    reveals: ['account', 'session'],
    summary: '用登录名和密码登录',
    keyless: true,
    params: none,
    query: none,
    body: api.passwordSignIn,
    reply: done,
    prepare: ({ body, actor, request }) => checkPassword(deps, body, { visitor: actor, address: request.ip }),
    handler: async (call) => {
      const { tx, work } = call
      const { account, tries, rehashed, isPasswordDue } = call.prepared as Checked
      const device = deviceOf(call.request.headers['user-agent'])
      await giveBack(tx, tries)
      if (rehashed !== null) await storePassword(tx, account.accountId, rehashed, false)
      await noteDevice(tx, account.accountId, device)
      await beginSession(tx, work, call, cookie, {
        accountId: account.accountId,
        districtId: account.districtId,
        assurance: { isDemo: false, aal: 1, isPasswordDue, device },
      })
      return { ok: true as const }
    },
  })

  add({
    method: 'GET',
    url: '/api/session',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '登录还差哪一步',
    params: none,
    query: none,
    body: noBody,
    reply: api.sessionState,
    handler: async ({ tx, actor }) => {
      const own = await getCredential(tx, actor.accountId)
      const missing = own.hasFactor ? ('factor' as const) : ('enrol' as const)
      return {
        stage: !hasEntered(actor) ? missing : actor.isPasswordDue ? ('password' as const) : ('open' as const),
        name: own.name,
        login: own.login,
        hasCode: own.factor !== null,
        hasPasskey: own.passkeys > 0,
        passkeyOrigin: relyingParty(deps.publicUrl)?.origin ?? null,
        passwordRules: rulesInWords(deps.passwordProfile, own.hasFactor),
      }
    },
  })

  add({
    method: 'POST',
    url: '/api/session/factor',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '输入动态验证码：进入系统，或为敏感操作再次验证',
    keyless: true,
    params: none,
    query: none,
    body: api.factorCode,
    reply: done,
    prepare: ({ body, actor, request }) => checkFactor(deps, actor, body.code, request.ip),
    handler: async (call) => {
      const { tx, actor, work } = call
      await takeFactor(tx, actor.accountId, call.prepared as Proof)
      const token = await rotateSession(tx, actor.token!, { hasFactor: true })
      if (!token) throw Problem.signedOut()
      work.audit({
        districtId: actor.org.districtId,
        action: 'session.factor',
        object: `account:${actor.accountId}`,
      })
      cookie.set(call, token)
      return { ok: true as const }
    },
  })

  add({
    method: 'DELETE',
    url: '/api/session',
    policy: 'session.begin',
    reveals: ['account', 'session'],
    summary: '退出登录',
    keyless: true,
    params: none,
    query: none,
    body: noBody,
    reply: done,
    handler: async (call) => {
      const { tx, actor, work } = call
      await closeSession(tx, actor.token!)
      work.audit({
        districtId: actor.org.districtId,
        action: 'session.close',
        object: `account:${actor.accountId}`,
      })
      cookie.clear(call)
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
    body: api.switchPost,
    reply: done,
    handler: async (call) => {
      const { tx, actor, body, work } = call
      const token = await rotateSession(tx, actor.token!, { postId: body.postId })
      if (!token && (await isByPhone(tx, actor.token!)))
        throw Problem.denied({ what: '用手机号登录只办女职工本人的事；这个岗位请用账号密码登录' })
      if (!token) throw Problem.notFound()
      work.audit({ districtId: actor.org.districtId, action: 'session.post', object: `post:${body.postId}` })
      cookie.set(call, token)
      return { ok: true as const }
    },
  })
}
