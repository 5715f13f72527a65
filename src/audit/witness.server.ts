import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import type { Actor } from '#identity/actor.ts'
import { Problem } from '#kit/problem.ts'
import { officersOf, tell } from '#notify/tell.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { mostHashes, type Doubt, type NewDoubt, type Witnessed } from './api.ts'
import { genesis } from './chain.ts'
import type { UnitOfWork } from './unitOfWork.server.ts'

/** Streams whose head the actor's browser keeps: that of her unit, in the city all that are written. */
const streamsOf = ({ org }: Actor) =>
  org.tier === 'city'
    ? sql`o.id = ${org.districtId} OR o.id IN (SELECT district_id FROM app.audit_head)`
    : sql`o.id = ${org.districtId}`

/** The heads that the actor's browser is to keep, and what became of those which did not fit. */
export async function witnessedBy({ mode }: Pick<Deps, 'mode'>, tx: Tx, actor: Actor): Promise<Witnessed> {
  const [installation, heads, settled] = await Promise.all([
    first<{ value: string }>(tx, sql`SELECT value FROM app.setting WHERE key = 'installation'`),
    rows<Witnessed['heads'][number]>(
      tx,
      sql`SELECT o.id AS "streamId", o.short_name AS stream, coalesce(h.seq, 0) AS seq, coalesce(h.link, ${genesis}) AS link
        FROM app.org o LEFT JOIN app.audit_head h ON h.district_id = o.id WHERE ${streamsOf(actor)} ORDER BY o.id`,
    ),
    rows<Witnessed['settled'][number]>(
      tx,
      sql`SELECT district_id AS "streamId", kept_seq AS "keptSeq", kept_link AS "keptLink", now_seq AS "nowSeq", now_link AS "nowLink" FROM app.audit_doubt
        WHERE account_id = ${actor.accountId}::uuid AND settled_at IS NOT NULL`,
    ),
  ])
  return { demo: mode === 'demo' ? (installation?.value ?? '') : '', heads, settled }
}

/** Hashes of the rows between two heads of a stream that the actor may witness. */
export async function readHashes(
  tx: Tx,
  { stream, after, until }: { stream: string; after: string; until: string },
): Promise<{ hashes: string[] }> {
  const last = Math.min(Number(until), Number(after) + mostHashes)
  const found = await rows<{ hash: string }>(
    tx,
    sql`SELECT hash FROM app.audit_hashes(${Number(stream)}::int, ${Number(after)}::bigint, ${last}::bigint)`,
  )
  return { hashes: found.map(({ hash }) => hash) }
}

/** Notes that a browser's kept head is not continued, once for each, and tells the audit administrators. @throws Problem.notFound */
export async function tellDoubt(tx: Tx, work: UnitOfWork, doubt: NewDoubt): Promise<void> {
  const { actor } = work
  const known = await first(
    tx,
    sql`SELECT 1 AS one FROM app.org o WHERE o.id = ${doubt.streamId} AND (${streamsOf(actor)})`,
  )
  if (!known) throw Problem.notFound()
  const added = await rows<{ id: string }>(
    tx,
    sql`INSERT INTO app.audit_doubt (district_id, id, account_id, org_id, kept_seq, kept_link, kept_at, now_seq, now_link)
      VALUES (${doubt.streamId}, ${randomId()}::uuid, ${actor.accountId}::uuid, ${actor.org.id}, ${doubt.keptSeq}, ${doubt.keptLink},
        ${doubt.keptAt}::timestamptz, ${doubt.nowSeq}, ${doubt.nowLink})
      ON CONFLICT ON CONSTRAINT audit_doubt_once_key DO NOTHING RETURNING id`,
  )
  if (!added[0]) return
  work.audit({
    districtId: actor.org.districtId,
    action: 'audit.doubt',
    object: `doubt:${added[0].id}`,
    body: doubt,
  })
  tell(
    tx,
    officersOf('auditAdmin'),
    { kind: 'trust', subject: `${actor.org.shortName}有浏览器报告审计链与留存的链头对不上`, link: '/audit' },
    actor.accountId,
  )
}

/** What browsers found, the open ones first. */
export async function listDoubts(tx: Tx): Promise<{ rows: Doubt[] }> {
  return {
    rows: await rows<Doubt>(
      tx,
      sql`SELECT d.id, d.district_id AS "streamId", s.short_name AS stream, c.name AS person, o.short_name AS org, d.kept_seq AS "keptSeq",
        d.kept_link AS "keptLink", to_jsonb(d.kept_at) #>> '{}' AS "keptAt", d.now_seq AS "nowSeq", d.now_link AS "nowLink",
        to_jsonb(d.told_at) #>> '{}' AS "toldAt", d.finding, to_jsonb(d.settled_at) #>> '{}' AS "settledAt"
        FROM app.audit_doubt d JOIN app.org s ON s.id = d.district_id JOIN app.account c ON c.id = d.account_id JOIN app.org o ON o.id = d.org_id
        ORDER BY d.settled_at IS NOT NULL, d.told_at DESC LIMIT ${bounds.doubts.most}`,
    ),
  }
}

/** Writes what was found out; the browser then keeps today's head. @throws Problem.notFound, decidedAlready, invalid */
export async function settleDoubt(tx: Tx, work: UnitOfWork, id: string, typed: string): Promise<void> {
  const finding = typed.trim()
  if (finding.length < 10)
    throw Problem.invalid({
      issues: [{ field: 'finding', message: '请写明查核结果和依据（至少 10 个字），报告人看得到' }],
    })
  const found = await first<{ district_id: number; settled: boolean }>(
    tx,
    sql`SELECT district_id, settled_at IS NOT NULL AS settled FROM app.audit_doubt WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  if (found.settled) throw Problem.decidedAlready()
  await sql`UPDATE app.audit_doubt SET finding = ${finding}, settled_by = ${work.actor.accountId}::uuid, settled_at = now()
    WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'audit.settle',
    object: `doubt:${id}`,
    body: finding,
  })
}
