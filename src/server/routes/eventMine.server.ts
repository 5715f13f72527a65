import * as api from '#signup/myApi.ts'
import { checkInSelf } from '#signup/attend.server.ts'
import { receivedOf } from '#signup/clock.server.ts'
import { appeal, enterSelf, leaveEntry, lookIn, moveEntry, takeEntry } from '#signup/enter.server.ts'
import { readMyEvents } from '#signup/mine.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, type Routes } from '../route.server.ts'

const ok = { ok: true as const }
const hers = { query: none, policy: 'event.own', reveals: [], sensitive: true } as const

/** What a woman does herself: sees what is open to her, signs up, leaves, answers an offer, comes. A cadre leaves and answers for women of her unit. */
export function eventMineRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...hers,
    method: 'GET',
    url: '/api/my/events',
    summary: '我的活动：可以报名的和已经报名的',
    params: none,
    body: noBody,
    reply: api.myEvents,
    handler: ({ tx, actor }) => readMyEvents(deps, tx, actor),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/my/events/:id/entry',
    summary: '报名',
    params: idParam,
    body: noBody,
    reply: api.myStanding,
    prepare: ({ actor, params, reply }) => lookIn(deps.db, actor, params.id, receivedOf(deps, reply)),
    handler: ({ tx, work, params, reply, prepared }) =>
      enterSelf(tx, work, params.id, receivedOf(deps, reply), prepared as number | null),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/my/came',
    summary: '扫码签到',
    params: none,
    body: api.checkIn,
    reply: api.checkedIn,
    handler: ({ tx, work, body }) => checkInSelf(deps, tx, work, body.code),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/enrolments/:id/leave',
    summary: '取消报名，或放弃候补到位的名额',
    params: idParam,
    body: noBody,
    reply: api.myStanding,
    handler: ({ tx, work, params }) => leaveEntry(deps, tx, work, params.id),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/enrolments/:id/take',
    summary: '确认候补到位的名额',
    params: idParam,
    body: noBody,
    reply: api.myStanding,
    handler: ({ tx, work, params }) => takeEntry(deps, tx, work, params.id),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/enrolments/:id/slot',
    summary: '改约另一个时段',
    params: idParam,
    body: api.newSlot,
    reply: api.myStanding,
    handler: ({ tx, work, params, body, reply }) =>
      moveEntry(tx, work, params.id, body.eventId, receivedOf(deps, reply)),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/enrolments/:id/appeal',
    summary: '说明没有到场的原因',
    params: idParam,
    body: api.newAppeal,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await appeal(tx, work, params.id, body.words)
      return ok
    },
  })
}
