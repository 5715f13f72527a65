import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  auditReleases,
  closedQuarters,
  releaseDue,
  releasedIndicators,
} from '#figures/disclosure/release.server.ts'
import type { ReleasedTable, ReleaseLog } from '#figures/disclosure/api.ts'
import type { Drill, FigureSet, Trace, Trend } from '#figures/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { inTransaction, rows, wholeTree, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const code = 'screening.persons'

/** Accepted persons of screening in the books: unit, month, number. */
const facts: [string, number, number][] = [
  ['U1', 201902, 3], // S1 of D1: too small
  ['U3', 201902, 40], // S2 of D1
  ['U4', 201903, 20], // directly under D1
  ['U5', 201901, 70], // S3 of D2
  ['U6', 201902, 30], // I1, seen by S1
  ['U8', 201902, 25], // I2
  ['U1', 201905, 30],
  ['U3', 201905, 40],
  ['U5', 201908, 50],
  ['U7', 201908, 2],
]

async function book(tx: Tx, list = facts, of = code): Promise<void> {
  for (const [org, ym, val] of list)
    for (const state of [0, 1])
      await sql`INSERT INTO app.rollup_delta (district_id, org_id, ym, indicator_id, state, val)
        SELECT district_id, id, ${ym}, ${stage.world.deps.catalogue.indicatorId(of)}, ${state}, ${val} FROM app.org WHERE org_code = ${org}`.execute(
        tx,
      )
}

const cells = (tx: Tx, quarter: number, span = 'quarter') =>
  rows<{ org: string; rest: boolean; value: number | null }>(
    tx,
    sql`SELECT o.org_code AS org, c.rest, c.value FROM app.release_cell c JOIN app.org o ON o.id = c.org_id
      WHERE c.quarter = ${quarter} AND c.span = ${span} AND c.indicator_id = ${stage.world.deps.catalogue.indicatorId(code)}
      ORDER BY o.org_code, c.rest`,
  )

const told = async (tx: Tx, quarter: number, span = 'quarter') =>
  (await cells(tx, quarter, span)).map((c) => `${c.org}${c.rest ? ' rest' : ''} ${c.value ?? '＊'}`)

describe('a released table', () => {
  it('is due fifteen days after the end of its quarter', () => {
    expect(closedQuarters('2020-04-14').at(-1)).toBe(20194)
    expect(closedQuarters('2020-04-15').at(-1)).toBe(20201)
    expect(closedQuarters('2020-04-15')[0]).toBe(20181)
  })

  it('shows what is true, hides the small cell and one beside it, and is made once', () =>
    stage.trial(async (tx) => {
      await book(tx)
      const { deps } = stage.world
      expect(await releaseDue(deps)).toBe(9 * releasedIndicators(deps).length)
      expect(await told(tx, 20191)).toEqual([
        'C 188',
        'C rest 0',
        'D1 63',
        'D1 rest ＊',
        'D2 70',
        'D2 rest 0',
        'D3 0',
        'I1 30',
        'I2 25',
        'S1 ＊',
        'S2 40',
        'S3 70',
      ])
      // Later corrections move the live value, never a table.
      await book(tx, [['U1', 201902, 50]])
      expect(await releaseDue(deps)).toBe(0)
      expect((await told(tx, 20191))[0]).toBe('C 188')
    }))

  it('of a year lets no quarter be told', () =>
    stage.trial(async (tx) => {
      await book(tx)
      const { deps } = stage.world
      await releaseDue(deps)
      const year = await told(tx, 20194, 'year')
      expect(year).toEqual([
        'C 310',
        'C rest 0',
        'D1 133',
        'D1 rest ＊',
        'D2 122',
        'D2 rest 0',
        'D3 0',
        'I1 30',
        'I2 25',
        'S1 ＊',
        'S2 80',
        'S3 122',
      ])
      expect((await told(tx, 20194)).filter((cell) => cell.endsWith('＊'))).toEqual([])
      const audit = await inTransaction(deps.db, wholeTree, (inner) => auditReleases(deps, inner))
      expect(audit).toMatchObject({ tables: 9 * releasedIndicators(deps).length, breaches: [] })
      expect(audit.hidden).toBe(4)
    }))

  it('is audited: a hidden cell that is shown after all is named', () =>
    stage.trial(async (tx) => {
      await book(tx)
      const { deps } = stage.world
      await releaseDue(deps)
      await sql`WITH gone AS (DELETE FROM app.release_hidden h USING app.org o WHERE o.id = h.org_id AND o.org_code = 'D1'
          AND h.quarter = 20191 AND h.rest RETURNING h.*)
        UPDATE app.release_cell c SET value = gone.value FROM gone
        WHERE (c.indicator_id, c.quarter, c.span, c.org_id, c.rest) = (gone.indicator_id, gone.quarter, gone.span, gone.org_id, gone.rest)`.execute(
        tx,
      )
      const { breaches } = await inTransaction(deps.db, wholeTree, (inner) => auditReleases(deps, inner))
      expect(breaches).toMatchObject([
        { indicator: code, range: { min: 3, max: 3 }, needed: 5 },
        { indicator: code, range: { min: 33, max: 33 }, needed: 1 },
        { indicator: code, range: { min: 20, max: 20 }, needed: 1 },
      ])
    }))

  it('keeps what hidden cells were from every person, the city included', () =>
    stage.trial(async (tx) => {
      await book(tx)
      await releaseDue(stage.world.deps)
      const { scopeCode } = (
        await rows<{ scopeCode: string }>(
          tx,
          sql`SELECT scope_code AS "scopeCode" FROM app.org WHERE org_code = 'C'`,
        )
      )[0]!
      const seen = await inTransaction(
        stage.world.deps.db,
        { scopeCode, token: stage.world.person('C').token },
        (inner) => rows(inner, sql`SELECT 1 FROM app.release_hidden`),
      )
      expect(seen).toEqual([])
    }))
})

type Class = { class: string }
const screening = findProgramme('screening')! as Class
afterEach(() => {
  screening.class = 'S1'
})

/** Everything the API tells somebody of the indicator at a unit. */
async function asked(
  who: string,
  unit: string,
  period = 'calendar=quarter&year=2019&part=1',
  of: string = code,
) {
  const query = `org=${stage.world.org(unit)}&indicator=${of}&${period}`
  const get = async <T>(path: string) => (await stage.as(who).get<T>(`/api/figures${path}?${query}`)).body
  const set = await get<FigureSet>('')
  return {
    figure: set.figures.find((f) => f.indicator === of)!,
    drill: await get<Drill>('/drill'),
    trend: await get<Trend>('/trend'),
    trace: await get<Trace>('/trace'),
    changes: await get<{ rows: unknown[] }>('/changes'),
  }
}

describe('a viewer who may read the records', () => {
  it('keeps exact live figures: leaders and the view line of a programme of S1', () =>
    stage.trial(async (tx) => {
      await book(tx)
      for (const [who, unit] of [
        ['D1', 'S1'],
        ['leader', 'S1'],
        ['leaderD1', 'U1'],
      ] as const) {
        const { figure, trace } = await asked(who, unit)
        expect([who, figure.value, figure.withheld, trace.withheld]).toEqual([who, 3, undefined, undefined])
      }
    }))

  it('of a programme of S2 are cadres of the line', () =>
    stage.trial(async (tx) => {
      screening.class = 'S2'
      await book(tx)
      expect((await asked('D1', 'S1')).figure).toMatchObject({ value: 3, waiting: 0 })
    }))
})

describe('a viewer who may not', () => {
  it('sees the released table and its marks, at every door', () =>
    stage.trial(async (tx) => {
      screening.class = 'S2'
      await book(tx)
      await releaseDue(stage.world.deps)
      const { figure, drill, trend, trace, changes } = await asked('leader', 'D1')
      expect(figure).toEqual({ indicator: code, value: 63, waiting: null, viewed: null, before: 0 })
      expect(drill.rows.map((r) => [r.org.code, r.line, r.values[code], r.small])).toEqual([
        ['D1', 0, [null, null], undefined],
        ['S1', 1, [null, null], [code]],
        ['S2', 1, [40, null], undefined],
        ['U4', 1, [null, null], undefined],
      ])
      expect(trend).toMatchObject({ value: [], waiting: [], before: [], withheld: 'unreleased' })
      expect(trace).toMatchObject({ sum: 63, records: null, hidden: null, grades: [], rows: [], next: null })
      expect(changes.rows).toEqual([])
      const small = await asked('leader', 'S1')
      expect(small.figure).toMatchObject({ value: null, withheld: 'small', waiting: null })
      expect(small.trace).toMatchObject({ sum: null, withheld: 'small', records: null })
    }))

  it('sees nothing live: no month, no open quarter, no unit below, no view of today, no correction', () =>
    stage.trial(async (tx) => {
      screening.class = 'S2'
      await book(tx)
      await releaseDue(stage.world.deps)
      await book(tx, [['U5', 201901, 1]])
      expect((await asked('leader', 'D2')).figure.value).toBe(70)
      for (const [unit, period] of [
        ['D2', 'calendar=month&year=2019&part=1'],
        ['D2', 'calendar=quarter&year=2020&part=2'],
        ['D2', 'calendar=year&year=2020'],
        ['D2', 'calendar=quarter&year=2019&part=1&view=today'],
        ['U5', 'calendar=quarter&year=2019&part=1'],
      ] as const) {
        const { figure, trace } = await asked('leader', unit, period)
        expect([period, figure.value, figure.withheld, trace.sum]).toEqual([period, null, 'unreleased', null])
      }
    }))

  it('sees the year as it was released, and a statistics year as the sum of four quarters', () =>
    stage.trial(async (tx) => {
      screening.class = 'S2'
      await book(tx)
      await releaseDue(stage.world.deps)
      expect((await asked('leader', 'C', 'calendar=year&year=2019')).figure).toMatchObject({
        value: 310,
        before: 0,
      })
      expect((await asked('leader', 'D2', 'calendar=statistics&year=2019')).figure.value).toBe(122)
      expect((await asked('leader', 'S1', 'calendar=statistics&year=2019')).figure.withheld).toBe('small')
    }))

  it('is told no money that would say how many persons: at no door, of no unit, of no closed quarter', () =>
    stage.trial(async (tx) => {
      const cost = 'screening.cost'
      await book(tx, facts, cost)
      const live = await asked('leader', 'S1', undefined, cost)
      expect([live.figure.value, live.figure.withheld]).toEqual([3, undefined])
      screening.class = 'S2'
      await releaseDue(stage.world.deps)
      for (const unit of ['C', 'D1', 'S1', 'U1']) {
        const { figure, drill, trend, trace, changes } = await asked('leader', unit, undefined, cost)
        expect(figure).toMatchObject({ value: null, waiting: null, viewed: null, withheld: 'unreleased' })
        expect(drill.rows.flatMap((r) => r.values[cost]).filter((v) => v !== null)).toEqual([])
        expect(trend).toMatchObject({ value: [], waiting: [], before: [] })
        expect(trace).toMatchObject({ sum: null, records: null, rows: [] })
        expect(changes.rows).toEqual([])
      }
    }))

  it('is not told by the view line either: what it adds is left out', () =>
    stage.trial(async (tx) => {
      await book(tx)
      expect((await asked('S1', 'S1')).figure.viewed).toBe(30)
      screening.class = 'S2'
      const { figure, drill } = await asked('S1', 'S1')
      expect(figure).toMatchObject({ value: 3, viewed: null })
      expect(drill.rows.find((r) => r.org.code === 'U6')!.values[code]).toEqual([null, null])
    }))
})

describe('the log of released tables', () => {
  it('tells what was released, within the scope of who reads, and what was withheld', () =>
    stage.trial(async (tx) => {
      await book(tx)
      await releaseDue(stage.world.deps)
      const log = async (who: string) => {
        const { body } = await stage.as(who).get<ReleaseLog>('/api/figures/releases')
        return body.find((r) => r.indicator === code && r.quarter === 20191)!
      }
      const table = async (who: string, quarter = 20191) => {
        const { body } = await stage.as(who).get<ReleasedTable>(`/api/figures/releases/${code}/${quarter}`)
        return body.rows.map((r) => `${r.org.code}${r.rest ? ' rest' : ''} ${r.value ?? '＊'}`)
      }
      expect(await log('C')).toMatchObject({ releasedOn: '2020-04-16', cells: 12, hidden: 2 })
      expect(await log('D1')).toMatchObject({ cells: 4, hidden: 2 })
      expect(await log('I1')).toMatchObject({ cells: 1, hidden: 0 })
      expect(await table('D1')).toEqual(['D1 63', 'D1 rest ＊', 'S1 ＊', 'S2 40'])
      expect(await table('leaderD1')).toEqual(await table('D1'))
      expect(await table('I1')).toEqual(['I1 30'])
      expect(await table('U1')).toEqual([])
      expect(await table('C')).toHaveLength(12)
      const { body: year } = await stage.as('D1').get<ReleasedTable>(`/api/figures/releases/${code}/20194`)
      expect(year.rows.map((r) => r.year)).toEqual([133, null, null, 80])
      // Live corrections and later quarters are in no table.
      expect((await stage.as('C').get(`/api/figures/releases/${code}/20202`)).status).toBe(404)
      expect((await stage.as('C').get('/api/figures/releases/screening.cost/20191')).status).toBe(404)
      for (const who of ['worker', 'auditAdmin', 'systemAdmin'])
        expect([who, (await stage.as(who).get('/api/figures/releases')).status]).toEqual([who, 403])
    }))
})
