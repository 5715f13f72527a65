import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import type { RatingState } from '#programmes/careRoom/rating.ts'
import { citySheet, roomSubsidies } from '#programmes/careRoom/tables.ts'
import { builtInRules } from '#kit/rule.ts'
import { demoToday } from '#server/boot.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'
import { seeded, type Random } from './random.ts'

type Ranked = {
  id: string
  district: number
  org: number
  area: number
  rank: string | null
  rankedOn: string | null
  subsidy: number | null
}
type Row = Record<string, unknown>

const insert = (table: string, list: readonly Row[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/** Applications that are under way, so that each step has somebody waiting for it. */
const underWay: readonly RatingState[] = ['self', 'district', 'city', 'refused', 'district', 'city', 'self']

function ratingOf(room: Ranked, n: number, state: RatingState, by: string): Row {
  const grade = room.rank ?? '市级'
  const on = room.rankedOn ?? '2020-03-09'
  const { value, basis, version } = builtInRules.on(citySheet, on)
  return {
    district_id: room.district,
    id: idOf(33, n),
    org_id: room.org,
    record_id: room.id,
    grade,
    sheet: version,
    sheet_basis: basis,
    lines: value.lines,
    least_points: value.grades.find((g) => g.grade === grade)!.leastPoints,
    state,
    applied_on: room.rankedOn ? addDays(room.rankedOn, -40) : on,
    plaque_no: state === 'granted' ? `演示女室${on.slice(0, 4)}-${String(n + 1).padStart(3, '0')}` : null,
    granted_on: state === 'granted' ? on : null,
    ended_on: state === 'refused' ? '2020-04-02' : null,
    reason: state === 'refused' ? '没有消毒登记，整改后可再申报' : '',
    version: 1,
    turned_on: state === 'granted' ? on : state === 'refused' ? '2020-04-02' : demoToday,
    created_by: by,
    created_at: `${demoToday}T02:00:00Z`,
  }
}

const reached: Readonly<Record<string, readonly string[]>> = {
  self: [],
  district: ['self'],
  city: ['self', 'district'],
  refused: ['self', 'district', 'city'],
  granted: ['self', 'district', 'city'],
}

function scoresOf(random: Random, room: Ranked, rating: Row, by: string): Row[] {
  const lines = rating['lines'] as { key: string; points: number }[]
  return reached[String(rating['state'])]!.flatMap((col) =>
    lines.map(({ key, points }) => ({
      district_id: room.district,
      rating_id: rating['id'],
      record_id: room.id,
      line_key: key,
      col,
      org_id: room.org,
      points: col === 'self' ? points : Math.max(1, points - random.int(0, 2)),
      note: '',
      scored_by: by,
      scored_at: `${demoToday}T02:00:00Z`,
    })),
  )
}

/** Ranks of the rooms that have one, applications under way, visits and money. */
export async function loadRatings(tx: Tx): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const random = seeded(3181)
  const found = await rows<Ranked>(
    tx,
    sql`SELECT r.id, r.district_id AS district, r.org_id AS org, t.area, t.subsidy::float8 AS subsidy, i.value AS rank, i.from_on AS "rankedOn"
      FROM app.record r JOIN app.care_room t ON t.district_id = r.district_id AND t.record_id = r.id
      LEFT JOIN app.care_room_intervals i ON i.district_id = r.district_id AND i.record_id = r.id AND i.attribute = '级别' AND i.until_on IS NULL
      WHERE r.state = 'accepted' AND t.delisted_on IS NULL ORDER BY t.built_on DESC, r.id`,
  )
  const ranked = found.filter((room) => room.rankedOn !== null)
  const waiting = found.filter((room) => room.rankedOn === null).slice(0, underWay.length)
  const made = [
    ...ranked.map((room, n) => ({ room, rating: ratingOf(room, n, 'granted', city.accountId) })),
    ...waiting.map((room, n) => ({
      room,
      rating: ratingOf(room, ranked.length + n, underWay[n]!, city.accountId),
    })),
  ]
  await insert(
    'care_room_rating',
    made.map(({ rating }) => rating),
  ).execute(tx)
  await insert(
    'care_room_score',
    made.flatMap(({ room, rating }) => scoresOf(random, room, rating, city.accountId)),
  ).execute(tx)
  const visits = ranked.flatMap((room) => {
    const last = room.rankedOn! > '2019-04-16' ? null : addDays('2019-04-20', random.int(0, 300))
    const visit = (due_on: string, done: Row) => ({
      district_id: room.district,
      org_id: room.org,
      record_id: room.id,
      kind: '年度复查',
      due_on,
      findings: '',
      asked_by: city.accountId,
      ...done,
    })
    return [
      ...(last ? [visit(last, { done_on: last, result: '合格', done_by: city.accountId })] : []),
      visit(addDays(last ?? room.rankedOn!, 365), {}),
    ]
  })
  await insert(
    'care_room_inspection',
    visits.map((v, n) => ({ ...v, id: idOf(34, n) })),
  ).execute(tx)
  await loadMoney(
    tx,
    made.filter(({ room, rating }) => rating['state'] === 'granted' && room.subsidy !== null),
  )
}

/** What the record says was given, as four hands of the city gave it; they are no accounts of the demo, where the city has two. */
async function loadMoney(tx: Tx, paid: readonly { room: Ranked; rating: Row }[]): Promise<void> {
  const { value, basis, version } = builtInRules.on(roomSubsidies, demoToday)
  await insert(
    'care_room_subsidy',
    paid.map(({ room, rating }, n) => {
      const on = (days: number) => addDays(room.rankedOn!, days)
      return {
        district_id: room.district,
        id: idOf(35, n),
        org_id: room.org,
        record_id: room.id,
        rating_id: rating['id'],
        amount: room.subsidy ?? value.amounts[0]!.yuan,
        basis: `${version}　${basis}`,
        state: 'paid',
        entered_by: idOf(36, 0),
        entered_on: on(10),
        checked_by: idOf(36, 1),
        checked_on: on(12),
        approved_by: idOf(36, 2),
        approved_on: on(15),
        paid_by: idOf(36, 3),
        paid_on: on(20),
        voucher: `演示凭${String(n + 1).padStart(3, '0')}`,
        reason: '',
      }
    }),
  ).execute(tx)
}
