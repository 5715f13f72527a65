import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { Problem } from '#kit/problem.ts'
import { accounts, cadresOf, tell } from '#notify/tell.server.ts'
import { briefOf } from '#org/brief.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { enqueue } from '#server/jobs.server.ts'
import type { SecondAnswer, SecondLine } from './api.ts'
import { exportJob, secondDays } from './rules.ts'

// The second pair of eyes: who may take many persons out is decided by another of her unit or of one above it.

const link = '/downloads'

/** Persons whom she took out today without anybody else's eyes, in this unit. */
export async function takenToday(tx: Tx, actor: Actor): Promise<number> {
  const found = await first<{ n: number }>(
    tx,
    sql`SELECT coalesce(sum(row_count), 0)::int AS n FROM app.export WHERE account_id = ${actor.accountId}::uuid AND org_id = ${actor.org.id}
      AND is_personal AND NOT needs_second AND state IN ('waiting', 'ready', 'gone') AND asked_at > now() - interval '1 day'`,
  )
  return found!.n
}

/** Her unit, and the unit right above it. */
const deciding = (orgId: number) => sql`SELECT ${orgId}::int UNION SELECT id FROM (
  SELECT a.id FROM app.org o JOIN app.org a ON a.id <> o.id AND o.scope_code LIKE a.scope_code || '%'
  WHERE o.id = ${orgId} ORDER BY length(a.scope_code) DESC LIMIT 1) above`

/** Tells whoever may decide that something waits. */
export function tellSecond(tx: Tx, { actor }: UnitOfWork, title: string, count: number): void {
  const subject = `${actor.org.shortName} ${actor.name} 申请导出${title} ${count} 行，请在 ${secondDays} 天内批准或退回`
  tell(tx, cadresOf(deciding(actor.org.id)), { kind: 'trust', subject, link }, actor.accountId)
}

const open = sql`x.state = 'asked' AND x.asked_at > now() - make_interval(days => ${secondDays}::int)`

/** What waits for the actor's decision, the oldest first. */
export async function listSecond(
  tx: Tx,
  actor: Actor,
  most: number = bounds.exportSeconds.most,
): Promise<{ rows: SecondLine[] }> {
  return {
    rows: await rows<SecondLine>(
      tx,
      sql`SELECT x.id, x.title, a.name AS person, ${briefOf('o')} AS org, x.row_count AS rows, x.columns, x.is_full AS full, x.reason,
        to_jsonb(x.asked_at) #>> '{}' AS "askedAt", to_jsonb(x.asked_at + make_interval(days => ${secondDays}::int)) #>> '{}' AS "untilAt"
        FROM app.export x JOIN app.account a ON a.id = x.account_id JOIN app.org o ON o.id = x.org_id
        WHERE x.needs_second AND x.person_id <> ${actor.personId}::uuid AND ${open} ORDER BY x.asked_at, x.id LIMIT ${most}`,
    ),
  }
}

type Waiting = Place & { district_id: number; account_id: string; title: string; open: boolean }

/** Lets a file be made, or refuses it with a word. @throws Problem.notFound, decidedAlready, invalid */
export async function decideSecond(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { approve, reason }: SecondAnswer,
): Promise<void> {
  const { actor } = work
  const answer = reason.trim()
  const found = await first<Waiting>(
    tx,
    sql`SELECT o.id, o.scope_code AS "scopeCode", NULL AS "viewCode", x.district_id, x.account_id, x.title, ${open} AS open
      FROM app.export x JOIN app.org o ON o.id = x.org_id WHERE x.id = ${id}::uuid AND x.needs_second AND x.person_id <> ${actor.personId}::uuid`,
  )
  if (!found || !can(actor, 'export.decide', { ...found, class: 3 })) throw Problem.notFound()
  if (!found.open) throw Problem.decidedAlready()
  if (!approve && answer.length < 4)
    throw Problem.invalid({
      issues: [{ field: 'reason', message: '退回请写明理由（至少 4 个字），申请人看得到' }],
    })
  const done = await rows(
    tx,
    sql`UPDATE app.export SET state = ${approve ? 'waiting' : 'refused'}, second_account = ${actor.accountId}::uuid,
      second_person = ${actor.personId}::uuid, second_at = now(), second_answer = ${answer}
      WHERE district_id = ${found.district_id} AND id = ${id}::uuid AND state = 'asked' RETURNING 1 AS one`,
  )
  if (done.length === 0) throw Problem.decidedAlready()
  if (approve) await enqueue(tx, { districtId: found.district_id, kind: exportJob, key: id, payload: {} })
  work.audit({
    districtId: found.district_id,
    action: approve ? 'export.approve' : 'export.refuse',
    object: `export:${id}`,
    purpose: answer,
  })
  const subject = `导出${found.title}的申请${approve ? '已批准，文件做好后在下载中心' : '被退回，请看理由'}`
  tell(tx, accounts(sql`SELECT ${found.account_id}::uuid`), { kind: 'trust', subject, link }, actor.accountId)
}
