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

/** As stored: with the hash before it and its own. */
export type ChainedRow = AuditRow & { prev: string; hash: string }

/** The last row of a stream, named outside it. */
export type Head = { district_id: number; seq: number; hash: string }

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

/** Where a stream first differs: from `seq` on nothing is vouched for, up to and with `until` where an anchor tells. */
export type Break = { districtId: number; seq: number; until: number | null }

/**
 * Walks one stream from its first row. A break in the chain is at its row. A stream that was hashed anew, or set back to an
 * older state, is whole in itself: then the first anchored head that it does not meet tells, and the break lies after the
 * last one that it does.
 */
export class StreamCheck {
  rows = 0
  #at: { seq: number; hash: string } = { seq: 0, hash: genesis }
  #vouched = 0
  #break: Break | null = null
  readonly #district: number
  readonly #anchors: { seq: number; hash: string }[]
  readonly #hash: (text: string) => string

  /** @param anchors heads of this stream that were signed outside the database */
  constructor(district: number, anchors: readonly Head[], hash: (text: string) => string) {
    this.#district = district
    this.#anchors = anchors.toSorted((a, b) => a.seq - b.seq)
    this.#hash = hash
    // A stream may be anchored before its first row.
    this.#meet()
  }

  get broken(): boolean {
    return this.#break !== null
  }

  /** Rows in order of seq; after a break the rest is not looked at. */
  take(rows: readonly ChainedRow[]): void {
    for (const row of rows) {
      if (this.#break) return
      const { seq, hash } = this.#at
      if (row.seq !== seq + 1 || row.prev !== hash || row.hash !== this.#hash(canonical(row, hash))) {
        this.#fail(seq + 1, null)
        return
      }
      this.rows++
      this.#at = { seq: row.seq, hash: row.hash }
      this.#meet()
    }
  }

  /** The end of the stream against its head. @returns the break, or null */
  end(head: { seq: number; hash: string } | null): Break | null {
    const { seq, hash } = this.#at
    const missing = this.#anchors[0]
    // What was anchored and is not there: an older state was put back.
    if (!this.#break && missing) this.#fail(seq + 1, missing.seq)
    if (!this.#break && (head === null ? seq > 0 : head.seq !== seq || head.hash !== hash))
      this.#fail(seq + 1, null)
    return this.#break
  }

  #meet(): void {
    while (this.#anchors[0]?.seq === this.#at.seq) {
      const anchor = this.#anchors.shift()!
      if (anchor.hash !== this.#at.hash) {
        this.#fail(this.#vouched + 1, anchor.seq)
        return
      }
      this.#vouched = anchor.seq
    }
  }

  #fail(seq: number, until: number | null): void {
    this.#break = { districtId: this.#district, seq, until }
  }
}
