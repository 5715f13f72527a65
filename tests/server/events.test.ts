import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EventDetail, NewEvent } from '#signup/api.ts'
import { refusalWords } from '#signup/states.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventBody, eventsAt } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import { peek, type Refusal } from '../support/play.ts'
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

const women = ['worker', 'U1', 'U1b', 'U2', 'U3', 'U4', 'U5'] as const
/** A trial in which the people of the world are women in the register. */
const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    await play.register(tx, ...women)
    await work(tx)
  })
const issues = (refused: { body: Refusal }) => refused.body.issues?.map(({ field }) => field)
const why = (refused: { status: number; body: Refusal }) => [refused.status, refused.body.details?.['why']]
/** All that a refusal says. */
const tells = ({ status, body }: { status: number; body: Refusal }) => [status, body.message, body.details]
const told = async (tx: Tx, who: string) =>
  (
    await rows<{ subject: string }>(
      tx,
      sql`SELECT subject FROM app.message WHERE account_id = ${stage.world.person(who).accountId}::uuid ORDER BY at, id`,
    )
  ).map(({ subject }) => subject)
const choose = (entry: string, body: object, who = 'D1') =>
  stage.as(who).put<Refusal>(`/api/enrolments/${entry}/decision`, body)
const audited = async (tx: Tx, id: string) =>
  (
    await rows<{ action: string }>(
      tx,
      sql`SELECT action FROM app.audit WHERE object = ${`event:${id}`} AND on_behalf = 'clock' ORDER BY action`,
    )
  ).map(({ action }) => action)
/** Moves a time of an event, which no right of the app has. */
const moveTime = (tx: Tx, id: string, column: string, seconds: number) =>
  sql`UPDATE app.event SET ${sql.raw(column)} = ${new Date(play.now().getTime() + seconds * 1000).toISOString()}::timestamptz WHERE id = ${id}::uuid`.execute(
    tx,
  )
const noDrift = async (tx: Tx) => expect(await rows(tx, sql`SELECT * FROM app.event_drift()`)).toEqual([])

const script = (draw: object) => {
  const file = join(mkdtempSync(join(tmpdir(), 'draw-')), 'draw.json')
  writeFileSync(file, JSON.stringify(draw))
  try {
    return {
      code: 0,
      said: execFileSync('node', ['src/web/public/draw-check.mjs', file], { encoding: 'utf8' }),
    }
  } catch (error) {
    return { code: (error as { status: number }).status, said: (error as { stdout: string }).stdout }
  }
}

const running = async (changes: object = {}) => {
  const start = play.now().getTime()
  const iso = (hours: number) => new Date(start + hours * 3_600_000).toISOString()
  return play.put({
    opensAt: iso(-1),
    closesAt: iso(0.5),
    cancelUntil: iso(0.9),
    startsAt: iso(1),
    endsAt: iso(2),
    ...changes,
  })
}

describe('an event', () => {
  it('is refused at the field where something is wrong', () =>
    trial(async () => {
      const slot = { startsAt: '2020-05-02T09:00:00+08:00', endsAt: '2020-05-02T10:00:00+08:00', cap: 3 }
      const faults: [Partial<NewEvent>, string][] = [
        [{ title: '' }, 'title'],
        [{ place: ' ' }, 'place'],
        [{ cap: 0 }, 'cap'],
        [{ opensAt: '2020-04-21T00:00:00+08:00' }, 'closesAt'],
        [{ startsAt: '2020-04-20T09:00:00+08:00', cancelUntil: '2020-04-19T09:00:00+08:00' }, 'startsAt'],
        [{ endsAt: '2020-05-01T09:00:00+08:00' }, 'endsAt'],
        [{ mode: 'draw', closesAt: eventBody.startsAt }, 'startsAt'],
        [{ cancelUntil: '2020-05-01T09:00:01+08:00' }, 'cancelUntil'],
        [{ allotments: [{ orgId: stage.world.org('D2'), cap: 1 }], isPublic: false }, 'allotments'],
        [{ hasList: false, slots: [{ ...slot, endsAt: slot.startsAt }] }, 'slots.0.endsAt'],
        [{ hasList: false, mode: 'draw', slots: [slot] }, 'mode'],
        [{ slots: [slot] }, 'hasList'],
      ]
      for (const [change, field] of faults)
        expect([change, issues(await play.make(change))]).toEqual([change, [field]])
    }))

  it('is mended as long as it is a draft, and seen by nobody else before it is put up', () =>
    trial(async () => {
      const { id } = well(await play.make({ allotments: [{ orgId: stage.world.org('S1'), cap: 1 }] }))
      for (const who of ['U1', 'C', 'D2', 'U4'])
        expect((await stage.as(who).get(play.at(id))).status).toBe(404)
      expect((await play.mine('worker')).rows).toEqual([])
      const edit = (who: string, body: object) =>
        stage.as(who).put<Refusal>(play.at(id), { ...eventBody, ...body })
      expect((await edit('D1', { version: 7 })).status).toBe(409)
      expect((await edit('U1', { version: 1 })).status).toBe(404)
      well(await edit('D1b', { version: 1, title: '改了名的班', mode: 'draw', cap: 5 }))
      const now = await play.read('D1', id)
      expect([now.title, now.mode, now.cap, now.allotments]).toEqual(['改了名的班', 'draw', 5, []])
      well(await play.step(id, 'publish'))
      expect((await play.step(id, 'publish')).status).toBe(409)
      expect((await edit('D1', { version: 3 })).status).toBe(409)
      expect((await play.read('U5', id)).isOwner).toBe(false)
      expect((await play.list('U5', 'open')).map((one) => one.id)).toEqual([id])
      const { id: dropped } = well(await play.make())
      well(await play.step(dropped, 'drop'))
      expect((await stage.as('D1').get(play.at(dropped))).status).toBe(404)
    }))
})

describe('signing up', () => {
  it('gives two a place and the others a turn, once through every door, and tells who moves up', () =>
    trial(async (tx) => {
      const id = await play.put()
      expect(well(await play.enter('worker', id))).toMatchObject({ state: 'placed', ahead: null })
      // By phone and by the cadre of her unit she is one and the same.
      const both = well(await play.proxy('U1', id, [play.person('worker'), play.person('U1b')]))
      expect(both.map(({ state, refusal }) => [state, refusal])).toEqual([
        [null, refusalWords.already],
        ['placed', null],
      ])
      expect(well(await play.enter('U2', id))).toMatchObject({ state: 'waiting', ahead: 0 })
      expect(well(await play.enter('U3', id))).toMatchObject({ state: 'waiting', ahead: 1 })
      expect(why(await play.enter('worker', id))).toEqual([409, 'already'])
      // Who is no member of her unit, no cadre signs up.
      expect(well(await play.proxy('U1', id, [play.person('U3')]))[0]!.refusal).toBe(refusalWords.person)
      const entry = (await play.entryOf('worker', id))!
      expect((await play.act('U2', entry.id, 'leave')).status).toBe(404)
      expect(well(await play.act('worker', entry.id, 'leave')).state).toBe('cancelled')
      expect((await play.entryOf('U2', id))!.state).toBe('placed')
      expect(await told(tx, 'U2')).toEqual([expect.stringContaining('候补成功')])
      expect(await told(tx, 'U1b')).toEqual([expect.stringContaining('所在单位已为您报名')])
      expect((await play.mine('U2')).news).toHaveLength(1)
      expect((await play.entryOf('U3', id))!.ahead).toBe(0)
      await noDrift(tx)
    }))

  it('does a repeated request once and answers it the same', () =>
    trial(async (tx) => {
      const id = await play.put()
      const key = 'the-same-key-twice-1'
      const first = well(await play.enter('worker', id, key))
      expect(well(await play.enter('worker', id, key))).toEqual(first)
      expect((await rows(tx, sql`SELECT 1 FROM app.enrolment`)).length).toBe(1)
      expect((await rows(tx, sql`SELECT 1 FROM app.audit WHERE action = 'event.enrol'`)).length).toBe(1)
    }))

  it('says why not: too early, too late, not for her unit, no allotment, full, not in the register', () =>
    trial(async () => {
      const later = await play.put({ opensAt: '2020-04-18T00:00:00+08:00' })
      expect(why(await play.enter('worker', later))).toEqual([409, 'early'])
      setDay('2020-04-21')
      expect(why(await play.enter('worker', later))).toEqual([409, 'late'])
      setDay(today)
      const own = await play.put({ isPublic: false })
      expect(why(await play.enter('U5', own))).toEqual([409, 'outside'])
      expect((await play.list('U5', 'open')).map((one) => one.id)).not.toContain(own)
      const allotted = await play.put({ allotments: [{ orgId: stage.world.org('S1'), cap: 1 }] })
      expect(why(await play.enter('U4', allotted))).toEqual([409, 'unallotted'])
      well(await play.enter('U1', allotted))
      expect(well(await play.enter('U2', allotted)).state).toBe('waiting')
      const full = await play.put({ cap: 1, hasList: false })
      well(await play.enter('U1', full))
      expect(why(await play.enter('U2', full))).toEqual([409, 'full'])
      expect(why(await play.enter('U1', full))).toEqual([409, 'already'])
      expect(why(await play.enter('U6', full))).toEqual([409, 'person'])
      expect((await play.mine('U6')).isRegistered).toBe(false)
      well(await play.step(full, 'cancel', '老师临时有事'))
      expect(why(await play.enter('U2', full))).toEqual([409, 'stopped'])
    }))

  it('closes when its organiser says so, and raised places go to the line', () =>
    trial(async (tx) => {
      const id = await play.put({ cap: 1 })
      for (const who of ['worker', 'U2', 'U3']) well(await play.enter(who, id))
      expect((await stage.as('U1').put(play.at(id, '/cap'), { cap: 9 })).status).toBe(404)
      expect(well(await stage.as('D1').put(play.at(id, '/cap'), { cap: 2 }))).toEqual({ promoted: 1 })
      expect(await told(tx, 'U2')).toHaveLength(1)
      well(await play.step(id, 'close'))
      expect(why(await play.enter('U4', id))).toEqual([409, 'late'])
      well(await stage.as('D1').put(play.at(id, '/cap'), { cap: 1 }))
      expect((await play.read('D1', id)).counts.placed).toBe(2)
      await noDrift(tx)
    }))

  it('tells who signed others up that there is news, once, in the third person, as long as she is in post', () =>
    trial(async (tx) => {
      const id = await play.put({ cap: 5 })
      well(await play.proxy('U1', id, [play.person('worker'), play.person('U1b')]))
      const word = '您代报的会员有新结果：示例插花班'
      well(await stage.as('D1').post(play.at(id, '/words'), { body: '请带围裙' }))
      expect(await told(tx, 'U1')).toEqual([])
      well(await play.step(id, 'cancel', '场地漏雨，改期另行通知'))
      expect(await told(tx, 'U1')).toEqual([word])
      expect((await told(tx, 'U1b')).at(-1)).toContain('场地漏雨')
      const other = await play.put({ title: '另一个班' })
      well(await play.proxy('U1', other, [play.person('worker')]))
      await sql`UPDATE app.post SET until_on = current_date - 1 WHERE account_id = ${stage.world.person('U1').accountId}::uuid`.execute(
        tx,
      )
      well(await play.step(other, 'cancel', '场地漏雨，改期另行通知'))
      expect(await told(tx, 'U1')).toEqual([word])
    }))

  it('shows a unit neither what is not open to it nor how many of another unit signed up', () =>
    trial(async () => {
      const own = await play.put({ isPublic: false })
      expect((await stage.as('D2').get(play.at(own))).status).toBe(404)
      expect((await stage.as('U1').get(play.at(own))).status).toBe(200)
      const id = await play.put({
        allotments: [
          { orgId: stage.world.org('S1'), cap: 2 },
          { orgId: stage.world.org('D1'), cap: 2 },
        ],
      })
      well(await play.enter('worker', id))
      const taken = async (who: string) =>
        (await play.read(who, id)).allotments.map((one) => String(one.taken))
      expect((await taken('D1')).toSorted()).toEqual(['1', '1'])
      expect(await taken('U1')).toEqual(['null', 'null'])
      expect((await taken('S1')).toSorted()).toEqual(['1', 'null'])
    }))

  it('that is called off tells everybody why', () =>
    trial(async (tx) => {
      const id = await play.put({ cap: 1 })
      for (const who of ['worker', 'U2']) well(await play.enter(who, id))
      expect(issues(await play.step(id, 'cancel', '雨'))).toEqual(['reason'])
      well(await play.step(id, 'cancel', '场地漏雨，改期另行通知'))
      for (const who of ['worker', 'U2']) {
        expect(await told(tx, who)).toEqual([expect.stringContaining('场地漏雨')])
        expect(await play.entryOf(who, id)).toMatchObject({
          state: 'cancelled',
          reason: '场地漏雨，改期另行通知',
        })
      }
      await noDrift(tx)
    }))

  it('shows its list to the organiser, of another unit only its own women, and prints it', () =>
    trial(async () => {
      const id = await play.put()
      for (const who of ['worker', 'U2', 'U5']) well(await play.enter(who, id))
      const names = async (who: string) => (await play.read(who, id)).entries.map((one) => one.name)
      expect(await names('D1')).toEqual(['示例worker', '示例U2', '示例U5'])
      expect(await names('U1')).toEqual(['示例worker'])
      for (const who of ['C', 'D2', 'S1']) expect(await names(who)).toEqual([])
      const file = await stage.as('D1').get(play.at(id, '/list'))
      expect([file.status, String(file.headers['content-type'])]).toEqual([
        200,
        expect.stringContaining('sheet'),
      ])
      expect((await stage.as('U1').get(play.at(id, '/list'))).status).toBe(404)
    }))
})

describe('an offer in the last day', () => {
  it('is told, taken, or goes on to the next when the clock has run out', () =>
    trial(async (tx) => {
      // It begins before the day is over, so that who moves up is asked.
      const soon = new Date(play.now().getTime() + 20 * 3_600_000).toISOString()
      const id = await play.put({
        cap: 1,
        closesAt: new Date(play.now().getTime() + 3_600_000).toISOString(),
        cancelUntil: soon,
        startsAt: soon,
        endsAt: new Date(Date.parse(soon) + 3_600_000).toISOString(),
        offerHours: 1,
      })
      for (const who of ['worker', 'U2', 'U3']) well(await play.enter(who, id))
      well(await play.act('worker', (await play.entryOf('worker', id))!.id, 'leave'))
      const offered = (await play.entryOf('U2', id))!
      expect([offered.state, await told(tx, 'U2')]).toEqual([
        'offered',
        [expect.stringContaining('候补到位')],
      ])
      await sql`UPDATE app.enrolment SET offer_until = ${play.now().toISOString()}::timestamptz WHERE id = ${offered.id}::uuid`.execute(
        tx,
      )
      expect(why(await play.act('U2', offered.id, 'take'))).toEqual([409, 'gone'])
      await play.sweep()
      expect((await play.entryOf('U2', id))!.state).toBe('expired')
      expect((await told(tx, 'U2'))[1]).toContain('逾期没有确认')
      expect(await audited(tx, id)).toEqual(['event.expire', 'event.promote'])
      // Nothing is due any more: nothing is noted.
      expect(await play.sweep()).toEqual([])
      const next = (await play.entryOf('U3', id))!
      expect(next.state).toBe('offered')
      expect(well(await play.act('U3', next.id, 'take')).state).toBe('placed')
      await noDrift(tx)
    }))
})

describe('slots of a series', () => {
  const slots = [2, 3].map((day) => ({
    startsAt: `2020-05-0${day}T09:00:00+08:00`,
    endsAt: `2020-05-0${day}T10:00:00+08:00`,
    cap: 1,
  }))

  it('are one a woman, and changed in one act or not at all', () =>
    trial(async (tx) => {
      const first = await play.put({ cap: 1, hasList: false, slots })
      const [second, third] = (await play.read('D1', first)).slots.map((one) => one.id) as [string, string]
      const entry = well(await play.enter('worker', first))
      expect(why(await play.enter('worker', second))).toEqual([409, 'slot'])
      well(await play.enter('U2', second))
      const to = (eventId: string) => play.act('worker', entry.id, 'slot', { eventId })
      expect(why(await to(second))).toEqual([409, 'full'])
      expect((await play.entryOf('worker', first))!.state).toBe('placed')
      const other = await play.put()
      expect(why(await to(other))).toEqual([409, 'event'])
      expect(well(await to(third)).state).toBe('placed')
      expect((await play.entryOf('worker', first))!.state).toBe('cancelled')
      expect(
        why(await play.act('U2', (await play.entryOf('U2', second))!.id, 'slot', { eventId: third })),
      ).toEqual([409, 'full'])
      await noDrift(tx)
    }))
})

describe('a choice by the organiser', () => {
  it('takes or refuses with the reason that she reads; of a draw nobody is taken by hand', () =>
    trial(async (tx) => {
      const id = await play.put({ mode: 'review', cap: 1 })
      for (const who of ['worker', 'U2']) expect(well(await play.enter(who, id)).state).toBe('asked')
      const [one, two] = (await play.read('D1', id)).entries
      expect((await choose(one!.id, { isTaken: true }, 'U1')).status).toBe(404)
      expect(issues(await choose(two!.id, { isTaken: false }))).toEqual(['reason'])
      well(await choose(one!.id, { isTaken: true }))
      expect(why(await choose(two!.id, { isTaken: true }))).toEqual([409, 'full'])
      well(await choose(two!.id, { isTaken: false, reason: '材料不全' }))
      expect(await play.entryOf('U2', id)).toMatchObject({ state: 'refused', reason: '材料不全' })
      expect(await told(tx, 'U2')).toEqual([expect.stringContaining('材料不全')])
      const drawn = await play.put({ mode: 'draw' })
      well(await play.enter('worker', drawn))
      const [asked] = (await play.read('D1', drawn)).entries
      expect((await choose(asked!.id, { isTaken: true })).status).toBe(404)
    }))
})

describe('a draw', () => {
  it('is promised before, frozen at closing, drawn with a value that nobody knew, and recomputed by anybody', () =>
    trial(async (tx) => {
      const id = await play.put({
        mode: 'draw',
        cap: 2,
        drawSource: '2020年4月21日上证指数收盘点位',
        allotments: [
          { orgId: stage.world.org('S1'), cap: 1 },
          { orgId: stage.world.org('D1'), cap: 2 },
        ],
      })
      for (const who of women.slice(0, 6)) expect(well(await play.enter(who, id)).state).toBe('asked')
      const before = await play.draw(id)
      expect(before).toMatchObject({
        secret: null,
        list: null,
        seed: null,
        secretHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
      expect(JSON.stringify(before)).not.toContain('示例U1')
      const go = (value: string) => stage.as('D1').post<Refusal>(play.at(id, '/draw'), { value })
      expect((await go('2852.55')).status).toBe(409)
      setDay('2020-04-22')
      await play.sweep()
      const frozen = await play.draw(id)
      expect([frozen.list!.split('\n').length, frozen.secret, frozen.places]).toEqual([6, null, 2])
      // Which units have places, and how many, is nobody's else.
      expect(frozen.quotas!.split('\n').map((line) => line.split(' ')[2])).toEqual(['名额组1', '名额组2'])
      expect(await audited(tx, id)).toEqual(['event.freeze'])
      // After the freeze she may withdraw; places stand till the draw.
      const gone = (await play.entryOf('U4', id))!
      well(await play.act('U4', gone.id, 'leave'))
      expect((await stage.as('D1').put(play.at(id, '/cap'), { cap: 5 })).status).toBe(422)
      expect(issues(await go(''))).toEqual(['value'])
      well(await go('2852.55'))
      expect((await go('1')).status).toBe(409)
      const drawn = await play.draw(id)
      expect([drawn.placed.length, drawn.withdrawn]).toEqual([2, [gone.seq]])
      expect(script(drawn)).toEqual({ code: 0, said: expect.stringContaining('相符') })
      // Whatever is changed afterwards is found.
      const lines = drawn.list!.split('\n')
      for (const changed of [
        { publicValue: '2852.56' },
        { list: [lines[1], lines[0], ...lines.slice(2)].join('\n') },
        { placed: drawn.placed.toReversed() },
        { secret: drawn.secret!.replace(/^./, (c) => (c === '0' ? '1' : '0')) },
      ])
        expect([changed, script({ ...drawn, ...changed }).code]).toEqual([changed, 1])
      const states = (await play.read('D1', id)).counts
      expect(states).toMatchObject({ placed: 2, waiting: 3, cancelled: 1 })
      expect((await told(tx, 'U3'))[0]).toContain('抽签结果')
      await noDrift(tx)
    }))

  it('without a public value is drawn by the clock at closing; who is not drawn waits in the order of the draw', () =>
    trial(async (tx) => {
      const id = await play.put({ mode: 'draw', cap: 1 })
      for (const who of women) well(await play.enter(who, id))
      setDay('2020-04-22')
      expect(await play.sweep()).toEqual([id])
      expect(await play.sweep()).toEqual([])
      expect(await audited(tx, id)).toEqual(['event.draw', 'event.freeze'])
      const drawn = await play.draw(id)
      expect(script(drawn).code).toBe(0)
      // Her number is in the list still; the line goes by the draw.
      const first = (await play.entryOf('worker', id))!
      expect(drawn.list).toContain(`${first.seq} ${first.id}`)
      const { entries } = await play.read('D1', id)
      const placed = entries.find((one) => one.state === 'placed')!
      const next = entries.filter((one) => one.state === 'waiting')[0]!
      const whoIs = (personId: string) => women.find((who) => play.person(who) === personId)!
      well(await play.act(whoIs(placed.personId), placed.id, 'leave'))
      expect((await play.entryOf(whoIs(next.personId), id))!.state).toBe('placed')
      await noDrift(tx)
    }))
})

describe('who was received before closing', () => {
  it('has the grace to come in; after the freeze nobody does, and each event has a job of its own', () =>
    trial(async (tx) => {
      const [id, other] = [await play.put({ mode: 'draw' }), await play.put({ mode: 'draw' })]
      for (const one of [id, other]) well(await play.enter('worker', one))
      for (const one of [id, other]) await moveTime(tx, one, 'closes_at', -5)
      expect(await play.sweep()).toEqual([])
      const early = await stage.as('D1').post<Refusal>(play.at(id, '/draw'), { value: '' })
      expect(early.status).toBe(409)
      expect((await play.draw(id)).frozenAt).toBeNull()
      for (const one of [id, other]) await moveTime(tx, one, 'closes_at', -11)
      expect((await play.sweep()).toSorted()).toEqual([id, other].toSorted())
      expect((await play.draw(id)).drawnAt).not.toBeNull()
      // As if she had been received in time and had waited for the lock.
      await moveTime(tx, id, 'closes_at', 60)
      expect(why(await play.enter('U2', id))).toEqual([409, 'late'])
    }))

  it('and still waits when it is over, learns it with the reason', () =>
    trial(async (tx) => {
      const id = await running({ cap: 1 })
      for (const who of ['worker', 'U2']) well(await play.enter(who, id))
      const judged = await running({ mode: 'review' })
      well(await play.enter('U3', judged))
      setDay('2020-04-20')
      await play.sweep()
      for (const [who, event] of [
        ['U2', id],
        ['U3', judged],
      ] as const) {
        expect(await play.entryOf(who, event)).toMatchObject({
          state: 'refused',
          reason: expect.stringContaining('活动已经办完'),
        })
        expect((await told(tx, who)).at(-1)).toContain('您没有等到名额')
        expect(await audited(tx, event)).toEqual(['event.end'])
      }
      await noDrift(tx)
    }))
})

describe('who came', () => {
  it('is known by the code on the wall, which a minute later is another, and by the list', () =>
    trial(async (tx) => {
      const id = await running()
      for (const who of ['worker', 'U2', 'U3']) well(await play.enter(who, id))
      const { url } = well(await play.code(id))
      expect((await play.code(id, 'U1')).status).toBe(404)
      expect(
        (
          await play.checkIn(
            'worker',
            url.replace(/.$/, (c) => (c === 'a' ? 'b' : 'a')),
          )
        ).status,
      ).toBe(409)
      expect(why(await play.checkIn('U3', url))).toEqual([409, 'place'])
      for (let n = 0; n < 2; n++) expect(well(await play.checkIn('worker', url)).title).toBe('示例插花班')
      const real = stage.world.deps.today
      // Two days later it is an old picture.
      setDay('2020-04-18')
      expect((await play.checkIn('U2', url)).body.code).toBe('409.423')
      stage.world.deps.today = real
      expect(well(await play.tick(id, [play.person('U2')]))).toMatchObject({ noted: 1 })
      expect(well(await play.tick(id, [play.person('U2')], false))).toMatchObject({ noted: 1 })
      const came = (await play.read('D1', id)).entries.filter((one) => one.cameAt !== null)
      expect(came.map((one) => [one.name, one.cameHow])).toEqual([['示例worker', 'code']])
      await noDrift(tx)
    }))

  it('makes the record of the training by itself, once, with names behind the numbers', () =>
    trial(async (tx) => {
      const id = await running({ cap: 3 })
      for (const who of ['worker', 'U2', 'U3']) well(await play.enter(who, id))
      await sql`UPDATE app.person SET sex = '男' WHERE id = ${play.person('U3')}::uuid`.execute(tx)
      well(await play.tick(id, [play.person('worker'), play.person('U3')], true, 'paper'))
      const record = () =>
        stage.as('D1').post<{ recordId: string; women: number } & Refusal>(play.at(id, '/record'), {
          carrier: '流动课堂',
          subject: '插花',
          hours: 2,
        })
      expect((await record()).status).toBe(409)
      setDay('2020-04-17')
      well(await play.step(id, 'end'))
      expect((await play.tick(id, [play.person('U2')])).status).toBe(409)
      const { recordId, women: n } = well(await record())
      expect(n).toBe(1)
      expect((await record()).status).toBe(409)
      const [made] = await rows<object>(
        tx,
        sql`SELECT r.state, r.grade, r.title, t.women, t.all_count AS all FROM app.record r JOIN app.training t ON t.district_id = r.district_id AND t.record_id = r.id
          WHERE r.id = ${recordId}::uuid`,
      )
      expect(made).toEqual({ state: 'submitted', grade: '实名', title: '示例插花班', women: 1, all: 2 })
      // Taken back, it can be made again.
      const version = 1
      well(
        await stage
          .as('D1')
          .post<Refusal>(`/api/records/training/${recordId}/actions`, { action: 'withdraw', version }),
      )
      expect((await play.read('D1', id)).recordId).toBeNull()
      expect(well(await record()).recordId).not.toBe(recordId)
    }))

  it('makes no training of what is none', () =>
    trial(async () => {
      const id = await running({ kind: 'competition' })
      well(await play.enter('worker', id))
      well(await play.tick(id, [play.person('worker')]))
      setDay('2020-04-17')
      well(await play.step(id, 'end'))
      const refused = await stage
        .as('D1')
        .post<Refusal>(play.at(id, '/record'), { carrier: '流动课堂', subject: '插花', hours: 2 })
      expect(refused.status).toBe(409)
    }))

  it('who stayed away too often is barred with the reason, appeals, and is free the moment she is excused', () =>
    trial(async (tx) => {
      const rule = { noShow: { limit: 2, days: 90 }, cap: 5 }
      const [id, before] = [await running(rule), await running(rule)]
      for (const who of ['worker', 'U2']) well(await play.enter(who, before))
      well(await play.tick(before, [play.person('U2')]))
      for (const who of ['worker', 'U2']) well(await play.enter(who, id))
      well(await play.tick(id, [play.person('U2')]))
      setDay('2020-04-20')
      await play.sweep()
      expect((await play.read('D1', id)).state).toBe('ended')
      const missed = (await play.entryOf('worker', id))!
      expect(missed.noShow).toBe('counted')
      expect((await told(tx, 'worker')).at(-1)).toContain('“我的活动”里说明原因')
      await sql`UPDATE app.event SET opens_at = opens_at - interval '400 days', closes_at = closes_at - interval '400 days', cancel_until = cancel_until - interval '400 days',
        starts_at = starts_at - interval '400 days', ends_at = ends_at - interval '400 days' WHERE id = ${id}::uuid`.execute(
        tx,
      )
      expect([(await play.entryOf('worker', id))?.noShow, await play.entryOf('U2', id)]).toEqual([
        'counted',
        null,
      ])
      await sql`UPDATE app.event SET ends_at = ends_at + interval '400 days' WHERE id = ${id}::uuid`.execute(
        tx,
      )
      expect((await play.entryOf('U2', id))!.noShow).toBeNull()
      const next = await play.put({ ...rule, opensAt: '2020-04-16T00:00:00+08:00' })
      expect(why(await play.enter('worker', next))).toEqual([409, 'barred'])
      // Where no rule was said, nobody is barred.
      const free = await play.put({ opensAt: '2020-04-16T00:00:00+08:00' })
      well(await play.enter('worker', free))
      const answer = (body: object, who = 'D1') =>
        stage.as(who).put<Refusal>(`/api/enrolments/${missed.id}/no-show`, body)
      expect((await play.act('U2', missed.id, 'appeal', { words: '当天孩子发烧' })).status).toBe(404)
      well(await play.act('worker', missed.id, 'appeal', { words: '当天孩子发烧' }))
      expect(why(await play.act('worker', missed.id, 'appeal', { words: '再说一次' }))).toEqual([409, 'gone'])
      expect(why(await play.enter('worker', next))).toEqual([409, 'barred'])
      // Of match-making the refusal would tell that she was in it.
      await peek(tx, async () => {
        await sql`UPDATE app.event SET kind = 'match' WHERE id IN (${id}::uuid, ${before}::uuid)`.execute(tx)
        well(await play.enter('worker', next))
      })
      expect((await answer({ isExcused: true, answer: '' }, 'U1')).status).toBe(409)
      well(await answer({ isExcused: true, answer: '情况属实' }))
      expect(well(await play.enter('worker', next)).state).toBe('placed')
    }))
  it('of match-making parts its places between women and men, and tells no cadre who comes', () =>
    trial(async (tx) => {
      await sql`UPDATE app.person SET sex = '男' WHERE id = ${play.person('U2')}::uuid`.execute(tx)
      const match = { kind: 'match', cap: 2, sexCaps: { women: 1, men: 1 } }
      for (const [change, field] of [
        [{ sexCaps: null }, 'sexCaps'],
        [{ sexCaps: { women: 0, men: 2 } }, 'sexCaps'],
        [{ mode: 'review' }, 'mode'],
        [{ allotments: [{ orgId: stage.world.org('S1'), cap: 1 }] }, 'allotments'],
      ] as const)
        expect([change, (await play.make({ ...match, ...change })).body.issues?.[0]?.field]).toEqual([
          change,
          field,
        ])
      expect((await play.make({ sexCaps: match.sexCaps })).body.issues?.[0]?.field).toBe('sexCaps')
      expect((await play.make({ ...match, isPublic: false }, 'U1')).body.issues?.[0]?.field).toBe('kind')
      const id = await play.put(match)
      const [first, second, man] = [
        await play.enter('worker', id),
        await play.enter('U1', id),
        await play.enter('U2', id),
      ]
      expect([well(first).state, well(second).state, well(man).state]).toEqual([
        'placed',
        'waiting',
        'placed',
      ])
      const read = await stage.as('D1').get<EventDetail>(play.at(id))
      expect(well(read).entries.map(({ name, org }) => [name, org])).toEqual([
        ['女 1 号', '不显示'],
        ['男 3 号', '不显示'],
        ['女 2 号', '不显示'],
      ])
      for (const who of ['worker', 'U1', 'U2']) expect(read.raw).not.toContain(play.person(who))
      // Her own unit learns nothing: neither from the event, nor from whom it could sign up, nor by trying.
      expect((await play.read('U1', id)).entries).toEqual([])
      expect(well(await stage.as('U1').get<unknown[] & object>(play.at(id, '/candidates')))).toEqual([])
      const tried = await play.proxy('U1', id, [play.person('worker')])
      expect(JSON.stringify(tried.body)).toContain('本人')
      expect(JSON.stringify(tried.body)).not.toContain('已经报过名')
    }))
  it('of match-making tells nothing to whoever tries: not who has a place by ticking off, not whose an entry is by giving it up', () =>
    trial(async (tx) => {
      for (const man of ['U2', 'U4'])
        await sql`UPDATE app.person SET sex = '男' WHERE id = ${play.person(man)}::uuid`.execute(tx)
      const match = { kind: 'match', cap: 4, sexCaps: { women: 1, men: 3 } }
      for (const startsIn of ['far', 'near']) {
        const id = startsIn === 'far' ? await play.put(match) : await running(match)
        well(await play.enter('worker', id))
        for (const how of ['tick', 'paper'])
          expect([how, tells(await play.tick(id, [play.person('worker')], true, how))]).toEqual([
            how,
            tells(await play.tick(id, [play.person('U5')], true, how)),
          ])
      }
      const evenings = [
        { startsAt: '2020-05-01T09:00:00+08:00', endsAt: '2020-05-01T10:00:00+08:00' },
        { startsAt: '2020-05-02T09:00:00+08:00', endsAt: '2020-05-02T10:00:00+08:00' },
      ]
      const twice = await play.put({
        ...match,
        sessions: evenings,
        endsAt: evenings[1]!.endsAt,
        doneRule: { sessions: 1, share: 80 },
      })
      well(await play.enter('worker', twice))
      const session = {
        id: (await play.read('D1', twice)).sessions[0]!.id,
        state: 'came' as const,
        missedMinutes: null,
      }
      expect(tells(await play.tick(twice, [play.person('worker')], true, 'tick', session))).toEqual(
        tells(await play.tick(twice, [play.person('U5')], true, 'tick', session)),
      )
      // She is of the organiser's own unit, where a cadre gives up for others. Women wait behind women; a place that no one in the line may have wakes no sweep.
      await sql`UPDATE app.person SET org_id = ${stage.world.org('D1')} WHERE id = ${play.person('worker')}::uuid`.execute(
        tx,
      )
      const id = await running(match)
      const waited = []
      for (const who of ['worker', 'U1', 'U2', 'U3']) waited.push(well(await play.enter(who, id)))
      expect(waited.map(({ state, ahead }) => [state, ahead])).toEqual([
        ['placed', null],
        ['waiting', 0],
        ['placed', null],
        ['waiting', 1],
      ])
      expect((await play.entryOf('U3', id))!.ahead).toBe(1)
      expect(await play.sweep()).toEqual([])
      const entry = (await play.entryOf('worker', id))!.id
      const other = (await play.entryOf('U1', id))!.id
      expect((await play.act('U1', entry, 'leave')).status).toBe(404)
      for (const act of ['leave', 'take'])
        expect([act, tells(await play.act('D1', entry, act))]).toEqual([
          act,
          tells(await play.act('D1', other, act)),
        ])
      expect((await play.entryOf('worker', id))!.state).toBe('placed')
      const cap = await stage.as('D1').put<Refusal>(play.at(id, '/cap'), { cap: 9 })
      expect([cap.status, cap.body.message]).toEqual([409, expect.stringContaining('男女')])
      // She checks in herself, and gives up herself.
      well(await play.checkIn('worker', well(await play.code(id)).url))
      well(await play.act('U3', (await play.entryOf('U3', id))!.id, 'leave'))
    }))
})
