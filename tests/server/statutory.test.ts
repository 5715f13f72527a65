import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linesOf, layoutOf } from '#figures/statutory/layouts.ts'
import type { StatutoryTable, TableList } from '#figures/statutory/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { rows } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { playOn, type Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const quarter = { year: 2019, part: 3 }
const at = '/api/statutory/quarter?year=2019&part=3'
const open = async (who: string, url = at) => (await stage.as(who).get<StatutoryTable>(url)).body
const save = (who: string, version: number, more: object = {}) =>
  stage.as(who).put<{ version: number }>('/api/statutory/quarter', {
    ...quarter,
    version,
    asked: {},
    notes: {},
    ...more,
  })
const by = (action: string) => (['sign', 'return'].includes(action) ? 'decision' : 'submission')
const act = (who: string, action: string, version: number, reason?: string) =>
  stage.as(who).post(`/api/statutory/quarter/${by(action)}`, {
    ...quarter,
    version,
    action,
    ...(reason ? { reason } : {}),
  })
const valueOf = (table: StatutoryTable, code: string) => table.cells.find((c) => c.code === code)!

/** A training of U1 in the third quarter, accepted by D1. */
async function train(women: number): Promise<void> {
  const play = playOn(stage.as)
  const days = { startsOn: '2019-09-20', endsOn: '2019-09-20' }
  let sent = await play.submit('U1', { ...days, title: `季报培训${women}`, count: 1, all: women, women })
  while (sent.state === 'submitted') {
    const who = stage.as(`${sent.turnOf!.code}b`)
    const url = `/api/records/training/${sent.id}/actions`
    const passed = await who.post<typeof sent>(url, { action: 'pass', version: sent.version })
    sent =
      passed.status === 200
        ? passed.body
        : (await who.post<typeof sent>(url, { action: 'accept', version: sent.version })).body
  }
  expect(sent.state).toBe('accepted')
}

const annual = async (year = 2019) => {
  const { cells } = await open('D1', `/api/statutory/annual?year=${year}`)
  return ['01', '03', '04', '09'].map((code) => cells.find((c) => c.code === code)!)
}
const seat = async (who: string, foundedOn: string, untilOn: string) => {
  const terms = [{ termNo: 1, fromOn: foundedOn, untilOn, director: '李演' }]
  const body = bodyOf(findProgramme('committee')!, { foundedOn, members: [], terms })
  const url = '/api/records/committee'
  const sent = await stage.as(who).post<Written>(url, { body, warningNote: '已核对' })
  const act = { action: 'accept', version: sent.body.version }
  expect((await stage.as('D1').post(`${url}/${sent.body.id}/actions`, act)).status).toBe(200)
}

const signedBefore = async () => valueOf(await open('D1', '/api/statutory/annual?year=2019'), '21').before

describe('a statutory table', () => {
  it('is listed by due date, one a half, four quarters, one statistics year', async () => {
    const { body } = await stage.as('D1').get<TableList>('/api/statutory?year=2019')
    expect(body.map((t) => `${t.layout}${t.part} ${t.dueOn}`)).toEqual([
      'quarter1 2019-04-10',
      'quarter2 2019-07-10',
      'half1 2019-07-15',
      'quarter3 2019-10-10',
      'annual1 2019-10-31',
      'quarter4 2020-01-10',
      'half2 2020-01-15',
    ])
    expect(body.every((t) => t.state === 'none' && t.isOver)).toBe(true)
  })

  it('is filled by what was accepted, the register of units and nothing else', async () => {
    await train(40)
    const before = await open('D1')
    await train(25)
    const after = await open('D1')
    expect(valueOf(after, '11').value! - valueOf(before, '11').value!).toBe(1)
    expect(valueOf(after, '12').value! - valueOf(before, '12').value!).toBe(25)
    expect(after.head).toBeNull()
    const annual = await open('D1', '/api/statutory/annual?year=2019')
    expect(annual.cells.map((c) => c.code)).toEqual(linesOf(layoutOf('annual')).map((l) => l.code))
    // D1 itself, S1, S2 and U1 to U4 stand in its scope.
    expect(valueOf(annual, '01').value).toBe(7)
    expect(valueOf(annual, '09').value).toBeNull()
  })

  it('tells units and committees of the last day of its period, and beside them what was signed a year before', () =>
    stage.trial(async (tx) => {
      const values = async (year?: number) => (await annual(year)).map(({ value }) => value)
      const [units, formed] = (await values()) as [number, number]
      // One sat and had run out by then, one was founded after.
      await seat('U4', '2016-09-01', '2019-08-31')
      expect(await values()).toEqual([units, formed + 1, 1, null])
      expect((await values(2020))[1]).toBe(formed + 1)
      await sql`UPDATE app.org SET founded_on = '2019-10-01' WHERE org_code = 'U3'`.execute(tx)
      expect((await values())[0]).toBe(units - 1)
      const content = JSON.stringify({
        head: null,
        notes: {},
        cells: [
          { code: '09', value: 3, before: null },
          { code: '01', value: 5, before: null },
        ],
      })
      await sql`INSERT INTO app.statutory_table (district_id, id, org_id, layout, year, part, state, asked, notes, prepared_by, content, content_hash, signed_by, signed_at)
        SELECT o.district_id, gen_random_uuid(), o.id, 'annual', 2018, 1, 'signed', '{}', '{}', a.id, ${content}::jsonb, repeat('0', 64), a.id, '2018-10-20'
        FROM app.org o, (SELECT id FROM app.account LIMIT 1) a WHERE o.org_code = 'D1'`.execute(tx)
      expect((await annual()).map(({ before }) => before)).toEqual([5, null, null, 3])
    }))

  it('tells the head counts of the last day of its period, of a unit merged since its own', () =>
    stage.trial(async (tx) => {
      const code = linesOf(layoutOf('annual')).find(
        ({ from }) => 'register' in from && from.register === 'womenMembers',
      )!.code
      const women = async (year: number) =>
        valueOf(await open('D1', `/api/statutory/annual?year=${year}`), code).value!
      const [then, now] = [await women(2019), await women(2020)]
      const keep = (org: string, untilOn: string, heads: number) =>
        sql`INSERT INTO app.org_heads SELECT id, ${untilOn}::date, 0, 0, ${heads}, ${heads}, gen_random_uuid(), 1 FROM app.org WHERE org_code = ${org}`.execute(
          tx,
        )
      const own = (
        await rows<{ n: number }>(tx, sql`SELECT women_members AS n FROM app.org WHERE org_code = 'U4'`)
      )[0]!.n
      await keep('U4', '2019-10-01', own + 7)
      await keep('U4', '2019-12-01', own + 9)
      expect([await women(2019), await women(2020)]).toEqual([then + 7, now])
      await sql`UPDATE app.org SET closed_on = '2019-11-01', successor_id = ${stage.world.org('U2')} WHERE org_code = 'U4'`.execute(
        tx,
      )
      expect([await women(2019), await women(2020)]).toEqual([then + 7, now - own])
      // Merged before such counts were kept: its people stand in its successor's.
      await sql`DELETE FROM app.org_heads`.execute(tx)
      expect(await women(2019)).toBe(then - own)
    }))

  it('tells no zero of a year before of which nothing was accepted, and what was signed then', () =>
    stage.trial(async (tx) => {
      expect(await signedBefore()).toBeNull()
      const content = JSON.stringify({
        head: null,
        notes: {},
        cells: [{ code: '21', value: 4, before: null }],
      })
      await sql`INSERT INTO app.statutory_table (district_id, id, org_id, layout, year, part, state, asked, notes, prepared_by, content, content_hash, signed_by, signed_at)
        SELECT o.district_id, gen_random_uuid(), o.id, 'annual', 2018, 1, 'signed', '{}', '{}', a.id, ${content}::jsonb, repeat('0', 64), a.id, '2018-10-20'
        FROM app.org o, (SELECT id FROM app.account LIMIT 1) a WHERE o.org_code = 'D1'`.execute(tx)
      expect(await signedBefore()).toBe(4)
    }))

  it('takes no number for a line that records fill, and none below zero', async () => {
    const { status, body } = await save('D1', 0, { asked: { '11': 5 } })
    expect(status).toBe(422)
    expect(JSON.stringify(body)).toContain('第 11 行由记录得出，不能填写')
    const year = { year: 2019, part: 1, version: 0, notes: {} }
    const annual = await stage.as('D1').put('/api/statutory/annual', { ...year, asked: { '09': -1 } })
    expect(annual.status).toBe(422)
    expect(JSON.stringify(annual.body)).toContain('asked.09')
  })

  it('goes to a second person, who signs it; what moves later stands beside it', async () => {
    expect((await save('D1', 0)).body).toEqual({ version: 1 })
    expect((await save('D1', 0)).status).toBe(409)
    const drawn = await open('D1')
    const notes = Object.fromEntries(drawn.findings.map((f) => [f.id, '已核实']))
    expect(drawn.findings.filter((f) => f.level === 'must')).toEqual([])
    const { version } = (await save('D1', 1, { notes })).body
    expect((await act('D1b', 'sign', version)).status).toBe(409)
    expect((await act('D1', 'submit', version)).status).toBe(200)
    expect((await save('D1', version + 1)).status).toBe(409)
    expect((await act('D1b', 'return', version + 1)).status).toBe(422)
    expect((await act('D1b', 'return', version + 1, '请核对培训人次')).status).toBe(200)
    expect((await open('D1')).reason).toBe('请核对培训人次')
    expect((await act('D1', 'submit', version + 2)).status).toBe(200)
    expect((await act('D1', 'sign', version + 3)).body).toMatchObject({ code: '422.60' })
    expect((await act('D1b', 'sign', version + 3)).status).toBe(200)
    const signed = await open('D1')
    expect(signed).toMatchObject({ state: 'signed', revision: 1, registerOn: '2019-09-30' })
    expect(signed.signed!.hash).toMatch(/^[0-9a-f]{64}$/)
    await train(7)
    const later = await open('D1')
    const cell = valueOf(later, '12')
    expect(cell.live! - cell.value!).toBe(7)
    expect(valueOf(later, '12').value).toBe(valueOf(signed, '12').value)
    expect((await act('D1', 'reopen', later.version, '补报一期培训')).status).toBe(200)
    const anew = await open('D1')
    expect(anew).toMatchObject({ state: 'open', revision: 2, revisions: [2, 1] })
    expect(valueOf(anew, '12').value).toBe(cell.live)
    expect(valueOf(await open('D1', `${at}&revision=1`), '12').value).toBe(cell.value)
  })

  it('of a period that is not over is not handed on', async () => {
    const body = { year: 2030, part: 1, version: 0, asked: {}, notes: {} }
    const saved = await stage.as('D1').put<{ version: number }>('/api/statutory/quarter', body)
    const sent = await stage.as('D1').post('/api/statutory/quarter/submission', {
      year: 2030,
      part: 1,
      version: saved.body.version,
      action: 'submit',
    })
    expect(sent.status).toBe(422)
    expect(JSON.stringify(sent.body)).toContain('期末以后才能送签')
  })

  it('bears its legal head once the city entered one', async () => {
    const head = {
      formNo: '女工统1表',
      issuer: '示例市总工会',
      approvalNo: '',
      validFrom: '2020-01-01',
      validUntil: '2021-12-31',
    }
    const refused = await stage.as('C').put('/api/statutory/quarter/head', head)
    expect(JSON.stringify(refused.body)).toContain('请填写批准或备案文号')
    const approvalNo = '示例统制〔2020〕2号'
    expect((await stage.as('C').put('/api/statutory/quarter/head', { ...head, approvalNo })).status).toBe(200)
    expect((await open('D2')).head).toMatchObject({ formNo: '女工统1表', approvalNo })
  })

  it('is a workbook', async () => {
    const { status, headers } = await stage.as('D1').get('/api/statutory/quarter/xlsx?year=2019&part=3')
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('spreadsheetml')
    expect(decodeURIComponent(String(headers['content-disposition']))).toContain('工会女职工工作季报表')
  })
})
