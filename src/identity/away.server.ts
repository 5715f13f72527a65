import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import { tokenDigest } from '#crypto/secret.server.ts'
import { addDays } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { accounts, tell } from '#notify/tell.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Actor } from './actor.ts'
import type { Me } from './api.ts'
import type { Away, Delegation, NewDelegation } from './awayApi.ts'

/** Longest absence for which a colleague is named; beyond it a post is handed over. */
const mostDays = 90

const isCurrent = sql`p.role = 'cadre' AND c.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date`

const stateSql = (today: string) =>
  sql`CASE WHEN d.ended_at IS NOT NULL OR d.until_on < ${today}::date THEN 'over' WHEN d.from_on > ${today}::date THEN 'coming' ELSE 'active' END`

function delegations(tx: Tx, actor: Actor, today: string, mine: 'from' | 'to'): Promise<Delegation[]> {
  const own = mine === 'from' ? 'from_account' : 'to_account'
  const other = mine === 'from' ? 'to_account' : 'from_account'
  return rows<Delegation>(
    tx,
    sql`SELECT d.id, c.name, d.from_on AS "fromOn", d.until_on AS "untilOn", ${stateSql(today)} AS state
      FROM app.delegation d JOIN app.account c ON c.id = d.${sql.raw(other)} WHERE d.${sql.raw(own)} = ${actor.accountId}::uuid AND d.org_id = ${actor.org.id}
      ORDER BY d.from_on DESC, d.created_at DESC LIMIT ${bounds.absences.most}`,
  )
}

export async function readAway(tx: Tx, actor: Actor, today: string): Promise<Away> {
  const [given, received, colleagues] = await Promise.all([
    delegations(tx, actor, today, 'from'),
    delegations(tx, actor, today, 'to'),
    rows<Away['colleagues'][number]>(
      tx,
      sql`SELECT p.id AS "postId", c.name, c.title FROM app.post p JOIN app.account c ON c.id = p.account_id
        WHERE p.org_id = ${actor.org.id} AND ${isCurrent} AND c.person_id <> ${actor.personId}::uuid ORDER BY c.name`,
    ),
  ])
  return { given, received, colleagues }
}

/**
 * Names a colleague of the unit for an absence. She acts by the rights of her own post, which are the same: so nobody gets a right
 * that two administrators did not give, and who submitted still does not decide. @throws Problem.invalid
 */
export async function giveAway(tx: Tx, work: UnitOfWork, today: string, given: NewDelegation): Promise<void> {
  const { actor } = work
  const issues: Issue[] = []
  if (given.untilOn < given.fromOn) issues.push({ field: 'untilOn', message: '止日不能早于起日' })
  else if (given.untilOn < today) issues.push({ field: 'untilOn', message: '止日已过，请重新选择' })
  else if (given.untilOn > addDays(given.fromOn, mostDays))
    issues.push({ field: 'untilOn', message: `一次最多委托 ${mostDays} 天，更长的请办理岗位交接` })
  const to = await first<{ account: string; name: string }>(
    tx,
    sql`SELECT c.id AS account, c.name FROM app.post p JOIN app.account c ON c.id = p.account_id
      WHERE p.id = ${given.toPost}::uuid AND p.org_id = ${actor.org.id} AND ${isCurrent} AND c.person_id <> ${actor.personId}::uuid`,
  )
  if (!to) issues.push({ field: 'toPost', message: '请选择本单位的另一位女工干部' })
  const overlap = await first(
    tx,
    sql`SELECT 1 FROM app.delegation d WHERE d.from_account = ${actor.accountId}::uuid AND d.org_id = ${actor.org.id} AND d.ended_at IS NULL
      AND d.from_on <= ${given.untilOn}::date AND d.until_on >= ${given.fromOn}::date`,
  )
  if (overlap) issues.push({ field: 'fromOn', message: '这段时间已经委托过，请先结束原来的委托' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const id = randomId()
  await sql`INSERT INTO app.delegation (id, org_id, from_account, from_post, to_account, to_post, from_on, until_on)
    VALUES (${id}::uuid, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.postId}::uuid, ${to!.account}::uuid, ${given.toPost}::uuid,
      ${given.fromOn}::date, ${given.untilOn}::date)`.execute(tx)
  const subject = `${actor.name}委托您在 ${given.fromOn} 至 ${given.untilOn} 代为办理，可在右上角切换`
  tell(tx, accounts(sql`SELECT ${to!.account}::uuid`), { kind: 'away', subject, link: '/account' }, null)
  work.audit({
    districtId: actor.org.districtId,
    action: 'account.away',
    object: `delegation:${id}`,
    fields: [given.fromOn, given.untilOn],
  })
}

/** Ends a delegation before its day: who gave it, or who got it. @throws Problem.notFound */
export async function endAway(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const { actor } = work
  const ended = await first<{ from_account: string; to_account: string }>(
    tx,
    sql`UPDATE app.delegation SET ended_at = now() WHERE id = ${id}::uuid AND ended_at IS NULL
      AND ${actor.accountId}::uuid IN (from_account, to_account) RETURNING from_account, to_account`,
  )
  if (!ended) throw Problem.notFound()
  const other = ended.from_account === actor.accountId ? ended.to_account : ended.from_account
  tell(
    tx,
    accounts(sql`SELECT ${other}::uuid`),
    { kind: 'away', subject: `${actor.name}结束了委托`, link: '/account' },
    null,
  )
  work.audit({ districtId: actor.org.districtId, action: 'account.awayEnd', object: `delegation:${id}` })
}

/** Begins or ends acting for a colleague, in this session. @throws Problem.notFound where the delegation is not hers or not of today */
export async function setBehalf(tx: Tx, work: UnitOfWork, today: string, id: string | null): Promise<void> {
  const { actor } = work
  const token = tokenDigest(actor.token ?? '')
  if (id === null)
    await sql`UPDATE app.session SET behalf = NULL, behalf_until = NULL WHERE token_hash = ${token}`.execute(
      tx,
    )
  else {
    // Days are the business calendar's, the session's end the clock's.
    const set = await first(
      tx,
      sql`UPDATE app.session s SET behalf = d.id, behalf_until = current_date + (d.until_on - ${today}::date) + 1 FROM app.delegation d
        WHERE s.token_hash = ${token} AND d.id = ${id}::uuid AND d.to_account = ${actor.accountId}::uuid AND d.to_post = ${actor.postId}::uuid
          AND ${stateSql(today)} = 'active' RETURNING 1`,
    )
    if (!set) throw Problem.notFound()
  }
  work.audit({
    districtId: actor.org.districtId,
    action: 'session.behalf',
    object: id === null ? `account:${actor.accountId}` : `delegation:${id}`,
  })
}

/** For whom she acts, and for whom she may, for GET /api/me. */
export async function behalfOf(
  tx: Tx,
  actor: Actor,
  today: string,
): Promise<Pick<Me, 'behalf' | 'mayActFor'>> {
  const mayActFor = await rows<Me['mayActFor'][number]>(
    tx,
    sql`SELECT d.id, c.name, d.until_on AS "untilOn" FROM app.delegation d JOIN app.account c ON c.id = d.from_account
      WHERE d.to_account = ${actor.accountId}::uuid AND d.to_post = ${actor.postId}::uuid AND ${stateSql(today)} = 'active' ORDER BY d.from_on`,
  )
  return { behalf: actor.behalf ?? null, mayActFor }
}
