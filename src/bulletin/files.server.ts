import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { dailyBytes, evidenceTypes, MB, shownName, type EvidenceType } from '#record/evidence/rules.ts'
import type { Received } from '#record/evidence/service.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { mostFiles, type BulletinFile } from './api.ts'

/** Of her own, and not with a notice yet. */
const waiting = (actor: Actor) =>
  sql`bulletin_id IS NULL AND account_id = ${actor.accountId}::uuid AND org_id = ${actor.org.id}`

/** Keeps a received file until she publishes its notice, at most a day. @throws Problem.fileRefused */
export async function bringFile(
  tx: Tx,
  work: UnitOfWork,
  file: { id: string; name: string } & Received,
): Promise<BulletinFile> {
  const { actor } = work
  const { id, type, bytes, hash } = file
  await sql`DELETE FROM app.bulletin_file WHERE ${waiting(actor)} AND at < now() - interval '1 day'`.execute(
    tx,
  )
  const spent = await first<{ n: number }>(
    tx,
    sql`SELECT app.evidence_spent(${actor.accountId}::uuid, 24)::float8 AS n`,
  )
  if (spent!.n + bytes > dailyBytes)
    throw Problem.fileRefused(`您今天上传的文件已达 ${dailyBytes / MB} MB 上限，请明天再传`)
  const name = shownName(file.name, type)
  await sql`INSERT INTO app.bulletin_file (id, org_id, name, type, bytes, hash, account_id)
    VALUES (${id}::uuid, ${actor.org.id}, ${name}, ${type}, ${bytes}, ${hash}, ${actor.accountId}::uuid)`.execute(
    tx,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'bulletin.addFile',
    object: `bulletinFile:${id}`,
    body: { name, hash },
  })
  return { id, name, type, bytes }
}

/** Takes a file off a notice that is not published yet. @throws Problem.notFound */
export async function dropFile(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const { actor } = work
  const gone = await first(
    tx,
    sql`DELETE FROM app.bulletin_file WHERE id = ${id}::uuid AND ${waiting(actor)} RETURNING 1`,
  )
  if (!gone) throw Problem.notFound()
  work.audit({
    districtId: actor.org.districtId,
    action: 'bulletin.dropFile',
    object: `bulletinFile:${id}`,
  })
}

/** Puts the files that she brought on the notice that is being published. @throws Problem.invalid */
export async function hangFiles(
  tx: Tx,
  { actor }: UnitOfWork,
  id: string,
  files: readonly string[],
): Promise<void> {
  if (files.length > mostFiles)
    throw Problem.invalid({
      issues: [{ field: 'files', message: `一条公告最多附 ${mostFiles} 个文件，请先合并或移除` }],
    })
  if (files.length === 0) return
  const hung = await rows(
    tx,
    sql`UPDATE app.bulletin_file SET bulletin_id = ${id}::uuid
      WHERE id = ANY (${files}::uuid[]) AND ${waiting(actor)} AND at > now() - interval '1 day' RETURNING 1`,
  )
  if (hung.length !== new Set(files).size)
    throw Problem.invalid({
      issues: [{ field: 'files', message: '有的附件已失效，请移除后重新添加' }],
    })
}

/** One document of a notice that the actor's unit issued, or receives while it holds. @throws Problem.notFound */
export async function findFile(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  id: string,
  file: string,
): Promise<{ name: string; type: EvidenceType; hash: string }> {
  const found = await first<{ name: string; type: EvidenceType; hash: string }>(
    tx,
    sql`SELECT f.name, f.type, f.hash FROM app.bulletin_file f JOIN app.bulletin b ON b.id = f.bulletin_id
      WHERE b.id = ${id}::uuid AND f.id = ${file}::uuid
        AND (b.org_id = ${actor.org.id} OR (b.withdrawn_at IS NULL AND b.valid_until >= ${deps.today()}::date))`,
  )
  if (!found || !(found.type in evidenceTypes)) throw Problem.notFound()
  return found
}
