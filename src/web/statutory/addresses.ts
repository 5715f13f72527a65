import * as z from 'zod/mini'
import { withQuery } from '../urlState.ts'

const text = z.optional(z.string())
export const statutoryListSearch = z.strictObject({ year: text })
/** Period and revision; `figure` opens the panel of an indicator. */
export const statutorySearch = z.strictObject({
  year: text,
  part: text,
  revision: text,
  figure: text,
  org: text,
})

export const statutoryApi = {
  list: (year: number) => withQuery('/statutory', { year: String(year) }),
  table: (layout: string, at: { year: number; part: number; revision?: string | undefined }) =>
    withQuery(`/statutory/${layout}`, {
      year: String(at.year),
      part: String(at.part),
      revision: at.revision,
    }),
  save: (layout: string) => `/statutory/${layout}`,
  submission: (layout: string) => `/statutory/${layout}/submission`,
  decision: (layout: string) => `/statutory/${layout}/decision`,
  head: (layout: string) => `/statutory/${layout}/head`,
} as const

export const xlsxHref = (layout: string, at: { year: number; part: number; revision: number }): string =>
  `/api${withQuery(`/statutory/${layout}/xlsx`, {
    year: String(at.year),
    part: String(at.part),
    revision: at.revision === 0 ? undefined : String(at.revision),
  })}`
