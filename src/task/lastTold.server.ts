import { sql } from 'kysely'
import type { Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { loadRecords } from '#record/rows.server.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Task } from './api.ts'
import type { Fill } from './register.ts'

/** What the unit's last accepted record of a programme says to the questions of a survey, with its name and its day. */
export async function lastTold(
  deps: Pick<Deps, 'catalogue'>,
  tx: Tx,
  actor: Actor,
  wanted: readonly (readonly [key: string, fill: Extract<Fill, { of: 'record' }>])[],
): Promise<Task['prefilled']> {
  const found: Task['prefilled'] = {}
  const lastOf = async (programme: Programme) =>
    loadRecords(
      tx,
      programme,
      sql`r.org_id = ${actor.org.id} AND r.programme = ${deps.catalogue.programmeId(programme.key)} AND r.state = 'accepted' AND ${visible(actor)}
        ORDER BY r.occurred_on DESC, r.id DESC LIMIT 2`,
    )
  const programmes = [...new Set(wanted.map(([, { programme }]) => programme))]
  const lasts = new Map(await Promise.all(programmes.map(async (one) => [one, await lastOf(one)] as const)))
  for (const [question, { programme, key, where, alone }] of wanted) {
    const [last, other] = lasts.get(programme)!
    const value = last?.row[key] ?? null
    if (!last || value === null || (alone && other)) continue
    found[question] = { value, source: where, on: last.spine.occurred_on }
  }
  return found
}
