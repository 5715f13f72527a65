import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { orgBrief, tiers } from '../api.ts'

const id = z.int().check(z.gte(1), z.lte(2_000_000_000))
const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
const heads = z.int().check(z.gte(0), z.lte(9_999_999))
const ym = z.int().check(z.gte(190001), z.lte(299912))

/** POST /api/org-changes: what is asked for. */
export const changePlan = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('found'),
    parentId: id,
    code: z.string().check(z.regex(/^[0-9A-Za-z-]{2,30}$/)),
    name: words(100),
    shortName: words(40),
    tier: z.enum(tiers),
    orgType: words(20),
    foundedOn: z.string().check(z.refine(isDay)),
    approvalNo: words(60),
    workers: heads,
    womenWorkers: heads,
    members: heads,
    womenMembers: heads,
  }),
  z.strictObject({ kind: z.literal('merge'), orgId: id, intoId: id, fromYm: ym, docNo: words(100) }),
  z.strictObject({ kind: z.literal('move'), orgId: id, parentId: id, fromYm: ym, docNo: words(100) }),
])
export type ChangePlan = z.infer<typeof changePlan>

/** POST /api/org-changes/preview: what would go where, in sentences. */
export const changePreview = z.strictObject({
  lines: z.array(z.string()),
  consents: z.array(orgBrief),
})
export type ChangePreview = z.infer<typeof changePreview>

export const changeActs = ['consent', 'do', 'refuse', 'withdraw', 'undo'] as const
export type ChangeAct = (typeof changeActs)[number]

/** POST /api/org-changes/:id/decision */
export const changeDecision = z.strictObject({
  act: z.enum(changeActs),
  version: z.int(),
  reason: z.optional(z.string().check(z.maxLength(200))),
})
export type ChangeDecision = z.infer<typeof changeDecision>

export const changeStates = ['asked', 'done', 'refused', 'withdrawn', 'undone'] as const

/** GET /api/org-changes */
export const changeLine = z.strictObject({
  id: z.string(),
  kind: z.enum(['found', 'merge', 'move']),
  state: z.enum(changeStates),
  title: z.string(),
  unit: orgBrief,
  askedBy: z.string(),
  askedOrg: orgBrief,
  askedOn: z.string(),
  doneOn: z.nullable(z.string()),
  undoUntil: z.nullable(z.string()),
  reason: z.string(),
  lines: z.array(z.string()),
  /** Units whose consent is still missing. */
  waitsFor: z.array(z.string()),
  acts: z.array(z.enum(changeActs)),
  version: z.number(),
})
export type ChangeLine = z.infer<typeof changeLine>
export const changeList = z.strictObject({ rows: z.array(changeLine) })
export const changeWritten = z.strictObject({ id: z.string() })
