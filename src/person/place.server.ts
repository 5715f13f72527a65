import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { randomId } from '#crypto/provider.server.ts'
import { mayThere } from './read.server.ts'
import { ownRequestKinds, type StandingTurn } from './api.ts'
import { auditPerson } from './audit.server.ts'

type Open = { id: string; org_id: number; from_on: string; kind: string }

/** The open membership of a person of the actor's scope, locked. @throws Problem.notFound, invalid */
async function openOf(tx: Tx, actor: Actor, personId: string, on: string, today: string): Promise<Open> {
  const open = await first<Open>(
    tx,
    sql`SELECT m.id, m.org_id, m.from_on, m.kind FROM app.membership m JOIN app.person p ON p.id = m.person_id
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
  // Who has left joins elsewhere: what she asked of this unit is answered.
  await sql`UPDATE app.person_request SET state = 'refused', answer = '已离开本单位，请到现在的单位申请', decided_by = ${actor.accountId}::uuid,
      decided_person = ${actor.personId}::uuid, decided_at = now() WHERE kind = ANY (${[...ownRequestKinds]}::text[]) AND person_id = ${id}::uuid AND state = 'open'`.execute(
    tx,
  )
  auditPerson(work, 'person.leave', id, ['membership'])
}

/** From what into what a membership turns, and the word that ends the one and begins the other. */
const turns: Readonly<Record<StandingTurn, { from: string; into: string; word: string; wrong: string }>> = {
  join: { from: '女职工', into: '会员', word: '入会', wrong: '她不是未入会的女职工，不用登记入会' },
  keep: { from: '会员', into: '保留会籍', word: '保留', wrong: '她现在不是会员，不能保留会籍' },
  resume: { from: '保留会籍', into: '会员', word: '恢复', wrong: '她没有保留会籍，不用恢复' },
}

/**
 * She stays in her unit and from a day on is a member, one whose membership rests, or a member again: what she was ends, so that
 * any day is told by its own row. @throws Problem.notFound, denied, invalid
 */
export async function turnStanding(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: { turn: StandingTurn; on: string; keptFor?: string | undefined; reason: string },
): Promise<void> {
  const { actor } = work
  const { turn, on, keptFor } = given
  const open = await openOf(tx, actor, id, on, deps.today())
  if (!(await mayThere(tx, actor, 'person.edit', open.org_id)))
    throw Problem.denied({ what: '会籍变动须由她所在的单位登记' })
  const { from, into, word, wrong } = turns[turn]
  if (open.kind !== from) throw refuse(wrong)
  if (turn === 'keep' && keptFor === undefined)
    throw Problem.invalid({ issues: [{ field: 'keptFor', message: '请选择保留会籍的原因' }] })
  const why = [turn === 'keep' ? keptFor : null, given.reason.trim()].filter(Boolean).join('：') || null
  await sql`UPDATE app.membership SET until_on = ${on}::date, left_by = ${word} WHERE id = ${open.id}::uuid`.execute(
    tx,
  )
  await sql`INSERT INTO app.membership (id, person_id, org_id, kind, from_on, joined_by, reason)
    VALUES (${randomId()}::uuid, ${id}::uuid, ${open.org_id}, ${into}, ${on}::date, ${word}, ${why})`.execute(
    tx,
  )
  await sql`UPDATE app.person SET version = version + 1, updated_at = now() WHERE id = ${id}::uuid`.execute(
    tx,
  )
  // Whoever takes her in by hand has answered what she asked.
  if (turn === 'join')
    await sql`UPDATE app.person_request SET state = 'done', decided_by = ${actor.accountId}::uuid, decided_person = ${actor.personId}::uuid, decided_at = now()
      WHERE kind = 'join' AND person_id = ${id}::uuid AND state = 'open' AND asked_person <> ${actor.personId}::uuid`.execute(
      tx,
    )
  auditPerson(work, 'person.standing', id, [turn])
}
