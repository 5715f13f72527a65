import { sql, type RawBuilder } from 'kysely'
import { monthOf } from '#kit/day.ts'
import type { Actor } from '#identity/actor.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Hand } from './hands.ts'
import { reportingLine } from './place.server.ts'
import { acceptingTiers, acceptingUnit } from './turns.ts'

/** What the actor's unit is to something of another: its owner, who recommends it, the city; a unit may be several. */
export async function handsOf(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  orgId: number,
): Promise<Hand[]> {
  if (actor.role !== 'cadre') return []
  const units = await handUnits(deps, tx, orgId)
  return (['owner', 'recommender', 'city'] as const).filter((hand) => units[hand] === actor.org.id)
}

/** Which unit each hand is, of something of a unit. */
export async function handUnits(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  orgId: number,
): Promise<Record<Hand, number | undefined>> {
  const line = await reportingLine(tx, orgId, monthOf(deps.today()))
  return { owner: orgId, recommender: acceptingUnit(line, 'district').id, city: line.at(-1)?.id }
}

/** The same of many at once: a row of `recommender` and `city` for the unit in a column, to be joined. */
export const handsSql = (deps: Pick<Deps, 'today'>, org: RawBuilder<unknown>): RawBuilder<unknown> => {
  const ym = monthOf(deps.today())
  return sql`LATERAL (SELECT (array_agg(l.anc ORDER BY l.depth DESC))[1] AS city,
      coalesce((array_agg(l.anc ORDER BY l.depth) FILTER (WHERE v.tier = ANY (${[...acceptingTiers.district]}::text[])))[1], (array_agg(l.anc ORDER BY l.depth DESC))[1]) AS recommender
    FROM app.org_closure l JOIN app.org v ON v.id = l.anc WHERE l.des = ${org} AND l.line < 2 AND l.from_ym <= ${ym} AND ${ym} < l.to_ym)`
}
