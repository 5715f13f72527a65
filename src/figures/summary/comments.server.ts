import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { v7 as uuidv7 } from 'uuid'
import type * as z from 'zod/mini'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { Problem } from '#kit/problem.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { newComment, PaperComment } from '../summaryApi.ts'

const shanghai = (column: string) =>
  sql.raw(`to_char(${column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"')`)

/** Remarks on a summary in the order in which they were made, open ones and resolved ones. */
export function listComments(tx: Tx, actor: Actor, year: number): Promise<PaperComment[]> {
  return rows(
    tx,
    sql`SELECT c.id, c.block, c.quote, c.body, coalesce(m.name, '系统') AS by, ${shanghai('c.made_at')} AS at,
      r.name AS "resolvedBy", ${shanghai('c.resolved_at')} AS "resolvedAt"
      FROM app.paper_comment c LEFT JOIN app.account m ON m.id = c.made_by LEFT JOIN app.account r ON r.id = c.resolved_by
      WHERE c.org_id = ${actor.org.id} AND c.year = ${year} ORDER BY c.made_at, c.id LIMIT ${bounds.summaryComments.most}`,
  )
}

/** Notes a remark at a block; the block may change or go afterwards, the quoted words stay. */
export async function addComment(
  tx: Tx,
  work: UnitOfWork,
  { year, block, quote, body }: z.infer<typeof newComment>,
): Promise<{ id: string }> {
  const { actor } = work
  const id = uuidv7()
  await sql`INSERT INTO app.paper (org_id, year) VALUES (${actor.org.id}, ${year}) ON CONFLICT DO NOTHING`.execute(
    tx,
  )
  await sql`INSERT INTO app.paper_comment (id, org_id, year, block, quote, body, made_by, made_at)
    VALUES (${id}::uuid, ${actor.org.id}, ${year}, ${block}, ${quote}, ${body}, ${actor.accountId}::uuid, ${new Date().toISOString()}::timestamptz)`.execute(
    tx,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'summary.comment',
    object: `summary:${year}`,
    body: { block, body },
  })
  return { id }
}

/** Marks a remark as settled, or open again. @throws Problem.notFound */
export async function resolve(tx: Tx, work: UnitOfWork, id: string, isResolved: boolean): Promise<void> {
  const { actor } = work
  const found = await first<{ year: number }>(
    tx,
    sql`UPDATE app.paper_comment SET resolved_by = ${isResolved ? actor.accountId : null}::uuid,
      resolved_at = ${isResolved ? new Date().toISOString() : null}::timestamptz
      WHERE id = ${id}::uuid AND org_id = ${actor.org.id} RETURNING year`,
  )
  if (!found) throw Problem.notFound()
  work.audit({
    districtId: actor.org.districtId,
    action: 'summary.comment',
    object: `summary:${found.year}`,
    fields: [isResolved ? 'resolved' : 'reopened'],
    body: { id },
  })
}
