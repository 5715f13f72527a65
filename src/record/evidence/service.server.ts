import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import { FileRefused } from '#paper/refused.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Db, type Tx } from '#server/database.server.ts'
import { can, type Thing } from '#identity/decide.ts'
import { getRecord, onRecord } from '../act.server.ts'
import { findProposal } from '../draft.server.ts'
import type { RecordState } from '../workflow.ts'
import type { Evidence, EvidenceList } from './api.ts'
import { checkUpload, type Kept } from './check.server.ts'
import { dailyBytes, evidenceTypes, MB, mostFiles, shownName, type EvidenceType } from './rules.ts'
import type { FileStore } from './store.server.ts'

/** What evidence hangs on: a record, or a draft that has not been one yet. */
type Owner = {
  districtId: number
  recordId: string | null
  draftId: string | null
  /** Null of a draft, which no one reviews yet. */
  state: RecordState | null
  at: Thing
}

/**
 * The record or own draft of an id, for who may see its files.
 * @throws Problem.notFound, the same for hidden and absent; denied to those who see the record by view line or as co-host
 */
async function ownerOf(tx: Tx, actor: Actor, programme: Programme, id: string): Promise<Owner> {
  const draft = await findProposal(tx, actor, id)
  if (draft && draft.org_id === actor.org.id && draft.record_id === null) {
    const at = { id: draft.org_id, scopeCode: draft.scope_code, viewCode: null, class: draft.class }
    return { districtId: draft.district_id, recordId: null, draftId: id, state: null, at }
  }
  const { spine } = await getRecord(tx, actor, programme, id)
  const at = onRecord(spine)
  if (!can(actor, 'evidence.read', at)) throw Problem.denied({ what: '附件只给填报单位和它的上级单位看' })
  return { districtId: spine.district_id, recordId: id, draftId: null, state: spine.state, at }
}

const owns = (actor: Actor, { at }: Owner): boolean => can(actor, 'evidence.write', at)
/** While nobody reviews it and nothing counts by it. */
const open: readonly (RecordState | null)[] = [null, 'returned', 'withdrawn']

/** The files of a record or own draft, removed ones too. @throws Problem.notFound */
export async function listEvidence(
  tx: Tx,
  actor: Actor,
  programme: Programme,
  id: string,
): Promise<EvidenceList> {
  const owner = await ownerOf(tx, actor, programme, id)
  const found = await rows<Omit<Evidence, 'removed'> & { remover: string | null; removed_at: string | null }>(
    tx,
    sql`SELECT e.id, e.name, e.type, e.bytes, to_jsonb(e.at) #>> '{}' AS at, a.name AS person, o.short_name AS org,
        b.name AS remover, to_jsonb(e.removed_at) #>> '{}' AS removed_at
      FROM app.evidence e JOIN app.account a ON a.id = e.account_id JOIN app.org o ON o.id = e.org_id
      LEFT JOIN app.account b ON b.id = e.removed_by
      WHERE e.district_id = ${owner.districtId} AND (e.record_id = ${owner.recordId}::uuid OR e.draft_id = ${owner.draftId}::uuid)
      ORDER BY e.removed_at IS NOT NULL, e.at, e.id`,
  )
  return {
    files: found.map(({ remover, removed_at, ...file }) => ({
      ...file,
      removed: removed_at === null ? null : { person: remover ?? '系统', at: removed_at },
    })),
    mayAdd: owns(actor, owner) && owner.state !== 'voided',
    mayRemove: owns(actor, owner) && open.includes(owner.state),
  }
}

/** An upload, checked and on disk, before any transaction begins. */
export type Received = { hash: string; type: EvidenceType; bytes: number }

/** Takes an upload in. @throws Problem.fileRefused with what to do, diskFull */
export async function receiveEvidence(
  store: FileStore,
  stream: Parameters<FileStore['receive']>[0],
  accepted?: string,
): Promise<Received> {
  const path = await store.receive(stream)
  let kept: Kept
  try {
    kept = await checkUpload(path, accepted)
  } catch (error) {
    if (error instanceof FileRefused) throw Problem.fileRefused(error.message)
    throw error
  } finally {
    await store.discard(path)
  }
  return { hash: await store.keep(kept.bytes, kept.preview), type: kept.type, bytes: kept.bytes.length }
}

/** Puts a received file on a record or own draft. @throws Problem.notFound, denied, fileRefused */
export async function addEvidence(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  id: string,
  file: { id: string; name: string } & Received,
): Promise<Evidence> {
  const { actor } = work
  const owner = await ownerOf(tx, actor, programme, id)
  if (!owns(actor, owner)) throw Problem.denied({ what: '只有填报单位可以补充佐证材料' })
  if (owner.state === 'voided') throw Problem.fileRefused('记录已作废，不能再补充佐证材料')
  const { files, spent } = (await first<{ files: number; spent: number }>(
    tx,
    sql`SELECT (SELECT count(*) FROM app.evidence e WHERE e.district_id = ${owner.districtId} AND e.removed_at IS NULL
        AND (e.record_id = ${owner.recordId}::uuid OR e.draft_id = ${owner.draftId}::uuid)) AS files,
      app.evidence_spent(${actor.accountId}::uuid, 24) AS spent`,
  ))!
  if (files >= mostFiles) throw Problem.fileRefused(`一条记录最多 ${mostFiles} 个附件，请先合并或移除`)
  if (spent + file.bytes > dailyBytes)
    throw Problem.fileRefused(`您今天上传的文件已达 ${dailyBytes / MB} MB 上限，请明天再传`)
  const name = shownName(file.name, file.type)
  const stored = (await first<{ at: string }>(
    tx,
    sql`INSERT INTO app.evidence AS e (district_id, id, record_id, draft_id, org_id, name, type, bytes, hash, account_id)
      VALUES (${owner.districtId}, ${file.id}::uuid, ${owner.recordId}::uuid, ${owner.draftId}::uuid, ${actor.org.id},
        ${name}, ${file.type}, ${file.bytes}, ${file.hash}, ${actor.accountId}::uuid) RETURNING to_jsonb(e.at) #>> '{}' AS at`,
  ))!
  work.audit({
    districtId: owner.districtId,
    action: 'evidence.add',
    object: `${programme.key}:${id}`,
    body: { file: file.id, name, hash: file.hash },
  })
  const { id: fileId, type, bytes } = file
  return {
    id: fileId,
    name,
    type,
    bytes,
    at: stored.at,
    person: actor.name,
    org: actor.org.shortName,
    removed: null,
  }
}

/** Takes a file off: of a draft for good, of a record struck out. @throws Problem.notFound, denied, fileRefused */
export async function removeEvidence(
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  id: string,
  fileId: string,
): Promise<void> {
  const owner = await ownerOf(tx, work.actor, programme, id)
  if (!owns(work.actor, owner)) throw Problem.denied({ what: '只有填报单位可以移除佐证材料' })
  if (!open.includes(owner.state))
    throw Problem.fileRefused('记录在审核或已通过，不能移除附件；请先撤回，或补充一份说明')
  const which = sql`district_id = ${owner.districtId} AND id = ${fileId}::uuid
    AND (record_id = ${owner.recordId}::uuid OR draft_id = ${owner.draftId}::uuid)`
  const done = await first(
    tx,
    owner.recordId === null
      ? sql`DELETE FROM app.evidence WHERE ${which} RETURNING 1`
      : sql`UPDATE app.evidence SET removed_by = ${work.actor.accountId}::uuid, removed_at = now()
          WHERE ${which} AND removed_at IS NULL RETURNING 1`,
  )
  if (!done) throw Problem.notFound()
  work.audit({
    districtId: owner.districtId,
    action: 'evidence.remove',
    object: `${programme.key}:${id}`,
    body: { file: fileId },
  })
}

/** One file of a record or own draft, for its bytes. @throws Problem.notFound */
export async function findEvidence(
  tx: Tx,
  actor: Actor,
  programme: Programme,
  id: string,
  fileId: string,
): Promise<{ name: string; type: EvidenceType; hash: string; bytes: number }> {
  const owner = await ownerOf(tx, actor, programme, id)
  const found = await first<{ name: string; type: EvidenceType; hash: string; bytes: number }>(
    tx,
    sql`SELECT name, type, hash, bytes FROM app.evidence WHERE district_id = ${owner.districtId} AND id = ${fileId}::uuid
      AND (record_id = ${owner.recordId}::uuid OR draft_id = ${owner.draftId}::uuid)`,
  )
  if (!found || !(found.type in evidenceTypes)) throw Problem.notFound()
  return found
}

/** Which of some stored files still have a row; the others may be swept. */
export const keptHashes = (db: Db, hashes: string[]): Promise<string[]> =>
  rows<{ hash: string }>(db, sql`SELECT * FROM app.evidence_kept(${hashes}::text[]) AS hash`).then((found) =>
    found.map((f) => f.hash),
  )

type Fault = { name: string; record: string; fault: 'missing' | 'changed' }

/** Reads every file that a row names, and compares it with its hash. */
export async function checkEvidence(tx: Tx, store: FileStore): Promise<{ checked: number; faults: Fault[] }> {
  const found = await rows<{ name: string; record: string; hash: string }>(
    tx,
    sql`SELECT name, coalesce(record_id, draft_id)::text AS record, hash FROM app.evidence
      UNION ALL SELECT '公告附件', id::text, hash FROM app.bulletin_hashes()
      UNION ALL SELECT '托管班安全材料', id::text, hash FROM app.childcare_scan_hashes() ORDER BY hash, record`,
  )
  const faults: Fault[] = []
  const known = new Map<string, Awaited<ReturnType<FileStore['fault']>>>()
  for (const { name, record, hash } of found) {
    if (!known.has(hash)) known.set(hash, await store.fault(hash))
    const fault = known.get(hash)!
    if (fault) faults.push({ name, record, fault })
  }
  return { checked: found.length, faults }
}
