import * as z from 'zod/mini'
import { withQuery } from '#web/urlState.ts'
import { scopeQuery, type Scope } from './scope.ts'

/** The page of one figure: link target of the Word document, `?snapshot=S2019-1`. */
export const tracePath = '/trace/$indicator'

const text = z.optional(z.string())

/** Scope in the address; `figure` opens its panel. */
export const scopeSearch = z.strictObject({
  org: text,
  calendar: text,
  year: text,
  part: text,
  view: text,
  figure: text,
})

/** `by=units` shows the table of units of one chapter of the summary. */
export const figuresSearch = z.strictObject({
  ...scopeSearch.shape,
  by: z.optional(z.literal('units')),
  section: text,
})
export type FiguresSearch = z.infer<typeof figuresSearch>

export const traceSearch = z.strictObject({ ...scopeSearch.shape, snapshot: text })
export type TraceSearch = z.infer<typeof traceSearch>

/** Released tables; `table` = the one that is open, `screening.persons.20194`. */
export const releasesSearch = z.strictObject({ table: text })

/** Endpoints below `/api`. */
export const figuresApi = {
  releases: '/figures/releases',
  release: (indicator: string, quarter: number) =>
    `/figures/releases/${encodeURIComponent(indicator)}/${quarter}`,
  set: (scope: Scope) => withQuery('/figures', scopeQuery(scope)),
  estimates: (scope: Scope) => withQuery('/figures/estimates', scopeQuery(scope)),
  drill: (scope: Scope, indicators: readonly string[]) =>
    withQuery('/figures/drill', { ...scopeQuery(scope), indicator: indicators.join(',') }),
  trend: ({ org, year, view }: Scope, indicator: string) =>
    withQuery('/figures/trend', { org: org?.toString(), indicator, year: String(year), view }),
  years: ({ org, year }: Scope, indicator: string) =>
    withQuery('/figures/years', { org: org?.toString(), indicator, year: String(year) }),
  changes: (
    scope: Scope,
    indicator: string,
    page: { since: string; until: string; after?: string | undefined },
  ) => withQuery('/figures/changes', { ...scopeQuery(scope), indicator, ...page }),
  trace: (
    scope: Scope,
    indicator: string,
    page: { after?: string | undefined; snapshot?: string | undefined } = {},
  ) => withQuery('/figures/trace', { ...scopeQuery(scope), indicator, ...page }),
}
