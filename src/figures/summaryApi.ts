import * as z from 'zod/mini'

/** Parts of the summary that editors write; kept per org and year. */
export const editedParts = ['lead', 'problems', 'planGoal', 'planTasks', 'closing'] as const
export type EditedPart = (typeof editedParts)[number]

const figureRun = z.strictObject({
  indicator: z.string(),
  label: z.string(),
  value: z.number(),
  unit: z.string(),
  written: z.string(),
  snapshot: z.string(),
})
const run = z.union([z.strictObject({ text: z.string() }), z.strictObject({ figure: figureRun })])
/** `part` names the editors' text that the block comes from; numbers and headings of tasks are set by the server. */
const block = z.union([
  z.strictObject({
    kind: z.literal('heading'),
    level: z.literal([1, 2, 3]),
    text: z.string(),
    part: z.optional(z.enum(editedParts)),
  }),
  z.strictObject({
    kind: z.literal('paragraph'),
    lead: z.optional(z.string()),
    runs: z.array(run),
    part: z.optional(z.enum(editedParts)),
  }),
])

export const summaryQuery = z.strictObject({ year: z.optional(z.string()) })

/** GET /api/summary?year=: the preview over live accepted values; nothing frozen. */
export const summaryPreview = z.strictObject({
  year: z.number(),
  title: z.array(z.string()),
  date: z.string(),
  blocks: z.array(block),
  signature: z.strictObject({ name: z.string(), date: z.string() }),
  figures: z.number(),
  texts: z.record(z.string(), z.strictObject({ body: z.string(), version: z.number() })),
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
  mayEdit: z.boolean(),
})
export type SummaryPreview = z.infer<typeof summaryPreview>

/** PUT /api/summary/text */
export const summaryText = z.strictObject({
  year: z.number(),
  part: z.enum(editedParts),
  body: z.string().check(z.maxLength(20_000)),
  version: z.number(),
})

/** The version that the text has now. */
export const savedText = z.strictObject({ version: z.number() })

/** POST /api/summary/snapshots: freezes values and text; the Word file is made from it. */
export const freeze = z.strictObject({ year: z.number() })
export const frozen = z.strictObject({ id: z.string(), hash: z.string() })

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
