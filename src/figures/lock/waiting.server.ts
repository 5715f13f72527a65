import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import type { Period } from '#kit/period.ts'
import { briefs } from '#record/place.server.ts'
import { visible } from '#record/visible.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Preview } from './api.ts'

/**
 * What of a period is still under review in the actor's scope, by the unit whose turn it is: records by the date that they
 * bear, proposals by that of the record and of what is proposed.
 */
export async function waitingIn(
  tx: Tx,
  actor: Actor,
  { fromYm, untilYm }: Pick<Period, 'fromYm' | 'untilYm'>,
): Promise<Pick<Preview, 'records' | 'proposals' | 'waiting' | 'at'>> {
  const first = sql`make_date(${Math.floor(fromYm / 100)}, ${fromYm % 100}, 1)`
  const end = sql`(make_date(${Math.floor(untilYm / 100)}, ${untilYm % 100}, 1) + interval '1 month')::date`
  const found = await rows<{ turn_of: number; records: number; proposals: number }>(
    tx,
    sql`SELECT turn_of, sum(records)::int AS records, sum(proposals)::int AS proposals FROM (
      SELECT r.turn_of, 1 AS records, 0 AS proposals FROM app.record r
      WHERE r.state = 'submitted' AND r.turn_of IS NOT NULL AND r.occurred_on >= ${first} AND r.occurred_on < ${end}
        AND r.scope_code >= ${actor.org.scopeCode} AND r.scope_code < ${`${actor.org.scopeCode}~`} AND ${visible(actor)}
      UNION ALL
      SELECT p.turn_of, 0, 1 FROM app.proposal p JOIN app.record r ON r.district_id = p.record_district_id AND r.id = p.record_id
      WHERE p.state = 'submitted' AND p.turn_of IS NOT NULL AND p.scope_code >= ${actor.org.scopeCode} AND p.scope_code < ${`${actor.org.scopeCode}~`}
        AND (r.occurred_on >= ${first} AND r.occurred_on < ${end}
          OR p.body ->> 'endsOn' >= ${first}::text AND p.body ->> 'endsOn' < ${end}::text)
        AND ${visible(actor)}
    ) w GROUP BY turn_of ORDER BY sum(records) + sum(proposals) DESC, turn_of`,
  )
  const units = await briefs(
    tx,
    found.map((f) => f.turn_of),
  )
  const records = found.reduce((n, f) => n + f.records, 0)
  const proposals = found.reduce((n, f) => n + f.proposals, 0)
  return {
    records,
    proposals,
    waiting: records + proposals,
    at: found.map((f) => ({ org: units.get(f.turn_of)!, records: f.records, proposals: f.proposals })),
  }
}
