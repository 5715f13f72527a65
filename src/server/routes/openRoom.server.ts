import { spendFrom } from '#identity/throttle.server.ts'
import { Problem } from '#kit/problem.ts'
import { listOpenRooms, openRoomsFile } from '#programmes/careRoom/open.server.ts'
import * as api from '#programmes/careRoom/openApi.ts'
import { closeReport, tellOfRoom } from '#programmes/careRoom/report.server.ts'
import { countUse, tellUse } from '#programmes/careRoom/use.server.ts'
import { newUse } from '#programmes/careRoom/useApi.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const ok = { ok: true as const }

/** Rooms for whoever needs one, and what she says of one that is not as it was told. */
export function openRoomRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/open-rooms',
    policy: 'careRoom.open',
    reveals: ['record'],
    summary: '对外开放的关爱室，不用登录',
    params: none,
    query: none,
    body: noBody,
    reply: api.openRooms,
    handler: ({ tx }) => listOpenRooms(deps, tx),
  })
  add({
    method: 'GET',
    url: '/api/open-rooms/file',
    policy: 'careRoom.open',
    reveals: ['record'],
    summary: '对外开放的关爱室，公共数据文件（CSV 或 GeoJSON），不用登录',
    params: none,
    query: api.openFileQuery,
    body: noBody,
    reply: none,
    handler: async ({ tx, query }) => {
      const { type, name, bytes } = await openRoomsFile(deps, tx, query.form)
      return new Raw(type, name, bytes)
    },
  })
  add({
    method: 'POST',
    url: '/api/open-rooms/:id/reports',
    policy: 'careRoom.report',
    reveals: [],
    summary: '反映关爱室不在了、打不开或信息不对，不用登录、不留姓名',
    params: idParam,
    query: none,
    body: api.newReport,
    reply: done,
    // Nobody is known by whom a stored answer could be asked for again; the same said twice is counted, not kept twice.
    keyless: true,
    prepare: ({ request }) => spendFrom(deps, 'room', request.ip, Problem.tooManyObjections, 'room'),
    handler: async ({ tx, work, params, body, request }) => {
      await tellOfRoom(deps, tx, work, params.id, body, request.ip)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/open-rooms/:id/uses',
    policy: 'careRoom.use',
    reveals: [],
    summary: '在关爱室门口扫码记一次使用，不用登录、不问是谁',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    // As a report: nobody is known by whom a stored answer could be asked for again. The key, where one comes, only names the press.
    keyless: true,
    prepare: ({ request }) => spendFrom(deps, 'door', request.ip, Problem.tooManyObjections, 'door'),
    handler: async ({ tx, work, params, request }) => {
      const key = String(request.headers['idempotency-key'] ?? '')
      await countUse(deps, tx, work, params.id, /^[\w-]{16,64}$/.test(key) ? key : null)
      return ok
    },
  })
  add({
    method: 'PUT',
    url: '/api/care-rooms/:id/uses',
    policy: 'careRoom.keep',
    reveals: ['record'],
    summary: '填报关爱室一个月的使用人次，按室内登记本',
    params: idParam,
    query: none,
    body: newUse,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await tellUse(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    method: 'POST',
    url: '/api/care-room-reports/:id/finding',
    policy: 'careRoom.handle',
    reveals: ['record'],
    summary: '处理对关爱室的反映：已恢复、信息已更正或情况不属实',
    params: idParam,
    query: none,
    body: api.reportAnswer,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await closeReport(deps, tx, work, params.id, body)
      return ok
    },
  })
}
