import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { period, withheld } from '../api.ts'
import { layoutKeys } from './layouts.ts'

export const layoutParam = z.strictObject({ layout: z.enum(layoutKeys) })
export const tableQuery = z.strictObject({
  org: z.optional(z.string()),
  year: z.optional(z.string()),
  part: z.optional(z.string()),
  revision: z.optional(z.string()),
})
export type TableQuery = z.infer<typeof tableQuery>

/** none: nobody has opened it yet. */
export const tableStates = ['none', 'open', 'submitted', 'signed'] as const
const state = z.enum(tableStates)
export type TableState = z.infer<typeof state>

const head = z.strictObject({
  formNo: z.string(),
  issuer: z.string(),
  approvalNo: z.string(),
  validFrom: z.string(),
  validUntil: z.string(),
})
export type TableHead = z.infer<typeof head>

/** GET /api/statutory?year=: the tables of a year, of the unit itself. */
export const tableList = z.array(
  z.strictObject({
    layout: z.enum(layoutKeys),
    part: z.number(),
    period,
    dueOn: z.string(),
    /** The period is over, so that it can be signed. */
    isOver: z.boolean(),
    state,
    revision: z.number(),
    signedOn: z.nullable(z.string()),
  }),
)
export type TableList = z.infer<typeof tableList>

/** Money does not occur; a value is null where it is withheld, or not typed yet. */
const cell = z.strictObject({
  code: z.string(),
  value: z.nullable(z.number()),
  before: z.nullable(z.number()),
  withheld: z.optional(withheld),
  /** Of a signed table: what the books say now, where it differs. */
  live: z.optional(z.number()),
})
export type Cell = z.infer<typeof cell>

/** GET /api/statutory/:layout */
export const table = z.strictObject({
  org: orgBrief,
  layout: z.enum(layoutKeys),
  year: z.number(),
  part: z.number(),
  period,
  isOver: z.boolean(),
  state,
  revision: z.number(),
  /** All revisions that there are, newest first. */
  revisions: z.array(z.number()),
  version: z.number(),
  head: z.nullable(head),
  /** The day of which the register tells; null in tables signed before it was kept. */
  registerOn: z.nullable(z.string()),
  /** Head counts are of that day too; not in tables signed before they had days. */
  areHeadsOfDay: z.boolean(),
  /** The month in which the unit's books began; null where they are empty, and in tables signed before it was kept. */
  beganYm: z.nullable(z.number()),
  cells: z.array(cell),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      level: z.enum(['must', 'ask']),
      codes: z.array(z.string()),
      message: z.string(),
    }),
  ),
  notes: z.record(z.string(), z.string()),
  /** Why it was handed back or opened anew. */
  reason: z.string(),
  preparedBy: z.nullable(z.string()),
  signed: z.nullable(z.strictObject({ by: z.string(), at: z.string(), hash: z.string() })),
  mayFill: z.boolean(),
  maySign: z.boolean(),
})
export type StatutoryTable = z.infer<typeof table>

const code = z.string().check(z.maxLength(4))
/** PUT /api/statutory/:layout; `version` 0 = nobody has opened it yet. */
export const tableSave = z.strictObject({
  year: z.number(),
  part: z.number(),
  version: z.number(),
  asked: z.record(code, z.nullable(z.number())),
  notes: z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(500))),
})
export type TableSave = z.infer<typeof tableSave>
export const tableSaved = z.strictObject({ version: z.number() })

const act = {
  year: z.number(),
  part: z.number(),
  version: z.number(),
  reason: z.optional(z.string().check(z.maxLength(500))),
}
/** POST /api/statutory/:layout/submission: hands it to whoever signs, or opens a signed one anew. */
export const submission = z.strictObject({ ...act, action: z.enum(['submit', 'reopen']) })
/** POST /api/statutory/:layout/decision, by a second person. */
export const decision = z.strictObject({ ...act, action: z.enum(['return', 'sign']) })
export type TableAct = z.infer<typeof submission> | z.infer<typeof decision>

const word = z.string().check(z.maxLength(100))
/** PUT /api/statutory/:layout/head */
export const headSave = z.strictObject({
  formNo: word,
  issuer: word,
  approvalNo: word,
  validFrom: word,
  validUntil: word,
})
