import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { recordStates } from './workflow.ts'
import { sentTyped } from './typedApi.ts'

const values = z.record(z.string(), z.unknown())
const issue = z.strictObject({ field: z.string(), message: z.string() })
/** As the database writes it, in small letters: ids are compared as text too. */
export const uuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))

/** A line of a list, queue or trace. `values` holds the programme's list columns. */
export const recordRow = z.strictObject({
  id: z.string(),
  programme: z.string(),
  title: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  org: orgBrief,
  state: z.enum(recordStates),
  turnOf: z.nullable(orgBrief),
  version: z.number(),
  grade: z.string(),
  warnings: z.number(),
  /** Entered more than 30 days after the end (迟报): shown, blocks nothing. */
  late: z.boolean(),
  /** First counted after its period was locked (补报): in the live value, not in the published one. */
  afterLock: z.boolean(),
  /** Seen through the view line (会看) or as co-host (联办): no act. */
  viewed: z.boolean(),
  coHosted: z.boolean(),
  submittedAt: z.string(),
  values,
})
export type RecordRow = z.infer<typeof recordRow>

/** What a list may be filtered by; text as it stands in the URL. */
export const recordFilter = z.strictObject({
  org: z.optional(z.string()),
  state: z.optional(z.enum(recordStates)),
  from: z.optional(z.string()),
  until: z.optional(z.string()),
  q: z.optional(z.string().check(z.maxLength(60))),
  grade: z.optional(z.string()),
  /** 「field:value」 on a choice or yesNo field of the programme. */
  where: z.optional(z.string().check(z.maxLength(100))),
  /** What came in with one workbook, by its number. */
  batch: z.optional(uuid),
})
export type RecordFilter = z.infer<typeof recordFilter>

/** Query of GET /api/records/:programme */
export const recordQuery = z.strictObject({
  ...recordFilter.shape,
  size: z.optional(z.enum(['10', '20', '50', '100'])),
  page: z.optional(z.string()),
  after: z.optional(z.string()),
  before: z.optional(z.string()),
})
export type RecordQuery = z.infer<typeof recordQuery>

/** Exact up to 10,000, then capped (「1万条以上」). */
export const recordList = z.strictObject({
  rows: z.array(recordRow),
  count: z.number(),
  capped: z.boolean(),
  next: z.nullable(z.string()),
  previous: z.nullable(z.string()),
  /** Where one workbook is asked for: its file, unless nothing of it is to be seen. */
  batch: z.optional(z.nullable(z.strictObject({ file: z.string() }))),
})
export type RecordList = z.infer<typeof recordList>

/** GET /api/records/:programme/sums: over the whole query; null above 10,000 records. */
export const recordSums = z.strictObject({ sums: z.nullable(z.record(z.string(), z.number())) })
export type RecordSums = z.infer<typeof recordSums>

export const change = z.strictObject({ field: z.string(), old: z.unknown(), new: z.unknown() })
export type Change = z.infer<typeof change>

export const historyEntry = z.strictObject({
  version: z.number(),
  at: z.string(),
  person: z.string(),
  /** The colleague whom she acted for. */
  behalf: z.nullable(z.string()),
  org: z.string(),
  action: z.string(),
  state: z.string(),
  reason: z.nullable(z.string()),
  changes: z.array(change),
  /** The workbook and its row from which this version came. */
  origin: z.nullable(z.strictObject({ import: z.string(), file: z.string(), line: z.number() })),
})

export const remark = z.strictObject({
  field: z.string(),
  body: z.string(),
  person: z.string(),
  at: z.string(),
  resolved: z.boolean(),
})

/** A button: absent without the right, disabled with its reason in the wrong state. */
export const offeredAction = z.strictObject({
  action: z.string(),
  label: z.string(),
  asks: z.nullable(z.string()),
  danger: z.boolean(),
  disabled: z.nullable(z.string()),
})
export type OfferedAction = z.infer<typeof offeredAction>

/** A correction or request to void that waits for the accepting tier. */
export const pending = z.strictObject({
  id: z.string(),
  kind: z.enum(['correction', 'void']),
  state: z.string(),
  reason: z.string(),
  person: z.string(),
  at: z.string(),
  turnOf: z.nullable(orgBrief),
  changes: z.array(change),
  mayDecide: z.boolean(),
  /** Units that agreed already, in order. */
  consents: z.array(z.strictObject({ org: z.string(), person: z.string(), at: z.string() })),
  /** Units that locked the period and have still to agree after the one whose turn it is. */
  further: z.array(orgBrief),
  sequence: z.number(),
})

/** GET /api/records/:programme/:id */
export const recordDetail = z.strictObject({
  ...recordRow.shape,
  body: values,
  warningTexts: z.array(z.string()),
  warningNote: z.nullable(z.string()),
  submittedBy: z.string(),
  acceptor: z.string(),
  coHosts: z.array(orgBrief),
  history: z.array(historyEntry),
  remarks: z.array(remark),
  actions: z.array(offeredAction),
  contributions: z.array(
    z.strictObject({ indicator: z.string(), ym: z.number(), value: z.number(), accepted: z.boolean() }),
  ),
  pending: z.array(pending),
  /** Units that locked the month of this record: what they published stays, a correction needs their consent. */
  lockedBy: z.array(orgBrief),
  /** Frozen summaries whose figures contain this record. */
  citedBy: z.array(z.string()),
  /** Id of my open draft that edits this record, if any. */
  draftId: z.nullable(z.string()),
})
export type RecordDetail = z.infer<typeof recordDetail>

export const coHosts = z.array(z.int32()).check(z.maxLength(20))

/** POST /api/records/:programme */
export const newRecord = z.strictObject({
  body: values,
  coHosts: z.optional(coHosts),
  /** Needed when there are warnings; the reviewer sees it. */
  warningNote: z.optional(z.string().check(z.maxLength(500))),
})
export type NewRecord = z.infer<typeof newRecord>

/** POST /api/records/:programme/batch: all or nothing, at most 100. */
export const newRecords = z.strictObject({
  records: z.array(newRecord).check(z.minLength(1), z.maxLength(100)),
  ...sentTyped,
})

export const written = z.strictObject({
  id: z.string(),
  state: z.string(),
  version: z.number(),
  turnOf: z.nullable(orgBrief),
})
export type Written = z.infer<typeof written>
export const writtenAll = z.strictObject({ records: z.array(written) })

/** POST /api/records/:programme/:id/actions */
export const act = z.strictObject({
  action: z.enum(['withdraw', 'return', 'pass', 'accept', 'void', 'handOver']),
  version: z.int32(),
  reason: z.optional(z.string().check(z.maxLength(1000))),
  remarks: z.optional(
    z
      .array(
        z.strictObject({
          field: z.string().check(z.maxLength(80)),
          body: z.string().check(z.minLength(1), z.maxLength(500)),
        }),
      )
      .check(z.maxLength(50)),
  ),
  /** handOver 转办: whose turn it becomes. */
  toOrg: z.optional(z.int32()),
  /** 抄送: who else is told of a return or a hand-over. */
  copyTo: z.optional(z.array(z.int32()).check(z.maxLength(20))),
})
export type Act = z.infer<typeof act>

/** GET /api/review/queue and GET /api/inbox use the same card. */
export const boxes = ['review', 'fill', 'returned', 'mine', 'copied', 'done'] as const
export type Box = (typeof boxes)[number]
export const card = z.strictObject({
  kind: z.enum(['record', 'draft', 'correction', 'void', 'task', 'matter']),
  id: z.string(),
  recordId: z.nullable(z.string()),
  /** Empty where it is no record. */
  programme: z.string(),
  /** What it is, in a word or two; what is no record leads to its own page by `link`. */
  label: z.string(),
  link: z.nullable(z.string()),
  title: z.string(),
  org: orgBrief,
  person: z.string(),
  state: z.string(),
  at: z.string(),
  endsOn: z.nullable(z.string()),
  afterLock: z.boolean(),
  version: z.number(),
  warnings: z.number(),
  /** One line: what is asked of her, or who has it now. */
  what: z.string(),
  /** Until when it is to be dealt with, and how many working days that is from today: 0 today, negative when past. */
  dueOn: z.nullable(z.string()),
  left: z.nullable(z.number()),
  /** Minutes that it takes, by the burden rule. */
  minutes: z.nullable(z.number()),
})
export type Card = z.infer<typeof card>
export const inbox = z.strictObject({
  box: z.enum(boxes),
  /** By box; `queue` = of `review` the records alone, which are judged one after another. `atLeast`: of these boxes, and of the one that is read, there are more. */
  counts: z.record(z.string(), z.number()),
  atLeast: z.array(z.enum(boxes)),
  cards: z.array(card),
  next: z.nullable(z.string()),
})
export type Inbox = z.infer<typeof inbox>

/** PUT /api/drafts/:id: autosave, idempotent by id and sequence; any body is kept, faults are only told. `seen` = the copy that these values grew from (0 = none yet): kept only while it still stands. */
export const saveDraft = z.strictObject({
  programme: z.string().check(z.maxLength(40)),
  kind: z.enum(['draft', 'correction']),
  recordId: z.optional(z.nullable(uuid)),
  baseVersion: z.optional(z.nullable(z.int32())),
  body: values,
  sequence: z.int32(),
  seen: z.optional(z.int32()),
})
export type SaveDraft = z.infer<typeof saveDraft>
/** `theirs`: not kept, since the draft was filled elsewhere meanwhile; what it holds, to be merged. */
export const savedDraft = z.strictObject({
  id: z.string(),
  sequence: z.number(),
  savedAt: z.string(),
  theirs: z.nullable(values),
})
export type SavedDraft = z.infer<typeof savedDraft>

/** GET /api/drafts/:id */
export const draft = z.strictObject({
  id: z.string(),
  programme: z.string(),
  kind: z.enum(['draft', 'correction', 'void']),
  state: z.string(),
  recordId: z.nullable(z.string()),
  baseVersion: z.nullable(z.number()),
  reason: z.nullable(z.string()),
  verdict: z.nullable(z.string()),
  body: values,
  sequence: z.number(),
  savedAt: z.string(),
  org: orgBrief,
  /** Located remarks of the reviewer on the record behind the draft. */
  remarks: z.array(remark),
})
export type Draft = z.infer<typeof draft>

/** POST /api/drafts/:id/submit; a correction needs its reason. */
export const submitDraft = z.strictObject({
  body: values,
  coHosts: z.optional(coHosts),
  warningNote: z.optional(z.string().check(z.maxLength(500))),
  reason: z.optional(z.string().check(z.maxLength(1000))),
  /** Number of the copy that she looked at; refused when the draft was filled elsewhere since. */
  seen: z.optional(z.int32()),
})
/** POST /api/records/:programme/check: faults and warnings of a body, nothing written. */
export const check = z.strictObject({
  body: values,
  coHosts: z.optional(coHosts),
  id: z.optional(z.nullable(uuid)),
})
export const checked = z.strictObject({ issues: z.array(issue), warnings: z.array(issue) })
