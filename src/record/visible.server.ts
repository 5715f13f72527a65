import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'

/**
 * The rows of the spine (alias r) that an actor may read: her scope, and by the view line S1 only.
 * A leader reads S1; S3 and S4 need their own doors and are never in a generic list.
 */
export function visible(actor: Actor): RawBuilder<unknown> {
  const from = actor.org.scopeCode
  const until = `${from}~`
  const most = actor.role === 'leader' ? 1 : 2
  return sql`(((r.scope_code >= ${from} AND r.scope_code < ${until}) OR (r.view_code >= ${from} AND r.view_code < ${until}))
    AND r.class <= ${most})`
}

/** True for a row that the actor sees through the view line only (会看): no act. */
export function viewedOnly(actor: Actor, scopeCode: string): boolean {
  return !scopeCode.startsWith(actor.org.scopeCode)
}
