import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import * as api from '#figures/statutory/api.ts'
import { bookName, bookOf } from '#figures/statutory/book.ts'
import { listTables, readTable } from '#figures/statutory/read.server.ts'
import { actOnTable, saveHead, saveTable } from '#figures/statutory/write.server.ts'
import { clockOf } from '../clock.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A year that the calendar of figures knows. @throws Problem.badRequest */
function yearOf(text: string | undefined, today: string): number {
  const year = Number(text ?? today.slice(0, 4))
  if (Number.isInteger(year) && year >= 2000 && year <= 2100) return year
  throw Problem.badRequest({ issues: [{ field: 'year', message: '年份不存在，请重新选择' }] })
}

/** Statutory tables: filled from the books, checked, signed by a second person. */
export function statutoryRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/statutory',
    policy: 'statutory.read',
    reveals: ['statutory'],
    summary: '一年的统计报表：年报、半年报、季报',
    params: none,
    query: z.strictObject({ year: z.optional(z.string()) }),
    body: noBody,
    reply: api.tableList,
    handler: ({ tx, actor, query }) => listTables(deps, tx, actor, yearOf(query.year, deps.today())),
  })
  add({
    method: 'GET',
    url: '/api/statutory/:layout',
    policy: 'statutory.read',
    reveals: ['statutory', 'figure'],
    summary: '一张统计报表，数字取自记录',
    params: api.layoutParam,
    query: api.tableQuery,
    body: noBody,
    reply: api.table,
    handler: ({ tx, actor, params, query }) => readTable(deps, tx, actor, params.layout, query),
  })
  add({
    method: 'PUT',
    url: '/api/statutory/:layout',
    policy: 'statutory.fill',
    reveals: ['statutory'],
    summary: '保存记录里没有的几个数和核实说明',
    params: api.layoutParam,
    query: none,
    body: api.tableSave,
    reply: api.tableSaved,
    handler: ({ tx, work, params, body }) => saveTable(tx, work, params.layout, body),
  })
  add({
    method: 'POST',
    url: '/api/statutory/:layout/submission',
    policy: 'statutory.fill',
    reveals: ['statutory'],
    summary: '送签，或重新填报已签发的表',
    params: api.layoutParam,
    query: none,
    body: api.submission,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await actOnTable(deps, tx, work, params.layout, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'POST',
    url: '/api/statutory/:layout/decision',
    policy: 'statutory.sign',
    reveals: ['statutory'],
    summary: '签发或退回',
    params: api.layoutParam,
    query: none,
    body: api.decision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await actOnTable(deps, tx, work, params.layout, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'GET',
    url: '/api/statutory/:layout/xlsx',
    noted: 'file',
    policy: 'statutory.read',
    reveals: ['statutory', 'figure'],
    summary: '统计报表的 Excel 文件',
    params: api.layoutParam,
    query: api.tableQuery,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params, query }) => {
      const table = await readTable(deps, tx, actor, params.layout, query)
      return new Raw(
        xlsx,
        bookName(table),
        await deps.sheets.write(bookOf(table, deps.mode === 'demo', clockOf(deps))),
      )
    },
  })
  add({
    method: 'PUT',
    url: '/api/statutory/:layout/head',
    policy: 'statutory.head',
    reveals: ['statutory'],
    summary: '录入一张统计报表的表号、制定机关、文号和有效期限',
    params: api.layoutParam,
    query: none,
    body: api.headSave,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await saveHead(tx, work, params.layout, body)
      return { ok: true as const }
    },
  })
}
