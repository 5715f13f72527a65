import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import { can, type Place } from '#identity/decide.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { RemindGaps } from './api.ts'
import { askedOf } from './read.server.ts'
import { linesOf } from './lists.server.ts'
import { reminderOf } from './words.ts'

/** No record stands behind a gap. */
const noSubject = '00000000-0000-0000-0000-000000000000'

/**
 * Tells units of what is missing there, each once a day for each gap; a unit where nothing is missing any more is passed over.
 * @throws Problem.notFound for a unit outside the actor's scope
 */
export async function remindOfGaps(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  { kind, orgs }: RemindGaps,
): Promise<{ told: number; already: number }> {
  const { actor } = work
  const today = deps.today()
  const places = await rows<Place & { districtId: number }>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode", district_id AS "districtId" FROM app.org WHERE id = ANY (${orgs}::int[]) ORDER BY id`,
  )
  const known = new Map(places.map((place) => [place.id, place]))
  for (const id of orgs) {
    const place = known.get(id)
    if (!place || !can(actor, 'org.remind', place) || id === actor.org.id) throw Problem.notFound()
  }
  const asked = await askedOf(tx, { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null }, today)
  const owing = await rows<{ own: number }>(
    tx,
    sql`SELECT l.own FROM (${linesOf(asked, kind)}) l WHERE l.own = ANY (${orgs}::int[])`,
  )
  const fresh = await rows<{ org_id: number }>(
    tx,
    sql`INSERT INTO app.due_reminder (district_id, kind, subject_id, org_id, col, due_on, stage, on_day)
      SELECT o.district_id, 'gap', ${noSubject}::uuid, o.id, ${kind}, ${today}::date, 'above', ${today}::date
      FROM app.org o WHERE o.id = ANY (${owing.map(({ own }) => own)}::int[]) ON CONFLICT DO NOTHING RETURNING org_id`,
  )
  const told = fresh.map(({ org_id }) => org_id).sort((a, b) => a - b)
  for (const id of told) {
    tell(
      tx,
      cadresOf(units([id])),
      { kind: 'remind', subject: reminderOf[kind], link: `/orgs?id=${id}` },
      actor.accountId,
    )
    work.audit({
      districtId: known.get(id)!.districtId,
      action: 'org.remind',
      object: `org:${id}`,
      fields: [kind],
    })
  }
  return { told: told.length, already: owing.length - told.length }
}
