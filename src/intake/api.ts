import * as z from 'zod/mini'
import { lineStates } from './target.ts'

const id = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))
const target = z.string().check(z.maxLength(40))
const key = z.string().check(z.maxLength(60))

/** Days for which a workbook waits, and hours within which what it became can be taken back. */
export const keptDays = 7
export const undoHours = 24

export const targetParam = z.strictObject({ target })
/** PUT /api/intakes/:id: the bytes; the name is only shown. */
export const intakeUpload = z.strictObject({ target, name: z.string().check(z.maxLength(200)) })

export const lineIssue = z.strictObject({
  column: z.nullable(z.string()),
  message: z.string(),
  level: z.enum(['error', 'warning']),
})

const counts = z.strictObject({
  right: z.number(),
  warned: z.number(),
  wrong: z.number(),
  same: z.number(),
  done: z.number(),
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
})
export type IntakeDetail = z.infer<typeof intakeDetail>

export const intakeRow = z.strictObject({
  line: z.number(),
  state: z.enum(lineStates),
  cells: z.record(z.string(), z.string()),
  issues: z.array(lineIssue),
})
export type IntakeRow = z.infer<typeof intakeRow>
export const rowsQuery = z.strictObject({
  sheet: z.optional(key),
  state: z.optional(z.enum(lineStates)),
  after: z.optional(z.string().check(z.regex(/^\d{1,7}$/))),
  /** Only this line. */
  line: z.optional(z.string().check(z.regex(/^\d{1,7}$/))),
})
export type RowsQuery = z.infer<typeof rowsQuery>
export const rowList = z.strictObject({ rows: z.array(intakeRow), next: z.nullable(z.number()) })

const version = z.number()
export const mappingBody = z.strictObject({
  version,
  sheet: key,
  mapping: z.array(z.nullable(key)).check(z.maxLength(200)),
})
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
/** right: the rows without error; all: only if none has one. */
export const commitBody = z.strictObject({ version, mode: z.enum(['right', 'all']) })
export type CommitBody = z.infer<typeof commitBody>
export const commitDone = z.strictObject({ made: z.number(), left: z.number() })
export const undoDone = z.strictObject({ undone: z.number(), kept: z.number() })
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
