import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { dailyBytes, MB, shownName, type EvidenceType } from '#record/evidence/rules.ts'
import type { Received } from '#record/evidence/service.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { audit, inSight, keeping, ownClass, refuse } from './class.server.ts'
import { childcareScans } from './rules.ts'
import { paperWords, scanText, scanTypes, type PaperKind } from './states.ts'

/** Puts a received scan on a paper of her own unit's class, in the place of the one before. @throws Problem */
export async function addScan(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  kind: PaperKind,
  { name: given, type, bytes, hash }: { name: string } & Received,
): Promise<void> {
  const { actor } = work
  const found = await ownClass(tx, actor, id, keeping)
  if (!scanTypes.includes(type)) throw Problem.fileRefused(`扫描件只收${scanText}`)
  const spent = await first<{ n: number }>(
    tx,
    sql`SELECT app.evidence_spent(${actor.accountId}::uuid, 24)::float8 AS n`,
  )
  if (spent!.n + bytes > dailyBytes)
    throw Problem.fileRefused(`您今天上传的文件已达 ${dailyBytes / MB} MB 上限，请明天再传`)
  const name = shownName(given, type)
  const kept = await first(
    tx,
    sql`UPDATE app.childcare_paper SET scan_name = ${name}, scan_type = ${type}, scan_bytes = ${bytes}, scan_hash = ${hash},
        scan_by = ${actor.accountId}::uuid, scan_at = now()
      WHERE district_id = ${found.district_id} AND class_id = ${id}::uuid AND kind = ${kind} RETURNING 1`,
  )
  if (!kept) throw Problem.fileRefused(`请先登记${paperWords[kind]}材料，再上传扫描件`)
  audit(work, 'scan', found, { kind, name, hash })
}

/** Takes a scan back that was put there by mistake: the paper stays as it was noted, and lacks its scan. @throws Problem */
export async function takeScanBack(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  kind: PaperKind,
  reason: string,
): Promise<void> {
  const found = await ownClass(tx, work.actor, id, keeping)
  if (reason.length < 4) throw refuse('reason', '请写明撤回的理由（至少 4 个字）')
  const scan = await first<{ name: string; hash: string }>(
    tx,
    sql`SELECT scan_name AS name, scan_hash AS hash FROM app.childcare_paper
      WHERE district_id = ${found.district_id} AND class_id = ${id}::uuid AND kind = ${kind} AND scan_hash IS NOT NULL FOR NO KEY UPDATE`,
  )
  if (!scan) throw Problem.notFound()
  await sql`UPDATE app.childcare_paper SET scan_name = NULL, scan_type = NULL, scan_bytes = NULL, scan_hash = NULL, scan_by = NULL, scan_at = NULL
    WHERE district_id = ${found.district_id} AND class_id = ${id}::uuid AND kind = ${kind}`.execute(tx)
  const { actor } = work
  await sql`INSERT INTO app.childcare_step (district_id, id, class_id, org_id, by_org, act, reason, on_day, made_by)
    VALUES (${found.district_id}, ${uuidv7()}::uuid, ${id}::uuid, ${found.org_id}, ${actor.org.id}, 'scanBack', ${`${paperWords[kind]}：${reason}`},
      ${deps.today()}::date, ${actor.accountId}::uuid)`.execute(tx)
  audit(work, 'scanBack', found, { kind, ...scan, reason })
}

/** The scan of a paper of a class in sight of the actor. @throws Problem.notFound */
export async function findScan(
  tx: Tx,
  actor: Actor,
  id: string,
  kind: PaperKind,
): Promise<{ name: string; type: EvidenceType; hash: string }> {
  const found = await first<{ name: string; type: EvidenceType; hash: string }>(
    tx,
    sql`SELECT p.scan_name AS name, p.scan_type AS type, p.scan_hash AS hash FROM app.childcare_paper p
      JOIN app.childcare_class c ON c.district_id = p.district_id AND c.id = p.class_id JOIN app.org o ON o.id = c.org_id
      WHERE c.id = ${id}::uuid AND p.kind = ${kind} AND p.scan_hash IS NOT NULL AND ${inSight(actor)}`,
  )
  if (!found || !scanTypes.includes(found.type)) throw Problem.notFound()
  return found
}

/** Whether a class that was applied for on a day is shown only with its papers scanned. */
export const asksScans = async (tx: Tx, madeOn: string): Promise<boolean> =>
  (await ruleOn(tx, childcareScans, madeOn)).value.isAsked
