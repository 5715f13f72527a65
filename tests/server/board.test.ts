import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Board } from '#figures/board/api.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, well } from '../support/hardship.ts'
import { playOn } from '../support/play.ts'
import { screeningAt } from '../support/screening.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const look = async (who: string, query = '') =>
  (await stage.as(who).get<Board>(`/api/board?year=2019${query}`)).body
const monthsOf = (board: Board, code: string) => board.units.find((u) => u.org.code === code)!.months

const hardshipSteps = async (who: string, query = '') =>
  (await look(who, query)).steps.filter(({ process }) => process === 'hardship')

const aids = async (who: string) => (await look(who)).steps.filter(({ process }) => process === 'aid')

const waits = (board: Board) => board.stuck.reduce((n, s) => n + s.records, 0)

describe('the board', () => {
  it('says where records wait, and in which months a unit reported', async () => {
    const before = await look('D1')
    const days = { startsOn: '2019-05-20', endsOn: '2019-05-20' }
    const sent = await playOn(stage.as).submit('U1', { ...days, title: '五月的一期' })
    const after = await look('D1')
    expect(waits(after) - waits(before)).toBe(1)
    expect(after.stuck.find((s) => s.tier === 'subdistrict')!.records).toBeGreaterThan(0)
    expect(monthsOf(before, 'S1')[4]).toBe('none')
    expect(monthsOf(after, 'S1')[4]).toBe('waiting')
    let at = sent
    while (at.state === 'submitted') {
      const who = stage.as(`${at.turnOf!.code}b`)
      const url = `/api/records/training/${at.id}/actions`
      const passed = await who.post<typeof at>(url, { action: 'pass', version: at.version })
      const done =
        passed.status === 200
          ? passed
          : await who.post<typeof at>(url, { action: 'accept', version: at.version })
      at = done.body
    }
    const done = await look('D1')
    expect(monthsOf(done, 'S1')[4]).toBe('accepted')
    expect(waits(done)).toBe(waits(before))
  })

  it('covers each unit once: the parts are the whole', async () => {
    const { coverage, units } = await look('C')
    expect(coverage.formed + coverage.overdue + coverage.missing + coverage.notDue + coverage.unknown).toBe(
      coverage.units,
    )
    const below = units.reduce((n, u) => n + u.coverage.units, 0)
    // The office itself stands in no unit below.
    expect(coverage.units - below).toBe(1)
    const inside = await look('C', `&org=${stage.world.org('D1')}`)
    expect(inside.coverage).toEqual(units.find((u) => u.org.code === 'D1')!.coverage)
  })

  it('names blind spots by their women members, and none that is in order', async () => {
    const { blind, coverage } = await look('C')
    expect(blind.length).toBe(Math.min(20, coverage.missing + coverage.overdue))
    expect(blind.every((b) => b.womenMembers >= 10)).toBe(true)
  })

  it('says at which step work stands, and tells the register to nobody who may not read it', async () => {
    const { steps, groups, stuck } = await look('C')
    expect(steps.find((s) => s.process === 'record' && s.step === 'submitted')?.count ?? 0).toBe(
      stuck.reduce((n, s) => n + s.records, 0),
    )
    expect(groups).not.toBeNull()
    expect((await look('leader')).groups).toBeNull()
  })

  it('draws a screening round for its owner and for a unit with places in it, and for nobody else', () =>
    stage.trial(async () => {
      const play = screeningAt(stage)
      const { id } = await play.opened()
      const women = [await play.woman(1, '1980-01-01'), await play.woman(2, '1981-01-01')]
      await play.list(id, women)
      const bars = async (who: string, year = 2020, query = '') =>
        (await stage.as(who).get<Board>(`/api/board?year=${year}${query}`)).body.screening
      const told = { id, title: '2020年第一批' }
      expect(await bars('D1')).toMatchObject([
        {
          ...told,
          isWhole: true,
          steps: [{ step: 'places', count: 8 }, { count: null }, { count: null }, { count: 0 }],
        },
      ])
      expect(await bars('U4')).toMatchObject([
        { ...told, isWhole: false, steps: [{ count: 4 }, { count: null }, {}, {}] },
      ])
      // Whoever is named to follow up learns how many were asked to call.
      expect((await bars('D1b'))![0]!.steps.map(({ step }) => step)).toContain('called')
      expect(await bars('D1', 2019)).toEqual([])
      expect(await bars('D2')).toEqual([])
      expect(await bars('C')).toEqual([])
      // The city learns of its districts' rounds all together.
      const below = async (who: string, year = 2020, query = '') =>
        (await stage.as(who).get<Board>(`/api/board?year=${year}${query}`)).body.screeningBelow
      expect(await below('C')).toEqual({
        rounds: 1,
        steps: [
          { step: 'places', count: 8 },
          { step: 'listed', count: null },
          { step: 'booked', count: null },
          { step: 'attended', count: 0 },
        ],
      })
      for (const who of ['D1', 'D2', 'U4', 'leader']) expect(await below(who)).toBeNull()
      expect(await below('C', 2019)).toBeNull()
      expect(await below('C', 2020, `&org=${stage.world.org('D1')}`)).toBeNull()
      expect(await bars('C', 2020, `&org=${stage.world.org('D1')}`)).toBeNull()
      expect(await bars('leader')).toBeNull()
    }))

  it('tells the city how much hardship work stands below it, from five on', () =>
    stage.trial(async (tx) => {
      const play = aidAt(stage)
      await play.nameAll()
      expect(await hardshipSteps('C')).toEqual([])
      for (let n = 1; n <= 4; n++) well(await play.apply('U4', await play.woman(n)))
      const applied = { process: 'hardship', step: 'applied', longest: 0 }
      // Who handles the four reads that there are some; nobody else learns of any, and of no day.
      for (const who of ['D1', 'U4']) expect(await hardshipSteps(who)).toEqual([{ ...applied, count: null }])
      for (const who of ['C', 'S2', 'U1']) expect(await hardshipSteps(who)).toEqual([])
      const { accountId, personId } = stage.world.person('U4')
      const ends = (at: string | null) =>
        sql`UPDATE app.hardship_handler SET ended_at = ${at}::timestamptz, ended_by = CASE WHEN ${at}::text IS NOT NULL THEN ${personId}::uuid END
          WHERE account_id = ${accountId}::uuid`.execute(tx)
      await ends('2020-04-16')
      expect(await hardshipSteps('U4')).toEqual([])
      await ends(null)
      well(await play.apply('U4', await play.woman(5)))
      for (const who of ['C', 'D1', 'U4'])
        expect(await hardshipSteps(who)).toEqual([{ ...applied, count: 5 }])
      for (const who of ['D2', 'U1', 'leader']) expect(await hardshipSteps(who)).toEqual([])
      expect(await hardshipSteps('C', `&org=${stage.world.org('D1')}`)).toEqual([])
    }))

  it('counts condolence money, which has no file, as any other aid', () =>
    stage.trial(async () => {
      const play = aidAt(stage)
      await play.nameAll()
      const ask = async (n: number) =>
        well(
          await stage.as('U4').post('/api/hardship/condolences', {
            personId: await play.woman(n),
            agreedOn: '2020-04-16',
            isEligible: true,
            fund: '市总',
            body: {
              seenOn: '2020-04-16',
              ownPaid: 5000,
              mutual: 1000,
              serious: 500,
              bank: '示例银行',
              account: '6222020200019998888',
            },
          }),
        )
      for (let n = 1; n <= 4; n++) await ask(n)
      expect(await aids('C')).toEqual([])
      await ask(5)
      // Once each: before a handler as her own, before whoever is above as a sum.
      for (const who of ['C', 'D1', 'U4'])
        expect(await aids(who)).toEqual([{ process: 'aid', step: 'asked', count: 5, longest: 0 }])
      for (const who of ['D2', 'U1', 'leader']) expect(await aids(who)).toEqual([])
    }))

  it('is of no unit outside the scope', async () => {
    const { status } = await stage.as('D1').get(`/api/board?year=2019&org=${stage.world.org('D2')}`)
    expect(status).toBe(404)
  })
})
