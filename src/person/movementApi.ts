import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { lacks } from './lacks.ts'

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const orgId = z.string().check(z.regex(/^\d{1,9}$/))

/** GET /api/persons/movement: women members alone. */
export const movementQuery = z.strictObject({ org: z.optional(orgId), from: day, until: day })
const line = z.strictObject({ label: z.string(), n: z.number() })
export const movement = z.strictObject({
  org: orgBrief,
  start: z.number(),
  /** By how they came; those who joined are told by group besides. */
  came: z.array(line),
  groups: z.array(line),
  /** By why they left. */
  left: z.array(line),
  /** Transfers from one unit of the scope to another: on both sides above. */
  within: z.number(),
  /** Who came (or, below zero, went) with a unit that changed its superior. */
  withUnits: z.number(),
  end: z.number(),
  /** Whose membership rests at the end: not among the members. */
  kept: z.number(),
})
export type Movement = z.infer<typeof movement>

/** GET /api/persons/quality */
export const qualityQuery = z.strictObject({ org: z.optional(orgId) })
const qualityLine = z.strictObject({
  org: orgBrief,
  women: z.number(),
  lacking: z.record(z.enum(lacks), z.number()),
  /** Entries that lack nothing, in percent, rounded down. */
  whole: z.number(),
})
export type QualityLine = z.infer<typeof qualityLine>
export const quality = z.strictObject({ rows: z.array(qualityLine), more: z.boolean() })
export type Quality = z.infer<typeof quality>
