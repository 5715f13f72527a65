import * as z from 'zod/mini'
import { roles } from '#identity/api.ts'
import { orgBrief } from '#org/api.ts'
import { standingKinds } from './form.ts'
import { accessFields, consentPurposes, readPurposes, sealedFields } from './purposes.ts'
import { lacks } from './lacks.ts'

const id = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const reason = z.string().check(z.maxLength(200))
const kind = z.enum(standingKinds)

/** Values of a form; the rules of the register say what is wrong with each. */
export const personBody = z.strictObject({ body: z.record(z.string(), z.unknown()) })
export const personEdit = z.strictObject({ ...personBody.shape, version: z.number() })
export const personDone = z.strictObject({ id: z.string(), version: z.number() })

/** Query of GET /api/persons; never a number, which would stand in addresses and logs. */
export const personQuery = z.strictObject({
  org: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
  q: z.optional(z.string().check(z.maxLength(40))),
  kind: z.optional(kind),
  sex: z.optional(z.enum(['女', '男'])),
  group: z.optional(z.string().check(z.maxLength(20))),
  /** left: whose last membership has ended. */
  standing: z.optional(z.enum(['current', 'left'])),
  /** Whose entry lacks this. */
  lacks: z.optional(z.enum(lacks)),
  after: z.optional(z.string().check(z.maxLength(300))),
  size: z.optional(z.enum(['20', '50', '100'])),
})
export type PersonQuery = z.infer<typeof personQuery>

export const personLine = z.strictObject({
  id: z.string(),
  name: z.string(),
  sex: z.string(),
  birthYear: z.nullable(z.number()),
  phone: z.nullable(z.string()),
  org: orgBrief,
  kind,
  fromOn: z.string(),
  untilOn: z.nullable(z.string()),
  group: z.nullable(z.string()),
})
export type PersonLine = z.infer<typeof personLine>
export const personList = z.strictObject({
  rows: z.array(personLine),
  count: z.number(),
  capped: z.boolean(),
  next: z.nullable(z.string()),
})
export type PersonList = z.infer<typeof personList>

export const membership = z.strictObject({
  org: orgBrief,
  kind,
  fromOn: z.string(),
  untilOn: z.nullable(z.string()),
  joinedBy: z.string(),
  leftBy: z.nullable(z.string()),
  reason: z.nullable(z.string()),
})
export type Membership = z.infer<typeof membership>

export const consentState = z.strictObject({
  purpose: z.enum(consentPurposes),
  /** given: to the words of today; outdated: to other words; withdrawn, none. */
  state: z.enum(['given', 'outdated', 'withdrawn', 'none']),
  givenOn: z.nullable(z.string()),
  form: z.nullable(z.enum(['self', 'paper'])),
  textVersion: z.nullable(z.number()),
  /** The words of today and their digest, which an agreement sends back. */
  text: z.string(),
  textHash: z.string(),
})
export type ConsentState = z.infer<typeof consentState>

/** Requests that a second person decides. */
export const requestKinds = ['transfer', 'merge', 'erase', 'join', 'nominate'] as const
/** Asked by herself, and a matter of her own unit alone. */
export const ownRequestKinds = ['join', 'nominate'] as const
export const isOwnUnits = (kind: (typeof requestKinds)[number]): boolean =>
  (ownRequestKinds as readonly string[]).includes(kind)
export const requestStates = ['open', 'done', 'refused', 'undone'] as const
export const personRequest = z.strictObject({
  id: z.string(),
  kind: z.enum(requestKinds),
  state: z.enum(requestStates),
  person: z.nullable(z.strictObject({ id: z.string(), name: z.nullable(z.string()) })),
  other: z.nullable(z.strictObject({ id: z.string(), name: z.nullable(z.string()) })),
  fromOrg: orgBrief,
  toOrg: z.nullable(orgBrief),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(z.string()),
  answer: z.nullable(z.string()),
  /** Why the reader may not decide it, or null when she may. */
  mayNot: z.nullable(z.string()),
  mayUndo: z.boolean(),
})
export type PersonRequest = z.infer<typeof personRequest>

export const holdKinds = ['complaint', 'claim', 'investigation', 'litigation', 'other'] as const
export type HoldKind = (typeof holdKinds)[number]
/** 暂缓清除: what keeps a person's data beyond their term. */
export const hold = z.strictObject({
  id: z.string(),
  kind: z.enum(holdKinds),
  reason: z.string(),
  untilOn: z.string(),
  org: orgBrief,
  setBy: z.string(),
  setAt: z.string(),
  liftedBy: z.nullable(z.string()),
  liftedAt: z.nullable(z.string()),
  liftReason: z.nullable(z.string()),
  /** over: its day has passed; lifted before. */
  state: z.enum(['open', 'over', 'lifted']),
})
export type Hold = z.infer<typeof hold>
export const holdBody = z.strictObject({ kind: z.enum(holdKinds), reason, untilOn: day })

export const personDetail = z.strictObject({
  id: z.string(),
  version: z.number(),
  state: z.enum(['active', 'merged']),
  mergedInto: z.nullable(z.string()),
  org: orgBrief,
  /** What stands in clear, by the names of the form; birth by its year alone. */
  values: z.record(z.string(), z.unknown()),
  birthYear: z.nullable(z.number()),
  masks: z.strictObject({
    idNumber: z.nullable(z.string()),
    phone: z.nullable(z.string()),
    guardian: z.boolean(),
  }),
  guardianAgreedOn: z.nullable(z.string()),
  memberships: z.array(membership),
  consents: z.array(consentState),
  requests: z.array(personRequest),
  mayEdit: z.boolean(),
  /** Null for whoever may not hold: then it is not told whether there is one. */
  holds: z.nullable(z.array(hold)),
  /** Sealed values that this reader may open, with a purpose and a reason. */
  mayReveal: z.array(z.enum(sealedFields)),
  /** Those that she may open in an emergency alone. */
  mayEmergency: z.array(z.enum(sealedFields)),
})
export type PersonDetail = z.infer<typeof personDetail>

/** POST /api/persons/check: the number travels in the body, which no log keeps. */
export const personCheck = z.strictObject({
  idKind: z.string().check(z.maxLength(20)),
  idNumber: z.string().check(z.maxLength(60)),
})
export const personFound = z.strictObject({
  /** own: in this unit; scope: in a unit below; elsewhere: out of sight. */
  place: z.enum(['none', 'own', 'scope', 'elsewhere']),
  person: z.nullable(z.strictObject({ id: z.string(), name: z.string(), org: orgBrief })),
  facts: z.nullable(z.strictObject({ sex: z.string(), birth: z.string(), warning: z.nullable(z.string()) })),
})
export type PersonFound = z.infer<typeof personFound>

export const transferBody = z.strictObject({
  ...personCheck.shape,
  name: z.string().check(z.maxLength(60)),
  reason,
})
export const transferDone = z.strictObject({ outcome: z.enum(['asked', 'moved']) })

export const moveBody = z.strictObject({ orgId: z.number(), on: day, reason })
export const leaveReasons = ['退会', '除名', '离职', '退休', '死亡'] as const
export const leaveBody = z.strictObject({ on: day, leftBy: z.enum(leaveReasons), reason })

/** 入会, 保留会籍, 恢复会籍: she stays in the unit and is something else there from a day on. */
export const standingTurns = ['join', 'keep', 'resume'] as const
export type StandingTurn = (typeof standingTurns)[number]
/** For what a membership is kept (中国工会章程: 会员失业、长期离岗等可保留会籍). */
export const keepReasons = ['下岗失业', '长期离岗', '离职待业', '脱产学习', '其他'] as const
export const standingBody = z.strictObject({
  turn: z.enum(standingTurns),
  on: day,
  keptFor: z.optional(z.enum(keepReasons)),
  reason,
})

export const revealBody = z.strictObject({
  field: z.enum(sealedFields),
  purpose: z.enum(readPurposes),
  reason,
})
export const revealed = z.strictObject({ value: z.nullable(z.string()) })

export const requestBody = z.strictObject({
  kind: z.enum(['merge', 'erase']),
  otherId: z.optional(id),
  reason,
})
export const requestList = z.array(personRequest)
export const decisionBody = z.strictObject({ verdict: z.enum(['accept', 'refuse']), answer: reason })
export const undoBody = z.strictObject({ reason })

export const paperConsent = z.strictObject({
  purpose: z.enum(consentPurposes),
  givenOn: day,
  /** For the national system: her family signed the paper too. */
  withFamily: z.optional(z.boolean()),
})
export const consentParam = z.strictObject({ purpose: z.enum(consentPurposes) })
export const consentBody = z.strictObject({ agree: z.boolean(), textHash: z.string().check(z.maxLength(64)) })

/** GET /api/my: null where the account is of nobody in the register. */
export const myData = z.strictObject({
  person: z.nullable(
    z.strictObject({
      name: z.string(),
      values: z.record(z.string(), z.unknown()),
      birthYear: z.nullable(z.number()),
      masks: personDetail.shape.masks,
      memberships: z.array(membership),
      consents: z.array(consentState),
      requests: z.array(personRequest),
    }),
  ),
})
export type MyData = z.infer<typeof myData>

export const accessLine = z.strictObject({
  at: z.string(),
  org: z.string(),
  role: z.enum(roles),
  field: z.enum(accessFields),
  purpose: z.enum(readPurposes),
  reason: z.string(),
  self: z.boolean(),
})
export const accessList = z.strictObject({ rows: z.array(accessLine), next: z.nullable(z.string()) })
export type AccessList = z.infer<typeof accessList>
export const accessQuery = z.strictObject({ after: z.optional(z.string().check(z.maxLength(80))) })
/** POST /api/my/export: as data, or as a document to read. */
export const copyQuery = z.strictObject({ format: z.optional(z.enum(['json', 'docx'])) })
export const myErasure = z.strictObject({ reason })
/** POST /api/my/nominees: whom to honour, herself or another of her union, as a word to her unit. */
export const myNominee = z.strictObject({
  name: z.string().check(z.trim(), z.maxLength(30)),
  deeds: z.string().check(z.trim(), z.maxLength(1000)),
})
/** POST /api/my/join: who she is stands in the register already. */
export const myJoin = z.strictObject({ note: z.string().check(z.trim(), z.maxLength(200)) })
