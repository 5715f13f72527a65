import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { giveConsent, mustAgree } from '#person/consent.server.ts'
import { bytea, openFor, sealFor, type At } from '#person/vault.server.ts'
import { condolence } from '#programmes/hardship/definition.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { auditAid, tellTurn, type AidDone, type StoredAid } from './aid.server.ts'
import type { NewCondolence } from './api.ts'
import { womanOf } from './apply.server.ts'
import { condolenceOf, condolenceTerms, readClaim, type Claim } from './condolence.ts'
import { centreOf, mustBeNamed, standsAt } from './hands.server.ts'
import { duties } from './states.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

const at = (id: string): At => ({ table: 'hardship_aid', column: 'claim', id })

/** What the terms of today say, for the form. */
export const condolenceToday = (deps: Pick<Deps, 'today'>, tx: Tx) =>
  ruleOn(tx, condolenceTerms, deps.today()).then(({ value, basis }) => ({ ...value, basis }))

/**
 * Enters the application of a woman of the actor's own unit, with her consent: an aid without a file, whose sum the terms of
 * today give, once a woman in a plan. It goes on as every aid does: checked, approved and paid by three others.
 * @throws Problem.notFound, denied, invalid, consentMissing, claimedAlready
 */
export async function applyCondolence(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  given: NewCondolence,
): Promise<AidDone> {
  const { actor } = work
  const { personId } = given
  const today = deps.today()
  await mustBeNamed(tx, actor, 'enter')
  const woman = await womanOf(tx, personId)
  if (woman.org_id !== actor.org.id) throw Problem.notFound()
  if (woman.sex !== '女' || woman.kind !== '会员')
    throw refuse('personId', '慰问金发给在册女会员，请从会员中选择本人')
  if (personId === actor.personId) throw refuse('personId', '本人的申请请由另一位经办人登记')
  if (!given.isEligible) throw refuse('isEligible', '请当面核对材料，确认符合条件后勾选')
  if (given.agreedOn !== undefined) {
    if (given.agreedOn > today) throw refuse('agreedOn', '签署日期不能晚于今天')
    await giveConsent(tx, work, { personId, purpose: 'condolence', givenOn: given.agreedOn, form: 'paper' })
  }
  await mustAgree(tx, personId, 'condolence')
  const { claim, issues } = readClaim(given.body, today)
  if (claim === null) throw Problem.invalid({ issues })
  const { value: terms, version } = await ruleOn(tx, condolenceTerms, today)
  const id = randomId()
  const [sealed] = await sealFor(deps.crypto, tx, personId, [{ at: at(id), text: JSON.stringify(claim) }])
  const row = {
    id,
    person_id: personId,
    org_id: actor.org.id,
    centre_id: await centreOf(tx, actor.org.id),
    kind: condolence,
    period: terms.plan,
    amount: condolenceOf(claim, terms),
    fund: given.fund,
    rule_version: version,
    state: 'asked',
    version: 1,
    asked_on: today,
    entered_person: actor.personId,
    claim: bytea(sealed!),
  }
  await sql`INSERT INTO app.hardship_aid SELECT * FROM jsonb_populate_record(NULL::app.hardship_aid, ${JSON.stringify(row)}::jsonb)`.execute(
    tx,
  )
  await sql`INSERT INTO app.hardship_claim (id_index, kind, period, aid_id)
    SELECT p.id_index, ${row.kind}, ${row.period}, ${id}::uuid FROM app.person p WHERE p.id = ${personId}::uuid`.execute(
    tx,
  )
  tellTurn(tx, work, id, 'asked')
  auditAid(work, 'ask', id, '')
  return { id, state: 'asked', version: 1 }
}

/** Opens a claim, which she will find in her access log. @throws Problem.notFound */
export async function openClaim(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  aid: Pick<StoredAid, 'id' | 'person_id' | 'claim'>,
  reason: string,
): Promise<Claim> {
  const [claim] = await openFor(
    deps,
    tx,
    actor,
    aid.person_id,
    [{ at: at(aid.id), bytes: aid.claim }],
    'condolenceClaim',
    { purpose: 'condolence', reason },
  )
  if (!claim) throw Problem.notFound()
  return JSON.parse(claim) as Claim
}

/** Opens a claim for whoever checks or approves it, with a reason that she reads. @throws Problem.notFound, denied, invalid */
export async function revealClaim(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  reason: string,
): Promise<Claim> {
  const { actor } = work
  const aid = await first<StoredAid>(tx, sql`SELECT * FROM app.hardship_aid WHERE id = ${id}::uuid`)
  if (!aid?.claim || !standsAt(actor, { at: 'either' }, aid)) throw Problem.notFound()
  await mustBeNamed(tx, actor, ...duties)
  if (aid.person_id === actor.personId) throw Problem.denied({ what: '本人的信息请到“我的信息”查看' })
  const told = reason.trim()
  if (told.length < 4) throw refuse('reason', '请写明查看理由（至少 4 个字），她本人看得到')
  const claim = await openClaim(deps, tx, actor, aid, told)
  auditAid(work, 'reveal', id, told)
  return claim
}
