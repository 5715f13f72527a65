import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Actor } from './actor.ts'
import type { OwnAccount } from './api.ts'
import { getCredential } from './credential.server.ts'
import { noticesOf } from './notice.server.ts'
import { relyingParty } from './relyingParty.server.ts'
import { ownPasskeys } from './passkeyKeep.server.ts'
import { rulesInWords } from './password.ts'
import { tokenDigest } from '#crypto/secret.server.ts'

/** What a person sees of the safety of her own account. */
export async function readOwnAccount(deps: Deps, tx: Tx, actor: Actor): Promise<OwnAccount> {
  const own = await getCredential(tx, actor.accountId)
  const sessions = await rows<OwnAccount['sessions'][number]>(
    tx,
    sql`SELECT s.id, s.device, o.short_name AS org, to_jsonb(s.created_at) #>> '{}' AS "createdAt", to_jsonb(s.seen_at) #>> '{}' AS "seenAt",
        s.token_hash = ${tokenDigest(actor.token!)} AS "isCurrent"
      FROM app.session s JOIN app.post p ON p.id = s.post_id JOIN app.org o ON o.id = p.org_id
      WHERE s.account_id = ${actor.accountId}::uuid AND s.expires_at > now() ORDER BY s.seen_at DESC, s.id LIMIT ${bounds.devices.most}`,
  )
  const bound = await first(
    tx,
    sql`SELECT 1 FROM app.oidc_identity WHERE account_id = ${actor.accountId}::uuid`,
  )
  return {
    login: own.login,
    hasPassword: own.passwordHash !== null,
    passwordDays: own.passwordDays,
    passwordRules: rulesInWords(deps.passwordProfile, own.hasFactor),
    hasCode: own.factor !== null,
    passkeyOrigin: relyingParty(deps.publicUrl)?.origin ?? null,
    passkeys: await ownPasskeys(tx, actor.accountId),
    recoveryLeft: own.recoveryLeft,
    oidc: deps.oidc && { label: deps.oidc.label, isBound: bound !== null },
    sessions,
    notices: await noticesOf(tx, actor.accountId),
  }
}

/** Signs out one of the actor's own devices. @returns false where it is none of hers */
export async function closeDevice(tx: Tx, actor: Actor, sessionId: string): Promise<boolean> {
  const ended = await first(
    tx,
    sql`DELETE FROM app.session WHERE id = ${sessionId}::uuid AND account_id = ${actor.accountId}::uuid RETURNING 1`,
  )
  return ended !== null
}
