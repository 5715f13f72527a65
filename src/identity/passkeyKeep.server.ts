import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Credential } from './credential.server.ts'
import { deviceOf } from './device.ts'
import { newCodes, storeCodes, type Codes } from './factor.server.ts'
import { notify } from './notice.server.ts'
import { handleOf, isOurs, newChallenge, partyOf, passkeysOf, spendChallenge } from './passkey.server.ts'
import { challengeMinutes, mostPasskeys } from './passkey.ts'
import { transports, type NewPasskey, type OwnPasskey, type PasskeyOffer } from './passkeyApi.ts'

/** EdDSA, ES256, RS256: what authenticators sign with (none knows SM2). */
const algorithms = [-8, -7, -257]

/** What a browser is to make: bound to the account, found at sign-in without a name, the person verified by the device. */
export async function offerPasskey(deps: Deps, tx: Tx, own: Credential): Promise<PasskeyOffer> {
  return {
    challenge: newChallenge(deps, `register ${own.accountId}`),
    timeout: challengeMinutes * 60_000,
    rp: { id: partyOf(deps).id, name: '巾帼' },
    user: { id: handleOf(own.accountId), name: own.login, displayName: own.name },
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: 'public-key' as const })),
    excludeCredentials: await passkeysOf(tx, own.accountId),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  }
}

/** A passkey whose making was checked. */
export type Registered = {
  label: string
  credentialId: string
  publicKey: Uint8Array
  counter: number
  transports: string[]
  challenge: string
  /** Where it is her first factor: the recovery codes that go with it. */
  first: Codes | null
}

/** @throws Problem.passkeyRefused when what the browser made is not what was asked for */
export async function checkRegistration(
  deps: Deps,
  own: Credential,
  made: NewPasskey,
  userAgent: string | undefined,
): Promise<Registered> {
  const party = partyOf(deps)
  let challenge = ''
  const { registrationInfo } = await verifyRegistrationResponse({
    response: {
      id: made.id,
      rawId: made.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: made.clientDataJSON, attestationObject: made.attestationObject },
    },
    expectedChallenge: (answered) => {
      challenge = answered
      return isOurs(deps, answered, `register ${own.accountId}`)
    },
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => ({ registrationInfo: null }))
  if (!registrationInfo || registrationInfo.credential.id !== made.id) throw Problem.passkeyRefused()
  const known: readonly string[] = transports
  return {
    label: made.label.trim() || deviceOf(userAgent),
    credentialId: made.id,
    publicKey: registrationInfo.credential.publicKey,
    counter: registrationInfo.credential.counter,
    transports: made.transports.filter((transport) => known.includes(transport)),
    challenge,
    first: own.hasFactor ? null : await newCodes(deps),
  }
}

/** Keeps a new passkey; its owner is told, but of the very first factor, which she has just made. @throws Problem.passkeyRefused, badGrant */
export async function storePasskey(tx: Tx, accountId: string, made: Registered): Promise<void> {
  await spendChallenge(tx, made.challenge)
  const kept = await first(
    tx,
    sql`INSERT INTO app.passkey (id, account_id, credential_id, public_key, counter, transports, label)
      SELECT ${randomId()}::uuid, ${accountId}::uuid, ${made.credentialId}, ${Buffer.from(made.publicKey)}, ${made.counter}::bigint, ${made.transports}::text[], ${made.label}
      WHERE (SELECT count(*) FROM app.passkey WHERE account_id = ${accountId}::uuid) < ${mostPasskeys} ON CONFLICT DO NOTHING RETURNING 1`,
  )
  if (!kept)
    throw Problem.badGrant({ why: `这把通行密钥已经添加过，或已满 ${mostPasskeys} 把；请先删除不用的` })
  if (made.first) await storeCodes(tx, accountId, made.first)
  else await notify(tx, accountId, 'passkey.added', made.label)
}

/** The passkeys of an account, newest first. */
export const ownPasskeys = (tx: Tx, accountId: string): Promise<OwnPasskey[]> =>
  rows(
    tx,
    sql`SELECT id, label, to_jsonb(made_at) #>> '{}' AS "madeAt", to_jsonb(used_at) #>> '{}' AS "usedAt"
      FROM app.passkey WHERE account_id = ${accountId}::uuid ORDER BY made_at DESC, id`,
  )

/** @throws Problem.notFound, invalid */
export async function renamePasskey(tx: Tx, accountId: string, id: string, label: string): Promise<void> {
  if (label.trim() === '') throw Problem.invalid({ issues: [{ field: 'label', message: '请填写名称' }] })
  const done = await first(
    tx,
    sql`UPDATE app.passkey SET label = ${label.trim()} WHERE id = ${id}::uuid AND account_id = ${accountId}::uuid RETURNING 1`,
  )
  if (!done) throw Problem.notFound()
}

/** Takes a passkey away; the last factor stays, or a password alone would be enough to enrol another. @throws Problem.notFound, badGrant */
export async function removePasskey(tx: Tx, own: Credential, id: string): Promise<void> {
  const gone = await first<{ label: string }>(
    tx,
    sql`DELETE FROM app.passkey WHERE id = ${id}::uuid AND account_id = ${own.accountId}::uuid RETURNING label`,
  )
  if (!gone) throw Problem.notFound()
  if (own.factor === null && own.passkeys === 1)
    throw Problem.badGrant({ why: '这是唯一的第二步验证；请先绑定动态验证码或另加一把，再删除它' })
  await notify(tx, own.accountId, 'passkey.removed', gone.label)
}
