import * as z from 'zod/mini'
import { orgBrief, tiers } from '#org/api.ts'

export const boardQuery = z.strictObject({ org: z.optional(z.string()), year: z.optional(z.string()) })

/** How a unit's women are organised: of those due formed or missing; of the others none is due. */
const coverage = z.strictObject({
  units: z.number(),
  /** Due and formed, term running. */
  formed: z.number(),
  /** Due and formed, term run out. */
  overdue: z.number(),
  /** Due and missing. */
  missing: z.number(),
  /** No committee is due. */
  notDue: z.number(),
})
export type Coverage = z.infer<typeof coverage>

/** activity of a month: accepted = something counts, waiting = something was sent and nothing counts yet. */
export const filed = ['none', 'waiting', 'accepted'] as const
export type Filed = (typeof filed)[number]

/** GET /api/board: how a scope stands, besides its figures. */
export const board = z.strictObject({
  org: orgBrief,
  year: z.number(),
  /** Where records wait, from the tier nearest to the ground upwards. */
  stuck: z.array(
    z.strictObject({
      tier: z.enum(tiers),
      records: z.number(),
      /** Of these waiting for more than seven days. */
      late: z.number(),
      /** Days that the oldest has waited. */
      longest: z.number(),
    }),
  ),
  coverage,
  /** Women members from which a committee is due. */
  committeeFrom: z.number(),
  units: z.array(
    z.strictObject({
      org: orgBrief,
      coverage,
      /** January to December; null = not come yet. */
      months: z.array(z.nullable(z.enum(filed))),
    }),
  ),
  /** Units where something is missing, those with the most women members first; at most twenty. */
  blind: z.array(
    z.strictObject({
      org: orgBrief,
      above: z.string(),
      womenMembers: z.number(),
      why: z.enum(['missing', 'overdue']),
    }),
  ),
})
export type Board = z.infer<typeof board>
