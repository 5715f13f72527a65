import { Secret, TOTP } from 'otpauth'
import { sql } from 'kysely'
import { letterCode, openSecret, randomSalt, sealSecret } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import { first, inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Actor } from './actor.ts'
import { getCredential, type Credential } from './credential.server.ts'
import { notify } from './notice.server.ts'
import { isByPhone } from './session.server.ts'
import { noteRefusal } from './signIn.server.ts'
import { giveBack, spendTry, subjectsOf, type Subject } from './throttle.server.ts'
import { isRecovery, isTotp, normalCode, recoveryCount, spacedCode, stepSeconds, stepWindow } from './totp.ts'

const issuer = '巾帼'
const enrolMinutes = 15

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period: stepSeconds })

/** The step whose code this is, within the window around the real clock; null where it is none. */
function stepOf(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code, window: stepWindow, timestamp: now })
  return delta === null ? null : Math.floor(now / 1000 / stepSeconds) + delta
}

/** A code that fits, to be taken once. */
export type Proof = { tries: Subject[]; take: { step: number } | { recovery: Buffer } }

/**
 * Checks a code of the app or a recovery code, outside any transaction, after counting the try.
 * @throws Problem.tooManyTries, wrongCode
 */
export async function checkFactor(deps: Deps, actor: Actor, typed: string, address: string): Promise<Proof> {
  const { own, tries } = await begin(deps, actor, address)
  const code = normalCode(typed)
  const take = await proofOf(deps, own, code)
  if (take) return { tries, take }
  await noteRefusal(deps, actor, own, 'session.factor')
  throw Problem.wrongCode()
}

async function begin(
  deps: Deps,
  actor: Actor,
  address: string,
): Promise<{ own: Credential; tries: Subject[] }> {
  const tries = subjectsOf(deps.crypto, `factor ${actor.accountId}`, address)
  return inTransaction(deps.db, identityContext(deps), async (tx) => {
    await spendTry(tx, tries)
    return { own: await getCredential(tx, actor.accountId), tries }
  })
}

async function proofOf(deps: Deps, own: Credential, code: string): Promise<Proof['take'] | null> {
  if (isTotp(code)) {
    if (own.factor === null) return null
    const secret = openSecret(deps.crypto, 'jinguo.factor', own.factor, own.accountId)
    const step = stepOf(secret, code, Date.now())
    return step !== null && step > own.factorStep ? { step } : null
  }
  if (!isRecovery(code) || own.recoverySalt === null || own.recoveryLeft === 0) return null
  return { recovery: await deps.hasher.digest(code, own.recoverySalt) }
}

/** Takes a code that was checked: of two requests with the same one only the first gets through. @throws Problem.wrongCode */
export async function takeFactor(tx: Tx, accountId: string, { tries, take }: Proof): Promise<void> {
  const taken = await first(
    tx,
    'step' in take
      ? sql`UPDATE app.credential SET factor_step = ${take.step}::bigint WHERE account_id = ${accountId}::uuid AND factor_step < ${take.step}::bigint RETURNING 1`
      : sql`UPDATE app.recovery_code SET used_at = now() WHERE account_id = ${accountId}::uuid AND code_hash = ${take.recovery} AND used_at IS NULL RETURNING 1`,
  )
  if (!taken) throw Problem.wrongCode()
  await giveBack(tx, tries)
  if ('recovery' in take) await notify(tx, accountId, 'recovery.used')
}

/**
 * Who may enrol a factor: the first one after the password, another only right after one that is there was given.
 * @throws Problem.stepUpNeeded
 */
export async function mayEnrol(tx: Tx, actor: Actor): Promise<Credential> {
  const own = await getCredential(tx, actor.accountId)
  if (own.hasFactor && !(actor.aal === 2 && actor.stepUp)) throw Problem.stepUpNeeded()
  return own
}

type Ticket = { secret: string; until: number }

/** A new secret for the app of a phone; it is kept nowhere until its first code comes back with the ticket. */
export function offerFactor(
  deps: Deps,
  account: Credential,
): { uri: string; secret: string; ticket: string } {
  const secret = new Secret({ size: 20 }).base32
  const sealed: Ticket = { secret, until: Date.now() + enrolMinutes * 60_000 }
  return {
    secret,
    uri: totpOf(secret, account.login).toString(),
    ticket: sealSecret(deps.crypto, 'jinguo.factor', JSON.stringify(sealed), `enrol ${account.accountId}`),
  }
}

/** A factor whose first code came back, with ten recovery codes. */
export type Enrolment = Codes & { sealed: string; step: number; tries: Subject[]; isFirst: boolean }

/** @throws Problem.linkSpent when the ticket is another's or too old; tooManyTries, wrongCode */
export async function checkEnrolment(
  deps: Deps,
  actor: Actor,
  { ticket, code }: { ticket: string; code: string },
  address: string,
): Promise<Enrolment> {
  const { own, tries } = await begin(deps, actor, address)
  const secret = openTicket(deps, own.accountId, ticket)
  const step = stepOf(secret, normalCode(code), Date.now())
  if (step === null) throw Problem.wrongCode()
  const sealed = sealSecret(deps.crypto, 'jinguo.factor', secret, own.accountId)
  return { sealed, step, tries, isFirst: !own.hasFactor, ...(await newCodes(deps)) }
}

function openTicket(deps: Deps, accountId: string, ticket: string): string {
  try {
    const { secret, until } = JSON.parse(
      openSecret(deps.crypto, 'jinguo.factor', ticket, `enrol ${accountId}`),
    ) as Ticket
    if (until > Date.now()) return secret
  } catch {
    // Another's or changed: the same answer as too old.
  }
  throw Problem.badGrant({ why: '这一页打开得太久了，请刷新后重新扫码' })
}

export type Codes = { codes: string[]; hashes: Buffer[]; salt: Buffer }

/** Ten recovery codes of 50 bits, to be shown once. */
export async function newCodes(deps: Deps): Promise<Codes> {
  const salt = randomSalt()
  const codes = Array.from({ length: recoveryCount }, () => letterCode(10))
  const hashes = await Promise.all(codes.map((code) => deps.hasher.digest(code, salt)))
  return { codes: codes.map(spacedCode), hashes, salt }
}

export async function storeCodes(tx: Tx, accountId: string, { hashes, salt }: Codes): Promise<void> {
  await sql`DELETE FROM app.recovery_code WHERE account_id = ${accountId}::uuid`.execute(tx)
  await sql`INSERT INTO app.credential (account_id, recovery_salt) VALUES (${accountId}::uuid, ${salt})
    ON CONFLICT (account_id) DO UPDATE SET recovery_salt = EXCLUDED.recovery_salt`.execute(tx)
  await sql`INSERT INTO app.recovery_code (account_id, code_hash) SELECT ${accountId}::uuid, unnest(${hashes}::bytea[])`.execute(
    tx,
  )
}

/** The account's second factor from now on; the old one and its codes are over. */
export async function storeFactor(
  tx: Tx,
  { accountId, token }: { accountId: string; token: string },
  made: Enrolment,
): Promise<void> {
  await sql`INSERT INTO app.credential (account_id, factor, factor_at, factor_step) VALUES (${accountId}::uuid, ${made.sealed}, now(), ${made.step}::bigint)
    ON CONFLICT (account_id) DO UPDATE SET factor = EXCLUDED.factor, factor_at = EXCLUDED.factor_at, factor_step = EXCLUDED.factor_step`.execute(
    tx,
  )
  await storeCodes(tx, accountId, made)
  await giveBack(tx, made.tries)
  // Who came in by a phone may be another than whose account it is.
  if (!made.isFirst || (await isByPhone(tx, token))) await notify(tx, accountId, 'factor.set')
}

/** Takes the second factor away, app and passkeys: its owner enrols a new one after her next password. */
export async function dropFactor(tx: Tx, accountId: string): Promise<void> {
  await sql`UPDATE app.credential SET factor = NULL, factor_at = NULL, recovery_salt = NULL WHERE account_id = ${accountId}::uuid`.execute(
    tx,
  )
  await sql`DELETE FROM app.recovery_code WHERE account_id = ${accountId}::uuid`.execute(tx)
  await sql`DELETE FROM app.passkey WHERE account_id = ${accountId}::uuid`.execute(tx)
}
