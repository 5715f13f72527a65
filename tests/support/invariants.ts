import { sql, type RawBuilder } from 'kysely'
import { behind, type Anchor } from '#audit/anchor.ts'
import { readHeads, verifyChain } from '#audit/verify.server.ts'
import { auditReleases } from '#figures/disclosure/release.server.ts'
import { compareEarlier } from '#figures/earlier/verify.server.ts'
import { compareLocks } from '#figures/lock/verify.server.ts'
import { drillTotals, totals } from '#figures/read.server.ts'
import { recount } from '#figures/verify.server.ts'
import { tableOf } from '#kit/columns.ts'
import { periodOf } from '#kit/period.ts'
import { contentHash } from '#paper/hash.server.ts'
import { indicators } from '#programmes/index.ts'
import { checkEvidence, keptHashes } from '#record/evidence/service.server.ts'
import { onConnection, rows, transact, type Db, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { isAcknowledged, isOpen, type Ledger } from './ledger.ts'
import type { World } from './world.ts'

export type Checked = {
  world: World
  /** Owner of the schema, whom no policy binds. */
  owner: Db
  /** What those outside were told; null where nobody kept it. */
  ledger?: Ledger | null
  anchors?: readonly Anchor[]
  /** What may stand in no log, audit, job or message. */
  canaries?: readonly string[]
}

/**
 * The invariants of the platform, as far as a database and its files can be asked: each breach a line that begins with its name.
 * One snapshot, so that it may be asked beside others who write.
 */
export async function breaches(checked: Checked): Promise<string[]> {
  const { deps } = checked.world
  return onConnection(checked.owner, (connection) =>
    transact(connection, 'BEGIN ISOLATION LEVEL REPEATABLE READ', async (tx) => [
      ...(await acknowledged(tx, checked)),
      ...(await halfStates(tx, deps)),
      ...(await sums(tx, deps)),
      ...(await documents(tx)),
      ...(await decisions(tx)),
      ...(await chain(tx, checked)),
      ...(await files(tx, deps)),
      ...(await leaks(tx, checked.canaries ?? [])),
      ...(await jobs(tx)),
      ...(await published(tx, deps)),
    ]),
  )
}

/** Rows that should not be, each told under the invariant that it breaks. */
async function none(tx: Tx, what: string, statement: RawBuilder<unknown>): Promise<string[]> {
  const found = await rows<{ id: unknown }>(tx, statement)
  return found.map(({ id }) => `${what}: ${String(id)}`)
}

const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)
/** jsonb keeps its keys in an order of its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )

type Stored = { account_id: string; key: string; answer: unknown }

/** I1, I7: what was acknowledged stands once, under the answer that was given; what was refused left nothing; nobody's effect is there. */
async function acknowledged(tx: Tx, { ledger, world }: Checked): Promise<string[]> {
  if (!ledger) return []
  const stored = new Map(
    (await rows<Stored>(tx, sql`SELECT account_id, key, answer FROM app.idempotency`)).map((s) => [
      `${s.account_id} ${s.key}`,
      s.answer,
    ]),
  )
  const versions = new Set(
    (
      await rows<{ at: string }>(tx, sql`SELECT record_id || ' ' || version AS at FROM app.record_history`)
    ).map(({ at }) => at),
  )
  const found: string[] = []
  for (const intent of ledger.intents) {
    const name = `${intent.who} ${intent.method} ${intent.url} ${intent.key}`
    const at = `${world.person(intent.who).accountId} ${intent.key}`
    const done = intent.answers.filter(({ status }) => status === 200)
    for (const { body } of done) {
      if (!stored.has(at)) found.push(`I1 acknowledged and gone: ${name}`)
      else if (!same(body, stored.get(at))) found.push(`I7 another answer than the first: ${name}`)
      const { id, version } = body as { id?: string; version?: number }
      if (/^\/api\/records\/\w+(\/[^/]+\/actions)?$/.test(intent.url) && !versions.has(`${id} ${version}`))
        found.push(`I1 acknowledged version that no history has: ${name}`)
    }
    if (!isAcknowledged(intent) && !isOpen(intent) && stored.has(at))
      found.push(`I1 refused and done: ${name}`)
    stored.delete(at)
  }
  return [
    ...found,
    ...[...stored.keys()].map((at) => `I1 done and never sent: ${at}`),
    // What is written in one transaction bears its number: every line of a history came with an answer.
    ...(await none(
      tx,
      'I1 changed and no answer kept',
      sql`SELECT h.record_id || ' ' || h.version AS id FROM app.record_history h
        WHERE NOT EXISTS (SELECT FROM app.idempotency i WHERE i.xmin = h.xmin)`,
    )),
  ]
}

/** I2: record, typed row, history, audit, workbook and snapshot stand together or not at all. */
async function halfStates(tx: Tx, deps: Deps): Promise<string[]> {
  const found: string[] = []
  for (const programme of deps.programmes)
    found.push(
      ...(await none(
        tx,
        `I2 ${programme.key} without its row`,
        sql`SELECT r.id FROM app.record r WHERE r.programme = ${deps.catalogue.programmeId(programme.key)}
          AND NOT EXISTS (SELECT FROM ${sql.raw(`app.${tableOf(programme)}`)} t WHERE t.district_id = r.district_id AND t.record_id = r.id)`,
      )),
    )
  return [
    ...found,
    ...(await none(
      tx,
      'I2 a state that its history does not end in',
      sql`SELECT r.id FROM app.record r LEFT JOIN (
          SELECT DISTINCT ON (record_id) record_id, version, state FROM app.record_history ORDER BY record_id, version DESC
        ) h ON h.record_id = r.id WHERE h.record_id IS NULL OR h.version <> r.version OR h.state <> r.state`,
    )),
    ...(await none(
      tx,
      'I2 a history with holes',
      sql`SELECT record_id AS id FROM app.record_history GROUP BY record_id HAVING count(*) <> max(version) OR min(version) <> 1`,
    )),
    ...(await none(
      tx,
      'I2 a workbook half brought in',
      sql`SELECT i.id FROM app.intake i JOIN app.intake_row w ON w.district_id = i.district_id AND w.intake_id = i.id
        GROUP BY i.id, i.state HAVING (i.state = 'open' AND bool_or(w.state = 'done')) OR (i.state = 'committed' AND NOT bool_or(w.state IN ('done', 'same')))`,
    )),
    ...(await none(
      tx,
      'I2 a row of a workbook that became nothing',
      sql`SELECT w.intake_id || ' ' || w.line AS id FROM app.intake_row w WHERE w.state = 'done' AND w.made LIKE 'record:%'
        AND NOT EXISTS (SELECT FROM app.record r WHERE 'record:' || r.id = w.made)`,
    )),
    ...(await none(
      tx,
      'I2 a snapshot without its values',
      sql`SELECT s.id FROM app.snapshot s LEFT JOIN app.snapshot_value v ON v.snapshot_id = s.id GROUP BY s.id HAVING count(v.val) <> ${indicators.length}`,
    )),
  ]
}

/** I3: records = ledger = roll-up and pending for every unit and month (the recount); and of each unit with units below the parts are the whole. */
async function sums(tx: Tx, deps: Deps): Promise<string[]> {
  const found = (await recount(deps, tx)).differences.map(({ what }) => `I3 ${what}`)
  const units = await rows<{ id: number }>(
    tx,
    sql`SELECT DISTINCT anc AS id FROM app.org_closure WHERE depth = 1 AND line = 1`,
  )
  const ids = units.map(({ id }) => id)
  const codes = indicators.map(({ id }) => id)
  const year = Number(deps.today().slice(0, 4))
  for (const period of [periodOf('year', year - 1), periodOf('year', year)]) {
    const rest = new Map<string, number>()
    const add = (key: string, value: number) => rest.set(key, (rest.get(key) ?? 0) + value)
    for (const t of await totals(tx, ids, [period]))
      if (!t.viewed) add(`${t.org_id} ${t.indicator} ${t.state}`, t.values[0]!)
    for (const id of ids)
      for (const part of await drillTotals(tx, id, period, codes))
        if (part.line < 2) add(`${id} ${part.indicator} ${part.state}`, -part.value)
    for (const [key, value] of rest)
      if (value !== 0) found.push(`I3 ${period.label} ${key}: the whole is ${value} more than its parts`)
  }
  return found
}

/** I4: each figure of a frozen document is what the ledger held at its sequences; its text is the one that was hashed. */
async function documents(tx: Tx): Promise<string[]> {
  const texts = await rows<{ id: string; hash: string; content: never }>(
    tx,
    sql`SELECT id, content_hash AS hash, content FROM app.snapshot`,
  )
  return [
    ...texts.flatMap(({ id, hash, content }) =>
      contentHash(content) === hash ? [] : [`I4 ${id}: its text is not what was hashed`],
    ),
    ...(await none(
      tx,
      'I4 a frozen figure that the ledger does not give',
      sql`SELECT s.id || ' ' || i.code || ' ' || v.val || ' / ' || coalesce(b.val, 0) AS id
        FROM app.snapshot s JOIN app.snapshot_value v ON v.snapshot_id = s.id JOIN app.indicator i ON i.id = v.indicator_id
        LEFT JOIN LATERAL (
          SELECT sum(e.val) AS val FROM app.ledger e JOIN app.org_closure c ON c.anc = s.org_id AND c.des = e.org_id AND c.line < 2
            AND c.from_ym <= CASE i.nature WHEN 'stock' THEN s.year * 100 + 12 ELSE e.ym END
            AND c.to_ym > CASE i.nature WHEN 'stock' THEN s.year * 100 + 12 ELSE e.ym END
          WHERE e.indicator_id = i.id AND e.state = 1 AND e.seq <= coalesce((s.seqs ->> e.district_id::text)::bigint, 0)
            AND e.ym <= s.year * 100 + 12 AND (i.nature = 'stock' OR e.ym >= s.year * 100)
        ) b ON true WHERE i.nature <> 'distinct' AND v.val <> coalesce(b.val, 0)`,
    )),
  ]
}

/** I5: one decision for a version, never by the person who sent it. */
async function decisions(tx: Tx): Promise<string[]> {
  return [
    ...(await none(
      tx,
      'I5 decided twice',
      sql`SELECT record_id || ' ' || version AS id FROM app.record_history GROUP BY record_id, version HAVING count(*) > 1`,
    )),
    ...(await none(
      tx,
      'I5 decided by who sent it',
      sql`SELECT d.record_id || ' ' || d.version AS id FROM app.record_history d JOIN app.account a ON a.id = d.account_id
        JOIN LATERAL (SELECT h.account_id FROM app.record_history h WHERE h.record_id = d.record_id AND h.version < d.version AND h.action IN ('submit', 'resubmit')
          ORDER BY h.version DESC LIMIT 1) s ON true
        JOIN app.account b ON b.id = s.account_id
        WHERE d.action IN ('accept', 'return', 'pass') AND a.person_id = b.person_id`,
    )),
  ]
}

/** I6: the chain is whole and not behind what was signed outside; every step of a record and every kept answer has its audit. */
async function chain(tx: Tx, { world, anchors = [] }: Checked): Promise<string[]> {
  const { breaks } = await verifyChain(tx, world.deps.crypto.hash, anchors)
  const lost = behind(await readHeads(tx), anchors)
  return [
    ...breaks.map((b) => `I6 stream ${b.districtId} breaks at ${b.seq}`),
    ...lost.map((head) => `I6 stream ${head.district_id} is behind its anchor ${head.seq}`),
    ...(await none(
      tx,
      'I6 steps and acts of a record differ',
      sql`SELECT coalesce(h.id, a.id) AS id FROM (SELECT record_id::text AS id, count(*) AS n FROM app.record_history GROUP BY 1) h
        FULL JOIN (SELECT split_part(object, ':', 2) AS id, count(*) AS n FROM app.audit WHERE action LIKE 'record.%' AND action <> 'record.print' GROUP BY 1) a ON a.id = h.id
        WHERE h.n IS DISTINCT FROM a.n`,
    )),
    ...(await none(
      tx,
      'I6 an answer without an act',
      sql`SELECT i.key AS id FROM app.idempotency i WHERE NOT EXISTS (SELECT FROM app.audit a WHERE a.xmin = i.xmin)
        -- A batch of which others took every record.
        AND i.answer ->> 'accepted' IS DISTINCT FROM '0'`,
    )),
  ]
}

/** I8: every row has its file, every file a row. */
async function files(tx: Tx, { files: store }: Deps): Promise<string[]> {
  if (!store) return []
  const { faults } = await checkEvidence(tx, store)
  const hashes: string[] = []
  for await (const { hash, preview } of store.list()) if (!preview) hashes.push(hash)
  const kept = new Set(await keptHashes(tx, hashes))
  return [
    ...faults.map(({ record, name, fault }) => `I8 ${record} ${name}: ${fault}`),
    ...hashes.filter((hash) => !kept.has(hash)).map((hash) => `I8 a file without a row: ${hash}`),
  ]
}

/** I9: what must stand nowhere stands in no audit, job, message or kept answer. */
async function leaks(tx: Tx, canaries: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const table of canaries.length > 0 ? ['audit', 'job', 'message', 'idempotency'] : [])
    for (const canary of canaries)
      found.push(
        ...(await none(
          tx,
          `I9 ${canary} in ${table}`,
          sql`SELECT count(*) AS id FROM ${sql.raw(`app.${table}`)} t WHERE t::text LIKE ${`%${canary}%`} HAVING count(*) > 0`,
        )),
      )
  return found
}

/** I10: no work is lost: given up, or held by somebody whose time is long over. */
const jobs = (tx: Tx): Promise<string[]> =>
  none(
    tx,
    'I10 work that was lost',
    sql`SELECT kind || ' ' || key || ' ' || fault AS id FROM app.job WHERE state = 'dead' OR state = 'open' AND leased_until < now() - interval '60 seconds'`,
  )

/** I11, I12: what was published of closed periods and of earlier years is what it was; no hidden cell can be told. */
async function published(tx: Tx, deps: Deps): Promise<string[]> {
  return [
    ...(await compareLocks(tx)).differences.map(({ what }) => `I11 ${what}`),
    ...(await compareEarlier(deps, tx)).differences.map(({ what }) => `I11 ${what}`),
    ...(await auditReleases(deps, tx)).breaches.map(({ indicator, key }) => `I12 ${indicator} ${key}`),
  ]
}
