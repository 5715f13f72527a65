import { dismissedWhat } from '#identity/api.ts'
import { dismiss } from '#identity/dismissed.server.ts'
import { endAway, giveAway, readAway, setBehalf } from '#identity/away.server.ts'
import * as api from '#identity/awayApi.ts'
import * as notify from '#notify/api.ts'
import { changeReach, readReach } from '#notify/reach.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }

/** Her own arrangements: who acts for her while she is away, and how she is told of news. */
export function awayRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/account/away',
    policy: 'account.away',
    reveals: ['account'],
    summary: '委托：委托出去的、受委托的',
    params: none,
    query: none,
    body: noBody,
    reply: api.away,
    handler: ({ tx, actor }) => readAway(tx, actor, deps.today()),
  })
  add({
    method: 'POST',
    url: '/api/account/away',
    policy: 'account.away',
    reveals: ['account'],
    summary: '委托本单位同事代为办理',
    params: none,
    query: none,
    body: api.newDelegation,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await giveAway(tx, work, deps.today(), body)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/account/away/:id/end',
    policy: 'account.away',
    reveals: ['account'],
    summary: '结束委托',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await endAway(tx, work, params.id)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/session/behalf',
    policy: 'session.behalf',
    reveals: ['session'],
    summary: '代同事办理，或回到自己的名义',
    params: none,
    query: none,
    body: api.actFor,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await setBehalf(tx, work, deps.today(), body.id)
      return ok
    },
  })
  add({
    method: 'PUT',
    url: '/api/account/dismissed/:what',
    policy: 'session.own',
    reveals: ['account'],
    summary: '不再提示',
    params: dismissedWhat,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await dismiss(tx, work, params.what)
      return ok
    },
  })
  add({
    method: 'GET',
    url: '/api/account/reach',
    policy: 'account.reach',
    reveals: ['account'],
    summary: '消息提醒的方式',
    params: none,
    query: none,
    body: noBody,
    reply: notify.reach,
    handler: ({ tx, actor }) => readReach(deps, tx, actor),
  })
  add({
    method: 'PUT',
    url: '/api/account/reach',
    policy: 'account.reach',
    reveals: ['account'],
    summary: '设置消息提醒',
    params: none,
    query: none,
    body: notify.reachChange,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await changeReach(deps, tx, work, body)
      return ok
    },
  })
}
