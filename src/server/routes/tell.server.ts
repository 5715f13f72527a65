import * as api from '#silo/api.ts'
import { actAsHolder, followMatter } from '#silo/follow.server.ts'
import { openPace } from '#silo/pace.server.ts'
import { findUnits, readOffer, takeMatter } from '#silo/tell.server.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, type Routes } from '../route.server.ts'

/**
 * 说件事: told and followed by anybody, without signing in. No act here is noted in the audit, keeps an answer or counts an
 * address outside memory: nothing stored leads from a matter to whoever told it, or to the minute.
 */
export function tellRoutes({ add }: Routes, deps: Deps): void {
  const pace = openPace()
  add({
    method: 'GET',
    url: '/api/tell',
    policy: 'silo.tell',
    reveals: [],
    summary: '说件事：哪几类有人值守，不用登录',
    params: none,
    query: none,
    body: noBody,
    reply: api.tellOffer,
    handler: ({ tx }) => readOffer(deps, tx),
  })
  add({
    method: 'POST',
    url: '/api/tell/units',
    policy: 'silo.tell',
    reveals: ['org'],
    summary: '按名称找单位，只给名称，不用登录',
    keyless: true,
    params: none,
    query: none,
    body: api.unitQuery,
    reply: api.unitList,
    prepare: async ({ request }) => pace.spend('find', request.ip),
    handler: ({ tx, body }) => findUnits(tx, body.q),
  })
  add({
    method: 'POST',
    url: '/api/tell',
    policy: 'silo.tell',
    reveals: ['silo'],
    summary: '说一件事，不用登录、不留姓名；回执只显示一次',
    // The receipt is shown once: a stored answer would keep it.
    keyless: true,
    params: none,
    query: none,
    body: api.newMatter,
    reply: api.matterTaken,
    prepare: async ({ request }) => pace.spend('tell', request.ip),
    handler: ({ tx, body }) => takeMatter(deps, tx, body, null),
  })
  add({
    method: 'POST',
    url: '/api/tell/signed',
    policy: 'silo.signed',
    reveals: ['silo'],
    summary: '登录后署名说一件事；姓名只随内容加密，不另外登记',
    keyless: true,
    params: none,
    query: none,
    body: api.newMatter,
    reply: api.matterTaken,
    prepare: async ({ actor }) => pace.spend('tell', actor.personId),
    handler: ({ tx, actor, body }) => takeMatter(deps, tx, body, actor),
  })
  add({
    method: 'POST',
    url: '/api/tell/look',
    policy: 'silo.tell',
    reveals: ['silo'],
    summary: '凭回执看办理情况和答复，不用登录',
    keyless: true,
    params: none,
    query: none,
    body: api.holder,
    reply: api.followed,
    prepare: async ({ request }) => pace.spend('look', request.ip),
    handler: ({ tx, body }) => followMatter(deps, tx, body.code),
  })
  add({
    method: 'POST',
    url: '/api/tell/acts',
    policy: 'silo.tell',
    reveals: ['silo'],
    summary: '凭回执补充、撤回销毁、同意或不同意转办，不用登录',
    keyless: true,
    params: none,
    query: none,
    body: api.holderAct,
    reply: api.holderDone,
    prepare: async ({ request }) => pace.spend('look', request.ip),
    handler: ({ tx, body }) => actAsHolder(deps, tx, body),
  })
}
