import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { scaleOf } from '#kit/contribution.ts'
import { ddlOf, tablesOf } from '#kit/columns.ts'
import type { Programme } from '#kit/programme.ts'
import { findProgramme, indicators, programmes } from '#programmes/index.ts'
import { migrate, readMigrations } from './migrate.server.ts'

/** Runs one or more statements and gives the rows of the last. */
export type Query = (sql: string) => Promise<Record<string, unknown>[]>

const lines = (rows: Record<string, unknown>[]): string[] => rows.map((row) => String(row['line']))

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

const indicatorRow = ({ id, indicator }: (typeof indicators)[number]): string =>
  [id, indicator.unit, scaleOf(indicator), indicator.kind, indicator.nature ?? 'flow'].join(' ')

/**
 * The DDL of a programme as a draft of a migration, with its rows of app.programme and app.indicator.
 * Numbers are left as `?`: a person gives the next free one, none is ever used again.
 * @throws Error on an unknown key.
 */
export function draft(key: string): string {
  const programme = findProgramme(key)
  if (!programme) throw new Error(`没有“${key}”这个项目；现有：${programmes.map((p) => p.key).join('、')}`)
  const tables = tablesOf(programme).map(
    (table) => `${ddlOf(table)}\nCOMMENT ON TABLE app.${table.name} IS ${quote(table.label)};\n`,
  )
  const rows = indicators
    .filter((i) => i.programme === programme)
    .map(
      ({ id, indicator }) =>
        `  (?, ${quote(id)}, ${quote(indicator.unit)}, ${scaleOf(indicator)}, ${quote(indicator.kind)}, ${quote(indicator.nature ?? 'flow')})`,
    )
  return [
    `-- why: ${programme.label}`,
    `INSERT INTO app.programme (id, key) VALUES (?, ${quote(key)});`,
    `INSERT INTO app.indicator (id, code, unit, scale, kind, nature) VALUES\n${rows.join(',\n')};\n`,
    ...tables,
  ].join('\n')
}

/** One line for each column and constraint of the typed tables in a schema, as PostgreSQL itself writes them. */
async function catalogue(query: Query, schema: string): Promise<string[]> {
  // A typed table is known by its key, so one that no definition declares is found too.
  const typed = `typed AS (
    SELECT c.oid, c.relname FROM pg_class c JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
    WHERE c.relnamespace = ${quote(schema)}::regnamespace AND pg_get_constraintdef(p.oid) IN
      ('PRIMARY KEY (district_id, record_id)', 'PRIMARY KEY (district_id, record_id, line)'))`
  const rows = await query(`WITH ${typed}
    SELECT t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END AS line
    FROM typed t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT t.relname || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
    FROM typed t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype IN ('p', 'f', 'u', 'c', 'x')`)
  return lines(rows)
}

function compare(what: string, declared: string[], found: string[]): string[] {
  const inDatabase = new Set(found)
  const inCode = new Set(declared)
  return [
    ...declared
      .filter((line) => !inDatabase.has(line))
      .map((line) => `${what} declared, not in the database: ${line}`),
    ...found
      .filter((line) => !inCode.has(line))
      .map((line) => `${what} in the database, not declared: ${line}`),
  ]
}

/**
 * Compares a migrated database with the definitions, both ways: columns, types, nullability, keys and CHECKs of the
 * typed tables, the rows of app.programme and app.indicator (unit, scale, kind, nature).
 * The declared tables are built in a schema of their own, so that PostgreSQL writes both sides alike; it is rolled back.
 * @returns one sentence for each difference, none when they agree.
 */
export async function differences(
  query: Query,
  register: readonly Programme[] = programmes,
): Promise<string[]> {
  await query('BEGIN')
  try {
    const ddl = register.flatMap(tablesOf).map((table) => ddlOf(table, 'declared'))
    await query(`CREATE SCHEMA declared; ${ddl.join('\n')}`)
    const declared = await catalogue(query, 'declared')
    const found = await catalogue(query, 'app')
    const keys = await query('SELECT key AS line FROM app.programme')
    const rows = await query(
      `SELECT concat_ws(' ', code, unit, scale, kind, nature) AS line FROM app.indicator`,
    )
    return [
      ...compare('table', declared, found),
      ...compare(
        'programme',
        register.map((p) => p.key),
        lines(keys),
      ),
      ...compare(
        'indicator',
        indicators.filter((i) => register.includes(i.programme)).map(indicatorRow),
        lines(rows),
      ),
    ]
  } finally {
    await query('ROLLBACK')
  }
}

/** An empty database in memory with all migrations of a folder; `close` it, or Node stays alive. */
export async function openMigrated(dir: string): Promise<{ query: Query; close: () => Promise<void> }> {
  const database = await PGlite.create({ extensions: { btree_gist } })
  const query: Query = async (sql) => (await database.exec(sql)).at(-1)?.rows ?? []
  const client = {
    query: async (sql: string, values?: unknown[]) =>
      values ? database.query(sql, values) : { rows: await query(sql) },
  }
  await migrate(client as unknown as Parameters<typeof migrate>[0], readMigrations(dir))
  return { query, close: () => database.close() }
}
