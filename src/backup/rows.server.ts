import { sql, type RawBuilder } from 'kysely'
import { sha256Sum } from '#crypto/provider.server.ts'
import { rows, type Tx } from '#server/database.server.ts'

/** A table as it leaves and comes in: its columns with their types, and the order that is the same under every locale. */
export type Table = { name: string; columns: { name: string; type: string }[]; order: string }

/** What a table holds: number of rows, and SHA-256 over them in order. */
export type Sum = { rows: number; hash: string }

/**
 * Tables that stay behind: what one transaction wrote of itself; sessions, since one that was ended after the backup must not
 * live again; counters of failed sign-ins, codes and ways to a provider that are on their way; the list of migrations, which is compared.
 */
const staying = ['context', 'door', 'session', 'attempt', 'oidc_flow', 'phone_code', 'migration']

const turn = 2000

/** Values as text, the same whatever the zone and the settings of a server: first in every transaction that reads or writes them. */
export const plainText = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 0;`

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const placeOf = (table: Table): string => `app.${quoted(table.name)}`

/** The tables of the schema by name. @throws Error for one without a primary key, which would have no order */
export async function tablesOf(tx: Tx): Promise<Table[]> {
  const found = await rows<{
    name: string
    columns: Table['columns']
    keys: { name: string; text: boolean }[] | null
  }>(
    tx,
    sql`SELECT c.relname AS name,
        (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
        (SELECT json_agg(json_build_object('name', a.attname, 'text', a.attcollation <> 0) ORDER BY k.n)
          FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k (attnum, n)
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE i.indrelid = c.oid AND i.indisprimary) AS keys
      FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' ORDER BY c.relname COLLATE "C"`,
  )
  return found
    .filter(({ name }) => !staying.includes(name))
    .map(({ name, columns, keys }) => {
      if (keys === null) throw new Error(`table ${name} has no primary key`)
      const order = keys.map((key) => quoted(key.name) + (key.text ? ' COLLATE "C"' : '')).join(', ')
      return { name, columns, order }
    })
}

/** The rows of a table in order, some thousands at a time: each a JSON array of the texts of its columns. */
export async function* linesOf(tx: Tx, table: Table): AsyncGenerator<string[]> {
  const texts = table.columns.map((column) => `${quoted(column.name)}::text`).join(', ')
  await sql
    .raw(
      `DECLARE leaving NO SCROLL CURSOR FOR SELECT array_to_json(ARRAY[${texts}])::text AS line FROM ${placeOf(table)} ORDER BY ${table.order}`,
    )
    .execute(tx)
  for (;;) {
    const page = await rows<{ line: string }>(tx, sql.raw(`FETCH ${turn} FROM leaving`))
    if (page.length > 0) yield page.map((row) => row.line)
    if (page.length < turn) break
  }
  await sql.raw('CLOSE leaving').execute(tx)
}

/** Adds up what a table holds. */
export function summing(): { take(lines: readonly string[]): void; sum(): Sum } {
  const digest = sha256Sum()
  let count = 0
  return {
    take(lines) {
      count += lines.length
      for (const line of lines) digest.add(`${line}\n`)
    },
    sum: () => ({ rows: count, hash: digest.hex() }),
  }
}

/** What a table of the database holds. */
export async function sumOf(tx: Tx, table: Table): Promise<Sum> {
  const adding = summing()
  for await (const lines of linesOf(tx, table)) adding.take(lines)
  return adding.sum()
}

/** Puts rows into their table: as columns of texts, which PostgreSQL reads as it reads what is typed. */
export async function putLines(tx: Tx, table: Table, lines: readonly string[]): Promise<void> {
  const columns: (string | null)[][] = table.columns.map(() => [])
  for (const line of lines)
    for (const [n, value] of (JSON.parse(line) as (string | null)[]).entries()) columns[n]!.push(value)
  const names = sql.raw(table.columns.map((column) => quoted(column.name)).join(', '))
  const casts = sql.raw(table.columns.map(({ type }, n) => `c${n}::${type}`).join(', '))
  const given = sql.join(columns.map((values): RawBuilder<unknown> => sql`${values}::text[]`))
  const as = sql.raw(columns.map((_, n) => `c${n}`).join(', '))
  await sql`INSERT INTO ${sql.raw(placeOf(table))} (${names}) OVERRIDING SYSTEM VALUE SELECT ${casts} FROM unnest(${given}) AS u (${as})`.execute(
    tx,
  )
}

/** What stands in the way of filling a table and is made again after it: statements that take it away and bring it back. */
async function hindrances(tx: Tx): Promise<{ away: string; back: string }[]> {
  const keys = await rows<{ place: string; name: string; rule: string }>(
    tx,
    sql`SELECT conrelid::regclass::text AS place, conname AS name, pg_get_constraintdef(oid) AS rule
      FROM pg_constraint WHERE contype = 'f' AND connamespace = 'app'::regnamespace ORDER BY 1, 2`,
  )
  const indexes = await rows<{ name: string; rule: string }>(
    tx,
    sql`SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS rule
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relnamespace = 'app'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY 1`,
  )
  return [
    ...keys.map(({ place, name, rule }) => ({
      away: `ALTER TABLE ${place} DROP CONSTRAINT ${quoted(name)}`,
      back: `ALTER TABLE ${place} ADD CONSTRAINT ${quoted(name)} ${rule}`,
    })),
    ...indexes.map(({ name, rule }) => ({ away: `DROP INDEX ${name}`, back: rule })),
  ]
}

/**
 * Runs `load` on empty tables without foreign keys and secondary indexes, and makes them again, which checks every key.
 * Everything in the transaction of the caller, who owns the schema.
 */
export async function refilled<T>(tx: Tx, tables: readonly Table[], load: () => Promise<T>): Promise<T> {
  const all = await hindrances(tx)
  for (const { away } of all) await sql.raw(away).execute(tx)
  await sql.raw(`TRUNCATE ${tables.map(placeOf).join(', ')}`).execute(tx)
  const loaded = await load()
  for (const { back } of all.toReversed()) await sql.raw(back).execute(tx)
  return loaded
}

/** Last numbers of the sequences. */
export async function sequencesOf(tx: Tx): Promise<Record<string, number>> {
  const found = await rows<{ name: string; last: number | null }>(
    tx,
    sql`SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = 'app' ORDER BY 1`,
  )
  return Object.fromEntries(found.flatMap(({ name, last }) => (last === null ? [] : [[name, last]])))
}

export async function putSequences(tx: Tx, sequences: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, last] of Object.entries(sequences))
    await sql`SELECT setval(${`app.${quoted(name)}`}::regclass, ${last}::bigint)`.execute(tx)
}
