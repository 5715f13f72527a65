import { sql, type RawBuilder } from 'kysely'

/**
 * The head counts that units had on a day that is over where they have changed since, as rows (org_id, workers, women_workers,
 * members, women_members, until_on): of any other unit those of today hold. A closed unit has a row up to its last day, unless it
 * was closed before such rows were kept: then its people stand in its successor's counts.
 */
export const headsOn = (day: string): RawBuilder<unknown> => sql`(
  SELECT DISTINCT ON (h.org_id) h.* FROM app.org_heads h WHERE h.until_on > ${day}::date ORDER BY h.org_id, h.until_on, h.nth)`
