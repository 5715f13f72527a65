import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate, readMigrations } from '#server/migrate.server.ts'

let database: PGlite
const all = readMigrations('migrations')
const at = all.findIndex(({ name }) => name.startsWith('0360'))
const query = async (text: string) => (await database.exec(text)).at(-1)?.rows ?? []
const apply = (some: typeof all) =>
  migrate(
    {
      query: async (text: string, values?: unknown[]) =>
        values ? database.query(text, values) : { rows: await query(text) },
    } as unknown as Parameters<typeof migrate>[0],
    some,
  )

beforeAll(async () => {
  database = await PGlite.create({ extensions: { btree_gist } })
  await apply(all.slice(0, at))
})
afterAll(() => database.close())

const id = (n: number) => `'00000000-0000-7000-8000-${String(n).padStart(12, '0')}'`
const record = id(1)
const room = id(2)
const by = id(9)

it('what a move left in the old district and what was entered anew become one history', async () => {
  await query(`SET session_replication_role = replica;
    INSERT INTO app.org (id, org_code, seg, scope_code, district_id, tier, org_type, name, short_name, name_sort)
      VALUES (10, 'A', 'A', 'A', 10, 'district', '区', '示例甲区', '甲区', ''), (20, 'B', 'B', 'B', 20, 'district', '区', '示例乙区', '乙区', ''),
        (30, 'BU', 'BU', 'BU', 20, 'grassroots', '企业', '示例单位', '单位', '');
    INSERT INTO app.record (district_id, id, programme, class, org_id, scope_code, then_code, title, starts_on, occurred_on, grade, state, words,
        created_by, entered_on, submitted_by)
      SELECT 20, x, 1, 2, 30, 'BU', 'BU', '示例', '2020-01-01', '2020-01-01', '实名', 'accepted', '{}', ${by}, '2020-01-01', ${by}
      FROM unnest(ARRAY[${record}, ${room}]::uuid[]) x;
    INSERT INTO app.contract_text (district_id, record_id, n, org_id, evidence_id, name, bytes, hash, why, noted_by, noted_at) VALUES
      (10, ${record}, 1, 30, ${by}, '旧一', 1, 'a', '', ${by}, '2020-01-01'), (10, ${record}, 2, 30, ${by}, '旧二', 1, 'b', '换页', ${by}, '2020-02-01'),
      (20, ${record}, 1, 30, ${by}, '新一', 1, 'c', '', ${by}, '2020-03-01');
    INSERT INTO app.care_room_point (district_id, id, org_id, record_id, given_lng, given_lat, crs, source, lng, lat, is_outside, set_on, set_by, set_at)
      SELECT d, x, 30, ${room}, 121, 38, 'WGS84', '现场', 121, 38, false, s, ${by}, s
      FROM (VALUES (10, ${id(11)}::uuid, date '2020-01-01'), (20, ${id(12)}::uuid, date '2020-03-01')) v (d, x, s);
    INSERT INTO app.care_room_listing (district_id, id, org_id, record_id, vendor, state, from_on, noted_by, noted_at)
      SELECT d, x, 30, ${room}, '高德', '已提交', s, ${by}, s
      FROM (VALUES (10, ${id(21)}::uuid, date '2020-01-01'), (20, ${id(22)}::uuid, date '2020-03-01')) v (d, x, s);
    INSERT INTO app.care_room_rating (district_id, id, org_id, record_id, grade, sheet, sheet_basis, lines, least_points, state, applied_on, created_by,
        created_at, plaque_no, granted_on)
      SELECT d, x, 30, r, '四星', '', '', '[]', 0, st, s, ${by}, s, no, g
      FROM (VALUES (10, ${id(31)}::uuid, ${room}::uuid, date '2020-01-01', 'self', NULL, NULL::date),
        (20, ${id(32)}::uuid, ${room}::uuid, date '2020-03-01', 'self', NULL, NULL),
        (10, ${id(33)}::uuid, ${room}::uuid, date '2019-01-01', 'granted', '001', date '2019-02-01'),
        (20, ${id(34)}::uuid, ${record}::uuid, date '2019-01-01', 'granted', '001', date '2019-02-01')) v (d, x, r, s, st, no, g);
    INSERT INTO app.care_room_score (district_id, rating_id, line_key, col, org_id, points, scored_by)
      VALUES (10, ${id(31)}, 'place', 'self', 30, 1, ${by});
    INSERT INTO app.care_room_subsidy (district_id, id, org_id, record_id, rating_id, amount, basis, entered_by, entered_on)
      VALUES (10, ${id(41)}, 30, ${room}, ${id(33)}, 1, '', ${by}, '2020-01-01');
    SET session_replication_role = origin`)
  expect((await apply(all)).length).toBe(all.length - at)
  expect(await query(`SELECT district_id AS d, n, name, why FROM app.contract_text ORDER BY n`)).toEqual([
    { d: 20, n: 1, name: '旧一', why: '' },
    { d: 20, n: 2, name: '旧二', why: '换页' },
    { d: 20, n: 3, name: '新一', why: '单位换区县后重新选定' },
  ])
  expect(
    await query(
      `SELECT district_id AS d, set_on::text AS on, replaced_at::date::text AS until FROM app.care_room_point ORDER BY set_on`,
    ),
  ).toEqual([
    { d: 20, on: '2020-01-01', until: '2020-03-01' },
    { d: 20, on: '2020-03-01', until: null },
  ])
  expect(
    await query(
      `SELECT district_id AS d, until_on::text AS until FROM app.care_room_listing ORDER BY from_on`,
    ),
  ).toEqual([
    { d: 20, until: '2020-02-29' },
    { d: 20, until: null },
  ])
  expect(
    await query(
      `SELECT district_id AS d, state, ended_on::text AS ended, turned_on::text AS turned, plaque_no AS no FROM app.care_room_rating ORDER BY id`,
    ),
  ).toEqual([
    { d: 20, state: 'withdrawn', ended: '2020-03-01', turned: '2020-03-01', no: null },
    { d: 20, state: 'self', ended: null, turned: '2020-03-01', no: null },
    { d: 20, state: 'granted', ended: null, turned: '2019-02-01', no: '001' },
    { d: 20, state: 'granted', ended: null, turned: '2019-02-01', no: '001' },
  ])
  expect(
    await query(
      `SELECT s.district_id AS d, s.record_id = ${room} AS is_of, b.district_id AS b FROM app.care_room_score s, app.care_room_subsidy b`,
    ),
  ).toEqual([{ d: 20, is_of: true, b: 20 }])
})
