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
  /** Nobody has entered its women members yet: whether one is due isn't known, and it is no covered unit. */
  unknown: z.number(),
})
export type Coverage = z.infer<typeof coverage>

/** activity of a month: accepted = something counts, waiting = something was sent and nothing counts yet. */
export const filed = ['none', 'waiting', 'accepted'] as const
export type Filed = (typeof filed)[number]

/** Work that goes through several hands. */
export const processes = ['record', 'task', 'honour', 'hardship', 'aid'] as const
export type Process = (typeof processes)[number]

/** Of a screening round: its places, the women listed, with a day, who came; who was asked to call, and did. */
export const roundSteps = ['places', 'listed', 'booked', 'attended', 'called', 'followed'] as const
export type RoundStep = (typeof roundSteps)[number]

const steps = z.array(z.strictObject({ step: z.enum(roundSteps), count: z.nullable(z.number()) }))

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
  /** Women of 八大群体 and new forms of work in the register, and how many are members; null where too few, or not for the reader. */
  groups: z.nullable(
    z.array(
      z.strictObject({
        group: z.string(),
        women: z.nullable(z.number()),
        members: z.nullable(z.number()),
      }),
    ),
  ),
  /** How much stands at a step, null where too few to tell, and how many days the oldest; of files of persons below the reader's unit no few are counted in. */
  steps: z.array(
    z.strictObject({
      process: z.enum(processes),
      step: z.string(),
      count: z.nullable(z.number()),
      longest: z.number(),
    }),
  ),
  /** Screening rounds of the year, as far as the reader's own unit has part in them; null where they are none of hers. */
  screening: z.nullable(
    z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        org: orgBrief,
        /** Of the whole round for its owner, else of the reader's own unit. */
        isWhole: z.boolean(),
        /** In their order; null where too few to tell. A unit without places of its own has no step of them. */
        steps,
      }),
    ),
  ),
  /** The rounds of the year that units below the reader's lead, all together; null where there are none. */
  screeningBelow: z.nullable(z.strictObject({ rounds: z.number(), steps })),
  /** The newest frozen summary of that year, where the reader may open it. */
  frozen: z.nullable(z.strictObject({ id: z.string(), at: z.string() })),
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
