import { sql } from 'kysely'
import { sha256, type CryptoProvider } from '#crypto/provider.server.ts'
import type { Actor } from '#identity/actor.ts'
import { keyed, send, underway, type Tx } from '#server/database.server.ts'
import { canonical, genesis, type AuditRow } from './chain.ts'
import { linkText } from './witness.ts'

/** A signed entry of the ledger, named by owner; the unit of work gives it the district's sequence. */
export type Entry = {
  district_id: number
  record_id: string
  version: number
  indicator_id: number
  state: 0 | 1
  org_id: number
  ym: number
  val: number
}

type Act = {
  /** Who it is, where the session only begins. */
  accountId?: string
  districtId: number
  action: string
  object: string
  result?: string
  purpose?: string
  fields?: string[]
  body?: unknown
}

/** The end of a stream: its last row, and the link over all of them. */
type Head = { seq: number; hash: string; link: string }

/** What a mutating request leaves behind besides its rows: written once, at its end, under the audit locks. */
export type UnitOfWork = {
  readonly actor: Actor
  /** Notes an act for the audit; content enters only as keyed digest. */
  audit(act: Act): void
  /** Notes ledger entries; they become deltas as well. */
  enter(entries: Entry[]): void
  /** Notes what follows from the rows written, to be brought about once for each key before the audit locks are taken. */
  follow(key: string, id: number, bring: (tx: Tx, ids: number[]) => void): void
  /**
   * Takes the audit lock of a district right behind the statement just sent, without waiting for what that one answers: for a work
   * of this district alone that takes no lock afterwards. What is locked by then is locked for one turn less.
   */
  lockWith(tx: Tx, districtId: number): void
  /** Stores the answer under the request's idempotency key. */
  answer: { key: string; route: string; bodyHash: string; status: number; value: unknown } | null
}

type Consequence = { ids: Set<number>; bring: (tx: Tx, ids: number[]) => void }
type Noted = UnitOfWork & {
  acts: Act[]
  entries: Entry[]
  consequences: Map<string, Consequence>
  heads: Map<number, Promise<Head>>
}

/** Opens a unit of work for an actor. */
export function openWork(actor: Actor): UnitOfWork {
  const work: Noted = {
    actor,
    answer: null,
    acts: [],
    entries: [],
    consequences: new Map(),
    heads: new Map(),
    lockWith: (tx, districtId) => void work.heads.set(districtId, underway(tx, lockHead(tx, districtId))),
    follow: (key, id, bring) => {
      const known = work.consequences.get(key)
      if (known) known.ids.add(id)
      else work.consequences.set(key, { ids: new Set([id]), bring })
    },
    audit: (act) => void work.acts.push(act),
    enter: (entries) => void work.entries.push(...entries),
  }
  return work
}

/**
 * Ends a unit of work: takes the audit locks of its districts in ascending order, then writes chain, ledger, deltas and
 * the stored answer in one statement. To be called last in the transaction: the locks order the sequences.
 */
export async function closeWork(tx: Tx, unit: UnitOfWork, crypto: CryptoProvider): Promise<void> {
  const { acts, entries, actor, answer, consequences, heads: early } = unit as Noted
  for (const { ids, bring } of consequences.values()) bring(tx, [...ids])
  const districts = [
    ...new Set([...acts.map((a) => a.districtId), ...entries.map((e) => e.district_id)]),
  ].sort((a, b) => a - b)
  const heads = new Map<number, Head>()
  for (const district of districts) heads.set(district, await (early.get(district) ?? lockHead(tx, district)))
  const at = new Date().toISOString()
  const chained = acts.map((act) => {
    const head = heads.get(act.districtId)!
    const row: AuditRow = {
      district_id: act.districtId,
      seq: head.seq + 1,
      at,
      actor: act.accountId ?? actor.accountId,
      on_behalf: actor.onBehalf,
      action: act.action,
      object: act.object,
      result: act.result ?? 'done',
      purpose: act.purpose ?? '',
      request_id: actor.requestId,
      fields: (act.fields ?? []).join(' '),
      body_hmac: crypto.mac(JSON.stringify(act.body ?? null)),
    }
    const prev = head.hash
    const hash = crypto.hash(canonical(row, prev))
    heads.set(act.districtId, { seq: row.seq, hash, link: sha256(linkText(head.link, hash)) })
    return { ...row, prev, hash }
  })
  const ledger = entries.map((e) => ({ ...e, seq: heads.get(e.district_id)!.seq }))
  writeAll(
    tx,
    chained,
    ledger,
    [...heads].map(([district_id, h]) => ({ district_id, ...h })),
    actor,
    answer,
  )
}

async function lockHead(tx: Tx, district: number): Promise<Head> {
  const locked = sql`SELECT seq, hash, link FROM app.audit_head WHERE district_id = ${district} FOR UPDATE`
  const [head] = await keyed<Head>(tx, locked)
  if (head) return head
  await sql`INSERT INTO app.audit_head VALUES (${district}, 0, ${genesis}) ON CONFLICT DO NOTHING`.execute(tx)
  return (await keyed<Head>(tx, locked))[0]!
}

function writeAll(
  tx: Tx,
  chained: object[],
  ledger: object[],
  heads: object[],
  actor: Actor,
  answer: UnitOfWork['answer'],
): void {
  const stored = answer
    ? [
        {
          account_id: actor.accountId,
          key: answer.key,
          route: answer.route,
          body_hash: answer.bodyHash,
          status: answer.status,
          answer: answer.value,
          at: new Date(),
        },
      ]
    : []
  const all = sql`
    WITH entry AS (SELECT * FROM jsonb_populate_recordset(NULL::app.ledger, ${JSON.stringify(ledger)}::jsonb)),
    books AS (INSERT INTO app.ledger SELECT * FROM entry),
    queue AS (INSERT INTO app.rollup_delta (district_id, org_id, ym, indicator_id, state, val)
      SELECT district_id, org_id, ym, indicator_id, state, sum(val) FROM entry GROUP BY 1, 2, 3, 4, 5 HAVING sum(val) <> 0),
    chain AS (INSERT INTO app.audit SELECT * FROM jsonb_populate_recordset(NULL::app.audit, ${JSON.stringify(chained)}::jsonb)),
    kept AS (INSERT INTO app.idempotency SELECT * FROM jsonb_populate_recordset(NULL::app.idempotency, ${JSON.stringify(stored)}::jsonb))
    UPDATE app.audit_head h SET seq = n.seq, hash = n.hash, link = n.link
    FROM jsonb_populate_recordset(NULL::app.audit_head, ${JSON.stringify(heads)}::jsonb) n WHERE h.district_id = n.district_id`
  send(tx, all)
}
