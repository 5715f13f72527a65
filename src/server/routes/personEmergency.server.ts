import * as api from '#person/emergency.ts'
import { askEmergency, listEmergencies, openEmergency, reviewEmergency } from '#person/emergency.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

/** 紧急查看: asked with a reason, opened once, reviewed by another. */
export function personEmergencyRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'POST',
    url: '/api/persons/:id/emergencies',
    policy: 'person.emergency',
    reveals: ['person'],
    summary: '启用紧急查看，立即通知安全、审计管理员和她所在单位',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.newEmergency,
    reply: api.emergencyAsked,
    handler: ({ tx, work, params, body }) => askEmergency(deps, tx, work, params.id, body),
  })
  add({
    method: 'POST',
    url: '/api/emergencies/:id/open',
    policy: 'person.emergency',
    reveals: ['person'],
    summary: '打开紧急查看，只能一次',
    sensitive: true,
    // The values must not stand among the stored answers.
    keyless: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: api.emergencyOpened,
    handler: ({ tx, work, params }) => openEmergency(deps, tx, work, params.id),
  })
  add({
    method: 'GET',
    url: '/api/emergencies',
    policy: 'emergency.read',
    reveals: ['person'],
    summary: '紧急查看台账',
    sensitive: true,
    params: none,
    query: none,
    body: noBody,
    reply: api.emergencyList,
    handler: ({ tx, actor }) => listEmergencies(deps, tx, actor),
  })
  add({
    method: 'POST',
    url: '/api/emergencies/:id/review',
    policy: 'emergency.review',
    reveals: ['person'],
    summary: '复核紧急查看',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.emergencyReview,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await reviewEmergency(tx, work, params.id, body)
      return { ok: true as const }
    },
  })
}
