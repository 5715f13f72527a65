import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { NewTask, TaskDecision } from './api.ts'
import { askedUnits, type Addressees } from './asked.server.ts'
import type { Stored } from './read.server.ts'

const linkOf = (id: string): string => `/tasks/${id}`

/** Units that may be told of a task besides those that are asked: above or below the issuer, since nobody else opens it. @throws Problem.invalid */
export async function copyUnits(tx: Tx, actor: Actor, named: readonly number[]): Promise<number[]> {
  const wanted = [...new Set(named)]
  if (wanted.length === 0) return []
  const known = await rows<{ id: number }>(
    tx,
    sql`SELECT o.id FROM app.org o WHERE o.id = ANY(${wanted}::int[]) AND o.closed_on IS NULL AND o.id <> ${actor.org.id}
      AND (starts_with(o.scope_code, ${actor.org.scopeCode}) OR starts_with(${actor.org.scopeCode}, o.scope_code))`,
  )
  if (known.length < wanted.length)
    throw Problem.invalid({ issues: [{ field: 'copyTo', message: '只能抄送本单位的上级或下级单位' }] })
  return known.map(({ id }) => id)
}

/** Chosen units of the actor's own scope. @throws Problem.invalid */
export async function chosenUnits(tx: Tx, actor: Actor, named: readonly number[]): Promise<number[]> {
  const wanted = [...new Set(named)]
  if (wanted.length === 0) return []
  const known = await rows<{ id: number }>(
    tx,
    sql`SELECT o.id FROM app.org o WHERE o.id = ANY(${wanted}::int[]) AND o.closed_on IS NULL AND o.id <> ${actor.org.id}
      AND starts_with(o.scope_code, ${actor.org.scopeCode}) ORDER BY o.id`,
  )
  if (known.length < wanted.length)
    throw Problem.invalid({ issues: [{ field: 'under', message: '只能选择本单位以下的单位，请重新选择' }] })
  return known.map(({ id }) => id)
}

export const addresseesOf = (task: Stored): Addressees => ({
  scope: task.issuer_scope,
  issuer: task.org_id,
  tiers: task.tiers,
  under: task.under,
})

const asked = (of: Addressees): RawBuilder<unknown> => sql`SELECT u.id FROM ${askedUnits(of)}`

export function tellSent(
  tx: Tx,
  actor: Actor,
  task: Pick<NewTask, 'title' | 'tiers' | 'dueOn'> & { id: string; under: readonly number[] },
  copies: readonly number[],
): void {
  const link = linkOf(task.id)
  const to = asked({ ...task, scope: actor.org.scopeCode, issuer: actor.org.id })
  const by = actor.org.shortName
  const subject = `${by}下达了“${task.title}”，${task.dueOn} 前报送`
  tell(tx, cadresOf(to), { kind: 'task', subject, link }, actor.accountId)
  if (copies.length > 0) {
    const told = sql`SELECT c.id FROM (${units(copies)}) c(id) WHERE c.id NOT IN (${to})`
    tell(tx, cadresOf(told), { kind: 'copy', subject: `${by}下达了“${task.title}”`, link }, actor.accountId)
  }
}

/** Tells all who are asked, but those who are done, what changed. */
export function tellChange(tx: Tx, actor: Actor, task: Stored, why: string): void {
  const open = sql`SELECT q.id FROM (${asked(addresseesOf(task))}) q WHERE NOT EXISTS (SELECT FROM app.task_answer a WHERE a.task_id = ${task.id}::uuid
    AND a.org_id = q.id AND a.state = 'closed')`
  const subject = `“${task.title}”有变更：${why}`
  tell(tx, cadresOf(open), { kind: 'task', subject, link: linkOf(task.id) }, actor.accountId)
}

const verbs = { return: '退回了', chase: '催办' } as const

export function tellDecision(
  tx: Tx,
  actor: Actor,
  task: Stored,
  { act, reason }: TaskDecision,
  done: readonly number[],
): void {
  if (act === 'close') return
  const subject = `${actor.org.shortName}${verbs[act]}“${task.title}”${act === 'return' ? `：${reason?.trim() ?? ''}` : `，${task.due_on} 前报送`}`
  tell(
    tx,
    cadresOf(units(done)),
    { kind: act === 'chase' ? 'chase' : 'task', subject, link: linkOf(task.id) },
    actor.accountId,
  )
}
