import * as z from 'zod/mini'
import * as api from '#honour/api.ts'
import {
  changeCampaign,
  createCampaign,
  jurorChoices,
  listCampaigns,
  moveCampaign,
  quotaUnits,
  setJurors,
} from '#honour/campaign.server.ts'
import { readCampaign } from '#honour/read.server.ts'
import { decideList, grantHonours, proposeList, reopenList } from '#honour/result.server.ts'
import type { Deps } from '../deps.server.ts'
import { pageQuery, rowsBefore } from '../pages.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'
import { honourNominationRoutes } from './honourNomination.server.ts'
import { honourRegisterRoutes } from './honourRegister.server.ts'

const ok = { ok: true as const }

/** 评选表彰: campaigns from the call to the grant. */
export function honourRoutes(routes: Routes, deps: Deps): void {
  honourNominationRoutes(routes, deps)
  honourRegisterRoutes(routes, deps)
  const { add } = routes
  const led = {
    sensitive: true,
    policy: 'honour.lead',
    params: idParam,
    query: none,
    reveals: ['honour'],
  } as const
  add({
    sensitive: true,
    method: 'GET',
    url: '/api/honour-campaigns',
    policy: 'honour.read',
    reveals: ['honour'],
    summary: '评选：本单位主办的、上级主办的、担任评委的',
    params: none,
    query: pageQuery,
    body: noBody,
    reply: api.campaignList,
    handler: ({ tx, actor, query }) => listCampaigns(tx, actor, rowsBefore(query)),
  })
  add({
    ...led,
    method: 'POST',
    url: '/api/honour-campaigns',
    summary: '起草一次评选',
    params: none,
    body: api.newCampaign,
    reply: z.strictObject({ id: z.string() }),
    handler: ({ tx, work, body }) => createCampaign(tx, work, body),
  })
  add({
    sensitive: true,
    method: 'GET',
    url: '/api/honour-campaigns/:id',
    policy: 'honour.read',
    reveals: ['honour'],
    summary: '一次评选：称号、名额、推荐和评审进度',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.campaign,
    handler: ({ tx, actor, params }) => readCampaign(deps, tx, actor, params.id),
  })
  add({
    ...led,
    method: 'PUT',
    url: '/api/honour-campaigns/:id',
    summary: '修改评选：起草时都能改，接收推荐后只改名额、日期和说明',
    body: api.changedCampaign,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await changeCampaign(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...led,
    method: 'POST',
    url: '/api/honour-campaigns/:id/state',
    summary: '发布评选、开始评审或取消',
    body: api.campaignAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await moveCampaign(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...led,
    method: 'GET',
    url: '/api/honour-quota-units',
    summary: '按规则分到名额的单位',
    params: none,
    body: noBody,
    reply: api.quotaUnits,
    handler: ({ tx, actor }) => quotaUnits(deps, tx, actor),
  })
  add({
    ...led,
    method: 'GET',
    url: '/api/honour-juror-choices',
    summary: '可以担任评委的人',
    params: none,
    query: z.strictObject({ q: z.string().check(z.minLength(1), z.maxLength(20)) }),
    body: noBody,
    reply: api.jurorChoices,
    handler: ({ tx, actor, query }) => jurorChoices(tx, actor, query.q),
  })
  add({
    ...led,
    method: 'PUT',
    url: '/api/honour-campaigns/:id/jurors',
    summary: '确定评委',
    body: api.newJurors,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setJurors(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...led,
    method: 'POST',
    url: '/api/honour-campaigns/:id/choice',
    summary: '拟定表彰名单提交审定：名额、评分人数、结构比例和不重复逐项核对',
    body: api.choice,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await proposeList(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...led,
    method: 'POST',
    url: '/api/honour-campaigns/:id/decision',
    policy: 'honour.decide',
    summary: '登记党组审定意见，由另一人办理；同意即公示',
    body: api.decision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideList(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...led,
    method: 'POST',
    url: '/api/honour-campaigns/:id/reopening',
    summary: '撤回公示中的名单，重新评审',
    body: z.strictObject({ reason: z.string().check(z.trim(), z.maxLength(200)), version: z.int32() }),
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await reopenList(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...led,
    method: 'POST',
    url: '/api/honour-campaigns/:id/grant',
    reveals: ['honour', 'record'],
    summary: '公示期满后表彰：生成荣誉记录，异议成立的除外',
    body: api.grant,
    reply: api.granted,
    handler: ({ tx, work, params, body }) => grantHonours(deps, tx, work, params.id, body),
  })
}
