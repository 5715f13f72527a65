import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { addMonths } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { HoldKind } from './api.ts'
import { auditPerson } from './audit.server.ts'
import { headOf, mayThere } from './read.server.ts'

// 暂缓清除: while a matter is open elsewhere, neither a purge nor an erasure destroys what is known of her.

/** The longest a hold may last at a time; a longer matter renews it. */
const mostMonths = 36

const dayAfterMonths = (day: string, months: number): string => {
  const ym = String(addMonths(Number(day.slice(0, 4)) * 100 + Number(day.slice(5, 7)), months))
  return `${ym.slice(0, 4)}-${ym.slice(4)}-${day.slice(8)}`
}

function refuse(field: string, message: string): never {
  throw Problem.invalid({ issues: [{ field, message }] })
}

function reasonOf(typed: string): string {
  const reason = typed.trim()
  if (reason.length < 4) refuse('reason', '请写明理由，至少 4 个字')
  return reason
}

/** Nobody decides over what is kept of herself. @throws Problem.notFound */
async function mustMay(tx: Tx, actor: Actor, personId: string): Promise<void> {
  const head = await headOf(tx, personId)
  if (!head || !(await mayThere(tx, actor, 'person.hold', head.org.id))) throw Problem.notFound()
  if (personId === actor.personId) throw Problem.denied({ what: '涉及本人，须由另一位同志办理' })
}

/** Holds a person's data until a day. @throws Problem.notFound, denied, invalid */
export async function setHold(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  personId: string,
  { kind, reason, untilOn }: { kind: HoldKind; reason: string; untilOn: string },
): Promise<void> {
  const { actor } = work
  await mustMay(tx, actor, personId)
  const why = reasonOf(reason)
  const today = deps.today()
  if (untilOn <= today) refuse('untilOn', '截止日期须晚于今天')
  if (untilOn > dayAfterMonths(today, mostMonths))
    refuse('untilOn', '一次最长暂缓三年，到期仍未了结的可以再办')
  await sql`INSERT INTO app.person_hold (id, person_id, kind, reason, until_on, org_id, account_id)
    VALUES (${randomId()}::uuid, ${personId}::uuid, ${kind}, ${why}, ${untilOn}::date, ${actor.org.id}, ${actor.accountId}::uuid)`.execute(
    tx,
  )
  auditPerson(work, 'person.hold', personId)
}

/** Ends a hold before its day. @throws Problem.notFound, denied, invalid, decidedAlready */
export async function liftHold(tx: Tx, work: UnitOfWork, id: string, typed: string): Promise<void> {
  const found = await first<{ person_id: string; lifted: boolean }>(
    tx,
    sql`SELECT person_id, lifted_at IS NOT NULL AS lifted FROM app.person_hold WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  await mustMay(tx, work.actor, found.person_id)
  if (found.lifted) throw Problem.decidedAlready()
  const why = reasonOf(typed)
  await sql`UPDATE app.person_hold SET lifted_by = ${work.actor.accountId}::uuid, lifted_at = now(), lift_reason = ${why} WHERE id = ${id}::uuid`.execute(
    tx,
  )
  auditPerson(work, 'person.lift', found.person_id)
}
