import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import { sql } from 'kysely'
import { openSecret, randomSalt, sealSecret, tokenDigest } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import { first, inTransaction, rows, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Actor } from './actor.ts'
import { getCredential } from './credential.server.ts'
import { notify } from './notice.server.ts'
import { challengeMinutes } from './passkey.ts'
import { relyingParty, type RelyingParty } from './relyingParty.server.ts'
import type { PasskeyAnswer, PasskeyAsk } from './passkeyApi.ts'
import { noteRefusal } from './signIn.server.ts'
import { giveBack, spendTry, subjectsOf, type Subject } from './throttle.server.ts'

/** For what a challenge may be answered: registering to an account, proving who is signed in, signing in. */
export type Purpose = `register ${string}` | `factor ${string}` | 'sign-in'

const about = (purpose: Purpose): string => `passkey ${purpose}`
const untilOf = (): number => Date.now() + challengeMinutes * 60_000

/** A challenge is a sealed ticket, so that asking for one writes nothing; answered ones are kept till they end. */
export const newChallenge = (deps: Deps, purpose: Purpose): string =>
  sealSecret(deps.crypto, 'jinguo.factor', `${untilOf()} ${randomSalt().toString('hex')}`, about(purpose))

/** Whether it is ours, for this purpose, and not too old. */
export function isOurs(deps: Deps, challenge: string, purpose: Purpose): boolean {
  try {
    const [until] = openSecret(deps.crypto, 'jinguo.factor', challenge, about(purpose)).split(' ')
    return Number(until) > Date.now()
  } catch {
    return false
  }
}

/** Takes a challenge for answered: of two answers to one only the first gets through. @throws Problem.passkeyRefused */
export async function spendChallenge(tx: Tx, challenge: string): Promise<void> {
  const taken = await first(
    tx,
    sql`INSERT INTO app.spent_challenge (challenge_hash, expires_at)
      VALUES (${tokenDigest(challenge)}, now() + make_interval(mins => ${challengeMinutes}::int)) ON CONFLICT DO NOTHING RETURNING 1`,
  )
  if (!taken) throw Problem.passkeyRefused()
}

/** @throws Problem.notFound where the address of this installation can have no passkeys */
export function partyOf(deps: Deps): RelyingParty {
  const party = relyingParty(deps.publicUrl)
  if (!party) throw Problem.notFound()
  return party
}

type Listed = PasskeyAsk['allowCredentials'][number]

/** The passkeys of an account as a browser is told of them. */
export async function passkeysOf(tx: Tx, accountId: string): Promise<Listed[]> {
  const found = await rows<Pick<Listed, 'id' | 'transports'>>(
    tx,
    sql`SELECT credential_id AS id, transports FROM app.passkey WHERE account_id = ${accountId}::uuid ORDER BY made_at, id`,
  )
  return found.map((passkey) => ({ ...passkey, type: 'public-key' as const }))
}

/** What a browser is to ask the authenticator: any passkey of ours at sign-in, one of her own when she is known. */
export const askFor = (deps: Deps, purpose: Purpose, allowCredentials: Listed[]): PasskeyAsk => ({
  challenge: newChallenge(deps, purpose),
  timeout: challengeMinutes * 60_000,
  rpId: partyOf(deps).id,
  allowCredentials,
  userVerification: 'required',
})

/** A passkey whose signature fitted, to be taken once. */
export type Signed = {
  id: string
  accountId: string
  challenge: string
  counter: number
  tries: Subject[]
}

type Stored = {
  id: string
  accountId: string
  label: string
  publicKey: Uint8Array
  counter: number
}

const findPasskey = (tx: Tx, credentialId: string): Promise<Stored | null> =>
  first(
    tx,
    sql`SELECT k.id, k.account_id AS "accountId", k.label, k.public_key AS "publicKey", k.counter
      FROM app.passkey k JOIN app.account a ON a.id = k.account_id WHERE k.credential_id = ${credentialId} AND a.disabled_at IS NULL`,
  )

type Asked = { actor: Actor; address: string; purpose: Purpose }

/**
 * Checks what an authenticator signed, outside any transaction, after counting the try: our challenge, our pages, our name, the
 * person verified by the authenticator, the key of this passkey. Whatever is wrong gets the same answer.
 * @throws Problem.tooManyTries, passkeyRefused
 */
export async function checkPasskey(
  deps: Deps,
  answer: PasskeyAnswer,
  { actor, address, purpose }: Asked,
): Promise<Signed> {
  const party = partyOf(deps)
  const tries = subjectsOf(deps.crypto, `passkey ${answer.id}`, address)
  const stored = await inTransaction(deps.db, identityContext(deps), async (tx) => {
    await spendTry(tx, tries)
    return findPasskey(tx, answer.id)
  })
  if (!stored) throw Problem.passkeyRefused()
  const isHers = purpose === 'sign-in' || stored.accountId === actor.accountId
  const signed = isHers ? await verify(deps, answer, { party, stored, purpose }) : null
  const isCopy = signed !== null && signed.counter <= stored.counter && signed.counter + stored.counter > 0
  if (!signed || isCopy) {
    await refuse(deps, actor, stored, isCopy)
    throw Problem.passkeyRefused()
  }
  return { id: stored.id, accountId: stored.accountId, tries, ...signed }
}

type Checking = { party: RelyingParty; stored: Stored; purpose: Purpose }

async function verify(
  deps: Deps,
  { id, userHandle, ...response }: PasskeyAnswer,
  { party, stored, purpose }: Checking,
): Promise<Pick<Signed, 'challenge' | 'counter'> | null> {
  // The authenticator says whose passkey it is; at sign-in nothing else does (WebAuthn §7.2, step 6).
  if (userHandle === null ? purpose === 'sign-in' : userHandle !== handleOf(stored.accountId)) return null
  let answered = ''
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { ...response, ...(userHandle === null ? {} : { userHandle }) },
      },
      expectedChallenge: (challenge) => {
        answered = challenge
        return isOurs(deps, challenge, purpose)
      },
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      // The counter is looked at once the signature fits, so that only a real copy raises the alarm.
      credential: { id, publicKey: new Uint8Array(stored.publicKey), counter: 0 },
    })
    return verified ? { challenge: answered, counter: authenticationInfo.newCounter } : null
  } catch {
    return null
  }
}

/** Notes a refusal; a right signature whose count has not grown comes from a copy of the passkey, and its owner is told. */
async function refuse(
  deps: Deps,
  actor: Actor,
  { accountId, label }: Stored,
  isCopy: boolean,
): Promise<void> {
  const own = await inTransaction(deps.db, identityContext(deps), async (tx) => {
    if (isCopy) await notify(tx, accountId, 'passkey.copied', label)
    return getCredential(tx, accountId)
  })
  await noteRefusal(deps, actor, own, 'session.passkey')
}

/** By which an authenticator knows an account: its id, which tells nothing of the person. */
export const handleOf = (accountId: string): string => Buffer.from(accountId).toString('base64url')

/**
 * Takes a signature that was checked: of two with one challenge or one count only the first gets through.
 * @throws Problem.passkeyRefused
 */
export async function takePasskey(tx: Tx, signed: Signed): Promise<void> {
  await spendChallenge(tx, signed.challenge)
  const taken = await first(
    tx,
    sql`UPDATE app.passkey SET counter = ${signed.counter}::bigint, used_at = now()
      WHERE id = ${signed.id}::uuid AND (counter < ${signed.counter}::bigint OR (counter = 0 AND ${signed.counter}::bigint = 0)) RETURNING 1`,
  )
  if (!taken) throw Problem.passkeyRefused()
  await giveBack(tx, signed.tries)
}
