import * as z from 'zod/mini'
import { docxType } from '#paper/mime.ts'
import * as api from '#programmes/careRoom/api.ts'
import { submissionCard, vendorBook } from '#programmes/careRoom/books.server.ts'
import { readRoom } from '#programmes/careRoom/detail.server.ts'
import { noteCheck, noteListing } from '#programmes/careRoom/ledger.server.ts'
import { setPoint } from '#programmes/careRoom/place.server.ts'
import { listRooms } from '#programmes/careRoom/rooms.server.ts'
import { openRoomRoutes } from './openRoom.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Care rooms beside their records: points, and the ledger of maps. */
export function careRoomRoutes({ add }: Routes, deps: Deps): void {
  openRoomRoutes({ add }, deps)
  const own = { params: idParam, query: none, reveals: ['record'] } as const
  add({
    method: 'GET',
    url: '/api/care-rooms',
    policy: 'careRoom.read',
    reveals: ['record'],
    summary: '关爱室：本级范围内审核通过的，及各地图上的状态',
    params: none,
    query: api.roomQuery,
    body: noBody,
    reply: api.roomList,
    handler: ({ tx, actor, query }) => listRooms(deps, tx, actor, query),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/care-rooms/:id',
    policy: 'careRoom.read',
    summary: '一间关爱室：坐标、上图台账',
    body: noBody,
    reply: api.roomDetail,
    handler: ({ tx, actor, params }) => readRoom(deps, tx, actor, params.id),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/care-rooms/:id/point',
    policy: 'careRoom.place',
    summary: '填写坐标：连同坐标系',
    body: api.newPoint,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setPoint(deps, tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-rooms/:id/listings',
    policy: 'careRoom.list',
    summary: '登记在一种地图上的新状态',
    body: api.newListing,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await noteListing(deps, tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-rooms/:id/checks',
    policy: 'careRoom.list',
    summary: '每月核对：在线、偏移、失效',
    body: api.newCheck,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await noteCheck(deps, tx, work, params.id, body)
      return { ok: true as const }
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/care-rooms/:id/card',
    policy: 'careRoom.read',
    summary: '上图提交卡，Word 文件',
    // The file would stand among the stored answers.
    keyless: true,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => {
      const { name, bytes } = await submissionCard(deps, tx, work, params.id)
      return new Raw(docxType, name, bytes)
    },
  })
  add({
    method: 'GET',
    url: '/api/care-room-books/:vendor',
    noted: 'file',
    policy: 'careRoom.list',
    reveals: ['record'],
    summary: '给一家图商的提交表，Excel 文件',
    params: z.strictObject({ vendor: api.vendor }),
    query: none,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const book = await vendorBook(deps, tx, actor, params.vendor)
      return new Raw(xlsx, `关爱室上图_${params.vendor}_${deps.today()}.xlsx`, () => deps.sheets.write(book))
    },
  })
}
