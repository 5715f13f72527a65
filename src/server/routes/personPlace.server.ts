import { leaveBody, moveBody, standingBody } from '#person/api.ts'
import { leaveUnit, movePerson, turnStanding } from '#person/place.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }

/** Where a person stands in the register: another unit, gone, a member or not. */
export function personPlaceRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'POST',
    url: '/api/persons/:id/moves',
    policy: 'person.request',
    reveals: ['person'],
    summary: '在本级范围内调动',
    sensitive: true,
    params: idParam,
    query: none,
    body: moveBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await movePerson(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/persons/:id/leave',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '登记离开',
    sensitive: true,
    params: idParam,
    query: none,
    body: leaveBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await leaveUnit(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/persons/:id/standing',
    policy: 'person.edit',
    reveals: ['person'],
    summary: '入会、保留会籍、恢复会籍',
    sensitive: true,
    params: idParam,
    query: none,
    body: standingBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await turnStanding(deps, tx, work, params.id, body)
      return ok
    },
  })
}
