import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intl } from '#crypto/intl.server.ts'
import { Problem } from '#kit/problem.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { EventScans, MyTicket, NewScans, ScansDone } from '#signup/scanApi.ts'
import { readTicket, scannedWho, signedPart } from '#signup/ticket.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventsAt, holdQueue } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
let play: ReturnType<typeof eventsAt>
beforeAll(async () => {
  stage = await openStage()
  play = eventsAt(stage)
})
afterAll(() => stage.close())

const women = ['worker', 'U2', 'U3', 'U4'] as const
/** An event that begins in an hour, with four who have a place. */
const trial = (work: (tx: Tx, id: string) => Promise<void>) =>
  stage.trial(async (tx) => {
    await play.register(tx, ...women)
    const iso = (hours: number) => new Date(play.now().getTime() + hours * 3_600_000).toISOString()
    const id = await play.put({
      cap: 9,
      opensAt: iso(-1),
      closesAt: iso(0.5),
      cancelUntil: iso(0.9),
      startsAt: iso(1),
      endsAt: iso(2),
    })
    for (const who of women) well(await play.enter(who, id))
    await work(tx, id)
  })
const ticketOf = async (who: string, id: string) =>
  well(await stage.as(who).get<MyTicket>(`/api/enrolments/${(await play.entryOf(who, id))!.id}/ticket`))
    .ticket
const inMinutes = (minutes: number) => new Date(play.now().getTime() + minutes * 60_000).toISOString()
type Scan = { ticket?: string; entryId?: string; at: string; id?: string }
const batch = (device: string, scans: Scan[], deviceNow = inMinutes(0)): NewScans => ({
  device,
  deviceNow,
  scans: scans.map((scan) => ({ id: randomUUID(), ...scan })),
})
const send = (id: string, body: NewScans, who = 'D1') =>
  stage.as(who).post<ScansDone & Refusal>(play.at(id, '/scans'), body)
const outcomes = async (id: string, body: NewScans) =>
  well(await send(id, body)).results.map(({ outcome, code }) =>
    code === null ? outcome : `${outcome} ${code}`,
  )
const toLookAt = async (id: string) => well(await stage.as('D1').get<EventScans>(play.at(id, '/scans'))).rows
const cameAt = async (who: string, id: string) => (await play.entryOf(who, id))!.cameAt

describe('two telephones at the door without a line', () => {
  it('give one attendance, the earliest, and one conflict, whoever sends first and however often', () =>
    trial(async (_, id) => {
      const ticket = await ticketOf('worker', id)
      const a = batch('手机甲', [{ ticket, at: inMinutes(-2) }])
      const b = batch('手机乙', [{ ticket, at: inMinutes(-1) }])
      expect(await outcomes(id, b)).toEqual(['taken'])
      expect(Date.parse((await cameAt('worker', id))!)).toBeCloseTo(Date.parse(b.scans[0]!.at), -4)
      expect(await outcomes(id, a)).toEqual(['taken'])
      expect(await outcomes(id, a)).toEqual(['taken'])
      // B's own scan has become the contradiction; it stays to be read.
      expect(await outcomes(id, b)).toEqual(['conflict'])
      expect(Date.parse((await cameAt('worker', id))!)).toBeCloseTo(Date.parse(a.scans[0]!.at), -4)
      expect((await toLookAt(id)).map(({ name, device, outcome }) => [name, device, outcome])).toEqual([
        ['示例worker', '手机甲', 'taken'],
        ['示例worker', '手机乙', 'conflict'],
      ])
      // The same telephone again is no conflict.
      expect(await outcomes(id, batch('手机甲', [{ ticket, at: inMinutes(0) }]))).toEqual(['again'])
      expect((await play.read('D1', id)).came).toBe(1)
    }))

  it('are put in order by how far their clocks are off; both times are shown', () =>
    trial(async (_, id) => {
      const ticket = await ticketOf('U2', id)
      // Two hours ahead: what it calls 2:59 from now was a minute ago.
      const ahead = batch('快两小时', [{ ticket, at: inMinutes(119) }], inMinutes(120))
      const right = batch('准时', [{ ticket, at: inMinutes(-3) }])
      expect(await outcomes(id, ahead)).toEqual(['taken'])
      expect(await outcomes(id, right)).toEqual(['taken'])
      const [first, second] = await toLookAt(id)
      expect([first!.device, second!.device, second!.outcome]).toEqual(['准时', '快两小时', 'conflict'])
      expect(Date.parse(second!.saidAt) - Date.parse(second!.realAt)).toBeCloseTo(7_200_000, -4)
      expect(Date.parse((await cameAt('U2', id))!)).toBeCloseTo(Date.parse(right.scans[0]!.at), -4)
    }))

  it('cannot have scanned later than now; what they send waits for the event, reading it does not', () =>
    trial(async (tx, id) => {
      const ticket = await ticketOf('U2', id)
      const entryId = (await play.entryOf('U3', id))!.id
      const soon = inMinutes(2)
      expect(
        await outcomes(
          id,
          batch('手机甲', [
            { ticket, at: soon },
            { entryId, at: soon },
          ]),
        ),
      ).toEqual(['refused future', 'refused future'])
      expect((await play.read('D1', id)).came).toBe(0)
      await holdQueue(tx)
      const held = await send(id, batch('手机甲', [{ ticket, at: inMinutes(0) }]))
      expect([held.status, held.body.code]).toEqual([503, Problem.busy().code])
      expect(new Set((await toLookAt(id)).map(({ name }) => name))).toEqual(new Set(['示例U2', '示例U3']))
    }))

  it('take a name from the list where there is no ticket; another unit sends and reads nothing', () =>
    trial(async (tx, id) => {
      const entryId = (await play.entryOf('U3', id))!.id
      const body = batch('手机甲', [{ entryId, at: inMinutes(-1) }])
      for (const who of ['U1', 'C', 'D2']) {
        expect((await send(id, body, who)).status).toBe(404)
        expect((await stage.as(who).get(play.at(id, '/scans'))).status).toBe(404)
      }
      expect(await outcomes(id, body)).toEqual(['taken'])
      expect((await play.read('D1', id)).entries.find((one) => one.id === entryId)!.cameHow).toBe('tick')
      await sql`SELECT app.forget_person(${play.person('U3')}::uuid)`.execute(tx)
      expect(
        await rows(tx, sql`SELECT 1 FROM app.event_scan WHERE person_id = ${play.person('U3')}::uuid`),
      ).toEqual([])
    }))
})

describe('the page of the door', () => {
  it('is there two hours before the start though sign-up goes on, and after the end for what came too late', () =>
    stage.trial(async (tx) => {
      await play.register(tx, 'worker', 'U2')
      const iso = (hours: number) => new Date(play.now().getTime() + hours * 3_600_000).toISOString()
      const times = (start: number) => ({
        opensAt: iso(-9),
        closesAt: iso(start),
        cancelUntil: iso(start),
        startsAt: iso(start),
        endsAt: iso(start + 1),
      })
      const far = await play.put({ ...times(2.5), title: '下午的班' })
      const id = await play.put({ ...times(1.5), noShow: { limit: 2, days: 90 } })
      const shown = async (who: string, of: string) => {
        const { phase, hasScans } = await play.read(who, of)
        return [phase, hasScans]
      }
      expect(await shown('D1', far)).toEqual(['signing', false])
      expect(await shown('D1', id)).toEqual(['signing', true])
      expect(await shown('U1', id)).toEqual(['signing', false])

      for (const who of ['worker', 'U2']) well(await play.enter(who, id))
      const ticket = await ticketOf('worker', id)
      const uploaded = batch('手机乙', [{ ticket: await ticketOf('U2', id), at: inMinutes(0) }])
      expect(await outcomes(id, uploaded)).toEqual(['taken'])
      const late = batch('手机甲', [{ ticket, at: inMinutes(-200) }])
      await sql`UPDATE app.event SET opens_at = opens_at - interval '4 hours', closes_at = closes_at - interval '4 hours',
        cancel_until = cancel_until - interval '4 hours', starts_at = starts_at - interval '4 hours', ends_at = ends_at - interval '4 hours' WHERE id = ${id}::uuid`.execute(
        tx,
      )
      well(await play.step(id, 'end'))
      expect(await shown('D1', id)).toEqual(['ended', true])
      // Made again, since the times of the event were moved: chosen from the list.
      const entryId = readTicket(ticket)!.ticket.entryId
      expect(
        await outcomes(id, { ...late, scans: [{ ...late.scans[0]!, ticket: undefined, entryId }] }),
      ).toEqual(['refused ended'])
      const [row] = await toLookAt(id)
      expect([row!.entryId, row!.code]).toEqual([entryId, 'ended'])
      const entry = async () => (await play.read('D1', id)).entries.find((one) => one.id === row!.entryId)!
      expect((await entry()).noShow).toBe('counted')
      well(
        await stage
          .as('D1')
          .put(`/api/enrolments/${row!.entryId!}/no-show`, { isExcused: true, answer: '当天在场' }),
      )
      expect((await entry()).noShow).toBe('excused')
    }))
})

describe('a ticket', () => {
  it('that is forged, changed, of another event, given up or no ticket at all is refused by its own reason, and noted', () =>
    trial(async (tx, id) => {
      const ticket = await ticketOf('worker', id)
      const read = readTicket(ticket)!
      const stranger = intl.signer(Buffer.alloc(32, 9))
      const foreign = (keyId: string) => {
        const signed = signedPart({ ...read.ticket, keyId })
        return `${signed}.${stranger.sign(signed).toString('base64url')}`
      }
      const flip = (at: number) =>
        ticket.slice(0, at) + (ticket[at] === 'a' ? 'b' : 'a') + ticket.slice(at + 1)
      const other = await play.put({ title: '另一个班' })
      well(await play.enter('worker', other))
      const given = await ticketOf('U4', id)
      well(await play.act('U4', (await play.entryOf('U4', id))!.id, 'leave'))
      const gone = await ticketOf('U3', id)
      await sql`DELETE FROM app.enrolment WHERE id = ${(await play.entryOf('U3', id))!.id}::uuid`.execute(tx)
      const at = inMinutes(-1)
      const faults: [string, string][] = [
        [flip(20), 'signature'],
        [flip(ticket.length - 5), 'signature'],
        [foreign(read.ticket.keyId), 'signature'],
        [foreign('00000000'), 'key'],
        [await ticketOf('worker', other), 'otherEvent'],
        [given, 'cancelled'],
        [gone, 'unknown'],
        ['x'.repeat(10_240), 'shape'],
        ["'; DROP TABLE app.enrolment; --", 'shape'],
        ['', 'shape'],
      ]
      const body = batch(
        '手机甲',
        faults.map(([text]) => ({ ticket: text, at })),
      )
      expect(await outcomes(id, body)).toEqual(faults.map(([, code]) => `refused ${code}`))
      expect((await toLookAt(id)).map(({ code }) => String(code)).toSorted()).toEqual(
        faults.map(([, code]) => code).toSorted(),
      )
      // Whoever was refused is named where her ticket is genuine.
      expect(new Map((await toLookAt(id)).map(({ name, code }) => [code, scannedWho(name, code)]))).toEqual(
        new Map([
          ...['signature', 'key', 'otherEvent', 'shape'].map((code) => [code, '无法识别'] as const),
          ['cancelled', '示例U4'],
          ['unknown', '不在名单里'],
        ]),
      )
      // Too early by the corrected clock; the genuine one goes in.
      expect(
        await outcomes(
          id,
          batch('手机甲', [
            { ticket, at: inMinutes(-120) },
            { ticket, at },
          ]),
        ),
      ).toEqual(['refused early', 'taken'])
      expect((await play.read('D1', id)).came).toBe(1)
      // Too late: the event was in the morning.
      await sql`UPDATE app.event SET (opens_at, closes_at, cancel_until, starts_at, ends_at) = ROW(opens_at - interval '9 hours', closes_at - interval '9 hours',
        cancel_until - interval '9 hours', starts_at - interval '9 hours', ends_at - interval '9 hours') WHERE id = ${id}::uuid`.execute(
        tx,
      )
      const past = await ticketOf('U2', id)
      expect(await outcomes(id, batch('手机甲', [{ ticket: past, at }]))).toEqual(['refused late'])
      expect(
        (await toLookAt(id))
          .filter(({ code }) => code === 'early' || code === 'late')
          .map(({ name, code }) => [name, code]),
      ).toEqual([
        ['示例worker', 'early'],
        ['示例U2', 'late'],
      ])
    }))

  it('of a slot that she gave for another says so; her new one is taken', () =>
    stage.trial(async (tx) => {
      await play.register(tx, 'worker')
      const iso = (hours: number) => new Date(play.now().getTime() + hours * 3_600_000).toISOString()
      const id = await play.put({
        cap: 1,
        hasList: false,
        opensAt: iso(-1),
        closesAt: iso(0.5),
        cancelUntil: iso(0.9),
        startsAt: iso(1),
        endsAt: iso(2),
        slots: [{ startsAt: iso(1), endsAt: iso(2), cap: 1 }],
      })
      const entry = well(await play.enter('worker', id))
      const old = await ticketOf('worker', id)
      const [slot] = (await play.read('D1', id)).slots
      well(await play.act('worker', entry.id, 'slot', { eventId: slot!.id }))
      const at = inMinutes(0)
      expect(await outcomes(id, batch('手机甲', [{ ticket: old, at }]))).toEqual(['refused moved'])
      const fresh = await ticketOf('worker', slot!.id)
      expect(await outcomes(slot!.id, batch('手机甲', [{ ticket: fresh, at }]))).toEqual(['taken'])
    }))

  it('is hers alone, and only with a place', () =>
    trial(async (_, id) => {
      const entry = (await play.entryOf('worker', id))!.id
      for (const who of ['U2', 'U1', 'D1'])
        expect((await stage.as(who).get(`/api/enrolments/${entry}/ticket`)).status).toBe(404)
      well(await play.act('worker', entry, 'leave'))
      expect((await stage.as('worker').get(`/api/enrolments/${entry}/ticket`)).status).toBe(409)
    }))
})
