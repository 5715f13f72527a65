import * as z from 'zod/mini'
import { levels } from '#kit/head.ts'
import { orgBrief } from '#org/api.ts'
import { hindrances, noticeStates } from '#publicNotice/state.ts'
import { uuid } from '#record/api.ts'
import {
  actNames,
  stepNames,
  checkResults,
  classStates,
  ownFunds,
  paperKinds,
  seasons,
  staffDuties,
  verdicts,
} from './states.ts'

// No child is among these: places, children and days are numbers.

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))
const count = z.int().check(z.gte(0), z.lte(10_000))

/** POST /api/childcare/classes */
export const newClass = z.strictObject({
  title: words(60),
  season: z.enum(seasons),
  level: z.enum(levels),
  place: words(80),
  hours: words(60),
  fromOn: day,
  untilOn: day,
  places: count,
  ownFund: z.enum(ownFunds),
  ownAmount: z.number(),
})
export type NewClass = z.infer<typeof newClass>
export const classEdit = z.strictObject({ ...newClass.shape, version: z.int32() })
export const classDone = z.strictObject({
  id: z.string(),
  state: z.enum(classStates),
  version: z.number(),
})
export type ClassDone = z.infer<typeof classDone>

export const paperLine = z.strictObject({
  kind: z.enum(paperKinds),
  number: words(60),
  issuer: words(60),
  validUntil: day,
})
export type PaperLine = z.infer<typeof paperLine>

const scan = z.strictObject({ name: z.string(), bytes: z.number() })
/** PUT and GET …/papers/:kind/scan */
export const scanParam = z.strictObject({ id: uuid, kind: z.enum(paperKinds) })
/** POST …/papers/:kind/scan/withdrawal */
export const scanBack = z.strictObject({ reason: words(200) })

export const newStaff = z.strictObject({ name: words(30), duty: z.enum(staffDuties) })
/** What a check said and when; what was found is asked by nobody. */
export const staffCheck = z.strictObject({
  result: z.enum(checkResults),
  checkedOn: day,
  version: z.int32(),
  /** Only where somebody who was not to be let in now may. */
  reason: z.optional(words(200)),
})
export type StaffCheck = z.infer<typeof staffCheck>
/** The last day of her health certificate. */
export const staffHealth = z.strictObject({ healthUntil: day, version: z.int32() })
export const staffNote = z.union([staffCheck, staffHealth])
export type StaffHealth = z.infer<typeof staffHealth>
const staffLine = z.strictObject({
  id: z.string(),
  name: z.string(),
  duty: z.enum(staffDuties),
  result: z.nullable(z.enum(checkResults)),
  checkedOn: z.nullable(z.string()),
  checkedBy: z.nullable(z.string()),
  version: z.number(),
  /** Longer ago than the rule lets it hold. */
  stale: z.boolean(),
  healthUntil: z.nullable(z.string()),
})
export type StaffLine = z.infer<typeof staffLine>

/** PUT …/children and …/sessions: `came` null takes a day back that was noted by mistake. */
export const enrolled = z.strictObject({ children: count })
export const sessionNote = z.strictObject({ onDay: day, came: z.nullable(count) })
export const newReview = z.strictObject({
  institution: words(60),
  onDay: day,
  verdict: z.enum(verdicts),
})
export type NewReview = z.infer<typeof newReview>
export const classStep = z.strictObject({
  act: z.enum(actNames),
  version: z.int32(),
  reason: z.optional(words(200)),
})
export type ClassStep = z.infer<typeof classStep>

const classLine = z.strictObject({
  id: z.string(),
  title: z.string(),
  org: orgBrief,
  state: z.enum(classStates),
  version: z.number(),
  season: z.enum(seasons),
  fromOn: z.string(),
  untilOn: z.string(),
  places: z.number(),
  children: z.nullable(z.number()),
  /** Days noted so far. */
  days: z.number(),
})
export type ClassLine = z.infer<typeof classLine>
/** GET /api/childcare/classes */
export const classQuery = z.strictObject({ state: z.optional(z.enum(classStates)) })
export const classList = z.strictObject({ rows: z.array(classLine), more: z.boolean() })
export type ClassList = z.infer<typeof classList>

const reviewLine = z.strictObject({
  id: z.string(),
  institution: z.string(),
  onDay: z.string(),
  verdict: z.enum(verdicts),
})
const stepLine = z.strictObject({
  act: z.enum(stepNames),
  org: z.string(),
  by: z.string(),
  onDay: z.string(),
  reason: z.string(),
})

/** GET /api/childcare/classes/:id */
export const classDetail = z.strictObject({
  ...classLine.shape,
  level: z.enum(levels),
  place: z.string(),
  hours: z.string(),
  ownFund: z.enum(ownFunds),
  ownAmount: z.number(),
  publishedOn: z.nullable(z.string()),
  finishedOn: z.nullable(z.string()),
  closedOn: z.nullable(z.string()),
  recordId: z.nullable(z.string()),
  papers: z.array(z.strictObject({ ...paperLine.shape, scan: z.nullable(scan) })),
  /** Whether it is shown only with a scan of each. */
  asksScans: z.boolean(),
  /** Who works there: for their own unit alone; above, `blocks` says whether all are checked. */
  staff: z.nullable(z.array(staffLine)),
  /** How many there were when it was last shown, all of them checked. */
  staffShown: z.nullable(z.number()),
  /** Whether health certificates were asked for when it was last shown. */
  certifiedShown: z.boolean(),
  /** Why it may be shown to nobody; [] = nothing is lacking. */
  blocks: z.array(z.string()),
  sessions: z.array(z.strictObject({ onDay: z.string(), came: z.number() })),
  came: z.number(),
  /** Children who had a place, summed over all days noted. */
  due: z.number(),
  reviews: z.array(reviewLine),
  steps: z.array(stepLine),
  /** What the city adds as it stands, or as it was fixed at the end. */
  subsidy: z.strictObject({
    yuan: z.number(),
    lacking: z.array(z.string()),
    version: z.string(),
    basis: z.string(),
    fixed: z.boolean(),
  }),
  /** The public notice under which the city shows the application. */
  notice: z.nullable(
    z.strictObject({
      id: z.string(),
      state: z.enum(noticeStates),
      closesOn: z.string(),
      hindrance: z.nullable(z.enum(hindrances)),
    }),
  ),
  isOwner: z.boolean(),
  acts: z.array(z.enum(actNames)),
  mayEdit: z.boolean(),
  /** Papers and staff: until the class has ended. */
  mayKeep: z.boolean(),
  mayNote: z.boolean(),
  mayReview: z.boolean(),
})
export type ClassDetail = z.infer<typeof classDetail>

/** GET /api/childcare/open: for anybody. */
const openClass = z.strictObject({
  id: z.string(),
  title: z.string(),
  orgName: z.string(),
  season: z.enum(seasons),
  place: z.string(),
  hours: z.string(),
  fromOn: z.string(),
  untilOn: z.string(),
  places: z.number(),
  /** Whether any place is left. */
  isFull: z.boolean(),
})
export const openClasses = z.array(openClass)
export type OpenClasses = z.infer<typeof openClasses>

export const staffParam = z.strictObject({ id: uuid, staffId: uuid })
