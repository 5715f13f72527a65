import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { rows, type Tx } from '#server/database.server.ts'

/** A name as a text gives it, without its office. */
const core = (column: string): RawBuilder<string> =>
  sql`regexp_replace(${sql.ref(column)}, '(总工会|工会委员会|工会|妇联|女职工委员会)+$', '')`

/**
 * The units that a report names beside its own, by the name it gives them: one below the report's unit before any other, and
 * only where a single one bears that name, of all that stand, and the actor may read its figures.
 */
export async function unitsOfNames(
  tx: Tx,
  actor: Actor,
  names: readonly string[],
  reportCode: string,
): Promise<Map<string, Place>> {
  if (names.length === 0) return new Map()
  const found = await rows<Place & { names: string[] }>(
    tx,
    sql`SELECT * FROM (SELECT id, scope_code AS "scopeCode", view_code AS "viewCode",
        ARRAY[short_name, ${core('short_name')}, ${core('name')}] AS names FROM app.org WHERE closed_on IS NULL) o
      WHERE o.names && ${names}::text[]`,
  )
  return new Map(
    names.flatMap((name): [string, Place][] => {
      const all = found.filter((unit) => unit.names.includes(name))
      const below = all.filter(({ scopeCode }) => scopeCode.startsWith(reportCode))
      const [one, ...others] = below.length > 0 ? below : all
      return one && others.length === 0 && can(actor, 'figure.read', one) ? [[name, one]] : []
    }),
  )
}
