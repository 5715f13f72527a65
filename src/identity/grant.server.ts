import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { nameDigest } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import { accounts, tell } from '#notify/tell.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { requireAccount } from './accounts.server.ts'
import type { GrantRow } from './api.ts'
import { dropFactor } from './factor.server.ts'
import { notify } from './notice.server.ts'
import { closeOthers } from './session.server.ts'

/** Posts that wait for the security administrator, oldest first. */
export const listGrants = (tx: Tx): Promise<GrantRow[]> =>
  rows(
    tx,
    sql`SELECT q.id, a.name, a.login, q.role, jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier) AS org,
        q.from_on AS "fromOn", q.until_on AS "untilOn", b.name AS "askedBy", to_jsonb(q.asked_at) #>> '{}' AS "askedAt"
      FROM app.post_request q JOIN app.account a ON a.id = q.account_id JOIN app.account b ON b.id = q.asked_by JOIN app.org o ON o.id = q.org_id
      WHERE q.decided_at IS NULL ORDER BY q.asked_at, q.id LIMIT ${bounds.grants.most}`,
  )

/** Whether a post for this account still waits for the security administrator. */
export const waitsForPost = async (tx: Tx, accountId: string): Promise<boolean> =>
  (await first(
    tx,
    sql`SELECT 1 FROM app.post_request WHERE account_id = ${accountId}::uuid AND decided_at IS NULL LIMIT 1`,
  )) !== null

/**
 * Gives or refuses a post that was asked for: never by the one who asked, nor for oneself.
 * @throws Problem.notFound, badGrant
 */
export async function decideGrant(
  tx: Tx,
  work: UnitOfWork,
  requestId: string,
  isGranted: boolean,
): Promise<void> {
  const asked = await first<{ clashes: boolean; account_id: string }>(
    tx,
    sql`SELECT app.clashes(account_id, role, from_on, until_on) AS clashes, account_id FROM app.post_request WHERE id = ${requestId}::uuid AND decided_at IS NULL`,
  )
  if (!asked) throw Problem.notFound()
  if (isGranted && asked.clashes)
    throw Problem.badGrant({ why: '三员（系统、安全、审计管理员）互不兼任，也不兼业务岗位；请不予批准' })
  const [done] = await rows<{ ok: boolean }>(
    tx,
    sql`SELECT app.decide_post(${requestId}::uuid, ${isGranted}) AS ok`,
  )
  if (!done!.ok) throw Problem.badGrant({ why: '申请人和获授岗位的人不能自己批准，请由另一位安全管理员办理' })
  work.audit({
    districtId: work.actor.org.districtId,
    action: isGranted ? 'post.grant' : 'post.refuse',
    object: `account:${asked.account_id}`,
  })
  const subject = isGranted ? '您的新岗位已批准，可在右上角切换' : '您的岗位申请没有获得批准'
  tell(
    tx,
    accounts(sql`SELECT ${asked.account_id}::uuid`),
    { kind: 'post', subject, link: '/' },
    work.actor.accountId,
  )
}

/** Signs an account out everywhere and forgets its failed tries. @throws Problem.notFound */
export async function endAccess(deps: Deps, tx: Tx, work: UnitOfWork, accountId: string): Promise<void> {
  const { login } = await requireAccount(tx, accountId)
  const subjects = [login, `factor ${accountId}`].map((name) => nameDigest(deps.crypto, `account ${name}`))
  await sql`DELETE FROM app.attempt WHERE subject = ANY (${subjects})`.execute(tx)
  await closeOthers(tx, accountId, null)
  noteAccess(work, 'access.end', accountId)
}

/** Takes the second factor of a lost phone away; the password, which only the system administrator can reset, stays. @throws Problem.notFound */
export async function resetFactor(tx: Tx, work: UnitOfWork, accountId: string): Promise<void> {
  await requireAccount(tx, accountId)
  await dropFactor(tx, accountId)
  await closeOthers(tx, accountId, null)
  await notify(tx, accountId, 'factor.dropped')
  noteAccess(work, 'access.factor', accountId)
}

const noteAccess = ({ actor, audit }: UnitOfWork, action: string, accountId: string): void =>
  audit({ districtId: actor.org.districtId, action, object: `account:${accountId}` })
