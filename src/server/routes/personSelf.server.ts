import {
  accessList,
  accessQuery,
  consentBody,
  consentParam,
  copyQuery,
  myData,
  myErasure,
  myJoin,
  myNominee,
  revealBody,
  revealed,
} from '#person/api.ts'
import {
  askMyErasure,
  askToJoin,
  decideConsent,
  listAccess,
  readMine,
  revealMine,
  suggestNominee,
} from '#person/mine.server.ts'
import { copyMine, copyMineDocx } from '#person/copy.server.ts'
import { docxType } from '#paper/mime.ts'
import * as z from 'zod/mini'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, Raw, type Routes } from '../route.server.ts'

const mineBody = z.pick(revealBody, { field: true })

/** A woman's own pages: what is known of her, who looked, to what she agreed, export and erasure. */
export function personSelfRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/my',
    policy: 'person.self',
    reveals: ['person'],
    summary: '我的信息',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: myData,
    handler: ({ tx, actor }) => readMine(deps, tx, actor),
  })
  add({
    method: 'GET',
    url: '/api/my/access',
    policy: 'person.self',
    reveals: ['person'],
    summary: '谁看过我的信息',
    sensitive: true,
    params: none,
    query: accessQuery,
    body: noBody,
    reply: accessList,
    handler: ({ tx, actor, query }) => listAccess(tx, actor, query.after),
  })
  add({
    method: 'POST',
    url: '/api/my/reveals',
    policy: 'person.self',
    reveals: ['person'],
    summary: '查看自己的一项加密信息',
    sensitive: true,
    keyless: true,
    params: none,
    query: none,
    body: mineBody,
    reply: revealed,
    handler: async ({ tx, actor, body }) => ({ value: await revealMine(deps, tx, actor, body.field) }),
  })
  add({
    method: 'POST',
    url: '/api/my/export',
    policy: 'person.selfExport',
    reveals: ['person'],
    summary: '导出我的全部信息',
    sensitive: true,
    // What it gives must not stand among the stored answers.
    keyless: true,
    params: none,
    query: copyQuery,
    body: noBody,
    reply: z.unknown(),
    handler: async ({ tx, work, query }) => {
      if (query.format !== 'docx') return copyMine(deps, tx, work)
      const { name, bytes } = await copyMineDocx(deps, tx, work)
      return new Raw(docxType, name, bytes)
    },
  })
  add({
    method: 'PUT',
    url: '/api/my/consents/:purpose',
    policy: 'person.self',
    reveals: ['person'],
    summary: '同意或撤回',
    sensitive: true,
    params: consentParam,
    query: none,
    body: consentBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideConsent(deps, tx, work, params.purpose, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/my/join',
    policy: 'person.join',
    reveals: ['person'],
    summary: '申请入会',
    sensitive: true,
    params: none,
    query: none,
    body: myJoin,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await askToJoin(tx, work, body.note)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/my/nominees',
    policy: 'honour.suggest',
    reveals: ['person'],
    summary: '向本单位工会推荐先进人选',
    sensitive: true,
    params: none,
    query: none,
    body: myNominee,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await suggestNominee(tx, work, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/my/erasure',
    policy: 'person.self',
    reveals: ['person'],
    summary: '申请删除我的信息',
    sensitive: true,
    params: none,
    query: none,
    body: myErasure,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await askMyErasure(tx, work, body.reason)
      return { ok: true as const }
    },
  })
}
