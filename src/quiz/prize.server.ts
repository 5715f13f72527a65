import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { tellEntries } from '#signup/tell.server.ts'

type Quiz = { district_id: number; id: string; title: string }

/**
 * The draw of prizes is an event of its own kind: its places are the prizes, its time is that of handing them out, and nobody signs up
 * for it (places of units, of which none has any); whoever passed is entered when its list is frozen. Its secret is committed to before
 * the first answer.
 */
export async function putUpPrizes(
  deps: Deps,
  tx: Tx,
  { actor }: UnitOfWork,
  { district_id, id, title }: Quiz,
): Promise<string> {
  const event = uuidv7()
  await sql`INSERT INTO app.event (district_id, id, org_id, kind, title, place, about, mode, is_public, opens_at, closes_at, cancel_until, starts_at, ends_at, has_list, is_allotted,
      offer_hours, cap, draw_source, made_by, made_on)
    SELECT q.district_id, ${event}::uuid, q.org_id, 'prize', left(${title}, 57) || '·抽奖', q.prize_place, '', 'draw', q.is_public, q.opens_at, q.closes_at, q.prize_from, q.prize_from, q.prize_until, false, true,
      12, q.prizes, q.prize_source, ${actor.accountId}::uuid, ${deps.today()}::date FROM app.quiz_run q WHERE q.district_id = ${district_id} AND q.id = ${id}::uuid`.execute(
    tx,
  )
  await sql`SELECT app.commit_draw(${event}::uuid)`.execute(tx)
  await sql`UPDATE app.event e SET state = 'open', version = e.version + 1 WHERE e.district_id = ${district_id} AND e.id = ${event}::uuid`.execute(
    tx,
  )
  return event
}

/** With the quiz its draw is called off; whoever was entered is told. */
export async function callOffPrizes(tx: Tx, event: string, reason: string, now: Date): Promise<void> {
  const told = await rows<{ id: string }>(
    tx,
    sql`SELECT id FROM app.cancel_event(${event}::uuid, ${reason}, ${now.toISOString()}::timestamptz) AS id`,
  )
  await tellEntries(
    tx,
    told.map(({ id }) => id),
    `抽奖取消：${reason}`,
    null,
  )
}
