import { sql } from 'kysely'
import { first, rows, type Tx } from '#server/database.server.ts'
import { genesis } from './chain.ts'

/**
 * Locks the books against entries until the end of the transaction: of the districts where a unit and all that ever stood below
 * it lie, or (null) of all. @returns last sequence by district
 */
export async function lockBooks(tx: Tx, orgId: number | null): Promise<Record<string, number>> {
  const districts = await rows<{ id: number }>(
    tx,
    sql`SELECT DISTINCT district_id AS id FROM app.org
      WHERE ${orgId}::int IS NULL OR id = ${orgId} OR id IN (SELECT des FROM app.org_closure WHERE anc = ${orgId}) ORDER BY 1`,
  )
  const seqs: Record<string, number> = {}
  for (const { id } of districts) {
    const head = sql`SELECT seq FROM app.audit_head WHERE district_id = ${id} FOR UPDATE`
    let locked = await first<{ seq: number }>(tx, head)
    if (!locked) {
      // A district without an act yet has no row to lock: it gets the one that its first act would write.
      await sql`INSERT INTO app.audit_head VALUES (${id}, 0, ${genesis}) ON CONFLICT DO NOTHING`.execute(tx)
      locked = await first<{ seq: number }>(tx, head)
    }
    seqs[id] = locked!.seq
  }
  return seqs
}
