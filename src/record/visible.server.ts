import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'

/** The highest class in generic lists: a leader reads S1; S3 and S4 need their own doors. */
export const mostClass = (actor: Actor): number => (actor.role === 'leader' ? 1 : 2)

/** The rows of the spine (alias r) that an actor may read: her scope, and by the view line S1 only. */
export function visible(actor: Actor): RawBuilder<unknown> {
  const from = actor.org.scopeCode
  const until = `${from}~`
  return sql`(((r.scope_code >= ${from} AND r.scope_code < ${until}) OR (r.view_code >= ${from} AND r.view_code < ${until}))
    AND r.class <= ${mostClass(actor)})`
}

/** True for a row that the actor sees through the view line only (会看): no act. */
export function viewedOnly(actor: Actor, scopeCode: string): boolean {
  return !scopeCode.startsWith(actor.org.scopeCode)
}
