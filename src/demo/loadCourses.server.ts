import { sql } from 'kysely'
import { rows, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'

const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

const course = idOf(94, 0)
const pages: readonly (readonly [string, string])[] = [
  [
    '孕期：哪些活不能安排',
    '怀孕 7 个月以上的女职工，用人单位不得延长劳动时间或者安排夜班劳动，并应当在劳动时间内安排一定的休息时间。\n怀孕女职工在劳动时间内进行产前检查，所需时间计入劳动时间。',
  ],
  [
    '产期：98 天怎么算',
    '女职工生育享受 98 天产假，其中产前可以休假 15 天；难产的增加 15 天；生育多胞胎的，每多生育 1 个婴儿增加 15 天。',
  ],
  [
    '哺乳期：每天 1 小时',
    '对哺乳未满 1 周岁婴儿的女职工，用人单位不得延长劳动时间或者安排夜班劳动，并在每天的劳动时间内安排 1 小时哺乳时间。',
  ],
]

/** A course of the city with some women who finished it; no record comes of it. */
export async function loadCourses(tx: Tx): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const [district_id, org_id] = [city.org.districtId, city.org.id]
  await insert(tx, 'course', [
    {
      district_id,
      id: course,
      org_id,
      title: '女职工劳动保护三讲',
      about: '四期保护里最常问的三件事，每节两分钟。',
      state: 'open',
      version: 2,
      is_public: true,
      opened_on: '2020-04-07',
      made_by: city.accountId,
      made_on: '2020-04-01',
    },
  ])
  await insert(
    tx,
    'course_page',
    pages.map(([title, body], n) => ({
      district_id,
      course_id: course,
      line: n + 1,
      title,
      body,
      video: '',
    })),
  )
  const women = await rows<{ id: string; org: number }>(
    tx,
    sql`SELECT p.id, p.org_id AS org FROM app.person p WHERE p.state = 'active' AND p.sex = '女' AND NOT EXISTS (SELECT FROM app.account a WHERE a.person_id = p.id) ORDER BY p.id LIMIT 18`,
  )
  await insert(
    tx,
    'course_done',
    women.map(({ id, org }, n) => ({
      district_id,
      course_id: course,
      person_id: id,
      org_id: org,
      done_at: new Date(Date.parse('2020-04-08T12:10:00+08:00') + n * 7_000_000).toISOString(),
    })),
  )
}
