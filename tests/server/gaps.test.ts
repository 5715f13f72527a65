import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Gaps, GapLine } from '#org/gaps/api.ts'
import { remindTerms } from '#org/remind.server.ts'
import { employerSheet } from '#org/employers/target.ts'
import { creditCodeFault } from '#kit/field/creditCode.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Tx } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { bookOf, bring, commitAll, none, rowsOf, said } from '../support/intake.ts'
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

it('the register and the unions are held against each other, each side as a list', () =>
  stage.trial(async (tx) => {
    const [d1, u1, u4] = ['D1', 'U1', 'U4'].map((code) => stage.world.org(code))
    const add = (code: string, heads: number, closedOn: string | null = null) =>
      sql`INSERT INTO app.enterprise VALUES (${code}, ${code}, ${code}, '非公有制企业', ${d1}, 20, ${heads}, ${closedOn}::date, '2020-01-01')`.execute(
        tx,
      )
    await add('A', 10)
    await add('B', 9)
    await add('C', 0)
    await add('D', 10, '2020-04-16')
    const before = await gaps('D1', '?kind=unionBare')
    expect(names(before.rows)).toEqual(expect.arrayContaining(['示例U1工会', '示例U4工会']))
    await sql`INSERT INTO app.org_employer VALUES (${u4}, 'A', '2018-01-01', NULL), (${u1}, 'A', '2019-01-01', NULL), (${u1}, 'B', '2018-01-01', '2020-04-16')`.execute(
      tx,
    )
    const list = async (kind: string, who = 'D1') => names((await gaps(who, `?kind=${kind}`)).rows)
    expect(await list('registerCovered')).toEqual(['A'])
    expect(await list('registerBare')).toEqual(['B', 'C'])
    expect(await list('registerTwice')).toEqual(['A'])
    expect((await gaps('D1', '?kind=registerTwice')).rows[0]!.note).toContain('覆盖它的工会：示例U4、示例U1')
    expect(await list('registerNoCommittee')).toEqual(['A'])
    expect((await gaps('D1', '?kind=unionBare')).total).toBe(before.total - 2)
    expect(await list('registerBare', 'D2')).toEqual([])
    await accepted()
    const after = await gaps('D1')
    expect(Object.entries(after.counts).filter(([kind]) => kind.startsWith('register'))).toEqual([
      ['registerCovered', 1],
      ['registerBare', 2],
      ['registerTwice', 1],
      ['registerNoCommittee', 0],
    ])
    const book = await stage.as('D1').get('/api/orgs/gaps/xlsx')
    expect(book.status).toBe(200)
  }))

/** A made-up code that stands its check. */
const codeOf = (body: string): string => {
  const found = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((last) => creditCodeFault(body + last) === null)
  return body + found
}

it('the register comes in by workbook: new and changed by credit code, one union each, and goes back', () =>
  stage.trial(async (tx) => {
    const [a, b] = [codeOf('91210200MA0000A11'), codeOf('91210200MA0000B22')]
    const [u1, u4] = [stage.world.org('U1'), stage.world.org('U4')]
    await sql`INSERT INTO app.enterprise VALUES (${a}, '示例甲公司', '示例甲公司', '非公有制企业', ${stage.world.org('D1')}, 20, 10, NULL, '2020-01-01')`.execute(
      tx,
    )
    await sql`INSERT INTO app.org_employer VALUES (${u4}, ${a}, '2018-01-01', NULL), (${u1}, ${a}, '2019-01-01', NULL)`.execute(
      tx,
    )
    const head = Object.values(employerSheet.fields).map((field) => field.label)
    const book = (...lines: string[][]) => bookOf(stage, { name: '用人单位', head, lines })
    const lines = [
      [a, '示例甲公司', '非公有制企业', 'D1', '30', '12', '', 'U1', '2020-03-01'],
      [b, '示例乙公司', '社会组织', '示例S1工会', '8', '8', '', '示例U1', ''],
    ]
    const wrong = await bring(
      stage,
      'C',
      'employer',
      await book(
        [a, '示例甲公司', '非公有制企业', 'U1', '3', '12', '', '', ''],
        ['91210200MA0000A110', '示例丙公司', '社会组织', 'D1', '8', '8', '', '', ''],
        [b, '示例乙公司', '社会组织', 'U4', '8', '8', '', '', ''],
        [b, '示例乙公司', '社会组织', 'D1', '8', '8', '', '无此工会', ''],
      ),
    )
    expect(
      said(await rowsOf(stage, 'C', wrong.id)).map(([line, state, first]) => [line, state, first]),
    ).toEqual([
      [2, 'wrong', 'womenWorkers: 女职工不能多于职工，请核对'],
      [3, 'wrong', expect.stringContaining('code: 统一社会信用代码')],
      [4, 'wrong', 'area: 所在地请填区市县或街道（乡镇）工会'],
      [5, 'wrong', expect.stringContaining('code: 与第 4 行')],
    ])
    expect((await bring(stage, 'D1', 'employer', await book(...lines))).answer.status).toBe(403)
    const before = (await gaps('D1')).counts
    const brought = await bring(stage, 'C', 'employer', await book(...lines))
    expect(brought.page.counts).toEqual({ ...none, update: 1, right: 1 })
    expect((await commitAll(stage, 'C', brought)).body).toMatchObject({ made: 2 })
    const after = (await gaps('D1')).counts
    expect([after.registerCovered, after.registerTwice]).toEqual([before.registerCovered + 1, 0])
    expect(
      (await gaps('D1', '?kind=registerCovered')).rows.map((r) => [r.name, r.org?.code, r.women]),
    ).toEqual([
      ['示例甲公司', 'U1', 12],
      ['示例乙公司', 'U1', 8],
    ])
    const again = await bring(stage, 'C', 'employer', await book(...lines))
    expect(again.page.counts).toEqual({ ...none, same: 2 })
    const undone = await stage.as('C').post(`/api/intakes/${brought.id}/undo`)
    expect([undone.status, undone.raw]).toEqual([200, expect.any(String)])
    expect((await gaps('D1')).counts).toEqual(before)
    expect((await stage.as('C').get('/api/intake-templates/employer?rows=standing')).status).toBe(200)
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
    const { rows: lines } = (await stage.as('auditAdmin').get<{ rows: object[] }>('/api/audit')).body
    expect(JSON.stringify(lines[0])).toContain('file:覆盖盲区清单的 Excel 文件')
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
