import { sql } from 'kysely'
import { sha256 } from '#crypto/provider.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { headsOf, type Anchor } from './anchor.ts'
import { genesis, StreamCheck, type AuditRow, type Break, type ChainedRow, type Head } from './chain.ts'
import { follow } from './witness.ts'

export type ChainReport = { streams: number; rows: number; breaks: Break[] }

type Stored = Omit<AuditRow, 'at'> & { at: Date; prev: string; hash: string }
const pageSize = 5000

/** The heads of all streams as the database has them. */
export function readHeads(tx: Tx): Promise<Head[]> {
  return rows<Head>(tx, sql`SELECT district_id, seq, hash FROM app.audit_head ORDER BY 1`)
}

/** The links of all streams by stream, as browsers keep them. */
async function readLinks(tx: Tx): Promise<Map<number, string>> {
  const found = await rows<{ district_id: number; link: string }>(
    tx,
    sql`SELECT district_id, link FROM app.audit_head`,
  )
  return new Map(found.map((head) => [head.district_id, head.link]))
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
 * Checks every stream of the audit from its first row, that its head is its last row, that it meets its anchors, and that
 * the link which browsers keep is the one of its rows.
 * @param hash digest of the installation's profile
 */
export async function verifyChain(
  tx: Tx,
  hash: (text: string) => string,
  anchors: readonly Anchor[] = [],
): Promise<ChainReport> {
  const heads = new Map((await readHeads(tx)).map((h) => [h.district_id, h]))
  const links = await readLinks(tx)
  const written = await rows<{ district_id: number }>(tx, sql`SELECT DISTINCT district_id FROM app.audit`)
  const anchored = headsOf(anchors)
  const streams = new Set([...heads.keys(), ...written.map((w) => w.district_id), ...anchored.keys()])
  const report: ChainReport = { streams: streams.size, rows: 0, breaks: [] }
  for (const district of [...streams].sort((a, b) => a - b)) {
    const check = new StreamCheck(district, anchored.get(district) ?? [], hash)
    let link = genesis
    for await (const page of readStream(tx, district)) {
      check.take(page)
      if (check.broken) break
      link = await follow(
        link,
        page.map((row) => row.hash),
        sha256,
      )
    }
    const broken = check.end(heads.get(district) ?? null) ?? linkBreak(district, check.rows, link, links)
    report.rows += check.rows
    if (broken) report.breaks.push(broken)
  }
  return report
}

/** A link that is not of these rows: somewhere up to the last of them they were others when it was written. */
const linkBreak = (
  district: number,
  rowsOf: number,
  link: string,
  links: Map<number, string>,
): Break | null =>
  (links.get(district) ?? genesis) === link ? null : { districtId: district, seq: 1, until: rowsOf }
