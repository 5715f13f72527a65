import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tablesOf } from '#kit/columns.ts'
import { programmes } from '#programmes/index.ts'
import { differences, draft, openMigrated, type Query } from '#server/schema.server.ts'

let query: Query
let close: () => Promise<void>

beforeAll(async () => {
  ;({ query, close } = await openMigrated('migrations'))
})
afterAll(() => close())

it('the migrations give what the definitions declare, and nothing else', async () => {
  expect(await differences(query)).toEqual([])
})

const check = (expression: string) => `training training_hours_check CHECK (${expression})`

describe('a difference is named, whichever side it is on', () => {
  it.each<[string, string, string, string[]]>([
    [
      'column too many',
      'ALTER TABLE app.training ADD COLUMN stray text',
      'ALTER TABLE app.training DROP COLUMN stray',
      ['table in the database, not declared: training.stray text'],
    ],
    [
      'nullability',
      'ALTER TABLE app.training ALTER COLUMN school SET NOT NULL',
      'ALTER TABLE app.training ALTER COLUMN school DROP NOT NULL',
      [
        'table declared, not in the database: training.school text',
        'table in the database, not declared: training.school text NOT NULL',
      ],
    ],
    [
      'type',
      'ALTER TABLE app.screening ALTER COLUMN cost TYPE numeric(14,2)',
      'ALTER TABLE app.screening ALTER COLUMN cost TYPE numeric(12,2)',
      [
        'table declared, not in the database: screening.cost numeric(12,2)',
        'table in the database, not declared: screening.cost numeric(14,2)',
      ],
    ],
    [
      'CHECK',
      `ALTER TABLE app.training DROP CONSTRAINT training_hours_check,
        ADD CONSTRAINT training_hours_check CHECK (hours BETWEEN 1 AND 600)`,
      `ALTER TABLE app.training DROP CONSTRAINT training_hours_check,
        ADD CONSTRAINT training_hours_check CHECK (hours BETWEEN 1 AND 500)`,
      [
        `table declared, not in the database: ${check('((hours >= 1) AND (hours <= 500))')}`,
        `table in the database, not declared: ${check('((hours >= 1) AND (hours <= 600))')}`,
      ],
    ],
    [
      'table',
      'CREATE TABLE app.stray (district_id int, record_id uuid, PRIMARY KEY (district_id, record_id))',
      'DROP TABLE app.stray',
      [
        'table in the database, not declared: stray.district_id integer NOT NULL',
        'table in the database, not declared: stray.record_id uuid NOT NULL',
        'table in the database, not declared: stray stray_pkey PRIMARY KEY (district_id, record_id)',
      ],
    ],
    [
      'programme',
      `UPDATE app.programme SET key = 'lawTalks' WHERE key = 'lawTalk'`,
      `UPDATE app.programme SET key = 'lawTalk' WHERE key = 'lawTalks'`,
      [
        'programme declared, not in the database: lawTalk',
        'programme in the database, not declared: lawTalks',
      ],
    ],
    [
      'unit of an indicator',
      `UPDATE app.indicator SET unit = '人次' WHERE code = 'lecture.persons'`,
      `UPDATE app.indicator SET unit = '名' WHERE code = 'lecture.persons'`,
      [
        'indicator declared, not in the database: lecture.persons 名 0 person flow',
        'indicator in the database, not declared: lecture.persons 人次 0 person flow',
      ],
    ],
  ])('%s', async (_, change, back, expected) => {
    await query(change)
    const found = await differences(query)
    await query(back)
    expect(found).toEqual(expected)
    expect(await differences(query)).toEqual([])
  })
})

it('no table or column bears a word that SQL keeps for itself', async () => {
  const rows = await query(`SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')`)
  const reserved = new Set(rows.map((row) => row['word']))
  expect(reserved).toContain('grant')
  const names = programmes
    .flatMap(tablesOf)
    .flatMap((table) => [table.name, ...table.columns.map((c) => c.name)])
  expect(names.filter((name) => reserved.has(name))).toEqual([])
})

it('every number of a programme or an indicator is given once, without gaps', async () => {
  for (const [table, count] of [
    ['programme', programmes.length],
    ['indicator', programmes.flatMap((p) => Object.keys(p.indicators)).length],
  ] as const) {
    const rows = await query(`SELECT id FROM app.${table} ORDER BY id`)
    expect(rows.map((row) => row['id'])).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  }
})

it('a draft creates the same table as the migration, leaving the numbers to a person', async () => {
  const sql = draft('contract')
  expect(sql).toContain(`INSERT INTO app.programme (id, key) VALUES (?, 'contract');`)
  expect(sql).toContain(`(?, 'contract.valid', '份', 0, 'document', 'stock')`)
  await query(
    `DROP TABLE app.contract, app.contract_covered, app.contract_clauses; ${sql.slice(sql.indexOf('CREATE TABLE'))}`,
  )
  expect(await differences(query)).toEqual([])
  expect(() => draft('nothing')).toThrow('没有“nothing”这个项目')
})
