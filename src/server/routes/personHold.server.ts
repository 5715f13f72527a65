import { holdBody, undoBody } from '#person/api.ts'
import { liftHold, setHold } from '#person/hold.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }

/** 暂缓清除: what keeps a person's data beyond their term. Which there are stands with the person. */
export function personHoldRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'POST',
    url: '/api/persons/:id/holds',
    policy: 'person.hold',
    reveals: ['person'],
    summary: '暂缓清除',
    sensitive: true,
    params: idParam,
    query: none,
    body: holdBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setHold(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/person-holds/:id/lift',
    policy: 'person.hold',
    reveals: ['person'],
    summary: '解除暂缓清除',
    sensitive: true,
    params: idParam,
    query: none,
    body: undoBody,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await liftHold(tx, work, params.id, body.reason)
      return ok
    },
  })
}
