import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { AnyRow, Issue, Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { allowed, getRecord, refuseStale } from './act.server.ts'
import { amendRecord } from './amend.server.ts'
import type { Written } from './api.ts'
import { createRecords, hostsOf, warningsOf } from './create.server.ts'
import { mustBeValid } from './valid.server.ts'
import { getOwnProposal, removeProposal, unchanged } from './draft.server.ts'
import { giveEvidence, takeEvidence } from './evidence/adopt.server.ts'
import type { Proposal } from './proposal.ts'
import { stepsOf } from './lockMarks.server.ts'
import { brief, reportingLine } from './place.server.ts'
import { classNumber, keeperOf, type Spine } from './spine.ts'
import { turns } from './turns.ts'

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
  const line = await reportingLine(tx, keeperOf(spine), monthOf(deps.today()))
  allowed(actor, programme, spine, 'edit', line)
  const row = await mustBeValid(tx, programme, given.body, deps.today())
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
  const { spine, row } = await getRecord(tx, actor, programme, draft.record_id!)
  await refuseStale(tx, spine, draft.base_version ?? 0)
  const line = await reportingLine(tx, keeperOf(spine), monthOf(deps.today()))
  allowed(actor, programme, spine, 'correct', line)
  await refusePending(tx, spine, draft.id)
  const next = await mustBeValid(tx, programme, given.body, deps.today())
  refuseOtherHosts(spine, given)
  const [step] = await stepsOf(tx, programme, spine, line, row, next)
  const sent = await first(
    tx,
    sql`UPDATE app.proposal SET state = 'submitted', turn_of = ${step!.id}, reason = ${given.reason.trim()}, verdict = NULL,
      consents = '[]', owner_id = ${actor.accountId}::uuid, body = ${JSON.stringify(given.body)}::jsonb, sequence = sequence + 1, updated_at = now()
      WHERE ${unchanged(draft)} RETURNING 1`,
  )
  if (!sent) throw Problem.draftTaken()
  work.audit({
    districtId: spine.district_id,
    action: 'correction.submit',
    object: `${programme.key}:${spine.id}`,
    body: given.body,
  })
  return { id: spine.id, state: spine.state, version: spine.version, turnOf: step! }
}

/** Asks to void an accepted record; second persons decide, at the accepting unit and at each that locked its months. @throws Problem.reasonMissing, pendingAlready, changed */
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
  const line = await reportingLine(tx, keeperOf(spine), monthOf(deps.today()))
  const { asks } = allowed(actor, programme, spine, 'void', line)
  if (!given.reason?.trim()) throw Problem.reasonMissing({ asks: asks!, field: 'reason' })
  await refusePending(tx, spine, null)
  const [step] = await stepsOf(tx, programme, spine, line, row, null)
  await sql`INSERT INTO app.proposal (district_id, id, programme, class, org_id, scope_code, record_district_id, record_id, base_version,
      kind, state, turn_of, reason, body, owner_id, sequence)
    VALUES (${actor.org.districtId}, ${uuidv7()}::uuid, ${deps.catalogue.programmeId(programme.key)}, ${classNumber(programme.class)},
      ${keeperOf(spine)}, ${spine.scope_code}, ${spine.district_id}, ${spine.id}::uuid, ${spine.version}, 'void', 'submitted',
      ${step!.id}, ${given.reason.trim()}, ${JSON.stringify(row)}::jsonb, ${actor.accountId}::uuid, 1)`.execute(
    tx,
  )
  work.audit({
    districtId: spine.district_id,
    action: 'void.request',
    object: `${programme.key}:${spine.id}`,
  })
  return { id, state: spine.state, version: spine.version, turnOf: step! }
}
