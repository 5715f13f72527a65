import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { rows, type Tx } from '#server/database.server.ts'

/** What the actor does not want to be shown again. */
export async function dismissedBy(tx: Tx, actor: Actor): Promise<string[]> {
  const found = await rows<{ what: string }>(
    tx,
    sql`SELECT what FROM app.dismissed WHERE person_id = ${actor.personId}::uuid ORDER BY what`,
  )
  return found.map(({ what }) => what)
}

/** Notes that she wants an offer no more; a second time changes nothing. */
export async function dismiss(tx: Tx, work: UnitOfWork, what: string): Promise<void> {
  const { actor } = work
  await sql`INSERT INTO app.dismissed (person_id, what) VALUES (${actor.personId}::uuid, ${what}) ON CONFLICT DO NOTHING`.execute(
    tx,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'account.dismiss',
    object: `account:${actor.accountId}`,
    fields: [what],
  })
}
