import * as z from 'zod/mini'
import * as api from '#identity/api.ts'
import {
  createAccount,
  endPost,
  givePost,
  handOverPost,
  listAccounts,
  requireAccount,
  setDisabled,
} from '#identity/accounts.server.ts'
import { decideGrant, endAccess, listGrants, resetFactor } from '#identity/grant.server.ts'
import { makeInvitation } from '#identity/invitation.server.ts'
import * as org from '#org/api.ts'
import { searchOrgs } from '#org/read.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }

/** Accounts and posts: the system administrator asks and arranges, the security administrator decides and ends. */
export function adminRoutes(routes: Routes, deps: Deps): void {
  manageRoutes(routes, deps)
  decideRoutes(routes, deps)
}

function manageRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/accounts',
    policy: 'account.read',
    reveals: ['account'],
    summary: '账号与岗位',
    params: none,
    query: api.accountQuery,
    body: noBody,
    reply: api.accountList,
    handler: ({ tx, query }) => listAccounts(tx, query),
  })
  add({
    method: 'GET',
    url: '/api/accounts/orgs',
    policy: 'account.manage',
    reveals: ['account'],
    summary: '授予岗位时找单位（只有名称）',
    params: none,
    query: z.strictObject({ q: z.string().check(z.maxLength(60)) }),
    body: noBody,
    reply: z.array(org.orgNode),
    handler: ({ tx, actor, query }) => searchOrgs(tx, actor, query.q, deps.today()),
  })
  add({
    method: 'POST',
    url: '/api/accounts',
    policy: 'account.manage',
    reveals: ['account'],
    summary: '新建账号并授予第一个岗位',
    sensitive: true,
    params: none,
    query: none,
    body: api.newAccount,
    reply: api.postGiven,
    handler: ({ tx, work, body }) => createAccount(tx, work, body),
  })
  add({
    method: 'POST',
    url: '/api/accounts/:id/invitation',
    policy: 'account.invite',
    reveals: ['account'],
    summary: '生成邀请或重设密码的链接（只显示一次）',
    keyless: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: api.invitationMade,
    handler: async ({ tx, work, actor, params }) => {
      await requireAccount(tx, params.id)
      const made = await makeInvitation(tx, deps.publicUrl, params.id, actor.accountId)
      work.audit({
        districtId: actor.org.districtId,
        action: made.kind === 'invite' ? 'account.invite' : 'account.reset',
        object: `account:${params.id}`,
      })
      return made
    },
  })
  add({
    method: 'POST',
    url: '/api/accounts/:id/posts',
    policy: 'account.manage',
    reveals: ['account'],
    summary: '授予岗位；审核与管理岗位转安全管理员批准',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.newPost,
    reply: api.postGiven,
    handler: async ({ tx, work, params, body }) => {
      await requireAccount(tx, params.id)
      return givePost(tx, work, params.id, body)
    },
  })
  add({
    method: 'POST',
    url: '/api/accounts/:id/disabled',
    policy: 'account.manage',
    reveals: ['account'],
    summary: '停用或启用账号',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.disabling,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setDisabled(tx, work, params.id, body.isDisabled)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/posts/:id/end',
    policy: 'account.manage',
    reveals: ['account'],
    summary: '结束岗位',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.postEnd,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await endPost(tx, work, params.id, body.untilOn)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/posts/:id/hand-over',
    policy: 'account.manage',
    reveals: ['account'],
    summary: '岗位交接',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.handOver,
    reply: api.postGiven,
    handler: ({ tx, work, params, body }) => handOverPost(tx, work, params.id, body),
  })
}

function decideRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/grants',
    policy: 'account.read',
    reveals: ['account'],
    summary: '待批准的岗位',
    params: none,
    query: none,
    body: noBody,
    reply: z.array(api.grantRow),
    handler: ({ tx }) => listGrants(tx),
  })
  add({
    method: 'POST',
    url: '/api/grants/:id',
    policy: 'access.decide',
    reveals: ['account'],
    summary: '批准或不予批准岗位',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.grantDecision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideGrant(tx, work, params.id, body.isGranted)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/accounts/:id/sign-out',
    policy: 'access.decide',
    reveals: ['account'],
    summary: '让账号全部退出登录，并解除登录等待',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await endAccess(deps, tx, work, params.id)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/accounts/:id/factor-reset',
    policy: 'access.decide',
    reveals: ['account'],
    summary: '解除动态验证码（手机丢失）',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await resetFactor(tx, work, params.id)
      return ok
    },
  })
}
