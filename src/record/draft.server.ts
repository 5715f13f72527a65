import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { onRecord, refuseStale } from './act.server.ts'
import type { Draft, SavedDraft, SaveDraft } from './api.ts'
import { mustEnter } from './create.server.ts'
import { remarksOf } from './detail.server.ts'
import { takeEvidence } from './evidence/adopt.server.ts'
import { brief } from './place.server.ts'
import type { Origin } from './origin.ts'
import type { Proposal } from './proposal.ts'
import { spineOf } from './keeper.server.ts'
import { classNumber, type Spine } from './spine.ts'
import { viewedOnly, visible } from './visible.server.ts'

/**
 * Keeps a draft as it is typed; faults are no matter here. Idempotent by id and sequence: a late packet changes nothing,
 * not even when the draft was submitted meanwhile. A packet that grew from a copy which no longer stands is not kept
 * either: it gets what stands there, for its device to merge.
 * @throws Problem.draftTaken when the id belongs to another unit or is no longer open; notFound when the record is not the
 * unit's own; changed when editing begins on a version that is past
 */
export async function saveDraft(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  id: string,
  given: SaveDraft,
  origin: Origin | null = null,
): Promise<SavedDraft> {
  const { actor } = work
  const record = given.recordId ? await getOwnRecord(tx, actor, given.recordId) : null
  if (record === null) mustEnter(actor, programme)
  const body = sql`${JSON.stringify(given.body)}::jsonb`
  const seen = given.seen ?? null
  // A draft that was brought together with a newer version of its record grows from that one; never from one that is still to come.
  const base = given.baseVersion ?? null
  const overwrite = sql`UPDATE app.proposal p SET body = ${body}, sequence = ${given.sequence}, updated_at = now(),
      base_version = CASE WHEN p.record_id = ${record?.id ?? null}::uuid AND ${base}::int <= ${record?.version ?? 0}::int THEN greatest(p.base_version, ${base}::int) ELSE p.base_version END
    WHERE p.id = ${id}::uuid AND p.org_id = ${actor.org.id} AND p.sequence < ${given.sequence} AND p.state <> 'submitted'
      AND p.sequence = coalesce(${seen}, p.sequence)
    RETURNING to_jsonb(p) AS proposal`
  const begin = sql`INSERT INTO app.proposal AS p (district_id, id, programme, class, org_id, scope_code, record_district_id, record_id,
      base_version, kind, body, owner_id, sequence, origin)
    SELECT ${actor.org.districtId}, ${id}::uuid, ${deps.catalogue.programmeId(programme.key)}, ${classNumber(programme.class)},
      ${actor.org.id}, ${actor.org.scopeCode}, ${record?.district_id ?? null}, ${record?.id ?? null}::uuid, ${given.baseVersion ?? null},
      ${given.kind}, ${body}, ${actor.accountId}::uuid, ${given.sequence}, ${origin === null ? null : JSON.stringify(origin)}::jsonb
    WHERE NOT EXISTS (SELECT FROM app.record r WHERE r.id = ${id}::uuid)
    ON CONFLICT DO NOTHING RETURNING to_jsonb(p) AS proposal`
  type Saved = { proposal: Proposal }
  let saved = await first<Saved>(tx, overwrite)
  if (!saved) {
    if (!(await findProposal(tx, actor, id))) {
      // It stood here once: submitted or thrown away meanwhile, and it does not come back to life.
      if (seen !== null && seen > 0) throw Problem.draftTaken()
      if (record) await refuseStale(tx, record, given.baseVersion ?? 0)
      saved = await first<Saved>(tx, begin)
    }
    // Of two first packets one begins the draft meanwhile; the other, if newer, then overwrites it.
    saved ??= await first<Saved>(tx, overwrite)
  }
  const proposal = saved?.proposal ?? (await findProposal(tx, actor, id))
  if (!proposal || proposal.org_id !== actor.org.id || proposal.state === 'submitted')
    throw Problem.draftTaken()
  if (saved) work.audit({ districtId: proposal.district_id, action: 'draft.save', object: `draft:${id}` })
  const said = { id, sequence: proposal.sequence, savedAt: proposal.updated_at }
  if (saved || seen === null) return { ...said, theirs: null }
  const same = await first(tx, sql`SELECT 1 WHERE ${JSON.stringify(proposal.body)}::jsonb = ${body}`)
  // The same packet a second time: kept already.
  return { ...said, theirs: same && proposal.sequence === given.sequence ? null : proposal.body }
}

/** The spine of a record that the actor's unit keeps. @throws Problem.notFound, denied where she may only read it */
async function getOwnRecord(tx: Tx, actor: Actor, id: string): Promise<Spine> {
  const found = await first<{ spine: Spine }>(
    tx,
    sql`SELECT ${spineOf} AS spine FROM app.record r WHERE r.id = ${id}::uuid AND ${visible(actor)}`,
  )
  if (!found) throw Problem.notFound()
  const { spine } = found
  if (!can(actor, 'draft.own', onRecord(spine)))
    throw problemOf(viewedOnly(actor, spine.scope_code) ? 'viewOnly' : 'notOwner')
  return spine
}

/** A proposal in the actor's scope, or null. */
export async function findProposal(tx: Tx, actor: Actor, id: string): Promise<Proposal | null> {
  const found = await first<{ proposal: Proposal }>(
    tx,
    sql`SELECT to_jsonb(p) AS proposal FROM app.proposal p
      WHERE p.id = ${id}::uuid AND p.scope_code >= ${actor.org.scopeCode} AND p.scope_code < ${`${actor.org.scopeCode}~`}`,
  )
  return found?.proposal ?? null
}

/** A proposal of the actor's own unit. @throws Problem.notFound */
export async function getOwnProposal(tx: Tx, actor: Actor, id: string): Promise<Proposal> {
  const found = await findProposal(tx, actor, id)
  if (!found || found.org_id !== actor.org.id) throw Problem.notFound()
  return found
}

/** A draft with the remarks that wait on the record behind it. @throws Problem.notFound */
export async function readDraft(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Draft> {
  const p = await getOwnProposal(tx, actor, id)
  return {
    id,
    programme: deps.catalogue.programmeKey(p.programme),
    kind: p.kind,
    state: p.state,
    recordId: p.record_id,
    baseVersion: p.base_version,
    reason: p.reason,
    verdict: p.verdict,
    body: p.body,
    sequence: p.sequence,
    savedAt: p.updated_at,
    org: await brief(tx, p.org_id),
    remarks: p.record_id ? await remarksOf(tx, p.record_district_id!, p.record_id) : [],
  }
}

/** Throws a draft away. @throws Problem.notFound, draftTaken when it is under review */
export async function deleteDraft(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const p = await getOwnProposal(tx, work.actor, id)
  if (p.state === 'submitted') throw Problem.draftTaken()
  await takeEvidence(tx, id)
  await removeProposal(tx, p)
  work.audit({ districtId: p.district_id, action: 'draft.delete', object: `draft:${id}` })
}

/** Ends a proposal as it was read: of two who end it one wins. @throws Problem.draftTaken */
export async function removeProposal(tx: Tx, p: Proposal): Promise<void> {
  const done = await first(tx, sql`DELETE FROM app.proposal WHERE ${unchanged(p)} RETURNING 1`)
  if (!done) throw Problem.draftTaken()
}

/** True in the database while a proposal is as it was read; autosave meanwhile is no change of an open one. */
export const unchanged = (p: Proposal): RawBuilder<unknown> =>
  sql`district_id = ${p.district_id} AND id = ${p.id}::uuid AND state = ${p.state} AND (state <> 'submitted' OR sequence = ${p.sequence})`
