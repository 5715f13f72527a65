import { sql, type RawBuilder } from 'kysely'
import type { Actor } from './actor.ts'

/** The actor's registration and those that were merged into it, as a list of SQL. */
export const registrationsOf = ({ personId }: Pick<Actor, 'personId'>): RawBuilder<unknown> =>
  sql`(SELECT p.id FROM app.person p WHERE p.id = ${personId}::uuid OR p.merged_into = ${personId}::uuid)`
