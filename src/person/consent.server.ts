import { sql } from 'kysely'
import { randomId, sha256 } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { keyed, type Tx } from '#server/database.server.ts'
import type { ConsentState } from './api.ts'
import { consentTexts } from './consentTexts.ts'
import { consentPurposes, type ConsentPurpose } from './purposes.ts'

/** Digest of the words of today: a consent to others does not count. */
export const textHash = (purpose: ConsentPurpose): string => sha256(consentTexts[purpose].text)

type Stored = {
  purpose: ConsentPurpose
  text_version: number
  text_hash: string
  given_on: string
  form: 'self' | 'paper'
  withdrawn: boolean
}

/** Where a person stands with each purpose. */
export async function consentsOf(tx: Tx, personId: string): Promise<ConsentState[]> {
  const found = await keyed<Stored>(
    tx,
    sql`SELECT DISTINCT ON (purpose) purpose, text_version, text_hash, given_on, form, withdrawn_at IS NOT NULL AS withdrawn
      FROM app.consent WHERE person_id = ${personId}::uuid ORDER BY purpose, withdrawn_at IS NULL DESC, given_at DESC`,
  )
  return consentPurposes.map((purpose): ConsentState => {
    const last = found.find((c) => c.purpose === purpose)
    const words = { text: consentTexts[purpose].text, textHash: textHash(purpose) }
    if (!last) return { purpose, state: 'none', givenOn: null, form: null, textVersion: null, ...words }
    return {
      purpose,
      ...words,
      state: stateOf(last),
      givenOn: last.given_on,
      form: last.form,
      textVersion: last.text_version,
    }
  })
}

function stateOf({ withdrawn, text_hash, purpose }: Stored): ConsentState['state'] {
  if (withdrawn) return 'withdrawn'
  return text_hash === textHash(purpose) ? 'given' : 'outdated'
}

/** @throws Problem.consentMissing when she has not agreed to the words of today, or has taken it back */
export async function mustAgree(tx: Tx, personId: string, purpose: ConsentPurpose): Promise<void> {
  const states = await consentsOf(tx, personId)
  if (states.find((c) => c.purpose === purpose)?.state !== 'given')
    throw Problem.consentMissing({ what: consentTexts[purpose].label })
}

type Given = {
  personId: string
  purpose: ConsentPurpose
  givenOn: string
  form: 'self' | 'paper'
  /** Signed by her family too; of weight for the national system alone. */
  withFamily?: boolean | undefined
}

/** Notes a consent to the words of today in the place of an earlier one. */
export async function giveConsent(tx: Tx, work: UnitOfWork, given: Given): Promise<void> {
  const { personId, purpose, givenOn, form } = given
  const withFamily = purpose === 'national' && form === 'paper' && given.withFamily === true
  await endConsent(tx, personId, purpose)
  await sql`INSERT INTO app.consent (id, person_id, purpose, text_version, text_hash, given_on, form, with_family, account_id)
    VALUES (${randomId()}::uuid, ${personId}::uuid, ${purpose}, ${consentTexts[purpose].version}, ${textHash(purpose)}, ${givenOn}::date,
      ${form}, ${withFamily}, ${work.actor.accountId}::uuid)`.execute(tx)
  audit(work, 'consent.give', given)
}

/** Takes a consent back; from the next read on it counts no more. */
export async function withdrawConsent(
  tx: Tx,
  work: UnitOfWork,
  given: Omit<Given, 'givenOn' | 'form'>,
): Promise<void> {
  await endConsent(tx, given.personId, given.purpose)
  audit(work, 'consent.withdraw', given)
}

async function endConsent(tx: Tx, personId: string, purpose: ConsentPurpose): Promise<void> {
  await sql`UPDATE app.consent SET withdrawn_at = now() WHERE person_id = ${personId}::uuid AND purpose = ${purpose} AND withdrawn_at IS NULL`.execute(
    tx,
  )
}

const audit = (work: UnitOfWork, action: string, given: Omit<Given, 'givenOn' | 'form'>): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `person:${given.personId}`,
    purpose: given.purpose,
    body: given,
  })
