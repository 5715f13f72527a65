import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import type { PolicyAction } from '#identity/policy.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'

/** The place of a unit, the actor's own where none is named. @throws Problem.notFound where she may not do this there */
export async function placeFor(
  tx: Tx,
  actor: Actor,
  action: PolicyAction,
  id: string | undefined,
): Promise<Place> {
  const asked = id === undefined ? actor.org.id : Number(id)
  const place = await findPlace(tx, Number.isSafeInteger(asked) ? asked : 0)
  if (!place || !can(actor, action, place)) throw Problem.notFound()
  return place
}

/** Where a unit stands in the tree of today and on the view line; null where there is none. */
export const findPlace = (tx: Tx, org: number): Promise<Place | null> =>
  firstKeyed<Place>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ${org}`,
  )
