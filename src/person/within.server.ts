import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'

/** Units o within the actor's scope, or within one of them that was asked for. */
export function within(actor: Actor, org: string | undefined): RawBuilder<unknown> {
  const own = sql`o.scope_code >= ${actor.org.scopeCode} AND o.scope_code < ${`${actor.org.scopeCode}~`}`
  if (org === undefined) return own
  return sql`${own} AND EXISTS (SELECT FROM app.org a WHERE a.id = ${Number(org)} AND o.scope_code >= a.scope_code AND o.scope_code < a.scope_code || '~')`
}
