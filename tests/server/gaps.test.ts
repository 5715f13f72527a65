import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Gaps, GapLine } from '#org/gaps/api.ts'
import { remindTerms } from '#org/remind.server.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Tx } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const gaps = async (who: string, query = ''): Promise<Gaps> => {
  const { status, body, raw } = await stage.as(who).get<Gaps>(`/api/orgs/gaps${query}`)
  expect([status, raw]).toEqual([200, expect.any(String)])
  return body
}
const names = (rows: readonly GapLine[]) => rows.map((r) => r.name)
const women = (tx: Tx, code: string, n: number) =>
  sql`UPDATE app.org SET women_members = ${n} WHERE org_code = ${code}`.execute(tx)
const committee = findProgramme('committee')!
const url = '/api/records/committee'

async function accepted(changes: Record<string, unknown> = {}): Promise<Written> {
  const sent = await stage
    .as('U4')
    .post<Written>(url, { body: bodyOf(committee, changes), warningNote: '已核对' })
  expect([sent.status, sent.raw]).toEqual([200, expect.any(String)])
  const done = await stage.as('D1').post<Written>(`${url}/${sent.body.id}/actions`, {
    action: 'accept',
    version: sent.body.version,
  })
  expect([done.status, done.raw]).toEqual([200, expect.any(String)])
  return done.body
}
const term = (untilOn: string, more: object = {}) => ({
  terms: [{ termNo: 1, fromOn: '2019-11-20', untilOn, director: '李演', ...more }],
})

it('from ten women members a committee is due, below that a delegate', () =>
  stage.trial(async (tx) => {
    await women(tx, 'U4', 10)
    await women(tx, 'U3', 9)
    const missing = await gaps('D1', '?kind=missing')
    expect(names(missing.rows)).toContain('示例U4工会')
    expect(names(missing.rows)).not.toContain('示例U3工会')
    expect(names((await gaps('D1', '?kind=noDelegate')).rows)).toEqual(['示例U3工会'])
    const before = missing.formation
    await accepted()
    const after = await gaps('D1', '?kind=missing')
    expect(after.formation).toEqual({ part: before.part + 1, whole: before.whole })
    expect(names(after.rows)).not.toContain('示例U4工会')
  }))

it.each([
  ['2020-04-15', 'overdue'],
  ['2020-04-16', 'ending'],
  ['2020-07-15', 'ending'],
  ['2020-07-16', null],
])('a term until %s is %s on 2020-04-16', (untilOn, kind) =>
  stage.trial(async () => {
    await accepted(term(untilOn))
    for (const asked of ['overdue', 'ending'] as const)
      expect(names((await gaps('D1', `?kind=${asked}`)).rows)).toEqual(asked === kind ? ['示例U4工会'] : [])
  }),
)

it('a committee whose director has left stands without one until the next is entered', () =>
  stage.trial(async () => {
    await accepted(term('2022-11-19', { directorLeftOn: '2020-04-16' }))
    const { rows } = await gaps('D1', '?kind=noDirector')
    expect(rows.map(({ name, note }) => [name, note])).toEqual([
      ['示例U4工会', '2022-11-19 届满，主任 2020-04-16 离任'],
    ])
  }))

it('of employers those stand and employ women are due, and covered where their union has an organisation', () =>
  stage.trial(async (tx) => {
    const [d1, u4] = [stage.world.org('D1'), stage.world.org('U4')]
    const add = (code: string, kind: string, heads: number, closedOn: string | null = null) =>
      sql`INSERT INTO app.enterprise VALUES (${code}, ${code}, ${code}, ${kind}, ${d1}, 9, ${heads}, ${closedOn}::date, '2020-01-01')`.execute(
        tx,
      )
    await add('A', '非公有制企业', 1)
    await add('B', '非公有制企业', 0)
    await add('C', '社会组织', 5, '2020-04-16')
    await add('D', '社会组织', 5, '2020-04-17')
    await sql`INSERT INTO app.org_employer VALUES (${u4}, 'A', '2018-01-01', NULL)`.execute(tx)
    expect((await gaps('D1')).employers).toEqual({ part: 0, whole: 2 })
    expect(names((await gaps('D1', '?kind=newOrgs')).rows)).toEqual(['D'])
    await accepted()
    expect((await gaps('D1')).employers).toEqual({ part: 1, whole: 2 })
    expect((await gaps('D2')).employers).toEqual({ part: 0, whole: 0 })
    // Cover that ended today is none.
    await sql`UPDATE app.org_employer SET until_on = '2020-04-16'`.execute(tx)
    expect(names((await gaps('D1', '?kind=newOrgs')).rows)).toEqual(['D', 'A'])
  }))

it('a unit is reminded of a gap once a day, by whoever is above it', () =>
  stage.trial(async () => {
    const u4 = stage.world.org('U4')
    const ask = (who: string, orgs: number[], kind = 'missing') =>
      stage.as(who).post('/api/orgs/gaps/reminders', { kind, orgs })
    expect((await ask('D1', [u4])).body).toEqual({ told: 1, already: 0 })
    expect((await ask('C', [u4])).body).toEqual({ told: 0, already: 1 })
    expect((await ask('D1', [u4], 'overdue')).body).toEqual({ told: 0, already: 0 })
    expect((await ask('D2', [u4])).status).toBe(404)
    expect((await ask('U4', [u4])).status).toBe(403)
    const line = (await gaps('D1', '?kind=missing')).rows.find((r) => r.org?.id === u4)!
    expect([line.mayRemind, line.remindedOn]).toEqual([true, '2020-04-16'])
    const inbox = await stage.as('U4').get('/api/messages')
    expect(inbox.raw).toContain('请建立女职工委员会并登记')
  }))

it('the workbook has a sheet for each gap', () =>
  stage.trial(async () => {
    const file = await stage.app.inject({
      method: 'GET',
      url: '/api/orgs/gaps/xlsx',
      headers: { cookie: `__Host-sid=${stage.world.person('C').token}`, 'sec-fetch-site': 'same-origin' },
    })
    expect(file.statusCode).toBe(200)
    const book = await stage.world.deps.sheets.readAll(file.rawPayload, 100)
    expect(JSON.stringify(book)).toContain('应建未建')
    expect(JSON.stringify(book)).toContain('示例U4工会')
  }))

it('a term that ends is told ninety and thirty days before and on its day, each once', () =>
  stage.trial(async (tx) => {
    await accepted(term('2020-07-14'))
    const on = (day: string) => remindTerms({ today: () => day }, tx)
    expect([await on('2020-04-14'), await on('2020-04-15'), await on('2020-04-16')]).toEqual([0, 1, 0])
    expect([await on('2020-06-12'), await on('2020-06-15'), await on('2020-06-16')]).toEqual([0, 1, 0])
    expect([await on('2020-07-13'), await on('2020-07-14'), await on('2020-07-15')]).toEqual([0, 1, 0])
    const told = await sql<{
      subject: string
    }>`SELECT subject FROM app.message WHERE org_id = ${stage.world.org('U4')}
      AND subject LIKE '%任期%' ORDER BY subject`.execute(tx)
    expect([...new Set(told.rows.map((r) => r.subject))]).toEqual([
      '女职工委员会任期于2020年7月14日届满，请换届并更正登记',
      '女职工委员会任期将于2020年7月14日届满，请着手换届',
    ])
  }))
