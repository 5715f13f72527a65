import { sql } from 'kysely'
import { readHeads } from '#audit/verify.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Manifest } from './manifest.ts'
import { sequencesOf, sumOf, tablesOf } from './rows.server.ts'

type OfDatabase = Pick<Manifest, 'migrations' | 'totals' | 'heads' | 'sequences'>

/** What the database says of itself besides the rows of its tables. */
export async function factsOf(tx: Tx): Promise<OfDatabase> {
  const migrations = await rows<{ name: string; hash: string }>(
    tx,
    sql`SELECT name, hash FROM app.migration ORDER BY name`,
  )
  const totals = await rows<{ name: string; in: number; accepted: number }>(
    tx,
    sql`SELECT i.code || ' ' || l.ym / 100 AS name, coalesce(sum(l.val) FILTER (WHERE l.state = 0), 0)::float8 AS "in", coalesce(sum(l.val) FILTER (WHERE l.state = 1), 0)::float8 AS accepted
      FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id GROUP BY 1`,
  )
  const heads = await readHeads(tx)
  return {
    migrations,
    totals: Object.fromEntries(totals.map(({ name, ...total }) => [name, total])),
    heads: Object.fromEntries(heads.map(({ district_id, seq, hash }) => [district_id, { seq, hash }])),
    sequences: await sequencesOf(tx),
  }
}

/** The same, with what each table holds: reads every row. */
export async function measure(tx: Tx): Promise<OfDatabase & Pick<Manifest, 'tables'>> {
  const tables: Manifest['tables'] = {}
  for (const table of await tablesOf(tx)) tables[table.name] = await sumOf(tx, table)
  return { ...(await factsOf(tx)), tables }
}
