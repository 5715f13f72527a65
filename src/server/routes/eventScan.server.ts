import * as api from '#signup/scanApi.ts'
import { noteScans, readScans, ticketOf } from '#signup/scan.server.ts'
import type { Deps } from '../deps.server.ts'
import { idParam, noBody, none, type Routes } from '../route.server.ts'

const one = { params: idParam, query: none, reveals: [], sensitive: true } as const

/** Tickets and what the telephones at the door scanned of them. */
export function eventScanRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...one,
    method: 'GET',
    url: '/api/enrolments/:id/ticket',
    policy: 'event.own',
    summary: '自己的入场码',
    body: noBody,
    reply: api.myTicket,
    handler: ({ tx, actor, params }) => ticketOf(deps, tx, actor, params.id),
  })
  add({
    ...one,
    method: 'GET',
    url: '/api/events/:id/scans',
    policy: 'event.run',
    summary: '现场扫码里要核对的：两台手机都扫过的、没有签上的',
    body: noBody,
    reply: api.eventScans,
    handler: ({ tx, actor, params }) => readScans(deps, tx, actor, params.id),
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/events/:id/scans',
    policy: 'event.run',
    summary: '上传现场扫的入场码，没有网络时扫的也可以',
    body: api.newScans,
    reply: api.scansDone,
    handler: ({ tx, work, params, body }) => noteScans(deps, tx, work, params.id, body),
  })
}
