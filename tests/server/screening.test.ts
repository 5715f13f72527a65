import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EntryList, Follows, RoundDetail } from '#screening/api.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'
import { hospital, roundBody, screeningAt } from '../support/screening.ts'
import { today } from '../support/world.ts'
import { childcareCases } from './childcareCases.ts'

let stage: Stage
let play: ReturnType<typeof screeningAt>
beforeAll(async () => {
  stage = await openStage()
  play = screeningAt(stage)
})
afterAll(() => stage.close())
afterEach(() => setDay(today))
const setDay = (day: string) => {
  stage.world.deps.today = () => day
}
const issues = (refused: { body: Refusal }) => refused.body.issues?.map(({ field }) => field)
const told = (refused: { status: number; body: Refusal }) => [
  refused.status,
  refused.body.issues?.[0]?.message,
]
const ageless = '1975-05-05'

describe('a round', () => {
  it('is refused at the field where something is wrong', () =>
    stage.trial(async () => {
      const day = roundBody.days[0]!
      const faults: [object, string][] = [
        [{ title: '' }, 'title'],
        [{ title: '确诊复查' }, 'title'],
        [{ untilOn: '2020-04-15', days: [] }, 'untilOn'],
        [{ untilOn: '2021-01-01' }, 'untilOn'],
        [{ price: 0 }, 'price'],
        [{ budget: 3999.99 }, 'budget'],
        [{ directed: 0, openPlaces: 0 }, 'directed'],
        [{ days: [{ ...day, onDay: '2020-04-15' }] }, 'days.0.onDay'],
        [{ days: [{ ...day, capacity: 0 }] }, 'days.0.capacity'],
        [{ days: [{ ...day, hospital: '恶性肿瘤科' }] }, 'days.0.hospital'],
        [{ days: [day, day] }, 'days.1.onDay'],
      ]
      for (const [change, field] of faults)
        expect([change, issues(await play.make('D1', change))]).toEqual([change, [field]])
      expect((await play.make('D1', { budget: 4000 })).status).toBe(200)
      expect((await play.make('U4')).status).toBe(403)
    }))

  it('hands its places on, and no unit more than it has', () =>
    stage.trial(async () => {
      const { id } = well(await play.make('C'))
      expect((await stage.as('D1').get(play.at(id))).status).toBe(404)
      well(await play.step('C', id, 'open'))
      expect(told(await play.allot('C', id, 'D1', 7))).toEqual([422, expect.stringContaining('还剩 6 个')])
      well(await play.allot('C', id, 'D1', 4))
      well(await play.allot('C', id, 'D2', 2))
      expect(issues(await play.allot('C', id, 'D3', 1))).toEqual(['quota'])
      expect(told(await play.allot('D1', id, 'U4', 5))).toEqual([422, expect.stringContaining('还剩 4 个')])
      well(await play.allot('D1', id, 'U4', 3))
      well(await play.allot('D1', id, 'S1', 1))
      expect(issues(await play.allot('C', id, 'D1', 3))).toEqual(['quota'])
      expect(issues(await play.allot('C', id, 'U4', 1))).toEqual(['orgId'])
      expect((await play.allot('D1', id, 'U5', 1)).status).toBe(404)
      expect((await play.allot('I1', id, 'U6', 1)).status).toBe(403)
      well(await play.allot('D1', id, 'U4', 2))
      const { allotments, passed } = await play.read('C', id)
      expect(passed).toBe(6)
      expect(allotments.map((one) => [one.org.code, one.quota, one.passed])).toEqual([
        ['D1', 4, 3],
        ['S1', 1, 0],
        ['U4', 2, 0],
        ['D2', 2, 0],
      ])
      expect((await play.read('U4', id)).allotments.map((one) => one.org.code)).toEqual(['U4'])
    }))
})

describe('who is due', () => {
  it('is found in the register to the day; who is not is told from when, and the list ends empty', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const first = await play.woman(1, '1985-06-30')
      const dayLate = await play.woman(2, '1985-07-01')
      const last = await play.woman(3, '1955-04-17')
      const dayOver = await play.woman(4, '1955-04-16')
      const plain = await play.woman(5, ageless)
      await play.woman(6, '1999-01-01')
      const { rows: due, counts } = await play.members(id, 'due')
      expect(due.map((one) => one.id).sort()).toEqual([first, last, plain].sort())
      expect(counts).toEqual({ due: 3, later: 2, over: 1, elsewhere: 0, unknown: 0 })
      const later = (await play.members(id, 'later')).rows
      expect(later.map((one) => one.from)).toEqual(expect.arrayContaining(['2020-07-01', '2034']))

      expect(told(await play.list(id, [dayLate]))).toEqual([422, expect.stringContaining('从 2020-07-01 起')])
      expect(told(await play.list(id, [dayOver]))).toEqual([422, expect.stringContaining('64 周岁')])
      expect(told(await play.list(id, [plain], {}))).toEqual([
        422,
        expect.stringContaining('王示六还没有登记同意'),
      ])
      well(await play.list(id, [first, last]))
      well(await stage.as('U4').post(play.at(id, '/refusals'), { personIds: [plain] }))
      expect((await play.members(id, 'due')).rows).toEqual([])

      const [a, b] = [first, last].map((who) => entryOfPerson(tx, who))
      const [april16, april17, june30] = days
      // A day before her birthday she is too young; a day after hers the other is too old.
      expect(told(await play.book(id, [await a!], april17!))).toEqual([
        422,
        expect.stringContaining('从 2020-06-30 起'),
      ])
      well(await play.book(id, [await a!], june30!))
      expect(told(await play.book(id, [await b!], april17!))).toEqual([
        422,
        expect.stringContaining('须在 2020-04-16 以前'),
      ])
      well(await play.book(id, [await b!], april16!))
      const opened = await rows<{ n: number }>(
        tx,
        sql`SELECT count(*)::int AS n FROM app.person_access WHERE field = 'birth' AND person_id IN (${first}::uuid, ${plain}::uuid) GROUP BY person_id`,
      )
      // Of whom the year decides, no birthday is opened; of the other once a day.
      expect(opened).toEqual([{ n: 1 }])
    }))

  it('comes once a cycle, in whatever district she came: the day itself and not the day before', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const [may, lapsed] = [await play.woman(1, ageless), await play.woman(2, ageless)]
      const elsewhere = stage.world.org('U5')
      await sql`INSERT INTO app.screening_round SELECT (jsonb_populate_record(r, jsonb_build_object('id', ${noOne}::text, 'org_id', ${stage.world.org('D2')}::int,
          'passed', 0, 'open_used', 0))).* FROM app.screening_round r WHERE id = ${id}::uuid`.execute(tx)
      for (const [who, on] of [
        [may, '2017-06-30'],
        [lapsed, '2017-07-01'],
      ] as const)
        await sql`INSERT INTO app.screening_entry (id, round_id, person_id, org_id, quota, state, listed_on, listed_person, attended_on)
          VALUES (gen_random_uuid(), ${noOne}::uuid, ${who}::uuid, ${elsewhere}, 'open', 'attended', ${on}::date, ${noOne}::uuid, ${on}::date)`.execute(
          tx,
        )
      // A refusal leaves no note for her, and tells nothing of another round; the list that tells it notes it, once a day.
      expect(told(await play.list(id, [lapsed]))).toEqual([
        422,
        expect.stringMatching(/^\D*现在不能列入\D*$/),
      ])
      for (const _ of [1, 2])
        expect((await play.members(id, 'later')).rows.map((one) => [one.id, one.from])).toEqual([
          [lapsed, '2020-07-01'],
        ])
      await play.members(id, 'due')
      well(await play.list(id, [may]))
      const { id: second } = well(await play.make('D1', { title: '2020年第二批' }))
      well(await play.step('D1', second, 'open'))
      expect((await play.members(second, 'elsewhere')).rows.map((one) => one.id)).toEqual([may])
      const looks = await rows(
        tx,
        sql`SELECT person_id AS id, count(*)::int AS n FROM app.person_access WHERE field = 'screeningEntry' GROUP BY 1`,
      )
      expect(looks).toHaveLength(2)
      expect(looks).toEqual(
        expect.arrayContaining([
          { id: may, n: 1 },
          { id: lapsed, n: 1 },
        ]),
      )
      const entry = await entryOfPerson(tx, may)
      expect(told(await play.book(id, [entry], days[1]!))).toEqual([
        422,
        expect.stringContaining('从 2020-06-30 起'),
      ])
      well(await play.book(id, [entry], days[2]!))
      // Of the round elsewhere her unit learns nothing but the day.
      expect((await stage.as('U4').get(play.at(noOne))).status).toBe(404)
    }))
})

const noOne = '00000000-0000-4000-8000-000000000000'
const entryOfPerson = async (tx: Tx, personId: string): Promise<string> =>
  (
    await rows<{ id: string }>(
      tx,
      sql`SELECT id FROM app.screening_entry WHERE person_id = ${personId}::uuid AND state IN ('listed', 'booked') AND round_id <> ${noOne}::uuid`,
    )
  )[0]!.id

describe('places and days', () => {
  it('are never given twice, and what is cancelled is free again', () =>
    stage.trial(async () => {
      const { id, days } = await play.opened()
      const women: string[] = []
      for (const n of [1, 2, 3, 4, 5, 6]) women.push(await play.woman(n, ageless))
      expect(told(await play.list(id, women.slice(0, 5)))).toEqual([
        422,
        '本单位的定向名额只剩 4 个，选了 5 人；请减少人数，或请上级增加名额',
      ])
      well(await play.list(id, women.slice(0, 4)))
      const open = { quota: 'open', agreedOn: '2020-04-16' }
      well(await play.list(id, women.slice(4), open))
      const more = await play.woman(7, ageless)
      expect(issues(await play.list(id, [more], open))).toEqual(['quota'])
      const listed = (await play.entries('U4', id)).map((one) => one.id)
      expect(told(await play.book(id, listed.slice(0, 3), days[1]!))).toEqual([
        422,
        `${hospital} 2020-04-17 只剩 2 个名额，选了 3 人`,
      ])
      well(await play.book(id, listed.slice(0, 2), days[1]!))
      expect(issues(await play.book(id, [listed[2]!], days[1]!))).toEqual(['dayId'])
      const lessened = await stage
        .as('D1')
        .put<Refusal>(play.at(id, '/days'), { days: [{ hospital, onDay: '2020-04-17', capacity: 1 }] })
      expect(issues(lessened)).toEqual(['days.0.capacity'])
      well(await play.book(id, [listed[0]!], days[0]!))
      well(await play.book(id, [listed[2]!], days[1]!))
      well(await stage.as('U4').post(play.at(id, '/cancellations'), { entryIds: [listed[2]!, listed[5]!] }))
      const { days: now, allotments, openUsed, counts } = await play.read('D1b', id)
      expect(now.map((one) => one.taken)).toEqual([1, 1, 0])
      expect([allotments[0]!.used! + openUsed!, counts.listed, counts.booked, counts.cancelled]).toEqual([
        4, 2, 2, 2,
      ])
      // Of fewer than five only who may read the names, or whose women they are, is told how many; a full day is full.
      const used = async (who: string) => (await play.read(who, id)).allotments.map((one) => one.used)
      expect([await used('D1'), await used('C'), await used('U4')]).toEqual([[null], [null], [3]])
      const taken = async (who: string) => (await play.read(who, id)).days.map((day) => day.taken)
      expect([await taken('D1'), await taken('U4'), await taken('C')]).toEqual([
        [1, 1, 0],
        [null, null, null],
        [null, null, null],
      ])
      expect([(await play.read('D1', id)).openUsed, (await play.read('U4', id)).openUsed]).toEqual([1, null])
      expect(told(await play.allot('D1', id, 'U4', 0))[1]).not.toMatch(/\d 个/)
      setDay('2020-04-17')
      expect(told(await play.book(id, [listed[3]!], days[0]!))).toEqual([
        422,
        expect.stringContaining('已经过去'),
      ])
    }))

  it('are counted by the database, whatever a program forgets', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const full = sql`INSERT INTO app.screening_entry (id, round_id, person_id, org_id, quota, state, day_id, code, listed_on, listed_person)
        SELECT gen_random_uuid(), ${id}::uuid, p.id, ${stage.world.org('U4')}, 'directed', 'booked', ${days[1]!.id}::uuid, p.id::text, '2020-04-16', p.id
        FROM app.person p WHERE p.id = ANY (${[await play.woman(1, ageless), await play.woman(2, ageless), await play.woman(3, ageless)]}::uuid[])`
      await full.execute(tx)
      await expect(sql`SELECT app.count_screening(${id}::uuid)`.execute(tx)).rejects.toThrow(
        'screening_day_full_check',
      )
    }))
})

describe('the hospital', () => {
  it('gets name, phone, code and day alone, of whoever agreed; she reads that it was handed over', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const woman = await play.woman(1, ageless)
      well(await play.list(id, [woman]))
      well(await play.book(id, [await entryOfPerson(tx, woman)], days[0]!))
      const ask = (who: string) => stage.as(who).post<Refusal>(play.at(id, '/list'), { hospital })
      for (const who of ['D1', 'U4', 'C', 'D2'])
        expect([who, (await ask(who)).status]).not.toEqual([who, 200])
      well(await ask('D1b'))
      const [sheet] = await rows<{ n: number; reason: string }>(
        tx,
        sql`SELECT count(*)::int AS n, min(reason) AS reason FROM app.person_access WHERE person_id = ${woman}::uuid AND purpose = 'handOver' AND field = 'phone'`,
      )
      expect(sheet).toEqual({ n: 1, reason: `交给${hospital}的预约名单：姓名、手机号码、预约编码、预约日期` })
      well(await stage.as('U4').del(`/api/persons/${woman}/consents/handOver`))
      expect(issues(await ask('D1b'))).toEqual(['hospital'])
    }))

  it('and her unit go on with nobody who took one of both consents back, and what she signed before does not bring it again', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const woman = await play.woman(1, ageless)
      well(await play.list(id, [woman]))
      const entry = await entryOfPerson(tx, woman)
      well(await play.book(id, [entry], days[0]!))
      well(await stage.as('U4').del(`/api/persons/${woman}/consents/screening`))
      expect(told(await play.book(id, [entry], days[2]!))).toEqual([
        422,
        expect.stringContaining('已撤回同意'),
      ])
      const list = await stage.as('D1b').post<Refusal>(play.at(id, '/list'), { hospital })
      expect(told(list)).toEqual([422, expect.stringContaining('已撤回同意')])
      well(await stage.as('U4').post(play.at(id, '/cancellations'), { entryIds: [entry] }))
      const tookBack = (at: string) =>
        sql`UPDATE app.consent SET withdrawn_at = ${at}::timestamptz WHERE person_id = ${woman}::uuid AND withdrawn_at IS NOT NULL`.execute(
          tx,
        )
      await tookBack('2020-04-16T01:00:00Z')
      const again = await play.list(id, [woman])
      expect([issues(again), told(again)[1]]).toEqual([
        ['personIds'],
        expect.stringContaining('已在 2020-04-16 撤回同意'),
      ])
      await tookBack('2020-04-15T15:59:00Z')
      well(await play.list(id, [woman]))
    }))

  it('sends attendance back by code: it counts itself once, as by name, and any other column is refused as a whole', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const women = [await play.woman(1, ageless), await play.woman(2, ageless), await play.woman(3, ageless)]
      well(await play.list(id, women))
      const all = (await play.entries('U4', id)).map((one) => one.id)
      well(await play.book(id, all, days[0]!))
      const [a, b, c] = (await play.entries('D1b', id)).map((one) => one.code!)
      const more = await play.came(
        id,
        [`${a},到检,,宫颈低度病变`],
        'D1b',
        '预约编码,到检,请本人联系医院,诊断',
      )
      expect([more.status, more.body.message]).toEqual([422, expect.stringContaining('多了“诊断”一栏')])
      const beside = well(
        await play.came(id, [`${a},乳腺结节,`, `${b},到检,需复查`, `${c},到检,,恶性`, '宫颈低度病变,到检,']),
      ).faults
      expect(beside.map(({ row }) => row)).toEqual([2, 3, 4, 5])
      expect(JSON.stringify(beside)).not.toMatch(/结节|复查|恶性|病变/)
      expect((await play.came(id, [`${a},到检,`], 'D1')).status).toBe(403)

      // Who listed one of them takes the others in, and her not.
      const lister = (who: string) =>
        sql`UPDATE app.screening_entry SET listed_person = ${stage.world.person(who).personId}::uuid WHERE code = ${b!}`.execute(
          tx,
        )
      await lister('D1b')
      expect(well(await play.came(id, [`${b},到检,`]))).toMatchObject({
        attended: 0,
        faults: [{ row: 2, message: expect.stringContaining('须是两个人') }],
      })
      await lister('U4')

      const done = well(await play.came(id, [`${a},到检,是`, `${b},到检,`, `${c},未到,`]))
      expect(done).toEqual({ attended: 2, missed: 1, again: 0, followUps: 1, faults: [] })
      expect(well(await play.came(id, [`${a},到检,是`, `${b},未到,`]))).toMatchObject({
        attended: 0,
        again: 1,
        followUps: 0,
        faults: [{ row: 3 }],
      })
      const records = await rows(
        tx,
        sql`SELECT s.persons, s.cost, s.fund, s.round, r.state, r.grade, r.org_id FROM app.screening s JOIN app.record r ON r.district_id = s.district_id AND r.id = s.record_id`,
      )
      expect(records).toEqual([
        {
          persons: 2,
          cost: 1000,
          fund: '市总',
          round: '2020年第一批',
          state: 'accepted',
          grade: '实名',
          org_id: stage.world.org('D1'),
        },
      ])
      const figures = await stage.as('D1').get('/api/figures?year=2020')
      expect(figures.raw).toMatch(
        /"screening\.persons","value":2\b|"id":"screening\.persons"[^}]*"value":2\b/,
      )

      // Who came: her own union and the named; the tier between and above counts alone. Who is to call: the named for it alone.
      for (const who of ['U4', 'D1b'])
        expect([who, (await play.entries(who, id, '?state=attended')).length]).toEqual([who, 2])
      for (const who of ['D1', 'C', 'U5', 'S1'])
        expect([who, (await stage.as(who).get<EntryList>(play.at(id, '/entries'))).body.rows ?? []]).toEqual([
          who,
          [],
        ])
      expect((await play.read('D1', id)).counts).toMatchObject({ attended: 2, missed: 1 })
      expect([(await play.read('D1', id)).follow, (await play.read('U4', id)).follow]).toEqual([null, null])
      expect((await play.read('D1b', id)).follow).toEqual({ needed: 1, closed: 0 })
      for (const who of ['D1', 'U4', 'C'])
        expect((await stage.as(who).get(play.at(id, '/follows'))).status).toBe(403)
      const [one] = well(await stage.as('D1b').get<Follows>(play.at(id, '/follows')))
      well(await stage.as('D1b').put(play.at(id, '/follows'), { entryId: one!.entryId }))
      expect((await play.read('D1b', id)).follow).toEqual({ needed: 0, closed: 1 })

      // Who missed it may be listed again; who came not before her cycle is over.
      expect((await play.members(id, 'due')).rows.map((w) => w.id)).toHaveLength(1)
      const satisfaction = (satisfied: number) =>
        stage.as('D1').put<Refusal>(play.at(id, '/satisfaction'), { satisfied, fair: 0, dissatisfied: 1 })
      expect(issues(await satisfaction(2))).toEqual(['satisfied'])
      well(await satisfaction(1))
      well(await play.step('D1', id, 'close'))
      expect((await stage.as('U4').get<RoundDetail>(play.at(id))).body).toMatchObject({
        state: 'closed',
        told: null,
      })
      expect((await play.read('D1', id)).told).toMatchObject({ satisfied: 1 })
    }))

  it('leaves no column and no text that could hold what was found', () =>
    stage.trial(async (tx) => {
      const texts = await rows<{ line: string }>(
        tx,
        sql`SELECT table_name || '.' || column_name AS line FROM information_schema.columns c WHERE table_schema = 'app' AND table_name LIKE 'screening\\_%'
          AND data_type NOT IN ('uuid', 'integer', 'smallint', 'numeric', 'date', 'timestamp with time zone')
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'c' AND k.conrelid = ('app.' || table_name)::regclass
            AND pg_get_constraintdef(k.oid) LIKE '%' || column_name || ' = ANY%') ORDER BY 1`,
      )
      // What is typed are a title and a hospital, both refused words of a result above; code and rule are the program's.
      expect(texts.map(({ line }) => line)).toEqual([
        'screening_day.hospital',
        'screening_entry.code',
        'screening_round.rule_basis',
        'screening_round.rule_version',
        'screening_round.title',
      ])
    }))
})

describe('a woman who left the unit that listed her', () => {
  it('is taken off by it or by who is named, booked by neither, and the round can close', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const women = [await play.woman(1, ageless), await play.woman(2, ageless)]
      well(await play.list(id, women))
      const cancel = (who: string, entryIds: string[]) =>
        stage.as(who).post<Refusal>(play.at(id, '/cancellations'), { entryIds })
      const [a, b] = (await play.entries('U4', id)).map((one) => one.id)
      expect((await play.entries('D1b', id)).map((one) => one.own)).toEqual([false, false])
      expect((await cancel('D1b', [a!])).status).toBe(422)
      await sql`UPDATE app.person SET org_id = ${stage.world.org('U5')} WHERE id = ANY (${women}::uuid[])`.execute(
        tx,
      )
      for (const who of ['U4', 'D1b'])
        expect((await play.entries(who, id)).map((one) => [one.name, one.own])).toEqual([
          ['（已转出）', true],
          ['（已转出）', true],
        ])
      expect(told(await play.book(id, [a!], days[0]!))).toEqual([
        422,
        expect.stringContaining('已转出本单位'),
      ])
      well(await cancel('U4', [a!]))
      expect((await cancel('D1', [b!])).status).toBe(422)
      well(await cancel('D1b', [b!]))
      well(await play.step('D1', id, 'close'))
    }))
})

describe('an erased woman', () => {
  it('leaves her place to another and no code, and that somebody came stays counted', () =>
    stage.trial(async (tx) => {
      const { id, days } = await play.opened()
      const women = [await play.woman(1, ageless), await play.woman(2, ageless)]
      well(await play.list(id, women))
      well(
        await play.book(
          id,
          (await play.entries('U4', id)).map((one) => one.id),
          days[0]!,
        ),
      )
      const codes = (await play.entries('D1b', id)).map((one) => one.code!)
      well(await play.came(id, [`${codes[0]},到检,是`]))
      for (const woman of women) await sql`SELECT app.forget_person(${woman}::uuid)`.execute(tx)
      expect(
        await rows(tx, sql`SELECT state, code, attended_on FROM app.screening_entry ORDER BY state`),
      ).toEqual([
        { state: 'attended', code: null, attended_on: today },
        { state: 'cancelled', code: null, attended_on: null },
      ])
      expect(await rows(tx, sql`SELECT 1 FROM app.screening_follow`)).toEqual([])
      expect((await play.read('D1', id)).days[0]!.taken).toBe(1)
    }))
})

describe('a childcare class', () => {
  childcareCases(() => stage)
})
