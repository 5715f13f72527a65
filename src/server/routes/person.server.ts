import {
  consentParam,
  decisionBody,
  paperConsent,
  personBody,
  personCheck,
  personDetail,
  personDone,
  personEdit,
  personFound,
  personList,
  personQuery,
  requestBody,
  requestList,
  revealBody,
  revealed,
  transferBody,
  transferDone,
  undoBody,
} from '#person/api.ts'
import { giveConsent, withdrawConsent } from '#person/consent.server.ts'
import { movement, movementQuery, quality, qualityQuery } from '#person/movementApi.ts'
import { readMovement, readQuality } from '#person/movement.server.ts'
import { listPersons, mustHold, readPerson } from '#person/read.server.ts'
import { openRequests } from '#person/requestList.server.ts'
import { askRequest, askTransfer, decideRequest, undoMerge } from '#person/requests.server.ts'
import { revealToCadre } from '#person/reveal.server.ts'
import { addPerson, checkNumber, editPerson } from '#person/write.server.ts'
import * as z from 'zod/mini'
import { uuid } from '#record/api.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }
const paperParam = z.strictObject({ id: uuid, ...consentParam.shape })

/** The member register as cadres use it. What a woman sees of herself: personSelf.server.ts. */
export function personRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/persons',
    policy: 'person.read',
    reveals: ['person'],
    summary: '会员名册',
    sensitive: true,
    params: none,
    query: personQuery,
    body: noBody,
    reply: personList,
    handler: ({ tx, actor, query }) => listPersons(deps, tx, actor, query),
  })
  add({
    method: 'GET',
    url: '/api/persons/movement',
    policy: 'person.read',
    reveals: [],
    summary: '女会员变动：入会、转入、离开的人数和原因',
    sensitive: true,
    params: none,
    query: movementQuery,
    body: noBody,
    reply: movement,
    handler: ({ tx, actor, query }) => readMovement(tx, actor, query),
  })
  add({
    method: 'GET',
    url: '/api/persons/quality',
    policy: 'person.read',
    reveals: [],
    summary: '各单位会员登记缺项的人数',
    sensitive: true,
    params: none,
    query: qualityQuery,
    body: noBody,
    reply: quality,
    handler: ({ tx, actor, query }) => readQuality(tx, actor, query.org),
  })
  add({
    method: 'GET',
    url: '/api/persons/:id',
    policy: 'person.read',
    reveals: ['person'],
    summary: '会员资料（掩码）',
    sensitive: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: personDetail,
    handler: ({ tx, actor, params }) => readPerson(deps, tx, actor, params.id),
  })
  add({
    method: 'POST',
    url: '/api/persons',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '登记',
    sensitive: true,
    params: none,
    query: none,
    body: personBody,
    reply: personDone,
    handler: ({ tx, work, body }) => addPerson(deps, tx, work, body.body),
  })
  add({
    method: 'POST',
    url: '/api/persons/check',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '查证件号码是否已登记',
    sensitive: true,
    // It changes nothing, and its answer must not be kept.
    keyless: true,
    params: none,
    query: none,
    body: personCheck,
    reply: personFound,
    handler: ({ tx, body }) => checkNumber(deps, tx, body),
  })
  add({
    method: 'PUT',
    url: '/api/persons/:id',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '修改资料',
    sensitive: true,
    params: idParam,
    query: none,
    body: personEdit,
    reply: personDone,
    handler: ({ tx, work, params, body }) => editPerson(deps, tx, work, params.id, body),
  })
  add({
    method: 'POST',
    url: '/api/persons/:id/reveals',
    policy: 'person.reveal',
    reveals: ['person'],
    summary: '查看一项加密信息',
    sensitive: true,
    // The value must not stand among the stored answers.
    keyless: true,
    params: idParam,
    query: none,
    body: revealBody,
    reply: revealed,
    handler: async ({ tx, work, params, body }) => ({
      value: await revealToCadre(deps, tx, work, params.id, body),
    }),
  })
  consentRoutes({ add })
  requestRoutes({ add }, deps)
}

function consentRoutes({ add }: Pick<Routes, 'add'>): void {
  add({
    method: 'PUT',
    url: '/api/persons/:id/consents',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '登记书面同意',
    sensitive: true,
    params: idParam,
    query: none,
    body: paperConsent,
    reply: done,
    handler: async ({ tx, work, actor, params, body }) => {
      await mustHold(tx, actor, params.id)
      await giveConsent(tx, work, { personId: params.id, ...body, form: 'paper' })
      return ok
    },
  })
  add({
    method: 'DELETE',
    url: '/api/persons/:id/consents/:purpose',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '登记撤回同意',
    sensitive: true,
    params: paperParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, actor, params }) => {
      await mustHold(tx, actor, params.id)
      await withdrawConsent(tx, work, { personId: params.id, purpose: params.purpose })
      return ok
    },
  })
}

function requestRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    method: 'POST',
    url: '/api/persons/transfers',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '申请转入',
    sensitive: true,
    params: none,
    query: none,
    body: transferBody,
    reply: transferDone,
    handler: async ({ tx, work, body }) => ({ outcome: await askTransfer(deps, tx, work, body) }),
  })
  add({
    method: 'POST',
    url: '/api/persons/:id/requests',
    policy: 'person.request',
    reveals: ['person'],
    summary: '申请合并或删除',
    sensitive: true,
    params: idParam,
    query: none,
    body: requestBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await askRequest(tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'GET',
    url: '/api/person-requests',
    policy: 'person.request',
    reveals: ['person'],
    summary: '会员事项待办',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: requestList,
    handler: ({ tx, actor }) => openRequests(tx, actor),
  })
  add({
    method: 'POST',
    url: '/api/person-requests/:id/decision',
    policy: 'person.request',
    reveals: ['person'],
    summary: '确认或不同意',
    sensitive: true,
    params: idParam,
    query: none,
    body: decisionBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideRequest(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/person-requests/:id/undo',
    policy: 'person.request',
    reveals: ['person'],
    summary: '撤销合并',
    sensitive: true,
    params: idParam,
    query: none,
    body: undoBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await undoMerge(tx, work, params.id, body.reason)
      return ok
    },
  })
}
