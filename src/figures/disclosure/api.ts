import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'

/** A quarter as year * 10 + 1 to 4, in the address. */
export const releaseParams = z.strictObject({
  indicator: z.string().check(z.maxLength(80)),
  quarter: z.string().check(z.regex(/^20\d\d[1-4]$/)),
})

/** Whose tables: the unit's and of all below it; the reader's own by default. */
export const releaseQuery = z.strictObject({ org: z.optional(z.string().check(z.maxLength(12))) })

/** GET /api/figures/releases: every released table, newest quarter first, with how many of its cells are of the unit asked for. */
export const releaseLog = z.array(
  z.strictObject({
    indicator: z.string(),
    quarter: z.number(),
    releasedOn: z.string(),
    /** First letters of the table's digest, as the audit has it. */
    hash: z.string(),
    cells: z.number(),
    hidden: z.number(),
  }),
)
export type ReleaseLog = z.infer<typeof releaseLog>

const cell = z.nullable(z.number())

/**
 * GET /api/figures/releases/:indicator/:quarter: the table as it was released, at and below the unit asked for. Null = hidden;
 * whether as too small or for another's sake is not told, since that would tell something of its size.
 */
export const releasedTable = z.strictObject({
  indicator: z.string(),
  quarter: z.number(),
  releasedOn: z.string(),
  rows: z.array(
    z.strictObject({
      org: orgBrief,
      /** What the unit holds directly, itself and all below it that has no row of its own. */
      rest: z.boolean(),
      /** Its superior in that quarter, where it had several. */
      above: z.nullable(z.string()),
      value: cell,
      /** Of the whole year, in the table of a fourth quarter; undefined in others. */
      year: z.optional(cell),
    }),
  ),
})
export type ReleasedTable = z.infer<typeof releasedTable>
