import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'

/** The highest class in generic lists: a leader reads S1; S3 and S4 need their own doors. */
export const mostClass = (actor: Actor): number => (actor.role === 'leader' ? 1 : 2)

const range = (column: 'scope_code' | 'view_code', scopeCode: string): RawBuilder<unknown> =>
  sql`r.${sql.raw(column)} >= ${scopeCode} AND r.${sql.raw(column)} < ${`${scopeCode}~`}`

/** S1 spine r that the actor's unit co-hosts: in its lists, not in its totals. */
const coHosted = (actor: Actor): RawBuilder<unknown> =>
  sql`(r.class <= 1 AND r.co_hosts @> ARRAY[${actor.org.id}::int])`

/**
 * The rows of the spine (alias r) that an actor may read: her scope, and by the view line S1 only. For statements that find
 * their rows by something else; a list finds them by scope, see arms.
 */
export function visible(actor: Actor): RawBuilder<unknown> {
  const { scopeCode } = actor.org
  return sql`CASE WHEN r.class <= ${mostClass(actor)} AND (${range('scope_code', scopeCode)} OR ${range('view_code', scopeCode)} OR ${coHosted(actor)})
    THEN true ELSE false END`
}

/**
 * What an actor may read of a unit, in parts without overlap that have an index each: what the unit's scope owns, what it
 * views, and (of her own unit) what it co-hosts. Together they are visible(actor) within or viewed by the unit.
 */
export function arms(actor: Actor, scopeCode: string, programme: number): RawBuilder<unknown>[] {
  const inside = scopeCode.startsWith(actor.org.scopeCode)
  const seen = inside ? sql`r.class <= ${mostClass(actor)}` : visible(actor)
  const [own, viewed] = [range('scope_code', scopeCode), range('view_code', scopeCode)]
  const parts = [sql`${seen} AND ${own}`, sql`${seen} AND ${viewed} AND NOT (${own})`]
  if (scopeCode === actor.org.scopeCode)
    // The function reads the index on co-hosts, which a policy would hide from the planner.
    parts.push(
      sql`(r.district_id, r.id) IN (SELECT f.district_id, f.id FROM app.co_hosted(${programme}::smallint) f)
        AND NOT (${own}) AND (${viewed}) IS NOT TRUE`,
    )
  return parts
}

/** True for a row that the actor sees through the view line (会看) or as co-host (联办) only: no act. */
export function viewedOnly(actor: Actor, scopeCode: string): boolean {
  return !scopeCode.startsWith(actor.org.scopeCode)
}
