import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tablesOf } from '#kit/columns.ts'
import { officeTables } from '#person/officeTables.ts'
import { personalTables } from '#person/registry.ts'
import { programmes } from '#programmes/index.ts'
import { rows } from '#server/database.server.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let columns: Map<string, { name: string; type: string }[]>
beforeAll(async () => {
  database = await openMemory()
  const found = await rows<{ table: string; name: string; type: string }>(
    database.db,
    sql`SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' ORDER BY 1, a.attnum`,
  )
  columns = new Map()
  for (const { table, ...column } of found) columns.set(table, [...(columns.get(table) ?? []), column])
})
afterAll(() => database.close())

it('every column of a table of persons stands in the register, and no other', () => {
  for (const [table, rule] of Object.entries(personalTables)) {
    const there = columns.get(table)?.map((c) => c.name)
    expect([table, Object.keys(rule.columns).sort()]).toEqual([table, there?.sort()])
  }
})

it('what is sealed is stored as bytes, and nothing of a higher class stands in clear', () => {
  for (const [table, rule] of Object.entries(personalTables)) {
    for (const { name, type } of columns.get(table)!) {
      const { class: level, mask } = rule.columns[name]!
      const isSealed = mask.startsWith('加密') || level === 'S3'
      expect([table, name, isSealed || name === 'birth']).toEqual([table, name, type === 'bytea'])
    }
  }
})

it('a table that names a person or an account is known to the register', () => {
  const typed = programmes.flatMap(tablesOf).map((t) => t.name)
  const known = [...Object.keys(personalTables), ...Object.keys(officeTables), ...typed]
  const strangers = [...columns].filter(
    ([table, list]) =>
      !known.includes(table) &&
      list.some(
        (c) =>
          (c.type === 'uuid' && !['id', 'record_id'].includes(c.name)) ||
          /person|phone|director/.test(c.name),
      ),
  )
  expect(strangers.map(([table]) => table)).toEqual([])
  expect(
    [...Object.keys(personalTables), ...Object.keys(officeTables)].filter((t) => !columns.has(t)),
  ).toEqual([])
})
