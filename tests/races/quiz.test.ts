import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeWork, openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { saveAnswer, startAttempt, submitAttempt } from '#quiz/mine.server.ts'
import { first, inTransaction, rows, type Tx } from '#server/database.server.ts'
import { stageOf, type Stage } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { quizAt } from '../support/quiz.ts'
import { loadWorld } from '../support/world.ts'

const many = 3000
let native: Native
let stage: Stage
let women: string[]
let quiz: string
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(40)
  stage = await stageOf(await loadWorld(native.owner, native.app), () => native.close())
  const home = stage.world.org('U1')
  women = (
    await rows<{ id: string }>(
      native.owner,
      sql`WITH p AS (INSERT INTO app.person (id, org_id, name, id_kind, sex) SELECT gen_random_uuid(), ${home}::int, '示例' || n, 'none', '女' FROM generate_series(1, ${many}::int) n RETURNING id),
          a AS (INSERT INTO app.account (id, person_id, login, name, title, is_demo) SELECT p.id, p.id, p.id::text, '演示', '', true FROM p),
          t AS (INSERT INTO app.post (id, account_id, org_id, role, from_on) SELECT p.id, p.id, ${home}::int, 'worker', '2018-01-01' FROM p)
        INSERT INTO app.session (token_hash, account_id, post_id, is_demo, id, aal, is_password_due, device, created_at, seen_at, expires_at)
          SELECT sha256(convert_to('quiz token of ' || p.id, 'UTF8')), p.id, p.id, true, p.id, 1, false, '', now(), now(), now() + interval '12 hours' FROM p RETURNING id`,
    )
  ).map(({ id }) => id)
  quiz = await quizAt(stage).put({ timesADay: 1, minutes: null })
})
afterAll(() => stage?.close())

const during = new Date('2020-04-16T09:30:00+08:00')

/** What a route does, as one woman: the transaction with its audit. */
function as<T>(person: string, work: (tx: Tx, unit: UnitOfWork) => Promise<T>): Promise<T> {
  const { deps } = stage.world
  const token = `quiz token of ${person}`
  const actor = {
    ...nobody,
    accountId: person,
    personId: person,
    postId: person,
    token,
    org: { ...nobody.org, districtId: districtId },
  }
  return inTransaction(native.app, { scopeCode, token }, async (tx) => {
    const unit = openWork(actor)
    const done = await work(tx, unit)
    await closeWork(tx, unit, deps.crypto)
    return done
  })
}
let scopeCode: string
let districtId: number
const nobody = {
  name: '',
  role: 'worker' as const,
  org: {
    id: 0,
    code: '',
    name: '',
    shortName: '',
    tier: 'grassroots' as const,
    scopeCode: '',
    districtId: 0,
  },
  aal: 1 as const,
  stepUp: false,
  isPasswordDue: false,
  onBehalf: '',
  requestId: 'race',
}

async function inTurns<T>(list: readonly T[], width: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...list]
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one)
    }),
  )
}
async function timed<T>(list: number[], work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  const done = await work()
  list.push(performance.now() - begun)
  return done
}
const quantile = (waits: number[], part: number): number =>
  waits.toSorted((a, b) => a - b)[Math.floor(waits.length * part)]!

describe.skipIf(withoutNative)('three thousand who begin together', () => {
  beforeAll(async () => {
    const home = (await first<{ scope: string; district: number }>(
      native.owner,
      sql`SELECT scope_code AS scope, district_id AS district FROM app.org WHERE id = ${stage.world.org('U1')}`,
    ))!
    scopeCode = home.scope
    districtId = home.district
  })

  it('have one attempt each, also from two telephones; no answer is lost, and the score is what the rows say', async () => {
    const [starts, saves]: [number[], number[]] = [[], []]
    const kept = new Map<string, number>()
    await inTurns(women, 40, async (one) => {
      const start = () => timed(starts, () => as(one, (tx, unit) => startAttempt(tx, unit, quiz, during)))
      // Every tenth begins at two telephones at once.
      const both = await Promise.all(kept.size % 10 === 0 ? [start(), start()] : [start()])
      const ids = new Set(both.map(({ id }) => id))
      expect(ids.size).toBe(1)
      const [attempt] = [...ids] as [string]
      kept.set(attempt, 0)
      // Every fifth goes on and hands in: what is to be seen is seen with six hundred.
      if (kept.size % 5 !== 0) return
      const { questions } = (await first<{ questions: string[] }>(
        native.owner,
        sql`SELECT questions FROM app.quiz_attempt WHERE id = ${attempt}::uuid`,
      ))!
      for (const [n, questionId] of questions.slice(0, 3).entries()) {
        await timed(saves, () =>
          as(one, (tx) => saveAnswer(tx, attempt, { questionId, choice: [(n % 2) + 1], seq: n + 1 }, during)),
        )
        kept.set(attempt, n + 1)
      }
      await as(one, (tx, unit) => submitAttempt(tx, unit, attempt, during))
    })
    expect(kept.size).toBe(many)
    expect(
      await first(
        native.owner,
        sql`SELECT count(*)::int AS attempts, count(DISTINCT person_id)::int AS persons, sum(answered)::int AS answers, count(submitted_at)::int AS done FROM app.quiz_attempt WHERE quiz_id = ${quiz}::uuid`,
      ),
    ).toEqual({ attempts: many, persons: many, answers: (many / 5) * 3, done: many / 5 })
    expect(await rows(native.owner, sql`SELECT app.quiz_drift()`)).toEqual([])
    process.stdout.write(
      `3,000 begin together: start p95 ${quantile(starts, 0.95).toFixed(0)} ms, save p99 ${quantile(saves, 0.99).toFixed(0)} ms\n`,
    )
    expect(quantile(starts, 0.95)).toBeLessThan(3000)
    expect(quantile(saves, 0.99)).toBeLessThan(1000)
  }, 300_000)

  it('a hundred who hand in at once are one that counts, and are pointed out', async () => {
    const other = await quizAt(stage).put({ timesADay: 1, minutes: null })
    const [one] = women as [string]
    const { id } = await as(one, (tx, unit) => startAttempt(tx, unit, other, during))
    const done = await Promise.all(
      Array.from({ length: 100 }, () => as(one, (tx, unit) => submitAttempt(tx, unit, id, during))),
    )
    expect(new Set(done.map(({ score, submittedAt }) => `${score} ${submittedAt}`)).size).toBe(1)
    expect(
      await first(native.owner, sql`SELECT submits, flags FROM app.quiz_attempt WHERE id = ${id}::uuid`),
    ).toEqual({ submits: 100, flags: ['repeated'] })
    const noted = await rows(
      native.owner,
      sql`SELECT 1 FROM app.audit WHERE action = 'quiz.submit' AND object = ${`quizAttempt:${id}`}`,
    )
    expect(noted).toHaveLength(1)
  })

  it('would have more than one attempt without the two keys that hold it: the twin', async () => {
    const twin = await quizAt(stage).put({ timesADay: 1, minutes: null })
    await sql`DROP INDEX app.quiz_attempt_one_open`.execute(native.owner)
    await sql`ALTER TABLE app.quiz_attempt DROP CONSTRAINT quiz_attempt_once`.execute(native.owner)
    const [one] = women as [string]
    await Promise.allSettled(
      Array.from({ length: 30 }, () => as(one, (tx, unit) => startAttempt(tx, unit, twin, during))),
    )
    const found = await first<{ n: number }>(
      native.owner,
      sql`SELECT count(*)::int AS n FROM app.quiz_attempt WHERE quiz_id = ${twin}::uuid`,
    )
    expect(found!.n).toBeGreaterThan(1)
  })
})
