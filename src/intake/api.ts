import * as z from 'zod/mini'
import { asked, choices, lineStates } from './target.ts'

const id = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))
const target = z.string().check(z.maxLength(40))
const key = z.string().check(z.maxLength(60))

/** Days for which a workbook waits, and hours within which what it became can be taken back. */
export const keptDays = 7
export const undoHours = 24

export const targetParam = z.strictObject({ target })
/** GET /api/intake-templates/:target: with what the unit entered last year, or with what stands, to be edited. */
export const templateQuery = z.strictObject({ rows: z.optional(z.enum(['lastYear', 'standing'])) })
/** PUT /api/intakes/:id: the bytes; the name is only shown. */
export const intakeUpload = z.strictObject({ target, name: z.string().check(z.maxLength(200)) })

export const lineIssue = z.strictObject({
  column: z.nullable(z.string()),
  message: z.string(),
  level: z.enum(['error', 'warning']),
  fixes: z.optional(z.array(z.string())),
})

const counts = z.strictObject({
  right: z.number(),
  warned: z.number(),
  update: z.number(),
  wrong: z.number(),
  double: z.number(),
  skipped: z.number(),
  same: z.number(),
  done: z.number(),
  undone: z.number(),
})
export type Counts = z.infer<typeof counts>

export const intakeSheet = z.strictObject({
  key: z.string(),
  label: z.string(),
  /** Name of the sheet in the file. */
  title: z.string(),
  headings: z.array(z.string()),
  mapping: z.array(z.nullable(z.string())),
  columns: z.array(
    z.strictObject({
      key: z.string(),
      label: z.string(),
      required: z.boolean(),
      kind: z.string(),
      choices: z.nullable(z.array(z.string())),
    }),
  ),
  /** Labels of columns that every row must have and the file has not. */
  missing: z.array(z.string()),
  counts,
})
export type IntakeSheet = z.infer<typeof intakeSheet>

export const intakeLine = z.strictObject({
  id: z.string(),
  target: z.string(),
  label: z.string(),
  fileName: z.string(),
  state: z.enum(['open', 'committed', 'undone']),
  version: z.number(),
  madeAt: z.string(),
  keptUntil: z.string(),
  committedAt: z.nullable(z.string()),
  counts,
})
export const intakeList = z.array(intakeLine)
export const intakeDetail = z.strictObject({
  ...intakeLine.shape,
  sheets: z.array(intakeSheet),
  /** What stands on no sheet of ours, left aside. */
  leftAside: z.array(z.string()),
  mayUndo: z.boolean(),
  /** What an undo within a day takes back, and what it leaves. */
  goesBack: z.string(),
  stays: z.string(),
  mayDraft: z.boolean(),
  /** What the commit will want in words. */
  asks: z.array(z.enum(asked)),
})
export type IntakeDetail = z.infer<typeof intakeDetail>

export const intakeRow = z.strictObject({
  line: z.number(),
  state: z.enum(lineStates),
  cells: z.record(z.string(), z.string()),
  issues: z.array(lineIssue),
  choice: z.nullable(z.enum(choices)),
  /** What stands already, where the row is perhaps a double of it. */
  twin: z.nullable(
    z.strictObject({
      label: z.string(),
      values: z.record(z.string(), z.string()),
      may: z.array(z.enum(choices)),
    }),
  ),
})
export type IntakeRow = z.infer<typeof intakeRow>
export const rowsQuery = z.strictObject({
  sheet: z.optional(key),
  state: z.optional(z.enum(lineStates)),
  /** Place of the first row among those asked for. */
  from: z.optional(z.string().check(z.regex(/^\d{1,7}$/))),
  /** Only this line. */
  line: z.optional(z.string().check(z.regex(/^\d{1,7}$/))),
})
export type RowsQuery = z.infer<typeof rowsQuery>
export const rowList = z.strictObject({ from: z.number(), rows: z.array(intakeRow) })
/** Rows that keep the workbook from going in, with their places among all rows of the sheet. */
export const faultList = z.array(z.strictObject({ line: z.number(), at: z.number() }))
/** GET /api/intakes/:id/progress: waits a moment for the commit to begin. */
export const progressQuery = z.strictObject({ wait: z.optional(z.literal('start')) })
/** One event of it. */
export const progress = z.strictObject({ done: z.number(), total: z.number() })
export const faultsQuery = z.strictObject({ sheet: z.optional(key) })
/** Rows of one page. */
export const rowsPerPage = 100

const version = z.number()
export const mappingBody = z.strictObject({
  version,
  sheet: key,
  mapping: z.array(z.nullable(key)).check(z.maxLength(200)),
})
export type MappingBody = z.infer<typeof mappingBody>
/** Cells typed over; the same text may go into many (fill down, batch replace). */
export const cellsBody = z.strictObject({
  version,
  cells: z
    .array(
      z.strictObject({
        sheet: key,
        line: z.number(),
        column: key,
        text: z.string().check(z.maxLength(5000)),
      }),
    )
    .check(z.maxLength(500)),
})
export type CellsBody = z.infer<typeof cellsBody>
/** After a change; the page is read anew, so that no stored answer holds what a file says. */
export const intakeDone = z.strictObject({ id: z.string(), version: z.number() })
export type IntakeDone = z.infer<typeof intakeDone>
/** What becomes of rows that perhaps stand already; `lines` null: of all of them. */
export const choicesBody = z.strictObject({
  version,
  sheet: key,
  lines: z.nullable(z.array(z.number()).check(z.maxLength(500))),
  choice: z.nullable(z.enum(choices)),
})
export type ChoicesBody = z.infer<typeof choicesBody>
/**
 * One text into many cells of a column. replace: all that read `was`; gap: the empty ones right below `line`; below: all
 * below it.
 */
export const fillBody = z.strictObject({
  version,
  sheet: key,
  column: key,
  how: z.enum(['replace', 'gap', 'below']),
  line: z.optional(z.number()),
  was: z.optional(z.string().check(z.maxLength(5000))),
  text: z.string().check(z.maxLength(5000)),
})
export type FillBody = z.infer<typeof fillBody>
export const filled = z.strictObject({ id: z.string(), version: z.number(), cells: z.number() })

/** right: the rows without error; all: only if none has one. */
export const commitBody = z.strictObject({
  version,
  mode: z.enum(['right', 'all']),
  /** draft: what a programme's rows become is kept for her to go over, and goes nowhere yet. */
  as: z.optional(z.enum(['record', 'draft'])),
  note: z.optional(z.string().check(z.maxLength(500))),
  reason: z.optional(z.string().check(z.maxLength(500))),
})
export type CommitBody = z.infer<typeof commitBody>
export const commitDone = z.strictObject({ made: z.number(), left: z.number() })
/** `lines`: the rows that were used since or sent upward and stay; `advice`: where they are changed instead. */
export const undoDone = z.strictObject({
  undone: z.number(),
  kept: z.number(),
  lines: z.array(z.number()),
  advice: z.nullable(z.string()),
})
export type UndoDone = z.infer<typeof undoDone>
/** POST /api/intakes/:id/invitations: shown once. */
export const invitedList = z.array(
  z.strictObject({
    name: z.string(),
    login: z.string(),
    org: z.string(),
    link: z.string(),
    expiresAt: z.string(),
  }),
)
export { id as intakeId }
