import * as z from 'zod/mini'
import { funds } from '#kit/activity.ts'
import { orgBrief } from '#org/api.ts'
import { aidKinds, paidKinds } from '#programmes/hardship/definition.ts'
import { noticeStates } from '#publicNotice/state.ts'
import { uuid } from '#record/api.ts'
import { aidStates, closings, duties, fileStates, lineStates, steps, type StepName } from './states.ts'

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const said = z.string().check(z.maxLength(200))
const values = z.record(z.string(), z.unknown())
export const mostAtOnce = 200
export const ids = z.strictObject({ ids: z.array(uuid).check(z.minLength(1), z.maxLength(mostAtOnce)) })

/** GET /api/hardship/handlers */
export const handler = z.strictObject({
  id: z.string(),
  name: z.string(),
  org: orgBrief,
  duty: z.enum(duties),
  namedAt: z.string(),
})
/** Cadres who may be named: of the unit asked for. */
export const handlers = z.strictObject({
  rows: z.array(handler),
  offered: z.array(z.strictObject({ accountId: z.string(), name: z.string() })),
})
export type Handlers = z.infer<typeof handlers>
export const handlersQuery = z.strictObject({ org: z.optional(z.string().check(z.regex(/^\d{1,9}$/))) })
export const newHandler = z.strictObject({ orgId: z.int32(), accountId: uuid, duty: z.enum(duties) })

export const fileLine = z.strictObject({
  id: z.string(),
  no: z.nullable(z.string()),
  name: z.string(),
  org: orgBrief,
  state: z.enum(fileStates),
  version: z.number(),
  appliedOn: z.string(),
  openedOn: z.nullable(z.string()),
  closedOn: z.nullable(z.string()),
  /** Last day on which aid may be given without another check. */
  recheckBy: z.nullable(z.string()),
  touchedOn: z.string(),
  aids: z.number(),
  /** 公示 that it stands in. */
  notice: z.nullable(z.enum(noticeStates)),
})
export type FileLine = z.infer<typeof fileLine>

/** 提醒名单: what nobody must overlook. */
export const watches = ['due', 'untouched', 'neverAided', 'afterExit'] as const
export type Watch = (typeof watches)[number]
export const watchWords: Readonly<Record<Watch, string>> = {
  due: '应复核',
  untouched: '一年没有动过',
  neverAided: '建档后从未帮扶',
  afterExit: '销档日后仍有帮扶',
}

/** GET /api/hardship/files */
export const fileQuery = z.strictObject({
  state: z.optional(z.enum(fileStates)),
  watch: z.optional(z.enum(watches)),
  q: z.optional(z.string().check(z.maxLength(40))),
})
export type FileQuery = z.infer<typeof fileQuery>
export const fileList = z.strictObject({
  /** As what the reader is named here; empty: she sees no file. */
  duties: z.array(z.enum(duties)),
  isCentre: z.boolean(),
  mayName: z.boolean(),
  rows: z.array(fileLine),
  more: z.boolean(),
  counts: z.record(z.string(), z.number()),
  watched: z.record(z.string(), z.number()),
})
export type FileList = z.infer<typeof fileList>

export const newFile = z.strictObject({
  personId: uuid,
  /** Day on which she signed the consent; absent where the register holds it already. */
  agreedOn: z.optional(day),
  body: values,
})
export const fileEdit = z.strictObject({ version: z.int32(), body: values })
export const fileDone = z.strictObject({ id: z.string(), state: z.enum(fileStates), version: z.number() })
export type FileDone = z.infer<typeof fileDone>

export const fileStep = z.strictObject({
  step: z.enum(Object.keys(steps) as [StepName, ...StepName[]]),
  version: z.int32(),
  reason: z.optional(said),
  /** visit */
  visitedOn: z.optional(day),
  authorisedOn: z.optional(day),
  visitors: z.optional(z.string().check(z.maxLength(60))),
  exclusions: z.optional(z.array(z.string().check(z.maxLength(20))).check(z.maxLength(50))),
  /** recheck */
  body: z.optional(values),
  /** close */
  on: z.optional(day),
  closedFor: z.optional(z.enum(closings)),
})
export type FileStep = z.infer<typeof fileStep>

export const aid = z.strictObject({
  id: z.string(),
  /** Null for condolence money, which has no file. */
  fileId: z.nullable(z.string()),
  fileNo: z.nullable(z.string()),
  name: z.string(),
  org: orgBrief,
  kind: z.enum(paidKinds),
  period: z.string(),
  amount: z.number(),
  fund: z.enum(funds),
  state: z.enum(aidStates),
  version: z.number(),
  askedOn: z.string(),
  paidOn: z.nullable(z.string()),
  receiptBy: z.nullable(z.string()),
  receiptOn: z.nullable(z.string()),
  answer: z.nullable(z.string()),
  entered: z.string(),
  checked: z.nullable(z.string()),
  approved: z.nullable(z.string()),
  payer: z.nullable(z.string()),
  /** Paid after the day on which the file ended. */
  afterExit: z.boolean(),
  /** What the reader may do to it now. */
  acts: z.array(z.string()),
  /** Whether what is sealed of it may be opened here. */
  mayReveal: z.boolean(),
})
export type Aid = z.infer<typeof aid>

/** GET /api/hardship/files/:id; nothing that is sealed. */
export const fileDetail = z.strictObject({
  ...fileLine.shape,
  personId: z.string(),
  centre: orgBrief,
  masks: z.strictObject({ idNumber: z.nullable(z.string()), phone: z.nullable(z.string()) }),
  visitedOn: z.nullable(z.string()),
  authorisedOn: z.nullable(z.string()),
  visitors: z.nullable(z.string()),
  closedFor: z.nullable(z.string()),
  noticeId: z.nullable(z.string()),
  consent: z.enum(['given', 'outdated', 'withdrawn', 'none']),
  /** To leave for the national system. */
  national: z.enum(['given', 'outdated', 'withdrawn', 'none']),
  way: z.array(
    z.strictObject({
      step: z.string(),
      on: z.string(),
      org: z.string(),
      person: z.string(),
      note: z.nullable(z.string()),
    }),
  ),
  results: z.array(
    z.strictObject({
      on: z.string(),
      occasion: z.enum(['verify', 'recheck']),
      version: z.string(),
      basis: z.string(),
    }),
  ),
  aids: z.array(aid),
  acts: z.array(z.enum(Object.keys(steps) as [StepName, ...StepName[]])),
  mayEdit: z.boolean(),
  mayReveal: z.boolean(),
  /** Kinds that may be asked for, each with the period of today and the most. */
  offers: z.array(
    z.strictObject({ kind: z.enum(aidKinds), period: z.string(), most: z.number(), taken: z.boolean() }),
  ),
  exclusions: z.array(z.strictObject({ code: z.string(), text: z.string() })),
})
export type FileDetail = z.infer<typeof fileDetail>

export const revealFile = z.strictObject({ reason: said })
export const judged = z.strictObject({
  category: z.nullable(z.string()),
  perHead: z.number(),
  share: z.nullable(z.number()),
  inputs: z.record(z.string(), z.unknown()),
  why: z.array(z.string()),
})
export const revealedFile = z.strictObject({ household: values, result: z.nullable(judged) })
export type RevealedFile = z.infer<typeof revealedFile>

/** What became of an exchange file, line by line where something was not taken. */
export const answered = z.strictObject({
  taken: z.number(),
  failed: z.number(),
  again: z.number(),
  faults: z.array(z.strictObject({ row: z.number(), message: z.string() })),
})
export type Answered = z.infer<typeof answered>

export const inquirySheet = z.strictObject({
  id: z.string(),
  askedOn: z.string(),
  askedBy: z.string(),
  count: z.number(),
  waiting: z.number(),
  differs: z.number(),
})
export const inquirySheets = z.array(inquirySheet)
export type InquirySheets = z.infer<typeof inquirySheets>
export const made = z.strictObject({ id: z.string(), count: z.number() })
export const newNotice = z.strictObject({ ...ids.shape, title: z.string().check(z.trim(), z.maxLength(60)) })

/** GET /api/hardship/aids */
export const aidQuery = z.strictObject({ state: z.optional(z.enum(aidStates)) })
export const aidList = z.strictObject({ rows: z.array(aid), more: z.boolean() })
export type AidList = z.infer<typeof aidList>
export const newAid = z.strictObject({
  fileId: uuid,
  kind: z.enum(aidKinds),
  amount: z.number(),
  fund: z.enum(funds),
})
export type NewAid = z.infer<typeof newAid>
export const aidSteps = ['check', 'approve', 'refuse', 'receipt'] as const
export const aidStep = z.strictObject({
  step: z.enum(aidSteps),
  version: z.int32(),
  reason: z.optional(said),
  /** receipt */
  by: z.optional(z.string().check(z.maxLength(30))),
  on: z.optional(day),
})
export type AidStep = z.infer<typeof aidStep>
export const aidDone = z.strictObject({ id: z.string(), state: z.enum(aidStates), version: z.number() })

/** GET /api/hardship/condolence-terms: what holds today. */
export const condolenceToday = z.strictObject({
  plan: z.string(),
  base: z.number(),
  mostOwn: z.number(),
  conditions: z.array(z.strictObject({ text: z.string() })),
  basis: z.string(),
})

/** POST /api/hardship/condolences */
export const newCondolence = z.strictObject({
  personId: uuid,
  /** The day on which she signed; absent where she agreed here. */
  agreedOn: z.optional(day),
  /** Whoever enters it has looked at her papers, which fit the terms, and gave them back. */
  isEligible: z.boolean(),
  fund: z.enum(funds),
  body: values,
})
export type NewCondolence = z.infer<typeof newCondolence>
export const revealedClaim = values

export const batch = z.strictObject({
  id: z.string(),
  no: z.string(),
  kind: z.enum(paidKinds),
  fund: z.enum(funds),
  madeOn: z.string(),
  madeBy: z.string(),
  count: z.number(),
  amount: z.number(),
  lines: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      unit: z.string(),
      amount: z.number(),
      state: z.enum(lineStates),
      answeredOn: z.nullable(z.string()),
      fault: z.nullable(z.string()),
      replaces: z.nullable(z.string()),
      /** The line that took a failed one's place. */
      replacedBy: z.nullable(z.string()),
    }),
  ),
})
export type Batch = z.infer<typeof batch>
export const batches = z.array(batch)
