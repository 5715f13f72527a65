import { sql } from 'kysely'
import { first, type Tx } from '#server/database.server.ts'

/** The audit's head as it stands at the foot of a paper: whoever holds it can ask for that row of the chain. */
export const markOf = (row: { seq: number; hash: string }): string =>
  `审计链第 ${row.seq} 条　${row.hash.slice(0, 16)}`

/** The mark of a district's chain as it is now; null before its first row. */
export async function headMark(tx: Tx, districtId: number): Promise<string | null> {
  const head = await first<{ seq: number; hash: string }>(
    tx,
    sql`SELECT seq, hash FROM app.audit_head WHERE district_id = ${districtId} AND seq > 0`,
  )
  return head && markOf(head)
}
