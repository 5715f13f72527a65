import * as z from 'zod/mini'
import * as api from '#honour/api.ts'
import { printNomination } from '#honour/form.server.ts'
import { giveScore } from '#honour/jury.server.ts'
import { beginNomination, changeNomination, giveOpinion, moveNomination } from '#honour/nomination.server.ts'
import { readNomination } from '#honour/read.server.ts'
import { docxType } from '#paper/mime.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const ok = { ok: true as const }
const begun = z.strictObject({ id: z.string(), version: z.number() })

/** 推荐: from the unit's draft to the jury's score. */
export function honourNominationRoutes({ add }: Routes, deps: Deps): void {
  const one = { sensitive: true, params: idParam, query: none, reveals: ['honour'] } as const
  add({
    ...one,
    method: 'POST',
    url: '/api/honour-nominations',
    policy: 'honour.nominate',
    summary: '起草一份推荐',
    params: none,
    body: api.newNomination,
    reply: begun,
    handler: ({ tx, work, body }) => beginNomination(deps, tx, work, body),
  })
  add({
    ...one,
    method: 'GET',
    url: '/api/honour-nominations/:id',
    policy: 'honour.read',
    summary: '一份推荐：材料、意见、公示；评委打过分后看得到其他评委的分',
    body: noBody,
    reply: api.nomination,
    handler: ({ tx, actor, params }) => readNomination(deps, tx, actor, params.id),
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/honour-nominations/:id',
    policy: 'honour.nominate',
    summary: '修改起草中的推荐',
    body: api.changedNomination,
    reply: z.strictObject({ version: z.number() }),
    handler: ({ tx, work, params, body }) => changeNomination(tx, work, params.id, body),
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/honour-nominations/:id/opinions',
    policy: 'honour.opine',
    summary: '填写意见：单位党组织、单位工会、有关部门、区县或产业工会',
    body: api.newOpinion,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await giveOpinion(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/honour-nominations/:id/state',
    policy: 'honour.opine',
    summary: '单位公示、上报、撤回；主办单位退回',
    body: api.nominationAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await moveNomination(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/honour-nominations/:id/score',
    policy: 'honour.judge',
    summary: '评委打分或回避，提交后不能再改',
    body: api.newScore,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await giveScore(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/honour-nominations/:id/form',
    policy: 'honour.read',
    summary: '推荐审批表（Word）',
    // The file would stand among the stored answers.
    keyless: true,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => {
      const { name, bytes } = await printNomination(deps, tx, work, params.id)
      return new Raw(docxType, name, bytes)
    },
  })
}
