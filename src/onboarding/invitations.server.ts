import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { makeInvitation } from '#identity/invitation.server.ts'
import { findIntake } from '#intake/store.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'

export type Invited = { name: string; login: string; org: string; link: string; expiresAt: string }

/**
 * Makes the links of the accounts that a workbook opened and that have no password yet. They are shown once: a second call
 * makes new ones, and the earlier serve no more. @throws Problem.notFound
 */
export async function inviteAll(deps: Deps, tx: Tx, work: UnitOfWork, intakeId: string): Promise<Invited[]> {
  const { actor } = work
  await findIntake(deps, tx, actor, intakeId)
  const open = await rows<{ id: string; name: string; login: string; org: string }>(
    tx,
    sql`SELECT a.id, a.name, a.login, coalesce((SELECT o.name FROM app.post p JOIN app.org o ON o.id = p.org_id WHERE p.account_id = a.id LIMIT 1),
        (SELECT o.name FROM app.post_request q JOIN app.org o ON o.id = q.org_id WHERE q.account_id = a.id LIMIT 1), '') AS org
      FROM app.intake_row r JOIN app.account a ON r.made = 'account:' || a.id LEFT JOIN app.credential c ON c.account_id = a.id
      WHERE r.intake_id = ${intakeId}::uuid AND c.password_hash IS NULL AND a.disabled_at IS NULL ORDER BY r.sheet, r.line`,
  )
  const made: Invited[] = []
  for (const { id, ...who } of open) {
    const { link, expiresAt } = await makeInvitation(tx, deps.publicUrl, id, actor.accountId)
    work.audit({ districtId: actor.org.districtId, action: 'account.invite', object: `account:${id}` })
    made.push({ ...who, link, expiresAt })
  }
  return made
}
