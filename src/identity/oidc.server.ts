import { sql } from 'kysely'
import * as client from 'openid-client'
import { tokenDigest } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import { first, inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { notify } from './notice.server.ts'

/** Where the provider sends people back: a page, which hands what it was given to the server. */
const returnAddress = (publicUrl: string): string => `${publicUrl}/sign-in/oidc`

const flowMinutes = 10

export type Begun = { url: string; state: string }

/**
 * Prepares a way to the provider and back: PKCE, state and nonce. `accountId` = the account that asks to be bound, null = a
 * sign-in. @throws Problem.wayAbsent where none is set up, oidcDown
 */
export async function beginFlow(deps: Deps, accountId: string | null): Promise<Begun> {
  const configuration = await reach(deps)
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: returnAddress(deps.publicUrl),
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  await inTransaction(deps.db, identityContext(deps), (tx) =>
    sql`INSERT INTO app.oidc_flow (state_hash, verifier, nonce, account_id, expires_at)
      VALUES (${tokenDigest(state)}, ${verifier}, ${nonce}, ${accountId}::uuid, now() + make_interval(mins => ${flowMinutes}::int))`.execute(
      tx,
    ),
  )
  return { url: url.href, state }
}

async function reach(deps: Deps): Promise<client.Configuration> {
  if (!deps.oidc) throw Problem.wayAbsent({ way: '统一身份登录' })
  return deps.oidc.configuration().catch((error: unknown) => {
    throw down(error)
  })
}

function down(error: unknown): Problem {
  const problem = Problem.oidcDown()
  problem.cause = error
  return problem
}

/** Who came back from the provider: by the pair that never changes, and what she came for. */
export type Returned = { issuer: string; subject: string; bindTo: string | null }

/**
 * Takes what the provider sent back, once, in the browser that set out.
 * @throws Problem.linkSpent when the way is another browser's, used or too old; oidcDown when the provider refuses the code
 */
export async function finishFlow(deps: Deps, search: string, ownState: string | null): Promise<Returned> {
  const configuration = await reach(deps)
  const query = new URLSearchParams(search)
  const state = query.get('state') ?? ''
  if (ownState === null || ownState !== state) throw Problem.oidcRefused()
  const flow = await inTransaction(deps.db, identityContext(deps), (tx) =>
    first<{ verifier: string; nonce: string; account_id: string | null; alive: boolean }>(
      tx,
      sql`DELETE FROM app.oidc_flow WHERE state_hash = ${tokenDigest(state)} RETURNING verifier, nonce, account_id, expires_at > now() AS alive`,
    ),
  )
  if (!flow?.alive) throw Problem.oidcRefused()
  const tokens = await client
    .authorizationCodeGrant(configuration, new URL(`${returnAddress(deps.publicUrl)}?${query.toString()}`), {
      pkceCodeVerifier: flow.verifier,
      expectedState: state,
      expectedNonce: flow.nonce,
      idTokenExpected: true,
    })
    .catch((error: unknown) => {
      const problem = Problem.oidcRefused()
      problem.cause = error
      throw problem
    })
  const claims = tokens.claims()!
  return { issuer: claims.iss, subject: claims.sub, bindTo: flow.account_id }
}

/** Binds a person at the provider to an account that is there; neither is bound twice. @throws Problem.badGrant */
export async function bindIdentity(tx: Tx, { issuer, subject }: Returned, accountId: string): Promise<void> {
  const bound = await first(
    tx,
    sql`INSERT INTO app.oidc_identity (issuer, subject, account_id) VALUES (${issuer}, ${subject}, ${accountId}::uuid) ON CONFLICT DO NOTHING RETURNING 1`,
  )
  if (!bound) throw Problem.badGrant({ why: '这个统一身份或这个账号已有绑定，请先解除原来的绑定' })
  await notify(tx, accountId, 'oidc.bound')
}

export async function unbindIdentity(tx: Tx, accountId: string): Promise<boolean> {
  const gone = await first(
    tx,
    sql`DELETE FROM app.oidc_identity WHERE account_id = ${accountId}::uuid RETURNING 1`,
  )
  return gone !== null
}

/** The account a person at the provider is bound to; none is ever made for her. @throws Problem.oidcUnbound */
export async function accountOfIdentity(
  tx: Tx,
  { issuer, subject }: Returned,
): Promise<{ accountId: string; districtId: number }> {
  const found = await first<{ accountId: string; districtId: number }>(
    tx,
    sql`SELECT a.id AS "accountId", o.district_id AS "districtId" FROM app.oidc_identity i JOIN app.account a ON a.id = i.account_id
      JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id
      WHERE i.issuer = ${issuer} AND i.subject = ${subject} AND a.disabled_at IS NULL ORDER BY p.from_on, p.id LIMIT 1`,
  )
  if (!found) throw Problem.oidcUnbound()
  return found
}
