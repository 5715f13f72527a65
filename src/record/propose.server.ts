import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { AnyRow, Issue, Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { stands } from '#identity/decide.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { allowed, getRecord, onProposal, refuseStale, record, setState } from './act.server.ts'
import { amendRecord } from './amend.server.ts'
import type { Written } from './api.ts'
import { createRecords, historyOf, hostsOf, mustBeValid, warningsOf } from './create.server.ts'
import { findProposal, getOwnProposal, removeProposal, unchanged } from './draft.server.ts'
import { giveEvidence, takeEvidence } from './evidence/adopt.server.ts'
import type { Proposal } from './proposal.ts'
import { brief, briefs, reportingLine } from './place.server.ts'
import { insertHistory } from './rows.server.ts'
import { classNumber, type Spine } from './spine.ts'
import { tellOfProposal } from './tell.server.ts'
import { acceptingUnit, turns } from './turns.ts'

type Submission = {
  body: AnyRow
  coHosts?: number[] | undefined
  warningNote?: string | undefined
  reason?: string | undefined
  seen?: number | undefined
}

function needNote(warnings: Issue[], note: string | undefined): string | null {
  if (warnings.length === 0) return null
  if (!note?.trim()) throw Problem.warningsNeedNote({ warnings })
  return note.trim()
}

/**
 * Submits a draft: a new record, the next version of a returned or withdrawn one, or a correction that waits for acceptance.
 * A new record takes the draft's id, so that a client that never saw the answer cannot make two of it.
 * @throws Problem.invalid, warningsNeedNote, reasonMissing, changed, pendingAlready, notFound
 */
export async function submitDraft(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  id: string,
  given: Submission,
): Promise<Written> {
  const { actor } = work
  const draft = await getOwnProposal(tx, actor, id)
  const movedOn = given.seen !== undefined && given.seen !== draft.sequence
  if (draft.state === 'submitted' || movedOn) throw Problem.draftTaken()
  if (draft.record_id === null) {
    const files = await takeEvidence(tx, id)
    await removeProposal(tx, draft)
    const made = (
      await createRecords(deps, tx, work, programme, [{ ...given, id, origin: draft.origin }])
    )[0]!
    await giveEvidence(tx, id, files)
    return made
  }
  return draft.kind === 'correction'
    ? propose(deps, tx, work, programme, draft, given)
    : resubmit(deps, tx, work, programme, draft, given)
}

async function resubmit(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  draft: Proposal,
  given: Submission,
): Promise<Written> {
  const { actor } = work
  const loaded = await getRecord(tx, actor, programme, draft.record_id!)
  const { spine } = loaded
  await refuseStale(tx, spine, draft.base_version ?? 0)
  const line = await reportingLine(tx, spine.org_id, monthOf(deps.today()))
  allowed(actor, programme, spine, 'edit', line)
  const row = mustBeValid(programme, given.body, deps.today())
  const [hosts] = await hostsOf(tx, actor.org.id, [given])
  const [warnings] = await warningsOf(tx, deps, programme, actor.org.id, [row], [spine.co_hosts], [spine.id])
  const note = needNote(warnings!, given.warningNote)
  const turn = turns(line, programme.acceptedBy)[0]!
  await removeProposal(tx, draft)
  const after = await amendRecord(deps, tx, work, programme, loaded, row, {
    action: 'resubmit',
    reason: null,
    state: 'submitted',
    turn_of: turn.id,
    submitted_by: actor.personId,
    ...(given.coHosts ? { co_hosts: hosts! } : {}),
    warnings: warnings!.map((w) => w.message),
    warning_note: note,
    origin: draft.origin,
  })
  await sql`UPDATE app.remark SET resolved_at = now() WHERE district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid AND resolved_at IS NULL`.execute(
    tx,
  )
  return { id: spine.id, state: after.state, version: after.version, turnOf: await brief(tx, turn.id) }
}

const ascending = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b)

/** A correction shows its reviewer what changes field by field; co-hosts are no field. @throws Problem.invalid */
function refuseOtherHosts(spine: Spine, given: Submission): void {
  const same =
    given.coHosts === undefined || String(ascending(given.coHosts)) === String(ascending(spine.co_hosts))
  if (!same) throw Problem.invalid({ issues: [{ field: 'coHosts', message: '更正不能改动联办单位' }] })
}

async function refusePending(tx: Tx, spine: Spine, except: string | null): Promise<void> {
  const other = await first(
    tx,
    sql`SELECT 1 FROM app.proposal WHERE record_district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid
      AND state = 'submitted' AND id IS DISTINCT FROM ${except}::uuid`,
  )
  if (other) throw Problem.pendingAlready()
}

async function propose(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  draft: Proposal,
  given: Submission,
): Promise<Written> {
  const { actor } = work
  if (!given.reason?.trim()) throw Problem.reasonMissing({ asks: '更正理由', field: 'reason' })
  const { spine } = await getRecord(tx, actor, programme, draft.record_id!)
  await refuseStale(tx, spine, draft.base_version ?? 0)
  const line = await reportingLine(tx, spine.org_id, monthOf(deps.today()))
  allowed(actor, programme, spine, 'correct', line)
  await refusePending(tx, spine, draft.id)
  mustBeValid(programme, given.body, deps.today())
  refuseOtherHosts(spine, given)
  const accepting = acceptingUnit(line, programme.acceptedBy)
  const sent = await first(
    tx,
    sql`UPDATE app.proposal SET state = 'submitted', turn_of = ${accepting.id}, reason = ${given.reason.trim()}, verdict = NULL,
      owner_id = ${actor.accountId}::uuid, body = ${JSON.stringify(given.body)}::jsonb, sequence = sequence + 1, updated_at = now()
      WHERE ${unchanged(draft)} RETURNING 1`,
  )
  if (!sent) throw Problem.draftTaken()
  work.audit({
    districtId: spine.district_id,
    action: 'correction.submit',
    object: `${programme.key}:${spine.id}`,
    body: given.body,
  })
  return { id: spine.id, state: spine.state, version: spine.version, turnOf: await brief(tx, accepting.id) }
}

/** Asks to void an accepted record; a second person at the accepting unit decides. @throws Problem.reasonMissing, pendingAlready, changed */
export async function requestVoid(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  id: string,
  given: { version: number; reason?: string | undefined },
): Promise<Written> {
  const { actor } = work
  const { spine, row } = await getRecord(tx, actor, programme, id)
  await refuseStale(tx, spine, given.version)
  const line = await reportingLine(tx, spine.org_id, monthOf(deps.today()))
  const { asks } = allowed(actor, programme, spine, 'void', line)
  if (!given.reason?.trim()) throw Problem.reasonMissing({ asks: asks!, field: 'reason' })
  await refusePending(tx, spine, null)
  const accepting = acceptingUnit(line, programme.acceptedBy)
  await sql`INSERT INTO app.proposal (district_id, id, programme, class, org_id, scope_code, record_district_id, record_id, base_version,
      kind, state, turn_of, reason, body, owner_id, sequence)
    VALUES (${actor.org.districtId}, ${uuidv7()}::uuid, ${deps.catalogue.programmeId(programme.key)}, ${classNumber(programme.class)},
      ${spine.org_id}, ${spine.scope_code}, ${spine.district_id}, ${spine.id}::uuid, ${spine.version}, 'void', 'submitted',
      ${accepting.id}, ${given.reason.trim()}, ${JSON.stringify(row)}::jsonb, ${actor.accountId}::uuid, 1)`.execute(
    tx,
  )
  work.audit({
    districtId: spine.district_id,
    action: 'void.request',
    object: `${programme.key}:${spine.id}`,
  })
  return { id, state: spine.state, version: spine.version, turnOf: await brief(tx, accepting.id) }
}

/** True when the actor may decide a waiting proposal: her unit's turn, and another person than who proposed. */
export async function mayDecide(tx: Tx, work: Pick<UnitOfWork, 'actor'>, p: Proposal): Promise<boolean> {
  if (p.state !== 'submitted' || p.turn_of !== work.actor.org.id) return false
  const owner = await first<{ person_id: string }>(
    tx,
    sql`SELECT person_id FROM app.account WHERE id = ${p.owner_id}::uuid`,
  )
  return owner !== null && stands(work.actor, 'reviewer', onProposal(p, owner.person_id))
}

/**
 * Decides a correction or a request to void. Until acceptance the old value counts; with it the books move by the difference.
 * @throws Problem.notFound, sameDecider, draftTaken, reasonMissing, changed, invalid
 */
export async function decideProposal(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: { verdict: 'accept' | 'return'; sequence: number; reason?: string | undefined },
): Promise<Written> {
  const { actor } = work
  const p = await findProposal(tx, actor, id)
  if (!p || p.record_id === null) throw Problem.notFound()
  if (p.sequence !== given.sequence || p.state !== 'submitted') throw Problem.draftTaken()
  if (!(await mayDecide(tx, work, p))) {
    throw p.turn_of === actor.org.id ? Problem.sameDecider() : Problem.denied({ what: '现在不由本单位办理' })
  }
  const programme = deps.findProgramme(deps.catalogue.programmeKey(p.programme))!
  const loaded = await getRecord(tx, actor, programme, p.record_id)
  const { spine, row } = loaded
  if (given.verdict === 'return') {
    if (!given.reason?.trim()) throw Problem.reasonMissing({ asks: '退回理由', field: 'reason' })
    const after = await closeReturned(tx, work, spine, p, given.reason.trim())
    work.audit({
      districtId: spine.district_id,
      action: `${p.kind}.return`,
      object: `${programme.key}:${spine.id}`,
    })
    tellOfProposal(tx, work, programme, spine, p.kind, false)
    return { id: spine.id, state: after.state, version: after.version, turnOf: null }
  }
  await refuseStale(tx, spine, p.base_version ?? 0)
  const after =
    p.kind === 'void'
      ? await voidRecord(deps, tx, work, programme, spine, row, p)
      : await amendRecord(deps, tx, work, programme, loaded, mustBeValid(programme, p.body, deps.today()), {
          action: 'correct',
          reason: p.reason,
          accountId: p.owner_id,
          decided_by: actor.personId,
          origin: p.origin,
        })
  // After the record: a move, which holds its unit's place, waits for proposals but never has one wait for the place.
  await removeProposal(tx, p)
  tellOfProposal(tx, work, programme, spine, p.kind, true)
  return {
    id: spine.id,
    state: after.state,
    version: after.version,
    turnOf: (await briefs(tx, [after.turn_of])).get(after.turn_of ?? 0) ?? null,
  }
}

/** A returned correction goes back to its owner with the verdict; a returned request to void is over, and the timeline tells why. */
async function closeReturned(
  tx: Tx,
  { actor }: UnitOfWork,
  spine: Spine,
  p: Proposal,
  verdict: string,
): Promise<Spine> {
  if (p.kind === 'void') {
    await removeProposal(tx, p)
    const after = await setState(tx, spine, spine, null)
    insertHistory(tx, [
      historyOf(after, actor.accountId, actor.org.id, 'keep', after.updated_at, { reason: verdict }),
    ])
    return after
  }
  const returned = await first(
    tx,
    sql`UPDATE app.proposal SET state = 'returned', turn_of = NULL, verdict = ${verdict}, sequence = sequence + 1, updated_at = now()
      WHERE ${unchanged(p)} RETURNING 1`,
  )
  if (!returned) throw Problem.draftTaken()
  return spine
}

async function voidRecord(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  spine: Spine,
  row: AnyRow,
  p: Proposal,
): Promise<Spine> {
  const after = await setState(tx, spine, { state: 'voided', turn_of: null }, work.actor.personId)
  insertHistory(tx, [
    historyOf(after, work.actor.accountId, work.actor.org.id, 'void', after.updated_at, { reason: p.reason }),
  ])
  record(deps, work, programme, after, spine, row, 'void')
  return after
}
