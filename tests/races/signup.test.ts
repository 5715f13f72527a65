import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recount } from '#figures/verify.server.ts'
import { first, onConnection } from '#server/database.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { decide, enrol, setCap, sweep, takeOffer } from '#signup/places.server.ts'
import { stageOf, type Stage } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import {
  closesAt,
  during,
  late,
  opensAt,
  signupAt,
  startsAt,
  type Entry,
  type Signup,
} from '../support/signup.ts'
import { loadWorld } from '../support/world.ts'

let native: Native
let stage: Stage
let play: Signup
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(40)
  stage = await stageOf(await loadWorld(native.owner, native.app), () => native.close())
  play = await signupAt(stage, native, 800)
})
afterAll(() => stage?.close())

const at = (ms: number) => new Date(late.getTime() + ms)

const beside = (at: Date, ms: number) => new Date(at.getTime() + ms)

const inState = (entries: readonly Entry[], ...states: string[]) =>
  entries.filter(({ state }) => states.includes(state))

describe.skipIf(withoutNative)('many who sign up at once', () => {
  it('gives 200 of 800 a place and the others a turn, each once, in the order in which they asked', async () => {
    const event = await play.event({ cap: 200 })
    const asked = await Promise.all(
      play.women.flatMap((one) => [play.enrol(event, one), play.enrol(event, one)]),
    )
    expect(asked.filter(({ refusal }) => refusal === 'already')).toHaveLength(800)
    const entries = await play.entries(event)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 1))
    expect(entries.map(({ state }) => state)).toEqual(entries.map((_, n) => (n < 200 ? 'placed' : 'waiting')))
    expect(entries).toHaveLength(800)
    expect(await play.drift()).toEqual([])
  })

  it('sells more places than there are once the lock is off: the twin that shows what holds it', async () => {
    const { text } = (await first<{ text: string }>(
      native.owner,
      sql`SELECT pg_get_functiondef('app.lock_known'::regproc) AS text`,
    ))!
    const event = await play.event({ cap: 20 })
    await sql
      .raw(
        text
          .replaceAll('FOR NO KEY UPDATE', '')
          .replace('PERFORM app.wait_turn(coalesce(e.series_id, e.id));', ''),
      )
      .execute(native.owner)
    try {
      await Promise.allSettled(play.women.slice(0, 200).map((one) => play.enrol(event, one)))
    } finally {
      await sql.raw(text).execute(native.owner)
    }
    expect(inState(await play.entries(event), 'placed').length).toBeGreaterThan(20)
  })

  it('leaves no place behind where fifty vanish before their commit: all are taken by those who stay', async () => {
    const event = await play.event({ cap: 200, hasList: false })
    const vanish = play.women.slice(0, 50).map((one) =>
      play.as(play.homeOf(one), async (tx) => {
        expect((await enrol(tx, event, one, during)).refusal).toBeNull()
        throw new Error('gone')
      }),
    )
    const [gone, stay] = await Promise.all([
      Promise.allSettled(vanish),
      Promise.all(play.women.slice(50, 250).map((one) => play.enrol(event, one))),
    ])
    expect(gone.every(({ status }) => status === 'rejected')).toBe(true)
    expect(stay.every(({ state }) => state === 'placed')).toBe(true)
    expect(await play.taken(event)).toEqual({ taken: 200, waiting: 0 })
    expect((await play.enrol(event, play.women[0]!)).refusal).toBe('full')
    expect(await play.drift()).toEqual([])
  })

  it('lets nobody overtake while a hundred leave and newcomers arrive', async () => {
    const event = await play.event({ cap: 200 })
    for (const one of play.women.slice(0, 450)) await play.enrol(event, one)
    const before = await play.entries(event)
    const [gone, stay] = [before.slice(0, 100), before.slice(100, 200)]
    const answers = await Promise.all([
      ...gone.map((one) => play.leave(one)),
      ...play.women.slice(450).map((one) => play.enrol(event, one)),
    ])
    const promoted = answers.flatMap((a) => a.promoted ?? [])
    expect(new Set(promoted).size).toBe(100)
    expect(new Set(promoted)).toEqual(new Set(before.slice(200, 300).map(({ id }) => id)))
    const after = await play.entries(event)
    expect(new Set(inState(after, 'placed').map(({ id }) => id))).toEqual(
      new Set([...stay.map(({ id }) => id), ...promoted]),
    )
    expect(await play.taken(event)).toEqual({ taken: 200, waiting: 500 })
    expect(await play.drift()).toEqual([])
  })

  it('throws nobody out where places are lowered, and promotes in order where they are raised', async () => {
    const event = await play.event({ cap: 60 })
    for (const one of play.women.slice(0, 100)) await play.enrol(event, one)
    const set = (cap: number) =>
      play.as('D1', (tx) => setCap(tx, event, cap, new Date('2020-04-17T00:00:00+08:00')))
    expect(await set(40)).toEqual([])
    const held = inState(await play.entries(event), 'placed')
    expect(held).toHaveLength(60)
    const left = await Promise.all(held.slice(0, 15).map((one) => play.leave(one)))
    expect(left.flatMap((a) => a.promoted ?? [])).toEqual([])
    expect((await play.taken(event)).taken).toBe(45)
    const line = inState(await play.entries(event), 'waiting')
    expect(await set(70)).toEqual(line.slice(0, 25).map(({ id }) => id))
    expect(await play.drift()).toEqual([])
  })

  it('exceeds no quota of a district nor of a hall that twenty classes share, and nobody waits for nothing', async () => {
    const hall = await play.hall(150)
    const events: string[] = []
    for (let n = 0; n < 20; n++)
      events.push(await play.event({ cap: 20, quotas: { S1: 6, S2: 6, U4: 6 }, halls: [hall] }))
    const asked = await Promise.allSettled(
      events.flatMap((event, n) =>
        play.women.slice(n * 40, n * 40 + 40).map((one) => play.enrol(event, one)),
      ),
    )
    expect(asked.filter(({ status }) => status === 'rejected')).toEqual([])
    // U5 belongs to another district and has no allotment.
    const refused = asked.filter((a) => a.status === 'fulfilled' && a.value.refusal !== null)
    expect(
      new Set(refused.map((a) => (a as PromiseFulfilledResult<{ refusal: string }>).value.refusal)),
    ).toEqual(new Set(['unallotted']))
    expect(refused).toHaveLength(200)
    const over = await first<{ n: number }>(
      native.owner,
      sql`SELECT count(*)::int AS n FROM app.event_quota WHERE taken > cap`,
    )
    expect(over).toEqual({ n: 0 })
    const { taken } = (await first<{ taken: number }>(
      native.owner,
      sql`SELECT taken FROM app.event_quota WHERE id = ${hall}::uuid`,
    ))!
    expect(taken).toBe(150)
    expect(await play.drift()).toEqual([])
  })
})

describe.skipIf(withoutNative)('the time of receipt', () => {
  it('decides by the millisecond at opening and at closing; a clock that is set back changes no order', async () => {
    const event = await play.event({ cap: 9 })
    const [a, b, c, d, e] = play.women as [string, string, string, string, string]
    expect((await play.enrol(event, a, beside(opensAt, -1))).refusal).toBe('early')
    expect((await play.enrol(event, a, opensAt)).state).toBe('placed')
    expect((await play.enrol(event, b, beside(opensAt, 5000))).state).toBe('placed')
    expect((await play.enrol(event, c, beside(opensAt, 3000))).state).toBe('placed')
    expect((await play.enrol(event, d, beside(closesAt, -1))).state).toBe('placed')
    expect((await play.enrol(event, e, closesAt)).refusal).toBe('late')
    expect((await play.entries(event)).map(({ personId }) => personId)).toEqual([a, b, c, d])
  })

  it('lets in whoever was received before the organiser closed, also hundreds who wait; nobody after', async () => {
    const event = await play.event({ cap: 1000, opens: '2020-04-15T09:00:00+08:00' })
    const received = nowOf(stage.world.deps)
    const waiting = play.women.slice(0, 500).map((one) => play.enrol(event, one, received))
    const closed = await stage.as('D1').post(`/api/events/${event}/steps`, { act: 'close', version: 1 })
    expect(closed.status).toBe(200)
    const later = nowOf(stage.world.deps)
    const asked = await Promise.all([
      ...waiting,
      ...play.women.slice(500, 550).map((one) => play.enrol(event, one, later)),
    ])
    expect(asked.map(({ refusal }) => refusal)).toEqual(asked.map((_, n) => (n < 500 ? null : 'late')))
    expect(await play.drift()).toEqual([])
  })
})

describe.skipIf(withoutNative)('a place that becomes free in the last day', () => {
  it('is offered with a deadline, taken once on two telephones, and goes on where nobody takes it', async () => {
    const event = await play.event({ cap: 2 })
    for (const one of play.women.slice(0, 5)) await play.enrol(event, one)
    const [first, second, third, fourth, fifth] = (await play.entries(event)) as [
      Entry,
      Entry,
      Entry,
      Entry,
      Entry,
    ]
    const twelve = 12 * 3_600_000
    expect(await play.leave(first, late)).toMatchObject({
      refusal: null,
      state: 'cancelled',
      promoted: [third.id],
    })
    const took = await Promise.all(
      [0, 1].map((n) => play.as(third.org, (tx) => takeOffer(tx, third.id, at(n)))),
    )
    expect(took.filter(Boolean)).toHaveLength(1)
    expect(await play.leave(second, late)).toMatchObject({ promoted: [fourth.id] })
    // One millisecond before the deadline nothing ends; at the deadline the next is asked, never past the start.
    expect((await play.as('D1', (tx) => sweep(tx, event, at(twelve - 1)))).promoted).toEqual([])
    expect((await play.as('D1', (tx) => sweep(tx, event, at(twelve)))).promoted).toEqual([fifth.id])
    expect(await play.as(fourth.org, (tx) => takeOffer(tx, fourth.id, at(twelve)))).toBe(false)
    const stays = (await play.entries(event)).map(({ state }) => state)
    expect(stays).toEqual(['cancelled', 'cancelled', 'placed', 'expired', 'offered'])
    expect((await play.as('D1', (tx) => sweep(tx, event, startsAt))).promoted).toEqual([])
    expect(await play.taken(event)).toEqual({ taken: 1, waiting: 0 })
    expect(await play.drift()).toEqual([])
  })

  it('is held by nobody for longer than was said: fifty of two hundred vanish, and a minute after the deadline all are taken', async () => {
    const event = await play.event({ cap: 200 })
    for (const one of play.women.slice(0, 300)) await play.enrol(event, one)
    const entries = await play.entries(event)
    for (const one of entries.slice(0, 50)) await play.leave(one, late)
    const offered = inState(await play.entries(event), 'offered')
    expect(offered.map(({ seq }) => seq)).toEqual(entries.slice(200, 250).map(({ seq }) => seq))
    const passed = at(12 * 3_600_000 + 60_000)
    const { promoted } = await play.as('D1', (tx) => sweep(tx, event, passed))
    const next = entries.slice(250)
    expect(promoted).toEqual(next.map(({ id }) => id))
    for (const one of next) expect(await play.as(one.org, (tx) => takeOffer(tx, one.id, passed))).toBe(true)
    expect(inState(await play.entries(event), 'placed')).toHaveLength(200)
    expect(await play.taken(event)).toEqual({ taken: 200, waiting: 0 })
    expect(await play.drift()).toEqual([])
  })

  it('is given up by herself until the time that was said, not a second later', async () => {
    const event = await play.event({ cap: 1 })
    await play.enrol(event, play.women[0]!)
    const [entry] = (await play.entries(event)) as [Entry]
    expect((await play.leave(entry, startsAt)).refusal).toBe('late')
    expect((await play.leave({ id: entry.id, org: 'U7' })).refusal).toBe('entry')
    expect((await play.leave(entry, new Date(startsAt.getTime() - 1))).refusal).toBeNull()
    expect((await play.leave(entry)).refusal).toBe('gone')
  })

  it('is free again where who holds it is erased, and goes to the next when the event is swept', async () => {
    const event = await play.event({ cap: 1, starts: '2099-05-01T09:00:00+08:00' })
    for (const one of play.women.slice(0, 3)) await play.enrol(event, one)
    const [held, next] = (await play.entries(event)) as [Entry, Entry]
    await sql`SELECT app.forget_person(${held.personId}::uuid)`.execute(native.owner)
    expect(await play.drift()).toEqual([])
    expect((await play.as('D1', (tx) => sweep(tx, event, late))).promoted).toEqual([next.id])
    expect((await play.entries(event)).map(({ state }) => state)).toEqual(['cancelled', 'placed', 'waiting'])
  })

  it('is found by the recount where a counter was set by hand', async () => {
    const event = await play.event({ cap: 5 })
    await play.enrol(event, play.women[5]!)
    await sql`UPDATE app.event SET taken = 3 WHERE id = ${event}::uuid`.execute(native.owner)
    const told = async () =>
      (await onConnection(native.owner, (tx) => recount(stage.world.deps, tx))).differences.map(
        ({ what }) => what,
      )
    expect(await told()).toEqual([`活动 ${event}：已占名额或候补人数与报名记录不符`])
    await sql`UPDATE app.event SET taken = 1 WHERE id = ${event}::uuid`.execute(native.owner)
    expect(await told()).toEqual([])
  })

  it('goes to her or on to the next where she takes it on one telephone and declines on another', async () => {
    const event = await play.event({ cap: 1 })
    for (const one of play.women.slice(10, 13)) await play.enrol(event, one)
    const [held, offered] = (await play.entries(event)) as [Entry, Entry]
    await play.leave(held, late)
    const [took, left] = await Promise.all([
      play.as(offered.org, (tx) => takeOffer(tx, offered.id, at(1))),
      play.leave(offered, at(1)),
    ])
    // Whoever comes second meets what the first left behind: nothing to take, or a place to give up.
    const now = (await play.entries(event))[1]!
    expect([took, left.state, now.state]).toEqual(
      took ? [true, 'cancelled', 'cancelled'] : [false, 'declined', 'declined'],
    )
    expect(left.promoted).toHaveLength(1)
    expect(await play.drift()).toEqual([])
  })
})

describe.skipIf(withoutNative)('an event whose organiser chooses', () => {
  it('gives the last place once, to whoever was decided first', async () => {
    const event = await play.event({ cap: 3, mode: 'review' })
    const women = play.women.slice(20, 26)
    for (const one of women)
      expect(await play.enrol(event, one)).toMatchObject({ refusal: null, state: 'asked' })
    const asked = await play.entries(event)
    const choose = (one: Entry, isTaken = true) =>
      play.as('D1', (tx) => decide(tx, one.id, isTaken, isTaken ? null : '材料不全', at(0)))
    const answers = await Promise.all(asked.flatMap((one) => [choose(one), choose(one)]))
    expect(answers.filter((refusal) => refusal === null)).toHaveLength(3)
    expect(answers.filter((refusal) => refusal === 'gone').length).toBeGreaterThanOrEqual(3)
    expect(inState(await play.entries(event), 'placed')).toHaveLength(3)
    const waits = inState(await play.entries(event), 'asked')[0]!
    expect(await choose(waits)).toBe('full')
    expect(await choose(waits, false)).toBeNull()
    expect((await play.enrol(event, waits.personId)).refusal).toBe('already')
    // Another unit decides nothing, and moves no clock.
    const next = inState(await play.entries(event), 'asked')[0]!
    expect(await play.as('U1', (tx) => decide(tx, next.id, true, null, at(0)))).toBe('entry')
    expect((await play.as('U1', (tx) => sweep(tx, event, startsAt))).promoted).toEqual([])
    expect(await play.drift()).toEqual([])
  })
})
