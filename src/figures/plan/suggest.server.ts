import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { NewSuggestion, SuggestionDecision } from './api.ts'
import { planPlace } from './read.server.ts'
import { addItem } from './write.server.ts'

/** A unit suggests an item for the plan of the unit above it. @throws Problem.denied where there is none above */
export async function suggest(
  tx: Tx,
  work: UnitOfWork,
  year: number,
  given: NewSuggestion,
): Promise<{ id: string }> {
  const { actor } = work
  const { above } = await planPlace(tx, actor, actor.org.id)
  if (!above) throw Problem.denied({ what: '本单位没有上级单位可以提建议' })
  const id = uuidv7()
  await sql`INSERT INTO app.plan_suggestion (id, org_id, from_org, year, section, task, due_on, evidence, why, suggested_by)
    VALUES (${id}::uuid, ${above.id}, ${actor.org.id}, ${year}, ${given.section}, ${given.task}, ${given.dueOn}::date, ${given.evidence},
      ${given.why}, ${actor.accountId}::uuid)`.execute(tx)
  work.audit({
    districtId: actor.org.districtId,
    action: 'plan.suggest',
    object: `planSuggestion:${id}`,
    body: given,
  })
  return { id }
}

type Stored = {
  state: string
  org_id: number
  from_org: number
  year: number
  section: string
  task: string
  due_on: string
  evidence: string
}

/** The unit above takes a suggestion into its plan, owned by whoever made it, or declines it with a reason. */
export async function decideSuggestion(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: SuggestionDecision,
): Promise<void> {
  const { actor } = work
  const found = await first<Stored>(
    tx,
    sql`SELECT state, org_id, from_org, year, section, task, due_on, evidence FROM app.plan_suggestion WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found || (found.org_id !== actor.org.id && found.from_org !== actor.org.id)) throw Problem.notFound()
  if (found.org_id !== actor.org.id) throw Problem.denied({ what: '由收到建议的上级单位答复' })
  if (found.state !== 'open') throw Problem.suggestionDecided()
  if (!given.accept && given.reason.trim() === '')
    throw Problem.reasonMissing({ asks: '不采纳的理由，让提建议的单位知道', field: 'reason' })
  const item = given.accept
    ? await addItem(deps, tx, work, found.year, {
        section: found.section,
        task: found.task,
        dueOn: found.due_on,
        evidence: found.evidence,
        ownerId: found.from_org,
        target: null,
        revision: given.revision,
      })
    : null
  await sql`UPDATE app.plan_suggestion SET state = ${given.accept ? 'accepted' : 'declined'}, reason = ${given.reason.trim()}, item_id = ${item?.id ?? null}::uuid,
      decided_by = ${actor.accountId}::uuid, decided_at = now() WHERE id = ${id}::uuid`.execute(tx)
  work.audit({
    districtId: actor.org.districtId,
    action: 'plan.decide',
    object: `planSuggestion:${id}`,
    purpose: given.reason.trim(),
    body: given,
  })
}
