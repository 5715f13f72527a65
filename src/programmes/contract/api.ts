import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { orgBrief } from '#org/api.ts'
import { stepStates } from './steps.ts'

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.refine(isDay, '日期应形如 2019-03-08'))
const short = (most: number) => z.string().check(z.maxLength(most))
const number = z.number()
const text = z.string()

export const inspectionResults = ['履行良好', '限期整改'] as const

export const inspection = z.strictObject({
  id: text,
  dueOn: text,
  checkedOn: z.nullable(text),
  result: z.nullable(z.enum(inspectionResults)),
  finding: text,
  fixBy: z.nullable(text),
  fixedOn: z.nullable(text),
  fixedNote: text,
  /** The look or the mending is past its day. */
  isLate: z.boolean(),
})
export type Inspection = z.infer<typeof inspection>

/** One contract of a chain; `id` is null for one that stands outside the system. */
const link = z.strictObject({
  id: z.nullable(text),
  regNo: text,
  signKind: z.nullable(text),
  state: z.nullable(text),
  termFromOn: z.nullable(text),
  termUntilOn: z.nullable(text),
})
export type ChainLink = z.infer<typeof link>

export const textFindings = ['与登记一致', '要求更正'] as const

/** A version of the text as signed. */
export const contractText = z.strictObject({
  n: number,
  /** The file among those of the record. */
  file: text,
  name: text,
  bytes: number,
  hash: text,
  why: text,
  by: text,
  at: text,
  isKept: z.boolean(),
  /** The day on which it was named, where the contract had been accepted before. */
  afterReviewOn: z.nullable(text),
  /** What the accepting unit found in it then. */
  look: z.nullable(z.strictObject({ finding: z.enum(textFindings), note: text, on: text, by: text })),
})
export type ContractText = z.infer<typeof contractText>

/** POST /api/contracts/:id/texts: `n` is the version that it becomes. */
export const newText = z.strictObject({
  file: z.uuid(),
  n: z.int().check(z.gte(1), z.lte(1000)),
  why: z.optional(short(200)),
})
export type NewText = z.infer<typeof newText>

/** POST /api/contracts/:id/text-looks: of the version that holds. */
export const newTextLook = z.strictObject({
  n: z.int().check(z.gte(1), z.lte(1000)),
  finding: z.enum(textFindings),
  note: z.optional(short(200)),
})
export type NewTextLook = z.infer<typeof newTextLook>

/** GET /api/contracts/:id */
export const contractDetail = z.strictObject({
  steps: z.array(
    z.strictObject({
      key: text,
      label: text,
      on: z.nullable(text),
      state: z.enum(stepStates),
      limit: text,
      basis: text,
    }),
  ),
  clauses: z.array(
    z.strictObject({
      item: text,
      quote: text,
      agreed: z.nullable(number),
      unit: text,
      floor: z.nullable(number),
      most: z.boolean(),
      basis: text,
      below: z.boolean(),
    }),
  ),
  silent: z.array(text),
  /** The oldest first; the contract itself is one of them. */
  chain: z.array(link),
  /** Contracts of the unit among which it was looked for. */
  siblings: z.number(),
  inspections: z.array(inspection),
  /** The one that holds first. */
  texts: z.array(contractText),
  may: z.strictObject({ inspect: z.boolean(), fix: z.boolean(), text: z.boolean(), lookAtText: z.boolean() }),
})
export type ContractDetail = z.infer<typeof contractDetail>

/** POST /api/contracts/:id/inspections */
export const newInspection = z.strictObject({ dueOn: day })
export type NewInspection = z.infer<typeof newInspection>

/** POST /api/contract-inspections/:id/result */
export const inspectionResult = z.strictObject({
  checkedOn: day,
  result: z.enum(inspectionResults),
  finding: z.optional(short(500)),
  fixBy: z.optional(day),
})
export type InspectionResult = z.infer<typeof inspectionResult>

/** POST /api/contract-inspections/:id/fix */
export const inspectionFix = z.strictObject({ fixedOn: day, note: short(500) })
export type InspectionFix = z.infer<typeof inspectionFix>

export const coverageShows = ['all', 'twice'] as const
const orgNo = z.string().check(z.regex(/^\d{1,9}$/))

/** GET /api/contract-coverage: what stands on a day in a scope. */
export const coverageQuery = z.strictObject({
  on: z.optional(day),
  org: z.optional(orgNo),
  q: z.optional(short(40)),
  show: z.optional(z.enum(coverageShows)),
  page: z.optional(z.string().check(z.regex(/^\d{1,4}$/))),
})
export type CoverageQuery = z.infer<typeof coverageQuery>

const sums = { contracts: number, firms: number, women: number }
export const coverage = z.strictObject({
  on: text,
  org: orgBrief,
  ...sums,
  /** Firms under more than one contract. */
  twice: number,
  /** Of the employers in the register with women at work, how many are covered. */
  rate: z.strictObject({ part: number, whole: number }),
  below: z.array(z.strictObject({ org: orgBrief, ...sums })),
  rows: z.array(
    z.strictObject({
      firm: text,
      creditCode: z.nullable(text),
      women: number,
      contracts: z.array(
        z.strictObject({
          id: text,
          regNo: text,
          org: text,
          signKind: text,
          effectiveOn: text,
          termUntilOn: text,
        }),
      ),
    }),
  ),
  /** How many firms the list holds. */
  found: number,
  page: number,
  perPage: number,
})
export type Coverage = z.infer<typeof coverage>

export const dueKinds = ['renewal', 'expired', 'publish', 'text', 'look', 'fix'] as const
export type DueKind = (typeof dueKinds)[number]

/** GET /api/contract-due: what presses. */
export const dueQuery = z.strictObject({
  kind: z.optional(z.enum(dueKinds)),
  page: z.optional(z.string().check(z.regex(/^\d{1,4}$/))),
})
export type DueQuery = z.infer<typeof dueQuery>
export const dueList = z.strictObject({
  kind: z.enum(dueKinds),
  counts: z.strictObject({
    renewal: number,
    expired: number,
    publish: number,
    text: number,
    look: number,
    fix: number,
  }),
  rows: z.array(
    z.strictObject({
      id: text,
      title: text,
      org: orgBrief,
      regNo: text,
      dueOn: text,
      /** Days until then; negative once it has gone. */
      left: number,
      note: text,
    }),
  ),
  page: number,
  perPage: number,
})
export type DueList = z.infer<typeof dueList>
