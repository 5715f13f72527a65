import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Estimates } from '#figures/api.ts'
import type {
  EarlierCell,
  EarlierGrid,
  EarlierTrace,
  EarlierWaiting,
  YearLine,
} from '#figures/earlier/api.ts'
import type { PaperMaterial, SummaryPreview } from '#figures/summaryApi.ts'
import { compareEarlier } from '#figures/earlier/verify.server.ts'
import type { MessageList } from '#notify/api.ts'
import type { Tx } from '#server/database.server.ts'
import { bookOf, bring, commitAll, rowsOf, said } from '../support/intake.ts'
import { openStage, type Stage } from '../support/client.ts'
import { body, playOn, type Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const sessions = 'training.sessions'
const source = '2017年工作总结第3页'
const put = (who: string, org: string, value: number | null, more: object = {}) =>
  stage.as(who).put<{ saved: number } & Refusal>('/api/earlier', {
    org: stage.world.org(org),
    cells: [{ indicator: sessions, year: 2017, value, source, ...more }],
  })
const grid = async (who: string, org: string) =>
  (await stage.as(who).get<EarlierGrid>(`/api/earlier?org=${stage.world.org(org)}&from=2016&until=2019`)).body
const trace = async (who: string, org: string, year = 2017) =>
  (
    await stage
      .as(who)
      .get<EarlierTrace>(`/api/earlier/trace?org=${stage.world.org(org)}&indicator=${sessions}&year=${year}`)
  ).body
const years = async (who: string, org: string) =>
  (
    await stage
      .as(who)
      .get<YearLine>(`/api/figures/years?org=${stage.world.org(org)}&indicator=${sessions}&year=2019`)
  ).body.years
const moving = async (who: string, org: string): Promise<EarlierCell> =>
  (await grid(who, org)).cells.find((c) => c.state !== 'accepted')!
const act = (who: string, action: string, ids: string[], reason?: string) =>
  stage
    .as(who)
    .post<Refusal>(`/api/earlier/${['submit', 'withdraw'].includes(action) ? 'submission' : 'decision'}`, {
      action,
      ids,
      ...(reason ? { reason } : {}),
    })
const must = async (answer: Promise<{ status: number; raw: string }>) => {
  const { status, raw } = await answer
  expect([status, raw]).toEqual([200, expect.any(String)])
}

const differences = async (tx: Tx) => (await compareEarlier(stage.world.deps, tx)).differences
/** What 2018 and 2017 would have without records. */
const before = async (who: string) =>
  (
    await stage.as(who).get<Estimates>(`/api/figures/estimates?year=2018&org=${stage.world.org('D1')}`)
  ).body.years.find((y) => y.indicator === sessions)

const told = async (who: string) =>
  (await stage.as(who).get<MessageList>('/api/messages')).body.rows.map((m) => m.subject)

/** Entered by one cadre of a unit, accepted by the other. */
async function settle(org: string, value: number, more: object = {}): Promise<string> {
  await must(put(org, org, value, more))
  const { id } = await moving(org, org)
  await must(act(org, 'submit', [id]))
  await must(act(`${org}b`, 'accept', [id]))
  return id
}

/** So many trainings of U4 in a year, entered today and accepted by D1. */
async function record(count: number, year = 2017): Promise<void> {
  const days = { startsOn: `${year}-05-03`, endsOn: `${year}-05-03` }
  const made = await stage.as('U4').post<{ id: string }>('/api/records/training', {
    body: body({ ...days, count, title: `补录${count}期` }),
    warningNote: '补录核对无误',
  })
  expect([made.status, made.raw]).toEqual([200, expect.any(String)])
  await playOn(stage.as).mustAct('D1', { id: made.body.id, version: 1 }, { action: 'accept' })
}

describe('a total of a year before the system', () => {
  it('is saved as she types, submitted with its source, and decided by another person', () =>
    stage.trial(async () => {
      await must(put('D1', 'D1', 12, { source: '' }))
      const draft = await moving('D1', 'D1')
      expect(draft).toMatchObject({ value: 12, state: 'draft', source: '' })
      const unsaid = await act('D1', 'submit', [draft.id])
      expect([unsaid.status, unsaid.body.issues![0]!.message]).toEqual([
        422,
        expect.stringContaining('没有写出处'),
      ])
      await must(put('D1', 'D1', 13))
      await must(act('D1', 'submit', [draft.id]))
      // What is under review stays as it is until it is taken back.
      expect((await put('D1b', 'D1', 14)).status).toBe(409)
      expect((await act('D1', 'accept', [draft.id])).body.code).toBe('422.7')
      expect((await act('leaderD1', 'return', [draft.id])).status).toBe(422)
      await must(act('leaderD1', 'return', [draft.id], '请附总结原件页码'))
      expect(await told('D1b')).toContain('1 个历年数据待审核')
      expect(await told('D1')).toEqual(['1 个历年数据被退回：请附总结原件页码'])
      expect(await moving('D1', 'D1')).toMatchObject({ state: 'returned', reason: '请附总结原件页码' })
      await must(put('D1b', 'D1', 14))
      await must(act('D1b', 'submit', [draft.id]))
      expect((await act('D1b', 'accept', [draft.id])).body.code).toBe('422.7')
      await must(act('D1', 'accept', [draft.id]))
      expect((await act('D1', 'accept', [draft.id])).status).toBe(409)
      expect((await grid('D1', 'D1')).cells).toMatchObject([
        { value: 14, state: 'accepted', decidedBy: '演示D1' },
      ])
    }))

  it('is refused where it cannot be: a year that runs, a broken number, an unknown indicator, another unit', () =>
    stage.trial(async () => {
      for (const [field, change] of [
        ['cells.0.year', { year: 2020 }],
        ['cells.0.year', { year: 1900 }],
        ['cells.0.value', { value: -1 }],
        ['cells.0.value', { value: 0.5 }],
        ['cells.0.indicator', { indicator: 'no.such' }],
      ] as const) {
        const refused = await put('D1', 'D1', 3, change)
        expect([refused.status, refused.body.issues?.[0]?.field]).toEqual([422, field])
      }
      expect((await put('D1', 'D2', 3)).status).toBe(404)
      expect((await put('D1', 'C', 3)).status).toBe(404)
      expect((await put('U4', 'U4', 3)).status).toBe(403)
      expect((await put('leaderD1', 'D1', 3)).status).toBe(403)
      await must(put('C', 'D1', 3))
      await must(put('D1', 'U4', 3))
      expect((await grid('D2', 'D2')).cells).toEqual([])
      const { id } = await moving('D1', 'D1')
      expect((await act('D2', 'submit', [id])).status).toBe(404)
      // Taken out again: the draft is gone, the row stays.
      await must(put('D1', 'D1', null))
      expect((await grid('D1', 'D1')).cells).toEqual([])
    }))

  it('takes the place of the one before it, which stays to be looked up', () =>
    stage.trial(async () => {
      await settle('D1', 12)
      await settle('D1', 15, { source: '2017年统计年报' })
      expect((await years('D1', 'D1')).find((y) => y.year === 2017)).toMatchObject({ value: 15 })
      const { parts, value } = await trace('D1', 'D1')
      expect(value).toBe(15)
      expect(parts.map((p) => [p.value, p.state, p.isCounted])).toEqual([
        [15, 'accepted', true],
        [12, 'replaced', false],
      ])
      await must(act('D1b', 'void', [parts[0]!.id], '原件有误'))
      expect(await years('D1', 'D1')).toEqual([])
    }))
})

describe('what a year compares with', () => {
  it('is the unit’s own total, or the sum below it: one of them, the other told beside', () =>
    stage.trial(async () => {
      await settle('D1', 40)
      await settle('D2', 25)
      // Inside D1's total: it is counted once.
      await must(put('D1', 'S1', 7))
      await must(act('D1', 'submit', [(await moving('D1', 'S1')).id]))
      await must(act('D1b', 'accept', [(await moving('D1', 'S1')).id]))
      expect(await trace('C', 'C')).toMatchObject({ own: null, below: 65, value: 65, basis: 'below' })
      expect((await trace('C', 'C')).parts.map((p) => [p.org.code, p.isCounted])).toEqual([
        ['D1', true],
        ['D2', true],
        ['S1', false],
      ])
      await settle('C', 70)
      expect(await trace('C', 'C')).toMatchObject({ own: 70, below: 65, value: 70, basis: 'own' })
      expect((await years('C', 'C')).find((y) => y.year === 2017)).toMatchObject({
        value: 70,
        from: 'estimate',
        below: 65,
      })
      expect((await years('D2', 'D2')).find((y) => y.year === 2017)).toMatchObject({ value: 25 })
    }))

  it('is the records wherever there are any, and both are never added up', () =>
    stage.trial(async () => {
      await settle('D1', 40)
      expect(await before('D1')).toMatchObject({ before: 40, value: null })
      const line = await years('D1', 'D1')
      expect(line[0]).toMatchObject({ year: 2017, value: 40, from: 'estimate' })
      await record(6)
      expect((await years('D1', 'D1'))[0]).toMatchObject({ year: 2017, value: 6, from: 'records' })
      expect(await before('D1')).toBeUndefined()
      expect(await trace('D1', 'D1')).toMatchObject({ recorded: 6, own: 40, value: 6, basis: 'recorded' })
      const { parts } = await trace('D1', 'D1')
      expect(parts.map((p) => p.isCounted)).toEqual([false])
      const { beside } = await grid('D1', 'D1')
      expect(beside.find((b) => b.indicator === sessions && b.year === 2017)).toMatchObject({ recorded: 6 })
    }))

  it('waits in the queue of whoever may decide, with what stands there now', () =>
    stage.trial(async () => {
      await settle('D1', 12)
      await must(put('D1', 'D1', 18))
      await must(act('D1', 'submit', [(await moving('D1', 'D1')).id]))
      const queue = (await stage.as('C').get<EarlierWaiting>('/api/earlier/waiting')).body
      expect(queue).toMatchObject([{ value: 18, standing: 12, recorded: null, isMine: false }])
      expect((await stage.as('D1').get<EarlierWaiting>('/api/earlier/waiting')).body[0]!.isMine).toBe(true)
      expect((await stage.as('D2').get<EarlierWaiting>('/api/earlier/waiting')).body).toEqual([])
      expect((await stage.as('U4').get('/api/earlier/waiting')).status).toBe(403)
    }))
})

describe('verify', () => {
  it('holds each accepted total against what the chain says was accepted', () =>
    stage.trial(async (tx) => {
      const id = await settle('D1', 12)
      expect(await compareEarlier(stage.world.deps, tx)).toEqual({ totals: 1, differences: [] })
      const tampered = async (set: ReturnType<typeof sql>) => {
        await sql`SAVEPOINT t`.execute(tx)
        await sql`UPDATE app.earlier_total SET ${set} WHERE id = ${id}::uuid`.execute(tx)
        const found = await differences(tx)
        await sql`ROLLBACK TO SAVEPOINT t`.execute(tx)
        return found.length
      }
      expect(await tampered(sql`val = 13`)).toBe(1)
      expect(await tampered(sql`year = 2016`)).toBe(1)
      expect(await tampered(sql`source = '别处'`)).toBe(1)
      expect(await tampered(sql`entered_by = decided_by`)).toBe(1)
      expect(await tampered(sql`reason = ''`)).toBe(0)
    }))
})

describe('a workbook of earlier years', () => {
  const head = ['统计项目', '年度', '全年数', '数据来源', '单位名称']
  const label = '教育培训期数'
  const book = (...lines: (string | number | null)[][]) =>
    bookOf(stage, {
      name: '历年',
      head,
      lines: lines.map((line) => line.map((c) => (c === null ? c : String(c)))),
    })

  it('is checked at its cells, submitted as estimates, and taken back while nobody has decided', () =>
    stage.trial(async () => {
      await settle('D1', 12)
      const found = await bring(
        stage,
        'D1',
        'earlier',
        await book(
          [label, 2017, 12, '总结第3页', null],
          [label, 2016, '1,150', '总结第3页', '示例D1'],
          [label, 2016, 9, '总结第3页', null],
          [label, 2015, 8.5, '总结第3页', null],
          [label, 2020, 8, '总结第3页', null],
          [label, 2014, 8, '总结第3页', '示例D2'],
          ['没有的指标', 2014, 8, '总结第3页', null],
          [label, 2013, 8, null, null],
          [label, 2015, 4, '总结第3页', 'S1'],
        ),
      )
      expect([found.answer.status, found.answer.raw]).toEqual([200, expect.any(String)])
      const lines = await rowsOf(stage, 'D1', found.id)
      expect(
        said(lines).map(([line, state, said1]) => [line, state, String(said1 ?? '').split(':')[0]]),
      ).toEqual([
        [2, 'same', ''],
        [3, 'warned', 'value'],
        [4, 'wrong', 'indicator'],
        [5, 'wrong', 'value'],
        [6, 'wrong', 'year'],
        [7, 'wrong', 'org'],
        [8, 'wrong', 'indicator'],
        [9, 'wrong', 'source'],
        [10, 'right', ''],
      ])
      const done = await commitAll(stage, 'D1', found, { mode: 'right', note: '核对无误' })
      expect([done.status, done.raw]).toEqual([200, expect.any(String)])
      const queue = (await stage.as('D1b').get<EarlierWaiting>('/api/earlier/waiting')).body
      expect(queue.map((q) => [q.org.code, q.year, q.value])).toEqual([
        ['D1', 2016, 1150],
        ['S1', 2015, 4],
      ])
      await must(act('D1b', 'accept', [queue[0]!.id]))
      const undone = await stage.as('D1').post<Refusal>(`/api/intakes/${found.id}/undo`, {})
      expect([undone.status, undone.raw]).toEqual([200, expect.any(String)])
      expect((await stage.as('D1b').get<EarlierWaiting>('/api/earlier/waiting')).body).toEqual([])
      expect((await years('D1', 'D1')).map((y) => [y.year, y.value])).toContainEqual([2016, 1150])
    }))
})

const printed = async () => {
  const { blocks } = (await stage.as('D1').get<SummaryPreview>('/api/summary?year=2019')).body
  return blocks.flatMap((b) =>
    b.kind === 'paragraph' ? b.runs.map((r) => ('figure' in r ? r.figure.written : r.text)) : [],
  )
}
const compared = async () =>
  (await stage.as('D1').get<PaperMaterial>('/api/summary/material?year=2019')).body.compared

const problems = async () =>
  (await stage.as('D1').get<PaperMaterial>('/api/summary/material?year=2019')).body.problems
    .filter((p) => p.kind === '低于计划')
    .map((p) => JSON.stringify(p.block))

describe('the summary', () => {
  const year = { year: 2019 }
  const figure = { indicator: sessions, year: 2018, calendar: 'year' }
  const draft = {
    title: ['示例总结'],
    blocks: [{ id: 'b1', kind: 'paragraph', pieces: [{ text: '上年' }, { figure }] }],
  }
  it('offers a sentence with the year before, prints an estimate as such, and the records once there are any', () =>
    stage.trial(async () => {
      await record(9, 2019)
      expect(await compared()).toEqual([])
      await settle('D1', 6, { year: 2018 })
      expect((await compared()).map((c) => [c.kind, c.link])).toEqual([
        ['增加', `/trace/${sessions}?calendar=year&year=2018`],
      ])
      await must(stage.as('D1').put('/api/summary/draft', { ...year, version: 0, draft }))
      expect(await printed()).toEqual(['上年', '6期', '（估报）'])
      await record(4, 2018)
      expect(await printed()).toEqual(['上年', '4期'])
    }))

  it('names a target of the plan that the year fell short of', () =>
    stage.trial(async () => {
      await record(9, 2019)
      const item = {
        section: '二、重点工作',
        task: '办好培训',
        ownerId: stage.world.org('D1'),
        dueOn: '2019-12-31',
        evidence: '培训记录',
        target: { indicator: sessions, bound: 'atLeast', value: 50 },
      }
      await must(stage.as('D1').post('/api/plans/2019/items', item))
      expect(await problems()).toEqual([])
      const { version } = (
        await stage.as('D1').get<{ version: number }>(`/api/plans/${item.ownerId}?year=2019`)
      ).body
      const adoption = { version, meeting: '全委会', adoptedOn: '2019-01-10', docNo: '示例工女〔2019〕1号' }
      await must(stage.as('D1').post('/api/plans/2019/adoption', adoption))
      expect(await problems()).toEqual([expect.stringContaining('没有达到年度计划的50期')])
    }))
})
