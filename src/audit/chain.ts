/** One row of the audit; every value is text or number, so that its canonical form is the same everywhere. */
export type AuditRow = {
  district_id: number
  seq: number
  at: string
  actor: string
  on_behalf: string
  action: string
  object: string
  result: string
  purpose: string
  request_id: string
  fields: string
  body_hmac: string
}

/** Hash before the first row of a stream. */
export const genesis = '0'.repeat(64)

/** What the chain hashes: the previous hash and every column, length-prefixed so that no two rows collide. */
export function canonical(row: AuditRow, prev: string): string {
  const parts = [
    prev,
    row.district_id,
    row.seq,
    row.at,
    row.actor,
    row.on_behalf,
    row.action,
    row.object,
    row.result,
    row.purpose,
    row.request_id,
    row.fields,
    row.body_hmac,
  ]
  return parts.map((p) => `${String(p).length}:${p}`).join('|')
}

/** The first sequence of a stream that breaks the chain, or null. `rows` in order of seq, from 1. */
export function firstBreak(
  rows: readonly (AuditRow & { prev: string; hash: string })[],
  hash: (text: string) => string,
  start: { seq: number; hash: string } = { seq: 0, hash: genesis },
): number | null {
  let { seq, hash: prev } = start
  for (const row of rows) {
    if (row.seq !== seq + 1 || row.prev !== prev || row.hash !== hash(canonical(row, prev))) return seq + 1
    seq = row.seq
    prev = row.hash
  }
  return null
}
