import { programmes } from '#programmes/index.ts'
import type { Query } from './tree.ts'

/** Of what a unit has one at a time there are not a hundred: committees are not given again. */
const once = programmes.flatMap(({ key, standsUntil }) => (standsUntil === null ? [] : [key]))

/** Accepted records that may be given again. */
const repeated = `state = 'accepted' AND programme NOT IN (SELECT id FROM app.programme WHERE key IN ('${once.join("', '")}'))`

/** How many times the demo's records are given again to come to `wanted`. */
export async function copiesFor(query: Query, wanted: number): Promise<number> {
  const [seed] = await query<{ n: string }>(`SELECT count(*) AS n FROM app.record WHERE ${repeated}`)
  return Math.ceil(wanted / Number(seed!.n))
}

/**
 * Gives the accepted records of the demo year, made by the program itself, again to other grassroots unions: set-wise, row
 * for row as they stand in spine, typed tables, history and ledger, not what stands beside a record under a number of its own. Units whose superiors changed are left out.
 */
export async function multiply(query: Query, from: number, until: number, atOnce: number): Promise<void> {
  await query(`CREATE TEMP TABLE IF NOT EXISTS bench_seed AS SELECT row_number() OVER (ORDER BY id) AS n, district_id, id FROM app.record
    WHERE ${repeated} AND id::text LIKE '00000000-%'`)
  await query(`CREATE TEMP TABLE IF NOT EXISTS bench_org AS SELECT row_number() OVER (ORDER BY o.id) - 1 AS n, o.* FROM app.org o
    WHERE tier = 'grassroots' AND NOT EXISTS (SELECT FROM app.org_closure c WHERE c.des = o.id AND (c.from_ym > 0 OR c.to_ym < 999912))`)
  await query('CREATE INDEX IF NOT EXISTS bench_org_n ON bench_org (n); ANALYZE bench_seed, bench_org')
  const columns = await query<{
    name: string
    list: string[]
  }>(`SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS list
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND (c.relname IN ('record', 'ledger')
      OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.confrelid = 'app.record'::regclass AND c.relname <> 'record_opened')
        AND EXISTS (SELECT FROM pg_index i JOIN pg_attribute r ON r.attrelid = c.oid AND r.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary AND r.attname = 'record_id'))
    GROUP BY c.relname ORDER BY c.relname = 'record' DESC, 1`)
  for (let k = from; k < until; k += atOnce) {
    await query('DROP TABLE IF EXISTS bench_map')
    await query(`CREATE TEMP TABLE bench_map AS
      SELECT s.district_id AS old_district, s.id AS old_id, (lpad(to_hex(k), 8, '0') || substr(s.id::text, 9))::uuid AS id,
        o.district_id, o.id AS org_id, o.scope_code, o.view_code, o.scope_code AS then_code, o.view_code AS then_view, h.seq
      FROM generate_series(${k}, ${Math.min(k + atOnce, until) - 1}) k CROSS JOIN bench_seed s
      JOIN bench_org o ON o.n = (s.n * 7919 + k * 104729) % (SELECT count(*) FROM bench_org) JOIN app.audit_head h ON h.district_id = o.district_id`)
    await query('ANALYZE bench_map')
    for (const { name, list } of columns) {
      const moved =
        name === 'record'
          ? ['district_id', 'id', 'org_id', 'scope_code', 'view_code', 'then_code', 'then_view']
          : name === 'ledger'
            ? ['district_id', 'org_id', 'seq']
            : ['district_id']
      const taken = list.map((c) => (c === 'record_id' ? 'm.id' : moved.includes(c) ? `m.${c}` : `x.${c}`))
      const key = name === 'record' ? 'id' : 'record_id'
      await query(`INSERT INTO app.${name} (${list.join(', ')}) SELECT ${taken.join(', ')} FROM app.${name} x
        JOIN bench_map m ON m.old_district = x.district_id AND m.old_id = x.${key}`)
    }
  }
}

const months = Array.from({ length: 13 }, (_, m) => `m${String(m).padStart(2, '0')}`)

/** Reckons the roll-up anew from the ledger through the tree function of fold and reads, a district at a time on each connection. */
export async function foldAnew(connections: readonly Query[]): Promise<void> {
  const [query] = connections
  await query!('TRUNCATE app.rollup, app.rollup_delta')
  const sums = months.map((_, m) => `coalesce(sum(e.val * s.sign) FILTER (WHERE s.mon = ${m}), 0)`).join(', ')
  const districts = await query!<{ id: number }>(
    'SELECT district_id AS id FROM app.ledger GROUP BY 1 ORDER BY count(*)',
  )
  await Promise.all(
    connections.map(async (each) => {
      for (let d = districts.pop(); d !== undefined; d = districts.pop()) {
        await each(`INSERT INTO app.rollup (org_id, yr, indicator_id, state, line, district_id, ${months.join(', ')})
          SELECT s.anc, s.yr, e.indicator_id, e.state, s.line, e.district_id, ${sums}
          FROM (SELECT district_id, org_id, ym, indicator_id, state, sum(val)::bigint AS val FROM app.ledger WHERE district_id = ${d.id}
            GROUP BY 1, 2, 3, 4, 5 HAVING sum(val) <> 0) e
          JOIN app.indicator i ON i.id = e.indicator_id CROSS JOIN (SELECT value::int AS year FROM app.setting WHERE key = 'openYear') o
          CROSS JOIN LATERAL app.spread(e.org_id, e.ym, i.nature, o.year) s GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3`)
      }
    }),
  )
}

/** Takes the secondary indexes of spine and ledger away while rows pour in. @returns puts them back */
export async function withoutIndexes(query: Query): Promise<() => Promise<void>> {
  const found = await query<{
    name: string
    text: string
  }>(`SELECT indexname AS name, indexdef AS text FROM pg_indexes
    WHERE schemaname = 'app' AND tablename IN ('record', 'ledger') AND indexname NOT LIKE '%pkey'`)
  for (const { name } of found) await query(`DROP INDEX app.${name}`)
  return async () => {
    for (const { text } of found) await query(text)
  }
}

/** Puts entries of the ledger, always the same ones, in the queue again; with sign -1 they undo what they did. */
export async function queue(query: Query, count: number, sign: 1 | -1 = 1): Promise<void> {
  await query(`INSERT INTO app.rollup_delta (district_id, org_id, ym, indicator_id, state, val)
    SELECT district_id, org_id, ym, indicator_id, state, val * ${sign} FROM app.ledger TABLESAMPLE SYSTEM (10) REPEATABLE (1)
    ORDER BY hashtext(record_id::text || version || indicator_id || state || ym) LIMIT ${count}`)
  await query('ANALYZE app.rollup_delta')
}
