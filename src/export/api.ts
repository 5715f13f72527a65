import * as z from 'zod/mini'
import { figureQuery } from '#figures/api.ts'
import { orgBrief } from '#org/api.ts'
import { personQuery } from '#person/api.ts'
import { recordFilter, uuid } from '#record/api.ts'

/** Rows that may be chosen one by one: a selection, or the page that is seen. */
export const mostChosen = 500

const { size: _, after: __, ...personFilter } = personQuery.shape

/** What is to leave: records by query or by hand, members by query or by hand, figures as they are seen. */
export const asked = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('records'),
    programme: z.string().check(z.maxLength(40)),
    filter: recordFilter,
    /** Instead of the whole query. */
    ids: z.optional(z.array(uuid).check(z.minLength(1), z.maxLength(mostChosen))),
  }),
  z.strictObject({
    kind: z.literal('persons'),
    filter: z.strictObject(personFilter),
    /** Of the query, these alone. */
    ids: z.optional(z.array(uuid).check(z.minLength(1), z.maxLength(mostChosen))),
  }),
  /** Units at and below one, or those of them that are marked. */
  z.strictObject({
    kind: z.literal('orgs'),
    org: z.optional(z.int32()),
    ids: z.optional(z.array(z.int32()).check(z.minLength(1), z.maxLength(mostChosen))),
  }),
  z.strictObject({
    kind: z.literal('figures'),
    filter: figureQuery,
    /** A chapter of the summary by the units below, instead of everything of one unit. */
    section: z.optional(z.string().check(z.maxLength(20))),
  }),
  /** Certificates of the own unit, one PDF with a page each. */
  z.strictObject({
    kind: z.literal('certificates'),
    ids: z.array(uuid).check(z.minLength(1), z.maxLength(mostChosen)),
  }),
  /** Open hardship files of the own aid centre, for the national system. */
  z.strictObject({ kind: z.literal('hardship') }),
])
export type Asked = z.infer<typeof asked>

/** POST /api/exports, and /api/exports/full for sealed values instead of their masks. */
export const newExport = z.strictObject({
  ask: asked,
  format: z.enum(['xlsx', 'csv', 'pdf']),
  reason: z.optional(z.string().check(z.maxLength(200))),
})
export type NewExport = z.infer<typeof newExport>

/** `asked` waits for a second person, `lapsed` waited too long. */
export const exportStates = ['asked', 'lapsed', 'refused', 'waiting', 'ready', 'failed', 'gone'] as const

export const exportLine = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  state: z.enum(exportStates),
  fault: z.string(),
  full: z.boolean(),
  reason: z.string(),
  rows: z.number(),
  bytes: z.number(),
  askedAt: z.string(),
  keptUntil: z.string(),
  /** Who agreed or refused, where a second person had to. */
  second: z.nullable(z.strictObject({ by: z.string(), at: z.string(), answer: z.string() })),
})
export type ExportLine = z.infer<typeof exportLine>

/** GET /api/exports: one's own, of this unit, the newest first. */
export const exportList = z.strictObject({ rows: z.array(exportLine) })

/** GET /api/exports/second: what waits for this cadre's decision; what it says inside is not hers to see. */
export const secondLine = z.strictObject({
  id: z.string(),
  title: z.string(),
  person: z.string(),
  org: orgBrief,
  rows: z.number(),
  columns: z.string(),
  full: z.boolean(),
  reason: z.string(),
  askedAt: z.string(),
  untilAt: z.string(),
})
export type SecondLine = z.infer<typeof secondLine>
export const secondList = z.strictObject({ rows: z.array(secondLine) })

/** POST /api/exports/:id/second */
export const secondAnswer = z.strictObject({
  approve: z.boolean(),
  reason: z.string().check(z.maxLength(200)),
})
export type SecondAnswer = z.infer<typeof secondAnswer>

/** GET /api/audit/exports: what left, for the audit administrator; with who took more in a day than is usual. */
export const exportWatch = z.strictObject({
  rows: z.array(
    z.strictObject({
      at: z.string(),
      person: z.string(),
      org: z.string(),
      title: z.string(),
      rows: z.number(),
      full: z.boolean(),
      reason: z.string(),
      /** Who agreed; null where nobody had to, or has not yet. */
      second: z.nullable(z.string()),
    }),
  ),
  alarms: z.array(
    z.strictObject({
      day: z.string(),
      person: z.string(),
      org: z.string(),
      files: z.number(),
      rows: z.number(),
      fullRows: z.number(),
    }),
  ),
})
export type ExportWatch = z.infer<typeof exportWatch>
