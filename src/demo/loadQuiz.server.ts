import { sql } from 'kysely'
import { first, rows, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'
import { demoQuestions } from './quizQuestions.ts'

const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

const bank = idOf(97, 0)
const quizzes = { open: idOf(97, 1), over: idOf(97, 2) }
const prize = idOf(97, 3)

/** One bank of the city, a quiz that runs with a draw of prizes, and one that is over; no record comes of them. */
export async function loadQuiz(tx: Tx): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const [district_id, org_id] = [city.org.districtId, city.org.id]
  const made = { made_by: city.accountId, made_on: '2020-03-01' }
  await insert(tx, 'quiz_bank', [
    { district_id, id: bank, org_id, title: '女职工权益知识', version: 1, ...made },
  ])
  await insert(
    tx,
    'quiz_question',
    demoQuestions.map(({ kind, stem, options }, n) => ({
      district_id,
      id: idOf(98, n),
      bank_id: bank,
      line: n + 1,
      kind,
      stem,
      options,
      from_version: 1,
    })),
  )
  await insert(
    tx,
    'quiz_key',
    demoQuestions.map(({ answer, explanation }, n) => ({
      district_id,
      question_id: idOf(98, n),
      answer,
      explanation,
    })),
  )
  const quiz = {
    district_id,
    org_id,
    bank_id: bank,
    bank_version: 1,
    about: '题目出自《女职工劳动保护特别规定》，先读一读再来答。',
    state: 'open',
    version: 2,
    is_public: true,
    draws: 5,
    minutes: 15,
    times_a_day: 3,
    pass_mark: 60,
    reveals: 'closed',
    prizes: 0,
    prize_place: '',
    prize_source: '',
    ...made,
  }
  const prizes = {
    prizes: 20,
    prize_place: '市工人文化宫一楼服务台',
    prize_from: '2020-04-28T09:00:00+08:00',
    prize_until: '2020-05-09T17:00:00+08:00',
    prize_source: '2020年4月27日上证指数收盘点位',
    opens_at: '2020-04-13T09:00:00+08:00',
    closes_at: '2020-04-25T17:00:00+08:00',
  }
  const title = '“平安家庭”女职工权益知识有奖答题'
  await insert(tx, 'event', [
    {
      district_id,
      id: prize,
      org_id,
      kind: 'prize',
      title: `${title}·抽奖`,
      place: prizes.prize_place,
      about: '',
      mode: 'draw',
      state: 'open',
      version: 2,
      is_public: true,
      opens_at: prizes.opens_at,
      closes_at: prizes.closes_at,
      cancel_until: prizes.prize_from,
      starts_at: prizes.prize_from,
      ends_at: prizes.prize_until,
      has_list: false,
      is_allotted: true,
      offer_hours: 12,
      cap: prizes.prizes,
      taken: 0,
      waiting: 0,
      seq: 0,
      draw_source: prizes.prize_source,
      ...made,
    },
  ])
  await sql`INSERT INTO app.event_secret SELECT ${district_id}::int, ${prize}::uuid, encode(sha256(convert_to('demo' || gen_random_uuid(), 'UTF8')), 'hex')`.execute(
    tx,
  )
  await sql`INSERT INTO app.event_draw (district_id, event_id, secret_hash, source)
    SELECT s.district_id, s.event_id, encode(sha256(convert_to(s.secret, 'UTF8')), 'hex'), ${prizes.prize_source} FROM app.event_secret s WHERE s.event_id = ${prize}::uuid`.execute(
    tx,
  )
  await insert(tx, 'quiz_run', [
    { ...quiz, ...prizes, id: quizzes.open, title, event_id: prize },
    {
      ...quiz,
      id: quizzes.over,
      title: '三月维权行动月答题',
      opens_at: '2020-03-08T09:00:00+08:00',
      closes_at: '2020-03-31T17:00:00+08:00',
    },
  ])
  await loadAttempts(tx, quizzes.over, '2020-03-12', 24)
  await loadAttempts(tx, quizzes.open, '2020-04-14', 9)
}

/** Attempts of some women, handed in and graded as any other; one of them was too quick. */
async function loadAttempts(tx: Tx, quiz: string, day: string, many: number): Promise<void> {
  const { district } = (await first<{ district: number }>(
    tx,
    sql`SELECT district_id AS district FROM app.quiz_run WHERE id = ${quiz}::uuid`,
  ))!
  const women = await rows<{ id: string; org: number }>(
    tx,
    sql`SELECT p.id, p.org_id AS org FROM app.person p WHERE p.state = 'active' AND p.sex = '女' AND NOT EXISTS (SELECT FROM app.account a WHERE a.person_id = p.id) ORDER BY p.id LIMIT ${many}`,
  )
  const serial = quiz === quizzes.over ? 0 : 100
  const begun = Date.parse(`${day}T10:00:00+08:00`)
  const attempts = women.map(({ id, org }, n) => ({
    district_id: district,
    id: idOf(99, serial + n),
    quiz_id: quiz,
    person_id: id,
    org_id: org,
    day,
    nth: 1,
    started_at: new Date(begun + n * 400_000).toISOString(),
    due_at: new Date(begun + n * 400_000 + 900_000).toISOString(),
    questions: Array.from({ length: 5 }, (_, k) => idOf(98, (n + k * 3) % demoQuestions.length)),
    answered: 0,
    submits: 1,
    flags: [],
  }))
  await insert(tx, 'quiz_attempt', attempts)
  await insert(
    tx,
    'quiz_answer',
    attempts.flatMap((attempt, n) =>
      attempt.questions.map((question_id, k) => ({
        district_id: district,
        attempt_id: attempt.id,
        question_id,
        seq: k + 1,
        choice: (n + k) % 4 === 3 ? [2] : demoQuestions[(n + k * 3) % demoQuestions.length]!.answer,
        saved_at: new Date(
          Date.parse(attempt.started_at) + (k + 1) * (attempt === attempts[2] ? 200 : 20_000),
        ).toISOString(),
      })),
    ),
  )
  await sql`SELECT app.hand_in(a, a.started_at + CASE WHEN a.id = ${attempts[2]!.id}::uuid THEN interval '1.2 seconds' ELSE interval '150 seconds' END)
    FROM app.quiz_attempt a WHERE a.quiz_id = ${quiz}::uuid`.execute(tx)
}
