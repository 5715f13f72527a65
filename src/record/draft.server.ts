import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Draft, SaveDraft } from './api.ts'
import { remarksOf } from './detail.server.ts'
import { brief } from './place.server.ts'
import type { Proposal } from './proposal.ts'
import { classNumber } from './spine.ts'

/**
 * Keeps a draft as it is typed; faults are no matter here. Idempotent by id and sequence: a late packet changes nothing.
 * @throws Problem.draftTaken when the id belongs to another unit or is no longer open
 */
export async function saveDraft(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  id: string,
  given: SaveDraft,
): Promise<{ id: string; sequence: number; savedAt: string }> {
  const { actor } = work
  const record = given.recordId ? await findRecordDistrict(tx, given.recordId) : null
  if (given.recordId && record === null) throw Problem.notFound()
  const saved = await first<{ proposal: Proposal }>(
    tx,
    sql`INSERT INTO app.proposal AS p (district_id, id, programme, class, org_id, scope_code, record_district_id, record_id,
        base_version, kind, body, owner_id, sequence)
      VALUES (${actor.org.districtId}, ${id}::uuid, ${deps.catalogue.programmeId(programme.key)}, ${classNumber(programme.class)},
        ${actor.org.id}, ${actor.org.scopeCode}, ${record}, ${given.recordId ?? null}::uuid, ${given.baseVersion ?? null},
        ${given.kind}, ${JSON.stringify(given.body)}::jsonb, ${actor.accountId}::uuid, ${given.sequence})
      ON CONFLICT (district_id, id) DO UPDATE SET body = EXCLUDED.body, sequence = EXCLUDED.sequence, updated_at = now()
      WHERE p.sequence < EXCLUDED.sequence AND p.org_id = EXCLUDED.org_id AND p.state <> 'submitted'
      RETURNING to_jsonb(p) AS proposal`,
  )
  const proposal = saved?.proposal ?? (await findProposal(tx, actor, id))
  if (!proposal || proposal.org_id !== actor.org.id || proposal.state === 'submitted')
    throw Problem.draftTaken()
  if (saved) work.audit({ districtId: proposal.district_id, action: 'draft.save', object: `draft:${id}` })
  return { id, sequence: proposal.sequence, savedAt: proposal.updated_at }
}

async function findRecordDistrict(tx: Tx, id: string): Promise<number | null> {
  const found = await first<{ district_id: number }>(
    tx,
    sql`SELECT district_id FROM app.record WHERE id = ${id}::uuid`,
  )
  return found?.district_id ?? null
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
  await removeProposal(tx, p)
  work.audit({ districtId: p.district_id, action: 'draft.delete', object: `draft:${id}` })
}

export async function removeProposal(tx: Tx, p: Pick<Proposal, 'district_id' | 'id'>): Promise<void> {
  await sql`DELETE FROM app.proposal WHERE district_id = ${p.district_id} AND id = ${p.id}::uuid`.execute(tx)
}
