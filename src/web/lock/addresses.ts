import * as z from 'zod/mini'
import { scopeQuery, type Scope } from '../figures/scope.ts'
import { withQuery } from '../urlState.ts'

/** `lock` = the one that is open. */
export const locksSearch = z.strictObject({ lock: z.optional(z.string()) })

/** Endpoints below `/api`. */
export const lockApi = {
  list: '/locks',
  one: (id: string) => `/locks/${encodeURIComponent(id)}`,
  reopening: (id: string) => `/locks/${encodeURIComponent(id)}/reopening`,
  preview: (asked: { calendar: string; year: number; part: number }) =>
    withQuery('/locks/preview', {
      calendar: asked.calendar,
      year: String(asked.year),
      part: String(asked.part),
    }),
  figures: (scope: Scope) => withQuery('/figures/locked', scopeQuery(scope)),
  records: (scope: Scope, indicator: string, after?: string) =>
    withQuery('/figures/locked/records', { ...scopeQuery(scope), indicator, after }),
}
