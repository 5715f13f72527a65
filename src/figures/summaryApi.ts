import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import { draft, draftBlock } from './summary/draft.ts'

const year = z.int().check(z.minimum(2000), z.maximum(2100))

export const paperStates = ['draft', 'submitted', 'signed'] as const
export type PaperState = (typeof paperStates)[number]

const figureRun = z.strictObject({
  indicator: z.string(),
  label: z.string(),
  value: z.number(),
  unit: z.string(),
  written: z.string(),
  snapshot: z.string(),
  of: z.optional(z.string()),
  correction: z.optional(z.strictObject({ written: z.string(), reason: z.string(), by: z.string() })),
})
const run = z.union([
  z.strictObject({ text: z.string(), records: z.optional(z.array(z.string())) }),
  z.strictObject({ figure: figureRun }),
])
const block = z.union([
  z.strictObject({ kind: z.literal('heading'), level: z.literal([1, 2, 3]), text: z.string() }),
  z.strictObject({ kind: z.literal('paragraph'), lead: z.optional(z.string()), runs: z.array(run) }),
])

export const summaryQuery = z.strictObject({ year: z.optional(z.string()) })

/** What a chip shows, by chipKey. */
const chipInfo = z.strictObject({
  /** Null: too small to be printed, in no released table, or of a unit out of reach. */
  value: z.nullable(z.number()),
  org: z.nullable(z.strictObject({ code: z.string(), shortName: z.string() })),
  /** No counted record stands behind it: a total entered for a year before the system, or records of grade 估报 alone. */
  isEstimate: z.optional(z.literal(true)),
  /** What the last snapshot printed for it; null where it printed nothing. */
  frozen: z.nullable(z.number()),
})
export type ChipInfo = z.infer<typeof chipInfo>

const comment = z.strictObject({
  id: z.string(),
  block: z.string(),
  quote: z.string(),
  body: z.string(),
  by: z.string(),
  at: z.string(),
  resolvedBy: z.nullable(z.string()),
  resolvedAt: z.nullable(z.string()),
})
export type PaperComment = z.infer<typeof comment>

/** What a unit may do with its summary now; the server decides. */
export const paperActs = ['submit', 'withdraw', 'sign', 'return', 'reopen'] as const
export type PaperAct = (typeof paperActs)[number]

/** GET /api/summary?year=: the summary of the actor's unit, its figures as they are by now; nothing frozen. */
export const summaryPreview = z.strictObject({
  year: z.number(),
  org: orgBrief,
  state: z.enum(paperStates),
  version: z.number(),
  /** Who saved it last and when; null while it is the template's. */
  saved: z.nullable(z.strictObject({ by: z.string(), at: z.string() })),
  submitted: z.nullable(z.strictObject({ by: z.string(), at: z.string() })),
  signed: z.nullable(
    z.strictObject({ by: z.string(), at: z.string(), snapshot: z.string(), hash: z.string() }),
  ),
  /** Why it was returned; empty where it was not. */
  remark: z.string(),
  draft,
  chips: z.record(z.string(), chipInfo),
  title: z.array(z.string()),
  date: z.string(),
  blocks: z.array(block),
  signature: z.strictObject({ name: z.string(), date: z.string() }),
  figures: z.number(),
  comments: z.array(comment),
  snapshots: z.array(
    z.strictObject({
      id: z.string(),
      at: z.string(),
      by: z.string(),
      hash: z.string(),
      /** Figures that differ from the live value by now. */
      moved: z.number(),
    }),
  ),
  acts: z.array(z.enum(paperActs)),
  /** Somebody is there to sign. */
  hasLeader: z.boolean(),
  mayEdit: z.boolean(),
  mayFreeze: z.boolean(),
  /** LibreOffice is at hand. */
  hasPdf: z.boolean(),
})
export type SummaryPreview = z.infer<typeof summaryPreview>

/** PUT /api/summary/draft: saves over the version that was read (0: nobody saved it yet); `note` tells a restoration. */
export const paperSave = z.strictObject({
  year,
  version: z.int().check(z.minimum(0)),
  draft,
  note: z.optional(z.string().check(z.maxLength(60))),
})
export type PaperSave = z.infer<typeof paperSave>
export const paperSaved = z.strictObject({ version: z.number(), at: z.string() })

/** GET /api/summary/versions?year= */
export const paperVersions = z.array(
  z.strictObject({ version: z.number(), at: z.string(), by: z.string(), note: z.string() }),
)
export type PaperVersions = z.infer<typeof paperVersions>
/** GET /api/summary/versions/:version?year= */
export const paperVersion = z.strictObject({ version: z.number(), at: z.string(), by: z.string(), draft })
export type PaperVersion = z.infer<typeof paperVersion>

/** GET /api/summary/comments?year= */
export const paperComments = z.array(comment)
/** POST /api/summary/comments */
export const newComment = z.strictObject({
  year,
  block: z.string().check(z.regex(/^[a-z0-9]{1,24}$/)),
  quote: z.string().check(z.maxLength(120)),
  body: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
})
export const commented = z.strictObject({ id: z.string() })
/** POST /api/summary/comments/:id */
export const commentParam = z.strictObject({ id: uuid })
export const resolveComment = z.strictObject({ isResolved: z.boolean() })

/** POST /api/summary/acts */
export const paperAct = z.strictObject({
  year,
  version: z.int().check(z.minimum(0)),
  act: z.enum(paperActs),
  remark: z.optional(z.string().check(z.trim(), z.maxLength(500))),
})
export const paperActed = z.strictObject({ state: z.enum(paperStates), snapshot: z.nullable(z.string()) })

/** GET /api/summary/material?year=: what the data has to offer; nothing of it is forced into the text. */
export const paperMaterial = z.strictObject({
  /** Sentences of the template whose figures don't stand in the text. */
  sentences: z.array(
    z.strictObject({
      section: z.string(),
      block: draftBlock,
      /** none: nothing was accepted for at least one of its figures. */
      state: z.enum(['ready', 'none']),
    }),
  ),
  /** Findings for the paragraph of problems, with where they can be looked at. */
  problems: z.array(z.strictObject({ kind: z.string(), block: draftBlock, link: z.nullable(z.string()) })),
  /** The year beside the one before it, of each figure that has both; estimates among them are marked. */
  compared: z.array(z.strictObject({ kind: z.string(), block: draftBlock, link: z.string() })),
  highlights: z.array(
    z.strictObject({
      record: z.string(),
      programme: z.string(),
      kind: z.string(),
      title: z.string(),
      text: z.string(),
    }),
  ),
})
export type PaperMaterial = z.infer<typeof paperMaterial>

/** POST /api/summary/snapshots: freezes values and text; the Word file is made from it. */
export const freeze = z.strictObject({ year: z.number() })
export const frozen = z.strictObject({ id: z.string(), hash: z.string() })

const file = {
  mode: z.optional(z.enum(['clean', 'review'])),
  as: z.optional(z.enum(['docx', 'pdf'])),
}
/** GET /api/summary/file: the text as it stands; review has a comment at each figure. */
export const fileQuery = z.strictObject({ year: z.optional(z.string()), ...file })
/** GET /api/summary/snapshots/:id/file */
export const snapshotFileQuery = z.strictObject(file)

/** GET /api/summary/snapshots/:id: what moved since. */
export const snapshotDetail = z.strictObject({
  id: z.string(),
  year: z.number(),
  at: z.string(),
  by: z.string(),
  hash: z.string(),
  figures: z.array(
    z.strictObject({
      indicator: z.string(),
      label: z.string(),
      unit: z.string(),
      frozen: z.number(),
      live: z.number(),
      written: z.string(),
      writtenNow: z.string(),
    }),
  ),
})
export type SnapshotDetail = z.infer<typeof snapshotDetail>
