import { sql } from 'kysely'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { EntryState } from '#signup/states.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'

const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

type Hand = { account: string; org: number; district: number }
const handOf = async (tx: Tx, login: string): Promise<Hand> =>
  (await first<Hand>(
    tx,
    sql`SELECT a.id AS account, p.org_id AS org, o.district_id AS district FROM app.account a
      JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id WHERE a.login = ${login} ORDER BY p.id LIMIT 1`,
  ))!

type Entry = { state: EntryState; came?: true; noShow?: true }
const many = (n: number, entry: Entry): Entry[] => Array.from({ length: n }, () => entry)
const evenings = ['2020-04-08', '2020-04-10', '2020-04-15', '2020-04-22'] as const
const china = (day: string, time: string): string => `${day}T${time}:00+08:00`

/**
 * A few events of one district and of the city, so that each stands on the clock somewhere else: one that is full with a line, one
 * whose places are drawn, one that is judged, one that is over, one that begins later, a draft. No record comes of them: the
 * figures of the demo come from its records alone.
 */
export async function loadEvents(tx: Tx): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const district = await handOf(tx, 'shahekouA')
  const worker = (await first<{ id: string; org: number }>(
    tx,
    sql`SELECT p.id, p.org_id AS org FROM app.person p JOIN app.account a ON a.person_id = p.id WHERE a.login = 'worker'`,
  ))!
  const women = await rows<{ id: string; org: number }>(
    tx,
    sql`SELECT p.id, p.org_id AS org FROM app.person p JOIN app.org o ON o.id = p.org_id JOIN app.org d ON d.id = ${district.org}
      WHERE starts_with(o.scope_code, d.scope_code) AND p.state = 'active' AND p.sex = '女' AND p.id <> ${worker.id}::uuid ORDER BY p.id LIMIT 40`,
  )
  const by = (hand: Hand, n: number, row: object) => ({
    district_id: hand.district,
    id: idOf(95, n),
    org_id: hand.org,
    version: 1,
    about: '',
    is_public: false,
    has_list: true,
    is_allotted: false,
    offer_hours: 12,
    taken: 0,
    waiting: 0,
    seq: 0,
    draw_source: '',
    made_by: hand.account,
    made_on: '2020-04-10',
    ...row,
  })
  const cityHand: Hand = { account: city.accountId, org: city.org.id, district: city.org.districtId }
  const events: [Record<string, unknown>, Entry[]][] = [
    [
      by(district, 0, {
        kind: 'class',
        title: '女职工插花体验班',
        place: '区工人文化宫二楼203室',
        about: '花材由工会准备，请自带剪刀。分两小时，做完可以带走。',
        mode: 'firstCome',
        state: 'open',
        opens_at: china('2020-04-13', '09:00'),
        closes_at: china('2020-04-24', '17:00'),
        cancel_until: china('2020-04-25', '17:00'),
        starts_at: china('2020-04-26', '14:00'),
        ends_at: china('2020-04-26', '16:00'),
        cap: 12,
        no_show_limit: 2,
        no_show_days: 90,
      }),
      [...many(12, { state: 'placed' }), ...many(3, { state: 'waiting' })],
    ],
    [
      by(district, 1, {
        kind: 'lecture',
        title: '春季亲子阅读讲座',
        place: '区图书馆报告厅',
        about: '复工后的第一场线下讲座，名额少，抽签决定。',
        mode: 'draw',
        state: 'open',
        opens_at: china('2020-04-14', '09:00'),
        closes_at: china('2020-04-21', '17:00'),
        cancel_until: china('2020-05-08', '17:00'),
        starts_at: china('2020-05-09', '09:30'),
        ends_at: china('2020-05-09', '11:00'),
        cap: 6,
        draw_source: '2020年4月22日上证指数收盘点位',
      }),
      many(14, { state: 'asked' }),
    ],
    [
      by(district, 2, {
        kind: 'competition',
        title: '纺织行业挡车工技能比武',
        place: '示例纺织厂二车间',
        about: '请在报名后三天内把技能等级证书复印件交到所在单位工会。',
        mode: 'review',
        state: 'open',
        opens_at: china('2020-04-07', '09:00'),
        closes_at: china('2020-04-30', '17:00'),
        cancel_until: china('2020-05-14', '17:00'),
        starts_at: china('2020-05-16', '09:00'),
        ends_at: china('2020-05-16', '16:00'),
        cap: 8,
        has_list: false,
      }),
      [...many(3, { state: 'placed' }), ...many(4, { state: 'asked' })],
    ],
    [
      by(district, 3, {
        kind: 'class',
        title: '线上急救知识班',
        place: '线上（会议平台）',
        about: '心肺复苏和海姆立克急救法。',
        mode: 'firstCome',
        state: 'open',
        opens_at: china('2020-03-30', '09:00'),
        closes_at: china('2020-04-10', '17:00'),
        cancel_until: china('2020-04-14', '17:00'),
        starts_at: china('2020-04-15', '18:30'),
        ends_at: china('2020-04-15', '20:30'),
        cap: 20,
        no_show_limit: 2,
        no_show_days: 90,
      }),
      [...many(13, { state: 'placed', came: true }), ...many(4, { state: 'placed' })],
    ],
    [
      by(cityHand, 4, {
        kind: 'lecture',
        title: '女职工健康公益讲座',
        place: '市工人文化宫',
        about: '市妇幼保健院医生讲解，全市女职工都可以报名。',
        is_public: true,
        mode: 'firstCome',
        state: 'open',
        opens_at: china('2020-04-20', '09:00'),
        closes_at: china('2020-05-11', '17:00'),
        cancel_until: china('2020-05-15', '17:00'),
        starts_at: china('2020-05-17', '14:00'),
        ends_at: china('2020-05-17', '17:00'),
        cap: 60,
      }),
      [],
    ],
    [
      by(district, 5, {
        kind: 'lecture',
        title: '女职工劳动保护法律讲座',
        place: '区总工会三楼会议室',
        mode: 'firstCome',
        state: 'draft',
        opens_at: china('2020-05-06', '09:00'),
        closes_at: china('2020-05-20', '17:00'),
        cancel_until: china('2020-05-22', '17:00'),
        starts_at: china('2020-05-23', '14:00'),
        ends_at: china('2020-05-23', '16:00'),
        cap: 80,
      }),
      [],
    ],
    [
      by(district, 6, {
        kind: 'class',
        title: '女职工短视频制作班',
        place: '区工人文化宫四楼电教室',
        about: '共四个晚上，到三个晚上算完成，发结业证书。请自带手机和充电线。',
        mode: 'firstCome',
        state: 'open',
        opens_at: china('2020-03-23', '09:00'),
        closes_at: china('2020-04-06', '17:00'),
        cancel_until: china('2020-04-07', '17:00'),
        starts_at: china(evenings[0], '18:30'),
        ends_at: china(evenings[3], '20:30'),
        cap: 10,
        done_sessions: 3,
        done_share: 80,
      }),
      many(10, { state: 'placed' }),
    ],
  ]
  let serial = 0
  for (const [event, entries] of events) {
    const held = entries.filter(({ state }) => state === 'placed').length
    const waits = entries.filter(({ state }) => state === 'waiting').length
    await insert(tx, 'event', [{ ...event, taken: held, waiting: waits, seq: entries.length }])
    const opened = Date.parse(String(event['opens_at']))
    await insert(
      tx,
      'enrolment',
      entries.map((entry, n) => {
        // The worker of the demo has a turn in the first line and a place in what is over.
        const isHers =
          (event['id'] === idOf(95, 0) && n === entries.length - 1) ||
          (['3', '6'].includes(String(serial)) && n === 0)
        const who = isHers ? worker : women[(n + serial * 3) % women.length]!
        return {
          district_id: event['district_id'],
          id: idOf(96, serial * 100 + n),
          event_id: event['id'],
          person_id: who.id,
          org_id: who.org,
          seq: n + 1,
          turn: event['mode'] === 'draw' ? null : n + 1,
          state: entry.state,
          quotas: '{}',
          asked_at: new Date(opened + (n * n + 1) * 47_000).toISOString(),
          asked_by: who.id,
          ...(entry.came
            ? {
                came_at: new Date(
                  Date.parse(String(event['starts_at'])) - 600_000 + n * 40_000,
                ).toISOString(),
                came_how: 'tick',
                came_by: who.id,
              }
            : {}),
        }
      }),
    )
    serial++
  }
  await loadEvenings(tx, events[6]![0])
  const drawn = events[1]![0]
  await sql`INSERT INTO app.event_secret SELECT ${district.district}::int, ${drawn['id']}::uuid, encode(sha256(convert_to('demo' || gen_random_uuid(), 'UTF8')), 'hex')`.execute(
    tx,
  )
  await sql`INSERT INTO app.event_draw (district_id, event_id, secret_hash, source)
    SELECT s.district_id, s.event_id, encode(sha256(convert_to(s.secret, 'UTF8')), 'hex'), ${drawn['draw_source']} FROM app.event_secret s`.execute(
    tx,
  )
}

/** The evenings of a class that has four: three are over, one woman was excused from one, one missed two, one came late. */
async function loadEvenings(tx: Tx, event: Record<string, unknown>): Promise<void> {
  const sessions = evenings.map((day, n) => ({
    district_id: event['district_id'],
    id: idOf(97, n),
    event_id: event['id'],
    starts_at: china(day, '18:30'),
    ends_at: china(day, '20:30'),
  }))
  await insert(tx, 'event_session', sessions)
  const entries = await rows<{ id: string; person_id: string }>(
    tx,
    sql`SELECT n.id, n.person_id FROM app.enrolment n WHERE n.event_id = ${event['id']}::uuid ORDER BY n.seq`,
  )
  const past = sessions.slice(0, 3).flatMap((session, evening) =>
    entries.flatMap(({ id, person_id }, n) => {
      if (n === 5 && evening > 0) return []
      const [isExcused, isLate] = [n === 4 && evening === 1, n === 7 && evening === 2]
      const row = {
        district_id: session.district_id,
        session_id: session.id,
        enrolment_id: id,
        person_id,
        state: isExcused ? 'excused' : 'came',
        came_at: isExcused
          ? null
          : new Date(Date.parse(session.starts_at) + (isLate ? 35 : n - 12) * 60_000).toISOString(),
        came_how: isExcused ? null : 'ticket',
        made_by: event['made_by'],
      }
      return [row]
    }),
  )
  await insert(tx, 'event_presence', past)
  await sql`UPDATE app.enrolment n SET came_at = p.came_at, came_how = p.came_how, came_by = p.made_by FROM app.event_presence p
    WHERE n.event_id = ${event['id']}::uuid AND p.enrolment_id = n.id AND p.session_id = ${sessions[0]!.id}::uuid`.execute(
    tx,
  )
}
