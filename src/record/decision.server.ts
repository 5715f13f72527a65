import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decideAct } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { OrgBrief } from '#org/api.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, firstKeyed, type Tx } from '#server/database.server.ts'
import { getRecord, onProposal, record, refuseStale, setState } from './act.server.ts'
import { amendRecord } from './amend.server.ts'
import type { Written } from './api.ts'
import { stillToAgree, type Consent } from './consent.ts'
import { historyOf } from './create.server.ts'
import { mustBeValid } from './valid.server.ts'
import { findProposal, removeProposal, unchanged } from './draft.server.ts'
import { stepsOf } from './lockMarks.server.ts'
import { briefs, placements, reportingLine } from './place.server.ts'
import type { Proposal } from './proposal.ts'
import { insertHistory, type Loaded } from './rows.server.ts'
import { keeperOf, type Spine } from './spine.ts'
import { tellOfConsent, tellOfProposal } from './tell.server.ts'
import type { Action } from './workflow.ts'

type Given = { verdict: 'accept' | 'return'; sequence: number; reason?: string | undefined }

/** A proposal whose turn is the actor's unit; she may do this act to it. @throws Problem by the reason why not */
function allowedOn(actor: Actor, act: Action, p: Proposal, ownerPerson: string, locked: boolean): void {
  if (p.turn_of !== actor.org.id) throw Problem.denied({ what: '现在不由本单位办理' })
  const verdict = decideAct(actor, act, onProposal(p, ownerPerson, actor, locked))
  if (!verdict.allow) throw problemOf(verdict.reason)
}

/**
 * Decides a correction or a request to void. Until the last unit that must agree does, the old value counts; then the books
 * move by the difference. In a locked period the units that locked it are among those; what they published stays.
 * @throws Problem.notFound, sameDecider, draftTaken, reasonMissing, changed, invalid
 */
export async function decideProposal(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: Given,
): Promise<Written> {
  const { actor } = work
  const p = await findProposal(tx, actor, id)
  if (!p || p.record_id === null) throw Problem.notFound()
  if (p.sequence !== given.sequence || p.state !== 'submitted') throw Problem.draftTaken()
  const owner = await firstKeyed<{ person_id: string }>(
    tx,
    sql`SELECT person_id FROM app.account WHERE id = ${p.owner_id}::uuid`,
  )
  const programme = deps.findProgramme(deps.catalogue.programmeKey(p.programme))!
  if (given.verdict === 'return') {
    allowedOn(actor, 'refuse', p, owner!.person_id, false)
    return giveBack(tx, work, programme, p, given.reason)
  }
  // Held from here on: neither a move nor a lock comes between what the locks say and what is written.
  await placements(tx, p.org_id, [monthOf(deps.today())])
  const loaded = await getRecord(tx, actor, programme, p.record_id)
  await refuseStale(tx, loaded.spine, p.base_version ?? 0)
  const row = p.kind === 'void' ? null : await mustBeValid(tx, programme, p.body, deps.today())
  const line = await reportingLine(tx, keeperOf(loaded.spine), monthOf(deps.today()))
  const steps = await stepsOf(tx, programme, loaded.spine, line, loaded.row, row)
  const [next] = stillToAgree(steps, p.consents, actor.org.id)
  allowedOn(actor, next ? 'agreeUp' : 'agree', p, owner!.person_id, next !== undefined)
  if (next) return passUp(tx, work, programme, loaded.spine, p, next)
  const after = row
    ? await amendRecord(deps, tx, work, programme, loaded, row, {
        action: 'correct',
        reason: p.reason,
        accountId: p.owner_id,
        decided_by: actor.personId,
        origin: p.origin,
      })
    : await voidRecord(deps, tx, work, programme, loaded, p)
  // After the record: a move, which holds its unit's place, waits for proposals but never has one wait for the place.
  await removeProposal(tx, p)
  tellOfProposal(tx, work, programme, after, p.kind, true)
  return written(tx, after)
}

async function written(tx: Tx, after: Spine): Promise<Written> {
  const turnOf = (await briefs(tx, [after.turn_of])).get(after.turn_of ?? 0) ?? null
  return { id: after.id, state: after.state, version: after.version, turnOf }
}

/** Notes that the actor's unit agreed; the next that must is asked. */
async function passUp(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  spine: Spine,
  p: Proposal,
  next: OrgBrief,
): Promise<Written> {
  const { actor } = work
  const consent: Consent = {
    org: actor.org.id,
    person: actor.personId,
    account: actor.accountId,
    at: new Date().toISOString(),
  }
  const sent = await first(
    tx,
    sql`UPDATE app.proposal SET turn_of = ${next.id}, consents = ${JSON.stringify([...p.consents, consent])}::jsonb,
      sequence = sequence + 1, updated_at = now() WHERE ${unchanged(p)} RETURNING 1`,
  )
  if (!sent) throw Problem.draftTaken()
  tellOfConsent(tx, work, programme, spine, p, next)
  work.audit({
    districtId: spine.district_id,
    action: `${p.kind}.agree`,
    object: `${programme.key}:${spine.id}`,
  })
  return { id: spine.id, state: spine.state, version: spine.version, turnOf: next }
}

/** A returned correction goes back to its owner with the verdict; a returned request to void is over, and the timeline tells why. */
async function giveBack(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  p: Proposal,
  reason: string | undefined,
): Promise<Written> {
  const { actor } = work
  const verdict = reason?.trim()
  if (!verdict) throw Problem.reasonMissing({ asks: '退回理由', field: 'reason' })
  const { spine } = await getRecord(tx, actor, programme, p.record_id!)
  tellOfProposal(tx, work, programme, spine, p.kind, false)
  work.audit({
    districtId: spine.district_id,
    action: `${p.kind}.return`,
    object: `${programme.key}:${spine.id}`,
  })
  if (p.kind === 'void') {
    await removeProposal(tx, p)
    const after = await setState(tx, spine, spine, null)
    insertHistory(tx, [historyOf(after, actor, 'keep', after.updated_at, { reason: verdict })])
    return { id: spine.id, state: after.state, version: after.version, turnOf: null }
  }
  const returned = await first(
    tx,
    sql`UPDATE app.proposal SET state = 'returned', turn_of = NULL, verdict = ${verdict}, consents = '[]',
      sequence = sequence + 1, updated_at = now() WHERE ${unchanged(p)} RETURNING 1`,
  )
  if (!returned) throw Problem.draftTaken()
  return { id: spine.id, state: spine.state, version: spine.version, turnOf: null }
}

async function voidRecord(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  { spine, row }: Loaded,
  p: Proposal,
): Promise<Spine> {
  const after = await setState(tx, spine, { state: 'voided', turn_of: null }, work.actor.personId)
  insertHistory(tx, [historyOf(after, work.actor, 'void', after.updated_at, { reason: p.reason })])
  record(deps, work, programme, after, spine, row, 'void')
  return after
}
