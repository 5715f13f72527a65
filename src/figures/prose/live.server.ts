import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { Problem } from '#kit/problem.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { inUnit, readFigures } from '../service.server.ts'
import type { LiveLine } from './command.server.ts'

/**
 * The values of a year as the actor may see them, for an org in her scope (null: her own). A figure withheld from her
 * is null, so that a text can't be used to ask for it.
 * @throws Problem.notFound for an org outside her scope
 */
export async function liveOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
  scope: string | null,
): Promise<LiveLine> {
  const place = scope === null ? null : await findPlace(tx, scope)
  if (scope !== null && (!place || !can(actor, 'figure.read', place))) throw Problem.notFound()
  const set = await readFigures(deps, tx, actor, {
    year: String(year),
    ...(place ? { org: String(place.id) } : {}),
  })
  const below = await rows<{ name: string }>(
    tx,
    sql`SELECT DISTINCT o.short_name AS name FROM app.org_closure c JOIN app.org o ON o.id = c.des
      WHERE c.anc = ${set.org.id} AND c.depth = 1 AND length(o.short_name) > 1`,
  )
  return {
    year,
    org: set.org.name,
    values: Object.fromEntries(
      set.figures.map(({ indicator, value }) => [
        indicator,
        value === null ? null : inUnit(indicator, value),
      ]),
    ),
    below: below.map(({ name }) => name),
  }
}

function findPlace(tx: Tx, code: string): Promise<Place | null> {
  return first<Place>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE org_code = ${code}`,
  )
}
