import { sql, type RawBuilder } from 'kysely'
import type { Tier } from '#org/api.ts'

/** Of whom something is asked: of units of some tiers below the issuer, of all or of those at and below chosen ones. */
export type Addressees = { scope: string; issuer: number; tiers: readonly Tier[]; under: readonly number[] }

/** Whether a unit u stands at or below one of the chosen, or none is chosen. */
export const isUnder = (u: string, under: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${under} = '{}'::int[] OR EXISTS (SELECT FROM app.org w WHERE w.id = ANY(${under}) AND starts_with(${sql.ref(`${u}.scope_code`)}, w.scope_code)))`

/** Whether a unit u is asked by a task t, whatever its part of the tree. */
export const isAskedBy = sql`u.tier = ANY(t.tiers) AND u.id <> t.org_id AND u.closed_on IS NULL AND ${isUnder('u', sql`t.under`)}`

/** Rows u of app.org that are asked, by the tree of today. */
export const askedUnits = ({ scope, issuer, tiers, under }: Addressees): RawBuilder<unknown> =>
  sql`app.org u WHERE u.scope_code >= ${scope} AND u.scope_code < ${`${scope}~`} AND u.tier = ANY(${[...tiers]}::text[])
    AND u.id <> ${issuer} AND u.closed_on IS NULL AND ${isUnder('u', sql`${[...under]}::int[]`)}`
