import { sql } from 'kysely'
import { linkToken, tokenDigest } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import { first, inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { InvitationMade } from './api.ts'
import { getCredential, namesAround, storePassword, type Credential } from './credential.server.ts'
import { hashNew } from './newPassword.server.ts'
import { notify } from './notice.server.ts'
import { closeOthers } from './session.server.ts'

/** A first password may wait for a letter to arrive; a forgotten one is set while the two are speaking. */
const inviteDays = 7
const resetMinutes = 30

/** The token stands behind #: browsers send it to no server, so no log holds it. */
const linkOf = (publicUrl: string, token: string): string => `${publicUrl}/join#${token}`

/**
 * Makes a link by which its holder sets the password of an account, in place of earlier ones. It opens no data by itself:
 * an account with a second factor still asks for it (ASVS 6.4.3).
 */
export async function makeInvitation(
  tx: Tx,
  publicUrl: string,
  accountId: string,
  madeBy: string,
): Promise<InvitationMade> {
  const token = linkToken()
  const isReset = (await getCredential(tx, accountId)).passwordHash !== null
  await sql`UPDATE app.invitation SET expires_at = now() WHERE account_id = ${accountId}::uuid AND used_at IS NULL AND expires_at > now()`.execute(
    tx,
  )
  const life = isReset
    ? sql`make_interval(mins => ${resetMinutes}::int)`
    : sql`make_interval(days => coalesce((SELECT value::int FROM app.setting WHERE key = 'inviteDays'), ${inviteDays}::int))`
  const made = await first<{ at: string }>(
    tx,
    sql`INSERT INTO app.invitation (token_hash, account_id, kind, made_by, expires_at)
      VALUES (${tokenDigest(token)}, ${accountId}::uuid, ${isReset ? 'reset' : 'invite'}, ${madeBy}::uuid, now() + ${life}) RETURNING to_jsonb(expires_at) #>> '{}' AS at`,
  )
  await unbindPhone(tx, accountId)
  if (isReset) await notify(tx, accountId, 'reset.made')
  return { link: linkOf(publicUrl, token), kind: isReset ? 'reset' : 'invite', expiresAt: made!.at }
}

/** Whoever came in by a phone before proves herself anew: by the link, or by the phone that the register knows now. */
const unbindPhone = (tx: Tx, accountId: string) =>
  sql`DELETE FROM app.phone_identity WHERE account_id = ${accountId}::uuid`.execute(tx)

/** The account of a link that still serves. @throws Problem.linkSpent for every other, without telling why */
export async function lookInvitation(
  tx: Tx,
  token: string,
): Promise<Credential & { kind: 'invite' | 'reset' }> {
  const found = await first<{ account_id: string; kind: 'invite' | 'reset' }>(
    tx,
    sql`SELECT i.account_id, i.kind FROM app.invitation i JOIN app.account a ON a.id = i.account_id
      WHERE i.token_hash = ${tokenDigest(token)} AND i.used_at IS NULL AND i.expires_at > now() AND a.disabled_at IS NULL`,
  )
  if (!found) throw Problem.linkSpent()
  return { ...(await getCredential(tx, found.account_id)), kind: found.kind }
}

export type NewlySet = { account: Awaited<ReturnType<typeof lookInvitation>>; hash: string }

/** Judges and hashes the new password of a link, outside any transaction. @throws Problem.linkSpent, invalid */
export async function checkInvitation(
  deps: Deps,
  { token, password }: { token: string; password: string },
): Promise<NewlySet> {
  const { account, names } = await inTransaction(deps.db, identityContext(deps), async (tx) => {
    const invited = await lookInvitation(tx, token)
    return { account: invited, names: await namesAround(tx, invited.accountId) }
  })
  const hash = await hashNew(deps, password, {
    names,
    hasFactor: account.hasFactor,
    old: account.passwordHash,
  })
  return { account, hash }
}

/** Uses a link: of two at once only the first sets its password. Every session of the account ends. @throws Problem.linkSpent */
export async function useInvitation(tx: Tx, token: string, { account, hash }: NewlySet): Promise<void> {
  const used = await first(
    tx,
    sql`UPDATE app.invitation SET used_at = now() WHERE token_hash = ${tokenDigest(token)} AND used_at IS NULL AND expires_at > now() RETURNING 1`,
  )
  if (!used) throw Problem.linkSpent()
  await storePassword(tx, account.accountId, hash, true)
  await closeOthers(tx, account.accountId, null)
  await unbindPhone(tx, account.accountId)
  // The first password is no news to the one who sets it.
  if (account.kind === 'reset') await notify(tx, account.accountId, 'password.set')
}
