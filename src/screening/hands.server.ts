import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Handlers } from './api.ts'
import { mustLead } from './round.server.ts'
import { dutyWords, type Duty } from './states.ts'

/** As what the actor is named for a round, in the unit in which she acts. */
export async function dutiesOf(tx: Tx, actor: Actor, roundId: string): Promise<Duty[]> {
  const found = await rows<{ duty: Duty }>(
    tx,
    sql`SELECT duty FROM app.screening_handler WHERE round_id = ${roundId}::uuid AND org_id = ${actor.org.id}
      AND person_id = ${actor.personId}::uuid AND ended_at IS NULL ORDER BY duty`,
  )
  return found.map(({ duty }) => duty)
}

/** @throws Problem.denied unless she is named for this */
export async function mustBeNamed(tx: Tx, actor: Actor, roundId: string, duty: Duty): Promise<void> {
  if ((await dutiesOf(tx, actor, roundId)).includes(duty)) return
  throw Problem.denied({
    what: `这一步须由本轮次指定的经办人（${dutyWords[duty]}）办理，请联系主办单位指定`,
  })
}

/** A post of today; one that ends later is one too. */
const inPost = sql`p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date`

/** Who is named for a round, and who of its owner's cadres may be. @throws Problem.notFound */
export async function listHandlers(tx: Tx, actor: Actor, roundId: string): Promise<Handlers> {
  await mustLead(tx, actor, roundId)
  const [named, offered] = await Promise.all([
    rows<Handlers['rows'][number]>(
      tx,
      sql`SELECT h.id, a.name, h.duty, to_jsonb(h.named_at) #>> '{}' AS "namedAt" FROM app.screening_handler h
        JOIN app.account a ON a.id = h.account_id WHERE h.round_id = ${roundId}::uuid AND h.ended_at IS NULL ORDER BY h.duty, a.name, h.id LIMIT ${bounds.handlers.most}`,
    ),
    rows<Handlers['offered'][number]>(
      tx,
      sql`SELECT DISTINCT a.id AS "accountId", a.name FROM app.post p JOIN app.account a ON a.id = p.account_id
        WHERE p.org_id = ${actor.org.id} AND p.role = 'cadre' AND ${inPost} AND a.disabled_at IS NULL AND a.person_id <> ${actor.personId}::uuid
        ORDER BY a.name LIMIT ${bounds.handlerChoices.most}`,
    ),
  ])
  return { rows: named, offered }
}

const refuse = (message: string): Problem => Problem.invalid({ issues: [{ field: 'accountId', message }] })

/** Names a cadre of the owner; never herself. @throws Problem.notFound, invalid */
export async function nameHandler(
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  given: { accountId: string; duty: Duty },
): Promise<void> {
  const { actor } = work
  await mustLead(tx, actor, roundId)
  const account = await first<{ person_id: string }>(
    tx,
    sql`SELECT a.person_id FROM app.account a JOIN app.post p ON p.account_id = a.id
      WHERE a.id = ${given.accountId}::uuid AND p.org_id = ${actor.org.id} AND p.role = 'cadre' AND ${inPost} AND a.disabled_at IS NULL`,
  )
  if (!account) throw refuse('只能指定主办单位在岗的女工干部')
  if (account.person_id === actor.personId) throw refuse('不能指定自己，请由另一位同志指定')
  const id = randomId()
  await sql`INSERT INTO app.screening_handler (id, round_id, org_id, account_id, person_id, duty, named_by)
    VALUES (${id}::uuid, ${roundId}::uuid, ${actor.org.id}, ${given.accountId}::uuid, ${account.person_id}::uuid, ${given.duty}, ${actor.personId}::uuid)`.execute(
    tx,
  )
  audit(work, 'screening.name', id, given)
}

/** Ends what a person was named for. @throws Problem.notFound */
export async function endHandler(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const found = await first<{ round_id: string }>(
    tx,
    sql`SELECT round_id FROM app.screening_handler WHERE id = ${id}::uuid AND ended_at IS NULL`,
  )
  if (!found) throw Problem.notFound()
  await mustLead(tx, work.actor, found.round_id)
  await sql`UPDATE app.screening_handler SET ended_at = now(), ended_by = ${work.actor.personId}::uuid WHERE id = ${id}::uuid AND ended_at IS NULL`.execute(
    tx,
  )
  audit(work, 'screening.unname', id, {})
}

const audit = (work: UnitOfWork, action: string, id: string, body: object): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `screeningHandler:${id}`, body })
