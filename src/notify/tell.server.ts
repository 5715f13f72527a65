import { sql, type RawBuilder } from 'kysely'
import type { Role } from '#identity/api.ts'
import { send, type Tx } from '#server/database.server.ts'
import type { Told } from './words.ts'

/** Cadres in office of the units that a statement (column `org`) names: rows of account_id, org_id. */
export const cadresOf = (units: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`SELECT DISTINCT p.account_id, p.org_id FROM app.post p JOIN app.account c ON c.id = p.account_id
    WHERE p.org_id IN (${units}) AND p.role = 'cadre' AND c.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date`

/** Leaders in office of a unit: rows of account_id, org_id. */
export const leadersOf = (org: number): RawBuilder<unknown> =>
  sql`SELECT DISTINCT p.account_id, p.org_id FROM app.post p JOIN app.account c ON c.id = p.account_id
    WHERE p.org_id = ${org} AND p.role = 'leader' AND c.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date`

/** Holders in office of a post that is not of a unit's own work, such as the audit administrators: rows of account_id, org_id. */
export const officersOf = (role: Role): RawBuilder<unknown> =>
  sql`SELECT DISTINCT p.account_id, p.org_id FROM app.post p JOIN app.account c ON c.id = p.account_id
    WHERE p.role = ${role} AND c.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date`

/** Some units by number. */
export const units = (ids: readonly number[]): RawBuilder<unknown> => sql`SELECT unnest(${[...ids]}::int[])`

/** Accounts by number, each in the unit of its first post in office. */
export const accounts = (ids: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`SELECT DISTINCT ON (p.account_id) p.account_id, p.org_id FROM app.post p WHERE p.account_id IN (${ids})
    AND coalesce(p.until_on, 'infinity') >= current_date ORDER BY p.account_id, p.from_on, p.id`

/**
 * Tells people of an event, in the transaction that causes it: whoever reads the message reads what happened, and nothing is told
 * that did not happen.
 * @param to rows of account_id and org_id
 * @param but account that acts: nobody is told what she did herself
 */
export function tell(tx: Tx, to: RawBuilder<unknown>, told: Told, but: string | null): void {
  send(
    tx,
    sql`INSERT INTO app.message (district_id, id, account_id, org_id, kind, subject, link, at)
      SELECT o.district_id, gen_random_uuid(), t.account_id, t.org_id, ${told.kind}, ${told.subject}, ${told.link}, coalesce(${told.day ?? null}::date::timestamptz, clock_timestamp())
      FROM (${to}) t JOIN app.org o ON o.id = t.org_id WHERE t.account_id IS DISTINCT FROM ${but}::uuid`,
  )
}
