import * as z from 'zod/mini'
import { withQuery } from '#web/urlState.ts'

/** One frozen version of the summary, `S2019-1`. */
export const snapshotPath = '/summary/$snapshot'

const text = z.optional(z.string())

/** `figure` opens its panel, `org` drills inside it; calendar, of and part are what that figure is of. */
export const summarySearch = z.strictObject({
  year: text,
  figure: text,
  org: text,
  calendar: text,
  of: text,
  part: text,
})

const ofYear = (path: string, year: number): string => withQuery(path, { year: String(year) })

/** Endpoints below `/api`. */
export const summaryApi = {
  preview: (year: number) => ofYear('/summary', year),
  material: (year: number) => ofYear('/summary/material', year),
  versions: (year: number) => ofYear('/summary/versions', year),
  version: (year: number, version: number) => ofYear(`/summary/versions/${version}`, year),
  draft: '/summary/draft',
  comments: '/summary/comments',
  comment: (id: string) => `/summary/comments/${encodeURIComponent(id)}`,
  acts: '/summary/acts',
  decisions: '/summary/decisions',
  snapshots: '/summary/snapshots',
  snapshot: (id: string) => `/summary/snapshots/${encodeURIComponent(id)}`,
}

/** review 审阅版 carries a comment at each figure, clean 清样 none. */
export type FileAsked = { mode?: 'clean' | 'review'; as?: 'docx' | 'pdf' }

/** Address of the file of a snapshot, or of the text as it stands, for a plain link. */
export const fileHref = (of: { snapshot: string } | { year: number }, asked: FileAsked): string =>
  'snapshot' in of
    ? withQuery(`/api${summaryApi.snapshot(of.snapshot)}/file`, asked)
    : withQuery('/api/summary/file', { year: String(of.year), ...asked })
