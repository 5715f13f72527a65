import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { mayThere } from './read.server.ts'
import { auditPerson } from './audit.server.ts'

type Open = { id: string; org_id: number; from_on: string }

/** The open membership of a person of the actor's scope, locked. @throws Problem.notFound, invalid */
async function openOf(tx: Tx, actor: Actor, personId: string, on: string, today: string): Promise<Open> {
  const open = await first<Open>(
    tx,
    sql`SELECT m.id, m.org_id, m.from_on FROM app.membership m JOIN app.person p ON p.id = m.person_id
      WHERE p.id = ${personId}::uuid AND p.state = 'active' AND m.until_on IS NULL FOR UPDATE OF m`,
  )
  if (!open || !(await mayThere(tx, actor, 'person.request', open.org_id))) throw Problem.notFound()
  if (on > today) throw refuse('日期不能晚于今天')
  if (on < open.from_on) throw refuse(`日期不能早于她到本单位的日期（${open.from_on}）`)
  return open
}

const refuse = (message: string): Problem => Problem.invalid({ issues: [{ field: 'on', message }] })

const reasonOf = (typed: string): string => {
  const reason = typed.trim()
  if (reason === '') throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明理由' }] })
  return reason
}

/**
 * Moves a person between two units of the actor's scope: the superior of both. Both memberships stay in her history.
 * @throws Problem.notFound, invalid
 */
export async function movePerson(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { orgId, on, reason }: { orgId: number; on: string; reason: string },
): Promise<void> {
  const { actor } = work
  const why = reasonOf(reason)
  const open = await openOf(tx, actor, id, on, deps.today())
  if (!(await mayThere(tx, actor, 'person.request', orgId)))
    throw Problem.invalid({
      issues: [{ field: 'orgId', message: '不在本单位范围内，请由对方单位提出转入申请' }],
    })
  if (orgId === open.org_id)
    throw Problem.invalid({ issues: [{ field: 'orgId', message: '她本来就在这个单位' }] })
  await sql`SELECT app.move_person(${id}::uuid, ${orgId}::int, ${on}::date, ${why})`.execute(tx)
  auditPerson(work, 'person.move', id, ['org'])
}

/** Ends the membership of a person of the actor's own unit. @throws Problem.notFound, invalid */
export async function leaveUnit(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { on, leftBy, reason }: { on: string; leftBy: string; reason: string },
): Promise<void> {
  const { actor } = work
  const open = await openOf(tx, actor, id, on, deps.today())
  if (!(await mayThere(tx, actor, 'person.edit', open.org_id)))
    throw Problem.denied({ what: '离开须由她所在的单位登记' })
  await sql`UPDATE app.membership SET until_on = ${on}::date, left_by = ${leftBy}, reason = ${reason.trim() || null} WHERE id = ${open.id}::uuid`.execute(
    tx,
  )
  await sql`UPDATE app.person SET version = version + 1, updated_at = now() WHERE id = ${id}::uuid`.execute(
    tx,
  )
  auditPerson(work, 'person.leave', id, ['membership'])
}
