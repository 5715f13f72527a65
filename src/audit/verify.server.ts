import { sql } from 'kysely'
import { sha256 } from '#crypto/provider.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { headsOf, type Anchor } from './anchor.ts'
import { StreamCheck, type AuditRow, type Break, type ChainedRow, type Head } from './chain.ts'

export type ChainReport = { streams: number; rows: number; breaks: Break[] }

type Stored = Omit<AuditRow, 'at'> & { at: Date; prev: string; hash: string }
const pageSize = 5000

/** The heads of all streams as the database has them. */
export function readHeads(tx: Tx): Promise<Head[]> {
  return rows<Head>(tx, sql`SELECT district_id, seq, hash FROM app.audit_head ORDER BY 1`)
}

/** The rows of a stream in order of seq, page by page. */
export async function* readStream(tx: Tx, district: number): AsyncGenerator<ChainedRow[]> {
  for (let seq = 0; ;) {
    const page = await rows<Stored>(
      tx,
      sql`SELECT * FROM app.audit WHERE district_id = ${district} AND seq > ${seq} ORDER BY seq LIMIT ${pageSize}`,
    )
    if (page.length === 0) return
    yield page.map((row) => ({ ...row, at: row.at.toISOString() }))
    seq = page.at(-1)!.seq
  }
}

/**
 * Checks every stream of the audit from its first row, that its head is its last row, and that it meets its anchors.
 * @param hash digest of the installation's profile
 */
export async function verifyChain(
  tx: Tx,
  anchors: readonly Anchor[] = [],
  hash: (text: string) => string = sha256,
): Promise<ChainReport> {
  const heads = new Map((await readHeads(tx)).map((h) => [h.district_id, h]))
  const written = await rows<{ district_id: number }>(tx, sql`SELECT DISTINCT district_id FROM app.audit`)
  const anchored = headsOf(anchors)
  const streams = new Set([...heads.keys(), ...written.map((w) => w.district_id), ...anchored.keys()])
  const report: ChainReport = { streams: streams.size, rows: 0, breaks: [] }
  for (const district of [...streams].sort((a, b) => a - b)) {
    const check = new StreamCheck(district, anchored.get(district) ?? [], hash)
    for await (const page of readStream(tx, district)) {
      check.take(page)
      if (check.broken) break
    }
    const broken = check.end(heads.get(district) ?? null)
    report.rows += check.rows
    if (broken) report.breaks.push(broken)
  }
  return report
}
