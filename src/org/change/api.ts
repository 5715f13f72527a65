import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { uuid } from '#record/api.ts'
import { orgBrief, tiers } from '../api.ts'

const id = z.int().check(z.gte(1), z.lte(2_000_000_000))
const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
const heads = z.int().check(z.gte(0), z.lte(9_999_999))
const ym = z.int().check(z.gte(190001), z.lte(299912))

/** A unit that begins. */
const begins = {
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
}

/** What goes with a part that is split off, chosen one by one. */
const shareKeys = ['persons', 'employers', 'records', 'children'] as const
export type ShareKey = (typeof shareKeys)[number]
/** As many persons as a unit can split off at once. */
export const mostPersons = 5000

/** POST /api/org-changes: what is asked for. */
export const changePlan = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('found'), parentId: id, ...begins }),
  z.strictObject({
    kind: z.literal('split'),
    orgId: id,
    ...begins,
    persons: z.array(uuid).check(z.maxLength(mostPersons)),
    employers: z.array(z.string().check(z.regex(/^[0-9A-Z]{18}$/))).check(z.maxLength(2000)),
    records: z.array(uuid).check(z.maxLength(500)),
    children: z.array(id).check(z.maxLength(500)),
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

/** GET /api/org-changes/holdings/:org: what of a unit can go with a part that is split off. */
export const holdings = z.strictObject({
  /** Names alone: whoever goes is chosen, not looked up. */
  persons: z.array(z.strictObject({ id: z.string(), name: z.string(), note: z.string() })),
  employers: z.array(z.strictObject({ id: z.string(), name: z.string(), note: z.string() })),
  records: z.array(z.strictObject({ id: z.string(), name: z.string(), note: z.string() })),
  children: z.array(z.strictObject({ id: z.number(), name: z.string(), note: z.string() })),
})
export type Holdings = z.infer<typeof holdings>

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
  kind: z.enum(['found', 'merge', 'move', 'split']),
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
