import * as z from 'zod/mini'
import { withQuery } from '#web/urlState.ts'

/** One frozen version of the summary, `S2019-1`. */
export const snapshotPath = '/summary/$snapshot'

const text = z.optional(z.string())

/** `figure` opens its panel, `org` drills inside it. */
export const summarySearch = z.strictObject({ year: text, figure: text, org: text })

/** Endpoints below `/api`. */
export const summaryApi = {
  preview: (year: number) => withQuery('/summary', { year: String(year) }),
  text: '/summary/text',
  snapshots: '/summary/snapshots',
  snapshot: (id: string) => `/summary/snapshots/${encodeURIComponent(id)}`,
}

/** review 审阅版 carries a comment at each figure, clean 清样 none. */
export type DocxMode = 'clean' | 'review'

/** Address of the Word file, for a plain link. */
export const docxHref = (id: string, mode: DocxMode): string =>
  withQuery(`/api${summaryApi.snapshot(id)}/docx`, { mode })
