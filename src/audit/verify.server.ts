import { sql } from 'kysely'
import { sha256 } from '#crypto/provider.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { firstBreak, genesis, type AuditRow } from './chain.ts'

export type ChainReport = { streams: number; rows: number; breaks: { districtId: number; seq: number }[] }

type Stored = Omit<AuditRow, 'at'> & { at: Date; prev: string; hash: string }
const pageSize = 5000

/** Checks every stream of the audit from its first row, and that its head is its last row. */
export async function verifyChain(tx: Tx): Promise<ChainReport> {
  const heads = await rows<{ district_id: number; seq: number; hash: string }>(
    tx,
    sql`SELECT coalesce(h.district_id, a.district_id) AS district_id, coalesce(h.seq, 0) AS seq, coalesce(h.hash, ${genesis}) AS hash
      FROM app.audit_head h FULL JOIN (SELECT DISTINCT district_id FROM app.audit) a ON a.district_id = h.district_id ORDER BY 1`,
  )
  const report: ChainReport = { streams: heads.length, rows: 0, breaks: [] }
  for (const head of heads) {
    let at = { seq: 0, hash: genesis }
    for (;;) {
      const page = await rows<Stored>(
        tx,
        sql`SELECT * FROM app.audit WHERE district_id = ${head.district_id} AND seq > ${at.seq} ORDER BY seq LIMIT ${pageSize}`,
      )
      if (page.length === 0) break
      const broken = firstBreak(
        page.map((r) => ({ ...r, at: r.at.toISOString() })),
        sha256,
        at,
      )
      if (broken !== null) {
        report.breaks.push({ districtId: head.district_id, seq: broken })
        break
      }
      report.rows += page.length
      at = { seq: page.at(-1)!.seq, hash: page.at(-1)!.hash }
    }
    const cut = at.seq !== head.seq || at.hash !== head.hash
    if (cut && !report.breaks.some((b) => b.districtId === head.district_id)) {
      report.breaks.push({ districtId: head.district_id, seq: at.seq + 1 })
    }
  }
  return report
}
