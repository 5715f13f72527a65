import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Candidate, Checked, Issued, MyCertificates } from '#certificate/api.ts'
import type { Attendance } from '#signup/api.ts'
import type { MyTicket, ScansDone } from '#signup/scanApi.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventsAt } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import { playOn, type Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

let stage: Stage
let play: ReturnType<typeof eventsAt>
beforeAll(async () => {
  stage = await openStage()
  play = eventsAt(stage)
})
afterAll(() => stage.close())
afterEach(() => setDay(today))
const setDay = (day: string) => {
  stage.world.deps.today = () => day
}
const issues = (refused: { body: Refusal }) => refused.body.issues?.map(({ field }) => field)

const women = ['worker', 'U1', 'U1b', 'U2', 'U3', 'U4', 'U5'] as const
type Woman = (typeof women)[number]
const minuteMs = 60_000

/** A class of six evenings of two hours each, five of which are asked for, each for four fifths; seven have a place. */
async function sixEvenings(tx: Tx) {
  await play.register(tx, ...women)
  const begin = play.now().getTime() + 60 * minuteMs
  const sessions = Array.from({ length: 6 }, (_, n) => ({
    startsAt: new Date(begin + n * 1440 * minuteMs).toISOString(),
    endsAt: new Date(begin + (n * 1440 + 120) * minuteMs).toISOString(),
  }))
  const changes = {
    cap: 9,
    opensAt: new Date(begin - 120 * minuteMs).toISOString(),
    closesAt: new Date(begin - 30 * minuteMs).toISOString(),
    cancelUntil: sessions[0]!.startsAt,
    startsAt: sessions[0]!.startsAt,
    endsAt: sessions[5]!.endsAt,
    sessions,
    doneRule: { sessions: 5, share: 80 },
  }
  const id = await play.put(changes)
  for (const who of women) well(await play.enter(who, id))
  const ids = (await play.read('D1', id)).sessions.map((one) => one.id)
  const ticket = async (who: Woman) =>
    well(await stage.as(who).get<MyTicket>(`/api/enrolments/${(await play.entryOf(who, id))!.id}/ticket`))
      .ticket
  const tickets = new Map<Woman, string>()
  for (const who of women) tickets.set(who, await ticket(who))
  /** Scanned so many minutes after the start of evenings, by one telephone or another. */
  const scan = async (who: Woman, evenings: readonly number[], after = 0, device = '门口') =>
    well(
      await stage.as('D1').post<ScansDone & Refusal>(play.at(id, '/scans'), {
        device,
        deviceNow: play.now().toISOString(),
        scans: evenings.map((n) => ({
          id: randomUUID(),
          ticket: tickets.get(who)!,
          at: new Date(Date.parse(sessions[n]!.startsAt) + after * minuteMs).toISOString(),
        })),
      }),
    ).results.map(({ outcome, code }) => code ?? outcome)
  const note = (
    who: Woman,
    evening: number,
    state: NonNullable<Attendance['session']>['state'],
    missedMinutes: number | null = null,
    hasCome = true,
  ) => play.tick(id, [play.person(who)], hasCome, 'paper', { id: ids[evening]!, state, missedMinutes })
  return { id, changes, sessions, scan, note }
}

it('evenings of a class are refused at the field where something is wrong', () =>
  stage.trial(async (tx) => {
    const { changes } = await sixEvenings(tx)
    const [one, two] = changes.sessions
    for (const [change, field] of [
      [{ doneRule: { sessions: 7, share: 80 } }, 'doneRule'],
      [{ doneRule: null }, 'doneRule'],
      [{ sessions: [] }, 'doneRule'],
      [
        { sessions: [two!, one!], endsAt: two!.endsAt, doneRule: { sessions: 1, share: 80 } },
        'sessions.1.startsAt',
      ],
      [{ endsAt: two!.endsAt }, 'sessions'],
    ] as const)
      expect([change, issues(await play.make({ ...changes, ...change }))]).toEqual([
        change,
        expect.arrayContaining([field]),
      ])
  }))

it('of six sessions whoever was in five for four fifths of the time has done the class: late, gone early, made up, excused; it counts once, and the certificate is hers', () =>
  stage.trial(async (tx) => {
    const { id, scan, note } = await sixEvenings(tx)
    // The code on the wall is for the evening that is on: it begins in an hour.
    const { url } = well(await play.code(id))
    well(await play.checkIn('worker', url))
    expect(
      (await play.mine('worker')).rows.find((row) => row.id === id)!.sessions.map(({ state }) => state),
    ).toEqual(['came', null, null, null, null, null])
    expect((await note('U2', 4, 'came')).body.message).toContain('还没有到签到时间')
    expect((await note('U2', 4, 'madeUp')).body.message).toContain('上完以后')
    expect((await play.tick(id, [play.person('U2')])).body.message).toContain('先选是哪一次课')
    setDay('2020-04-24')
    expect(await scan('worker', [1, 2, 3, 4, 5])).toEqual(Array(5).fill('taken'))
    // Each evening has its own conflict, and a time that is in none is refused.
    expect(await scan('worker', [1], 3, '后门')).toEqual(['conflict'])
    expect(await scan('worker', [1], 12 * 60)).toEqual(['session'])
    await scan('U1', [0, 1, 2, 3, 4])
    await scan('U2', [0, 1, 2, 3])
    well(await note('U2', 5, 'madeUp'))
    // What a telephone without a line had kept comes too late for what staff noted.
    expect(await scan('U2', [5], 40)).toEqual(['again'])
    // A quarter late: four evenings are left. A fifth late is just in time.
    await scan('U3', [0, 1, 2, 3])
    await scan('U3', [4], 30)
    await scan('U4', [0, 1, 2, 3])
    await scan('U4', [4], 24)
    await scan('U5', [0, 1, 2, 3])
    for (const evening of [4, 5]) well(await note('U5', evening, 'excused'))
    await scan('U1b', [0, 1, 2, 3, 4])
    expect((await note('U1b', 4, 'came', 121)).body.message).toContain('缺课时间')
    well(await note('U1b', 4, 'came', 25))
    // Noted by mistake, and taken back.
    well(await note('U3', 5, 'came'))
    well(await note('U3', 5, 'came', null, false))
    // Her own union learns that she has a place, not on which evenings she came; a cadre sees her own.
    const ofUnit = (await play.read('U1b', id)).entries.filter(({ presences }) => presences.length > 0)
    expect(ofUnit.map(({ name }) => name)).toEqual(['示例U1b'])
    well(await play.step(id, 'end'))
    expect((await note('U5', 5, 'madeUp')).status).toBe(409)
    const { entries } = await play.read('D1', id)
    expect(entries.filter(({ isDone }) => isDone).map(({ name }) => name.slice(2))).toEqual([
      'worker',
      'U1',
      'U2',
      'U4',
    ])
    expect((await play.entryOf('U3', id))!.isDone).toBe(false)

    const record = () =>
      stage.as('D1').post<{ recordId: string; women: number } & Refusal>(play.at(id, '/record'), {
        carrier: '流动课堂',
        subject: '插花',
        hours: 12,
      })
    const { recordId, women: counted } = well(await record())
    expect(counted).toBe(4)
    expect((await record()).status).toBe(409)
    const certify = (body: object = {}, who = 'D1') =>
      stage.as(who).post<Issued & Refusal>('/api/certificates', {
        layout: 'training-completion',
        records: [recordId],
        ...body,
      })
    expect(issues(await certify())).toEqual(['records'])
    const [{ version }] = (await rows<{ version: number }>(
      tx,
      sql`SELECT version FROM app.record WHERE id = ${recordId}::uuid`,
    )) as [{ version: number }]
    await playOn(stage.as).mustAct('D1b', { id: recordId, version }, { action: 'accept' })
    const offered = well(
      await stage
        .as('D1')
        .get<{ rows: Candidate[] }>('/api/certificates/candidates?layout=training-completion&year=2020'),
    )
    expect(offered.rows.map(({ id: of, named }) => [of, named])).toEqual([[recordId, 4]])
    expect(issues(await certify({ names: ['示例别人'] }))).toEqual(['names'])
    const made = well(await certify())
    expect(made.ids).toHaveLength(4)
    expect(issues(await certify())).toEqual(['records'])

    const hers = async (who: string) =>
      well(await stage.as(who).get<MyCertificates>('/api/my/certificates')).rows
    const [mine] = await hers('worker')
    expect([mine!.title, mine!.state, mine!.words]).toEqual([
      '结业证书',
      'valid',
      expect.stringContaining('示例插花班'),
    ])
    expect(await hers('U3')).toEqual([])
    const paper = (who: string) => stage.as(who).get(`/api/my/certificates/${mine!.id}/file`)
    expect((await paper('worker')).raw.slice(0, 5)).toBe('%PDF-')
    expect((await paper('U3')).status).toBe(404)
    const check = async (code: string) =>
      well(await stage.as(null).get<Checked & Refusal>(`/api/certificates/check/${code}`))
    expect(await check(mine!.code)).toMatchObject({
      state: 'valid',
      recipient: expect.stringMatching(/^示\*+$/),
    })
    // Her name was written wrongly in the register: issued anew, the first one is told to be superseded.
    await sql`UPDATE app.person SET name = '示例文娟' WHERE id = ${play.person('worker')}::uuid`.execute(tx)
    well(
      await stage
        .as('D1')
        .post<Issued & Refusal>(`/api/certificates/${mine!.id}/renewal`, { reason: '姓名写错了' }),
    )
    expect((await hers('worker')).map(({ state }) => state).toSorted()).toEqual(['superseded', 'valid'])
    expect((await check(mine!.code)).state).toBe('superseded')
    // Erased, her evenings go; that four have done the class stays.
    await sql`SELECT app.forget_presences(ARRAY[${play.person('U1')}::uuid])`.execute(tx)
    expect(
      await rows(tx, sql`SELECT 1 FROM app.event_presence WHERE person_id = ${play.person('U1')}::uuid`),
    ).toEqual([])
  }))
