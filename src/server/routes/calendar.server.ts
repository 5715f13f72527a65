import * as z from 'zod/mini'
import * as api from '#rules/api.ts'
import { enterDays, enterLimit, readYear } from '#rules/calendar.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, noBody, none, type Routes } from '../route.server.ts'

/** The working calendar and the terms that are counted by it. */
export function calendarRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/calendar',
    policy: 'calendar.read',
    reveals: [],
    summary: '工作日历和办理时限',
    params: none,
    query: z.strictObject({ year: z.string().check(z.regex(/^20\d\d$/)) }),
    body: noBody,
    reply: api.calendarYear,
    handler: ({ tx, actor, query }) => readYear(tx, actor, Number(query.year)),
  })
  add({
    method: 'PUT',
    url: '/api/calendar/days',
    policy: 'calendar.edit',
    reveals: [],
    summary: '录入放假或调休上班的日子',
    params: none,
    query: none,
    body: api.dayEntry,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await enterDays(tx, work, body)
      return { ok: true as const }
    },
  })
  add({
    method: 'PUT',
    url: '/api/calendar/limits',
    policy: 'calendar.edit',
    reveals: [],
    summary: '调整办理时限',
    params: none,
    query: none,
    body: api.limitEntry,
    reply: done,
    handler: async ({ tx, work, body }) => {
      await enterLimit(tx, work, deps.today(), body)
      return { ok: true as const }
    },
  })
}
