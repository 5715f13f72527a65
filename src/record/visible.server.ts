import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'

/** The highest class in generic lists: a leader reads S1; S3 and S4 need their own doors. */
export const mostClass = (actor: Actor): number => (actor.role === 'leader' ? 1 : 2)

/** Spine r within or viewed by the unit of a scope code. */
export function inView(scopeCode: string): RawBuilder<unknown> {
  const until = `${scopeCode}~`
  return sql`((r.scope_code >= ${scopeCode} AND r.scope_code < ${until}) OR (r.view_code >= ${scopeCode} AND r.view_code < ${until}))`
}

/** S1 spine r that the actor's unit co-hosts: in its lists, not in its totals. */
const coHosted = (actor: Actor): RawBuilder<unknown> =>
  sql`(r.class <= 1 AND r.co_hosts @> ARRAY[${actor.org.id}::int])`

/**
 * The rows of the spine (alias r) that an actor may read: her scope, and by the view line S1 only. The CASE hides the range
 * from the planner: the policy asks the same, and taking both for independent it would expect far too few rows.
 */
export function visible(actor: Actor): RawBuilder<unknown> {
  return sql`CASE WHEN r.class <= ${mostClass(actor)} AND (${inView(actor.org.scopeCode)} OR ${coHosted(actor)}) THEN true ELSE false END`
}

/** True for a row that the actor sees through the view line (会看) or as co-host (联办) only: no act. */
export function viewedOnly(actor: Actor, scopeCode: string): boolean {
  return !scopeCode.startsWith(actor.org.scopeCode)
}
