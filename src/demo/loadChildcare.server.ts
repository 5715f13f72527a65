import { sql } from 'kysely'
import { paperKinds, paperWords, type Act } from '#childcare/states.ts'
import { addDays } from '#kit/day.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'
import { scanOf } from './scan.server.ts'

const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

type Hand = { person: string; account: string; org: number; district: number }
const handOf = async (tx: Tx, login: string): Promise<Hand> =>
  (await first<Hand>(
    tx,
    sql`SELECT a.person_id AS person, a.id AS account, p.org_id AS org, o.district_id AS district FROM app.account a
      JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id WHERE a.login = ${login} ORDER BY p.id LIMIT 1`,
  ))!

/** Days of a class: Sundays are free. */
function daysOf(from: string, until: string): string[] {
  const days: string[] = []
  for (let day = from; day <= until; day = addDays(day, 1))
    if (new Date(`${day}T00:00:00Z`).getUTCDay() !== 0) days.push(day)
  return days
}

/**
 * Four classes, so that each tier has something before it: one that is on, one in preparation, one that waits for the city, one that
 * has ended. None of them is counted yet: the figures of the demo come from its records alone. Two papers have their scan, of the class
 * that is on and of the one that the city is to judge.
 */
export async function loadChildcare(tx: Tx, files: FileStore | null): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const [unit, school, district, leads] = (await Promise.all(
    ['unitInStreet', 'unitInBothLines', 'shahekouA', 'educationA'].map((login) => handOf(tx, login)),
  )) as [Hand, Hand, Hand, Hand]
  const made = (n: number, by: Hand, row: object) => ({
    district_id: by.district,
    id: idOf(90, n),
    org_id: by.org,
    level: '单位级',
    own_fund: '单位',
    version: 1,
    children_on: {},
    unshown: '{}',
    certified_shown: false,
    made_by: by.account,
    ...row,
  })
  const classes = [
    made(0, unit, {
      title: '复工职工子女托管班',
      season: '日常',
      place: '职工之家二楼',
      hours: '8:00 至 17:30',
      from_on: '2020-03-02',
      until_on: '2020-06-30',
      places: 25,
      children: 22,
      children_on: { '2020-03-02': 22 },
      own_amount: 12_000,
      state: 'published',
      submitted_by: unit.person,
      published_on: '2020-02-28',
      staff_shown: 4,
      certified_shown: true,
      made_on: '2020-02-10',
    }),
    made(1, unit, {
      title: '2020年暑假托管班',
      season: '暑假',
      place: '职工之家二楼',
      hours: '8:00 至 17:00',
      from_on: '2020-07-13',
      until_on: '2020-08-21',
      places: 20,
      own_amount: 8000,
      state: 'draft',
      made_on: '2020-04-13',
    }),
    made(2, district, {
      title: '区工会暑假托管班',
      season: '暑假',
      level: '区县（产业）级',
      place: '区工人文化宫三楼',
      hours: '8:30 至 16:30',
      from_on: '2020-07-20',
      until_on: '2020-08-21',
      places: 30,
      own_fund: '区县',
      own_amount: 20_000,
      state: 'city',
      submitted_by: district.person,
      made_on: '2020-04-09',
    }),
    made(3, school, {
      title: '教职工子女寒假托管班',
      season: '寒假',
      place: '教学楼一楼活动室',
      hours: '8:00 至 16:30',
      from_on: '2019-12-30',
      until_on: '2020-01-21',
      places: 24,
      children: 21,
      children_on: { '2019-12-30': 21 },
      own_amount: 9000,
      state: 'finished',
      submitted_by: school.person,
      published_on: '2019-12-23',
      staff_shown: 2,
      certified_shown: true,
      finished_by: school.person,
      finished_account: school.account,
      finished_on: '2020-01-22',
      made_on: '2019-11-25',
    }),
  ]
  await insert(tx, 'childcare_class', classes)
  const papers = (n: number, by: Hand, kinds: readonly (typeof paperKinds)[number][]) =>
    kinds.map((kind) => ({
      district_id: by.district,
      class_id: idOf(90, n),
      kind,
      org_id: by.org,
      number: `${paperWords[kind]}检查合格〔2020〕${n + 1}号`,
      issuer: kind === 'insurance' ? '示例保险公司' : '示例检查机构',
      valid_until: '2020-12-31',
      noted_by: by.account,
    }))
  const scanned = (n: number, by: Hand, of: string, on: string) =>
    Promise.all(
      papers(n, by, paperKinds).map(async (paper) => {
        if (files === null || paper.kind !== 'fire') return paper
        const { number, issuer, valid_until: until } = paper
        const title = '消防安全检查合格证明'
        return { ...paper, ...(await scanOf(files, { title, number, of, issuer, on, until }, by.account)) }
      }),
    )
  await insert(tx, 'childcare_paper', [
    ...(await scanned(0, unit, '职工之家二楼', '2020-02-10')),
    ...papers(1, unit, ['fire', 'building']),
    ...(await scanned(2, district, '区工人文化宫三楼', '2020-04-09')),
    ...papers(3, school, paperKinds),
  ])
  const staff = (n: number, by: Hand, at: number, name: string, duty: string, checked: string | null) => ({
    district_id: by.district,
    id: idOf(91, at),
    class_id: idOf(90, n),
    org_id: by.org,
    name,
    duty,
    result: checked === null ? null : 'fit',
    checked_on: checked,
    checked_by: checked === null ? null : by.account,
    version: 1,
    noted_on: checked ?? '2020-04-13',
    certificate_from: checked ?? '2020-04-13',
    health_until: checked === null ? null : '2020-12-31',
  })
  await insert(tx, 'childcare_staff', [
    staff(0, unit, 0, '安示兰', '负责人', '2020-02-20'),
    staff(0, unit, 1, '柳样平', '看护', '2020-02-20'),
    staff(0, unit, 2, '季演红', '看护', '2020-02-21'),
    staff(0, unit, 3, '项例春', '保健', '2020-02-21'),
    staff(1, unit, 4, '安示兰', '负责人', '2020-02-20'),
    staff(1, unit, 5, '洪演秋', '志愿者', null),
    staff(2, district, 6, '骆样芬', '负责人', '2020-04-08'),
    staff(3, school, 7, '池示清', '教师', '2019-12-16'),
    staff(3, school, 8, '应例敏', '看护', '2019-12-16'),
  ])
  const sessions = (n: number, by: Hand, days: readonly string[], most: number) =>
    days.map((on_day, at) => ({
      district_id: by.district,
      class_id: idOf(90, n),
      on_day,
      org_id: by.org,
      came: most - (at % 4),
      noted_by: by.account,
    }))
  await insert(tx, 'childcare_session', [
    ...sessions(0, unit, daysOf('2020-03-30', '2020-04-15'), 22),
    ...sessions(3, school, daysOf('2019-12-30', '2020-01-21'), 21),
  ])
  const way: [number, Hand, Act, Hand, string][] = [
    [0, unit, 'submit', unit, '2020-02-11'],
    [0, unit, 'recommend', district, '2020-02-13'],
    [0, unit, 'publish', unit, '2020-02-28'],
    [2, district, 'submit', district, '2020-04-10'],
    [3, school, 'submit', school, '2019-11-26'],
    [3, school, 'recommend', leads, '2019-11-28'],
    [3, school, 'publish', school, '2019-12-23'],
    [3, school, 'finish', school, '2020-01-22'],
  ]
  const approved: [number, Hand, string][] = [
    [0, unit, '2020-02-18'],
    [3, school, '2019-12-05'],
  ]
  const steps = [
    ...way.map(([n, of, act, by, on]) => ({ n, of, act, org: by.org, account: by.account, on })),
    ...approved.map(([n, of, on]) => ({
      n,
      of,
      act: 'approve' as Act,
      org: city.org.id,
      account: city.accountId,
      on,
    })),
  ].sort((a, b) => (a.on < b.on ? -1 : 1))
  await insert(
    tx,
    'childcare_step',
    steps.map(({ n, of, act, org, account, on }, at) => ({
      district_id: of.district,
      id: idOf(92, at),
      class_id: idOf(90, n),
      org_id: of.org,
      by_org: org,
      act,
      reason: '',
      on_day: on,
      made_by: account,
      made_at: `${on}T02:00:00Z`,
    })),
  )
}
