import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewQuiz } from '#quiz/api.ts'
import { recount } from '#figures/verify.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventsAt } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'
import { bankBody, hidden, quizAt, quizBody, rightOf } from '../support/quiz.ts'

let stage: Stage
let play: ReturnType<typeof quizAt>
let events: ReturnType<typeof eventsAt>
beforeAll(async () => {
  stage = await openStage()
  play = quizAt(stage)
  events = eventsAt(stage)
})
afterAll(() => stage.close())

const women = ['worker', 'U1', 'U1b', 'U2', 'U5'] as const
const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    await events.register(tx, ...women)
    await work(tx)
  })
const issues = (refused: { body: Refusal }) => refused.body.issues?.map(({ field }) => field)
const why = (refused: { status: number; body: Refusal }) => [refused.status, refused.body.details?.['why']]
const prize = {
  prizes: 2,
  prizePlace: '示例区总工会一楼',
  prizeFrom: '2020-04-25T09:00:00+08:00',
  prizeUntil: '2020-04-30T17:00:00+08:00',
}

describe('a bank of questions', () => {
  it('keeps its versions: a quiz that was put up asks what stood then', () =>
    trial(async (tx) => {
      const bank = await play.bank(4)
      const quiz = await play.put({ bankId: bank.id, draws: 4 })
      const { questions, ...rest } = well(
        await stage
          .as('D1')
          .get<ReturnType<typeof bankBody> & { version: number }>(`/api/quiz-banks/${bank.id}`),
      )
      const changed = [{ ...questions[0]!, stem: '后来改过的题目？' }, ...questions.slice(1, 3)]
      const edit = (version: number) =>
        stage
          .as('D1')
          .put<Refusal>(`/api/quiz-banks/${bank.id}`, { title: rest.title, version, questions: changed })
      expect((await edit(1)).status).toBe(200)
      expect((await edit(1)).status).toBe(409)
      const { id } = well(await play.start('worker', quiz))
      const asked = (await play.sheet('worker', id)).questions.map(({ stem }) => stem)
      expect(asked.sort()).toEqual(questions.map(({ stem }) => stem).sort())
      // What stayed is the same row, what was changed another.
      const stands = await rows<{ n: number }>(
        tx,
        sql`SELECT count(*)::int AS n FROM app.quiz_question WHERE bank_id = ${bank.id}::uuid AND until_version IS NULL`,
      )
      expect(stands[0]!.n).toBe(3)
    }))

  it('is refused at the question that cannot be asked, and belongs to its unit', () =>
    trial(async () => {
      const { questions } = bankBody(2)
      const refused = await stage.as('D1').post<Refusal>('/api/quiz-banks', {
        title: '示例题库',
        questions: [questions[0], { ...questions[1]!, answer: [4] }],
      })
      expect(issues(refused)).toEqual(['questions.1.answer'])
      const { id } = await play.bank()
      expect((await stage.as('D2').get(`/api/quiz-banks/${id}`)).status).toBe(404)
      expect(issues(await play.make({ bankId: id }, 'D2'))).toContain('bankId')
    }))
})

describe('a quiz', () => {
  it('is refused at the field where something is wrong', () =>
    trial(async () => {
      const { id: bankId } = await play.bank(4)
      const faults: [Partial<NewQuiz>, string][] = [
        [{ title: '' }, 'title'],
        [{ closesAt: quizBody.opensAt }, 'closesAt'],
        [{ draws: 5 }, 'draws'],
        [{ ...prize, prizePlace: '' }, 'prizePlace'],
        [{ ...prize, prizeFrom: quizBody.closesAt }, 'prizeFrom'],
        [{ ...prize, prizeUntil: prize.prizeFrom }, 'prizeUntil'],
      ]
      for (const [change, field] of faults)
        expect([change, issues(await play.make({ bankId, ...change }))?.at(-1)]).toEqual([change, field])
    }))

  it('tells no right answer in any byte before it has closed', () =>
    trial(async (tx) => {
      const quiz = await play.put({ ...prize })
      const { id } = well(await play.start('worker', quiz))
      const her = stage.as('worker')
      const first = (await play.sheet('worker', id)).questions[0]!
      const heard = async () =>
        [
          await her.get('/api/my/quizzes'),
          await her.get('/api/open-quizzes'),
          await her.get(`/api/my/attempts/${id}`),
          await her.post(`/api/my/quizzes/${quiz}/attempts`),
          await her.put(`/api/my/attempts/${id}/answers`, { questionId: first.id, choice: [1], seq: 1 }),
          await her.get(`/api/quizzes/${quiz}`),
          await her.get('/api/quiz-banks'),
          await her.get('/api/my/events'),
        ]
          .map(({ raw }) => raw)
          .join('\n')
      const before = await heard()
      expect(before).toContain(first.stem)
      const done = await her.post(`/api/my/attempts/${id}/submit`)
      const after = (await heard()) + done.raw
      for (const all of [before, after]) {
        expect(all).not.toContain(hidden)
        expect(all).not.toMatch(/"answer":\[/)
      }
      await play.close(tx, quiz, -6)
      const told = await play.sheet('worker', id)
      expect(told.questions.every(({ kind, answer }) => String(answer) === String(rightOf(kind)))).toBe(true)
      expect(told.questions[0]!.explanation).toContain(hidden)
    }))

  it('tells them to her at once where its organiser chose so, but not before she has handed in', () =>
    trial(async () => {
      const quiz = await play.put({ reveals: 'submitted' })
      const { id } = well(await play.start('worker', quiz))
      expect((await play.sheet('worker', id)).questions.every(({ answer }) => answer === null)).toBe(true)
      well(await play.submit('worker', id))
      expect((await play.sheet('worker', id)).questions.some(({ answer }) => answer === null)).toBe(false)
      expect((await stage.as('U1').get(`/api/my/attempts/${id}`)).status).toBe(404)
    }))

  it('grades by the rows, goes on at another telephone, and an older save that comes later changes nothing', () =>
    trial(async (tx) => {
      const quiz = await play.put()
      const { id } = well(await play.start('worker', quiz))
      expect(well(await play.start('worker', quiz)).id).toBe(id)
      const { questions } = await play.sheet('worker', id)
      const [one, two, three] = questions
      expect(well(await play.save('worker', id, one!.id, rightOf(one!.kind), 7)).seq).toBe(7)
      expect(well(await play.save('worker', id, one!.id, [1], 6)).seq).toBe(7)
      // Of an equal number from another telephone what came first stands, and is told.
      const stands = { seq: 7, choice: rightOf(one!.kind) }
      expect(well(await play.save('worker', id, one!.id, [1], 7))).toEqual(stands)
      well(await play.save('worker', id, two!.id, rightOf(two!.kind).toReversed(), 8))
      well(await play.save('worker', id, three!.id, rightOf(three!.kind).concat(1, 1), 9))
      const again = (await play.sheet('worker', id)).questions.map(({ seq }) => seq)
      expect(again).toEqual([7, 8, 9, 0])
      const expected = [one, two].length + (three!.kind === 'multiple' ? 1 : 0)
      const done = well(await play.submit('worker', id))
      expect(done).toMatchObject({ score: expected, asked: 4, answered: 3, isPassed: expected >= 3 })
      expect(why(await play.save('worker', id, one!.id, [1], 10))).toEqual([409, 'submitted'])
      const scores = async () =>
        (await recount(stage.world.deps, tx)).differences.filter(({ what }) => what.startsWith('答题'))
      expect(await scores()).toEqual([])
      await sql`UPDATE app.quiz_attempt SET score = 4 WHERE id = ${id}::uuid`.execute(tx)
      expect(await scores()).toHaveLength(1)
    }))

  it('is answered by a woman who signed in by one factor alone, as a place at an event is taken', () =>
    trial(async (tx) => {
      const quiz = await play.put()
      await sql`UPDATE app.session SET aal = 1 WHERE account_id = ${stage.world.person('worker').accountId}::uuid`.execute(
        tx,
      )
      expect((await play.answer('worker', quiz, 4)).isPassed).toBe(true)
      expect((await events.mine('worker')).isRegistered).toBe(true)
      expect((await stage.as('worker').get('/api/person')).status).not.toBe(200)
    }))

  it.each([
    [
      'a code',
      sql`INSERT INTO app.credential AS c (account_id, factor, factor_at) SELECT a.id, 'x', now() FROM app.account a WHERE a.id = `,
      sql` ON CONFLICT (account_id) DO UPDATE SET factor_at = now()`,
    ],
    [
      'a passkey',
      sql`INSERT INTO app.passkey (id, account_id, credential_id, public_key, counter, transports, label) SELECT gen_random_uuid(), a.id, 'x', '', 0, '{}', '' FROM app.account a WHERE a.id = `,
      sql``,
    ],
  ])('is closed to the password alone of a woman who has %s', (_, factor, over) =>
    trial(async (tx) => {
      const { accountId, token } = stage.world.person('worker')
      await sql`${factor}${accountId}::uuid${over}`.execute(tx)
      const her = stage.as('worker')
      const places = ['/api/me', '/api/my/events', '/api/my/quizzes', '/api/my/courses']
      const heard = async () => {
        const codes: unknown[] = []
        for (const place of places) codes.push((await her.get<Refusal>(place)).body.code)
        return codes
      }
      const me = async () => {
        await sql`SELECT app.begin(${token})`.execute(tx)
        return (await rows<{ me: string | null }>(tx, sql`SELECT app.me() AS me`))[0]!.me
      }
      await sql`DELETE FROM app.context`.execute(tx)
      await sql`UPDATE app.session SET aal = 1 WHERE account_id = ${accountId}::uuid`.execute(tx)
      // What the phone reads as halfway.
      expect(await heard()).toEqual(places.map(() => '403.3'))
      expect(await me()).toBeNull()
      expect(well(await her.get<{ stage: string }>('/api/session')).stage).toBe('factor')
      await sql`UPDATE app.session SET aal = 2 WHERE account_id = ${accountId}::uuid`.execute(tx)
      expect(await heard()).toEqual(places.map(() => undefined))
      expect(await me()).toBe(events.person('worker'))
    }),
  )

  it('is not answered by a cadre of its organiser, who reads the right answers', () =>
    trial(async (tx) => {
      const quiz = await play.put()
      await sql`INSERT INTO app.post (id, account_id, org_id, role, from_on) VALUES (gen_random_uuid(), ${stage.world.person('worker').accountId}::uuid,
        ${stage.world.org(stage.world.person('D1').org)}, 'cadre', current_date)`.execute(tx)
      expect(why(await play.start('worker', quiz))).toEqual([409, 'host'])
      well(await play.start('U1', quiz))
    }))

  it('is answered so often a day, by whoever stands in the register and whom it is for', () =>
    trial(async () => {
      const quiz = await play.put({ isPublic: false })
      await play.answer('worker', quiz, 4)
      expect((await play.mine('worker', quiz))!.leftToday).toBe(1)
      await play.answer('worker', quiz, 1)
      expect(why(await play.start('worker', quiz))).toEqual([409, 'spent'])
      expect(why(await play.start('U5', quiz))).toEqual([409, 'outside'])
      expect(await play.mine('U5', quiz)).toBeUndefined()
      expect(why(await play.start('D1', quiz))).toEqual([409, 'person'])
      expect((await stage.as(null).post(`/api/my/quizzes/${quiz}/attempts`)).status).toBe(401)
    }))

  it('ends when it closes, with the grace that is told and no other; what is overdue is handed in as it stands', () =>
    trial(async (tx) => {
      const quiz = await play.put({ minutes: null })
      const { id } = well(await play.start('worker', quiz))
      const other = well(await play.start('U1', quiz)).id
      const [one, two] = (await play.sheet('worker', id)).questions
      const [hers] = (await play.sheet('U1', other)).questions
      well(await play.save('U1', other, hers!.id, rightOf(hers!.kind)))
      await play.close(tx, quiz, -2)
      expect((await play.save('worker', id, one!.id, [1])).status).toBe(200)
      expect(why(await play.start('U2', quiz))).toEqual([409, 'late'])
      await play.close(tx, quiz, -6)
      expect(why(await play.save('worker', id, two!.id, [1]))).toEqual([409, 'late'])
      await play.settle(tx)
      expect((await play.mine('U1', quiz))!.attempts[0]).toMatchObject({ score: 1, answered: 1 })
      const noted = await rows(
        tx,
        sql`SELECT 1 FROM app.audit WHERE action = 'quiz.settle' AND on_behalf = 'clock' AND object = ${`quiz:${quiz}`}`,
      )
      expect(noted).toHaveLength(1)
    }))

  it('points out who was too quick or handed in again and again, and drops nobody for it', () =>
    trial(async () => {
      const quiz = await play.put()
      const { id } = well(await play.start('worker', quiz))
      const { questions } = await play.sheet('worker', id)
      for (const one of questions) well(await play.save('worker', id, one.id, rightOf(one.kind)))
      const key = randomUUID()
      well(await play.submit('worker', id, key))
      for (let n = 0; n < 5; n++) well(await play.submit('worker', id, key))
      expect((await play.read(quiz)).flagged.map(({ flags, submits }) => [flags, submits])).toEqual([
        [['fast'], 1],
      ])
      for (let n = 0; n < 4; n++) well(await play.submit('worker', id))
      const { flagged, counts } = await play.read(quiz)
      expect(flagged.map(({ flags, submits }) => [flags, submits])).toEqual([[['fast', 'repeated'], 5]])
      expect(counts).toEqual({ started: 1, submitted: 1, valid: 1, women: 1, persons: 1, passed: 1 })
      expect((await stage.as('D2').get(`/api/quizzes/${quiz}`)).status).toBe(404)
    }))

  it('measures how quick she was by when she answered, not by when she handed in', () =>
    trial(async (tx) => {
      const quiz = await play.put()
      const earlier = sql`- interval '10 minutes'`
      for (const who of ['worker', 'U1']) {
        const { id } = well(await play.start(who, quiz))
        for (const one of (await play.sheet(who, id)).questions) well(await play.save(who, id, one.id, [1]))
        await sql`UPDATE app.quiz_attempt SET started_at = started_at ${earlier} WHERE id = ${id}::uuid`.execute(
          tx,
        )
        if (who === 'worker')
          await sql`UPDATE app.quiz_answer SET saved_at = saved_at ${earlier} WHERE attempt_id = ${id}::uuid`.execute(
            tx,
          )
        well(await play.submit(who, id))
      }
      const { flagged } = await play.read(quiz)
      expect(flagged.map(({ name, flags }) => [name, flags])).toEqual([['示例worker', ['fast']]])
      expect(flagged[0]!.seconds).toBeLessThan(4)
    }))

  it('counts its valid attempts into the programme by name, once', () =>
    trial(async (tx) => {
      const quiz = await play.put()
      await play.answer('worker', quiz, 4)
      await play.answer('worker', quiz, 0)
      await play.answer('U1', quiz, 2)
      const left = well(await play.start('U2', quiz)).id
      const record = () =>
        stage
          .as('D1')
          .post<{ recordId: string; attendances: number } & Refusal>(`/api/quizzes/${quiz}/record`)
      expect((await record()).status).toBe(409)
      const days = stage.world.deps.today
      stage.world.deps.today = () => '2020-04-22'
      try {
        // Nothing waits for the clock: what is overdue is handed in before it is counted.
        const made = well(await record())
        expect(well(await stage.as('U2').get<{ score: number }>(`/api/my/attempts/${left}`)).score).toBe(0)
        expect(made.attendances).toBe(3)
        const [kept] = await rows(
          tx,
          sql`SELECT t.attendances, t.women, t.all_count AS "all", r.grade, r.starts_on, r.occurred_on FROM app.quiz t JOIN app.record r ON r.district_id = t.district_id AND r.id = t.record_id WHERE r.id = ${made.recordId}::uuid`,
        )
        expect(kept).toEqual({
          attendances: 3,
          women: 3,
          all: 3,
          grade: '实名',
          starts_on: '2020-04-15',
          occurred_on: '2020-04-20',
        })
        expect((await record()).status).toBe(409)
        // Taken back, it can be made again.
        well(
          await stage
            .as('D1')
            .post<Refusal>(`/api/records/quiz/${made.recordId}/actions`, { action: 'withdraw', version: 1 }),
        )
        expect((await play.read(quiz)).recordId).toBeNull()
        expect(well(await record()).recordId).not.toBe(made.recordId)
      } finally {
        stage.world.deps.today = days
      }
    }))
})

describe('the draw of prizes', () => {
  it('has one entry of whoever passed, is entered by nobody else, and is drawn as any other', () =>
    trial(async (tx) => {
      const quiz = await play.put({ ...prize, prizeSource: '次日的公开数值' })
      const { eventId } = await play.read(quiz)
      expect(
        well(await stage.as(null).get<{ secretHash: string }>(`/api/draws/${eventId!}`)).secretHash,
      ).toMatch(/^\w{64}$/)
      expect(why(await events.enter('worker', eventId!))).toEqual([409, 'unallotted'])
      await play.answer('worker', quiz, 4)
      await play.answer('worker', quiz, 4)
      await play.answer('U1', quiz, 4)
      await play.answer('U1b', quiz, 4)
      await play.answer('U2', quiz, 1)
      const cap = await stage.as('D1').put<Refusal>(`/api/events/${eventId!}/cap`, { cap: 5 })
      expect([cap.status, (await events.read('D1', eventId!)).cap]).toEqual([409, 2])
      await play.close(tx, quiz, -11)
      expect(await events.sweep(tx)).toEqual([eventId])
      const entered = (await events.read('D1', eventId!)).entries.find(
        ({ personId }) => personId === events.person('worker'),
      )!
      const left = await stage.as('worker').post<Refusal>(`/api/enrolments/${entered.id}/leave`)
      expect(why(left)).toEqual([409, 'prize'])
      const frozen = await events.draw(eventId!)
      expect(frozen.list!.split('\n')).toHaveLength(3)
      const { flagged } = await play.read(quiz)
      const bar = (entryId: string, reason = '核对后认定为程序作答') =>
        stage.as('D1').post<Refusal>(`/api/quizzes/${quiz}/bars`, { entryId, reason })
      const entry = flagged.find(({ entryId }) => entryId !== null)!.entryId!
      expect(issues(await bar(entry, ''))).toEqual(['reason'])
      expect((await bar(entry)).status).toBe(200)
      expect((await bar(entry)).status).toBe(409)
      expect((await bar(randomUUID())).status).toBe(404)
      const drawn = well(
        await stage.as('D1').post<{ promoted: number }>(`/api/events/${eventId!}/draw`, { value: '3456' }),
      )
      expect(drawn.promoted).toBe(2)
      expect((await events.draw(eventId!)).withdrawn).toHaveLength(1)
      const states: (string | undefined)[] = []
      for (const who of ['worker', 'U1', 'U1b', 'U2']) states.push((await play.mine(who, quiz))!.entry?.state)
      expect(states.map(String).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
        'placed',
        'placed',
        'refused',
        'undefined',
      ])
      expect(await rows(tx, sql`SELECT * FROM app.event_drift()`)).toEqual([])
    }))

  it('is called off with its quiz, and what she answered goes when she is erased', () =>
    trial(async (tx) => {
      const quiz = await play.put(prize)
      await play.answer('worker', quiz, 4)
      expect(issues(await play.step(quiz, 'cancel'))).toEqual(['reason'])
      well(await play.step(quiz, 'cancel', '改到下个月举办'))
      expect(why(await play.start('worker', quiz))).toEqual([409, 'stopped'])
      expect(await play.mine('worker', quiz)).toMatchObject({ phase: 'cancelled', reason: '改到下个月举办' })
      const { eventId } = await play.read(quiz)
      expect((await events.read('D1', eventId!)).state).toBe('cancelled')
      await sql`SELECT app.forget_person(${events.person('worker')}::uuid)`.execute(tx)
      const left = await rows(
        tx,
        sql`SELECT a.score, (SELECT count(*)::int FROM app.quiz_answer w WHERE w.attempt_id = a.id) AS answers FROM app.quiz_attempt a WHERE a.quiz_id = ${quiz}::uuid`,
      )
      expect(left).toEqual([{ score: 0, answers: 0 }])
      expect(await rows(tx, sql`SELECT app.quiz_drift()`)).toEqual([])
    }))

  it('counts a woman once whose two registrations were merged, also after she is erased', () =>
    trial(async (tx) => {
      const quiz = await play.put()
      await play.answer('worker', quiz, 4)
      await play.answer('U1', quiz, 4)
      const [hers, other] = [events.person('worker'), events.person('U1')]
      await sql`UPDATE app.person SET state = 'merged', merged_into = ${hers}::uuid WHERE id = ${other}::uuid`.execute(
        tx,
      )
      const attempts = (await play.mine('worker', quiz))!.attempts
      expect(attempts).toHaveLength(2)
      for (const { id } of attempts) expect((await play.sheet('worker', id)).questions).toHaveLength(4)
      const counted = { submitted: 2, valid: 2, persons: 1 }
      expect((await play.read(quiz)).counts).toMatchObject({ ...counted, passed: 1 })
      await sql`SELECT app.forget_person(${hers}::uuid)`.execute(tx)
      expect((await play.read(quiz)).counts).toMatchObject(counted)
    }))
})
