import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { rulesOf } from '#identity/decide.ts'
import type { Reach } from '#identity/rule.ts'

/** The highest class in generic lists that the policy opens to the actor; S3 and S4 need their own doors. */
export const mostClass = (actor: Actor): number =>
  Math.max(-1, ...rulesOf(actor, 'record.read').map((rule) => rule.level))

const range = (column: 'scope_code' | 'view_code', scopeCode: string): RawBuilder<unknown> =>
  sql`r.${sql.raw(column)} >= ${scopeCode} AND r.${sql.raw(column)} < ${`${scopeCode}~`}`

function reached({ org }: Actor, reach: Reach): RawBuilder<unknown> {
  switch (reach) {
    case 'ownOrg':
      return sql`r.org_id = ${org.id}`
    case 'inScope':
      return range('scope_code', org.scopeCode)
    case 'viewLine':
      return range('view_code', org.scopeCode)
    case 'coHosted':
      return sql`r.co_hosts @> ARRAY[${org.id}::int]`
    case 'anywhere':
      return sql`true`
  }
}

/**
 * The rows of the spine (alias r) that an actor may read: the rules of `record.read` as SQL. For statements that find their
 * rows by something else; a list finds them by scope, see arms.
 */
export function visible(actor: Actor): RawBuilder<unknown> {
  const rules = rulesOf(actor, 'record.read').map(
    (rule) => sql`(r.class <= ${rule.level} AND ${reached(actor, rule.reach)})`,
  )
  if (rules.length === 0) return sql`false`
  return sql`CASE WHEN ${sql.join(rules, sql` OR `)} THEN true ELSE false END`
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
