import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf, type Cell } from '#paper/sheet/cell.ts'
import { contract } from '#programmes/contract/definition.ts'
import { training } from '#programmes/training/definition.ts'
import type { RecordDetail, RecordList } from '#record/api.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import {
  bookOf,
  bring,
  commitAll,
  exportedOf,
  none,
  rowsOf,
  said,
  sheetsOf,
  type SheetGiven,
} from '../support/intake.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const own = '/api/records/training'
const body = (title: string, changes: object = {}) => bodyOf(training, { title, ...changes })
const listed = async () => (await stage.as('U1').get<RecordList>(`${own}?size=100`)).body.rows
const detail = async (id: string, who = 'U1') => (await stage.as(who).get<RecordDetail>(`${own}/${id}`)).body
const bringTo = async (target: string, ...sheets: SheetGiven[]) =>
  bring(stage, 'U1', target, await bookOf(stage, ...sheets), '培训台账.xlsx')
const enter = async (title: string, changes: object = {}) =>
  (await stage.as('U1').post<{ id: string }>(own, { body: body(title, changes) })).body.id
const act = (who: string, id: string, given: object) => stage.as(who).post(`${own}/${id}/actions`, given)
const accept = async (id: string) => {
  expect((await act('S1', id, { action: 'pass', version: 1 })).status).toBe(200)
  expect((await act('D1', id, { action: 'accept', version: 2 })).status).toBe(200)
}
/** What the marked workbook says of each row, in the words of its last column. */
const marked = async (id: string): Promise<string[]> => {
  const { rawPayload } = await stage.app.inject({
    url: `/api/intakes/${id}/marked`,
    headers: { cookie: `__Host-sid=${stage.world.person('U1').token}` },
  })
  const { sheets } = await stage.world.deps.sheets.readAll(rawPayload, 100)
  return sheets[0]!.rows.slice(1).map(({ cells }) => textOf(cells.at(-1) ?? null))
}
const decideOn = async (id: string, choice: string | null, version = 1) =>
  (
    await stage.as('U1').put<{ version: number }>(`/api/intakes/${id}/choices`, {
      version,
      sheet: 'training',
      lines: null,
      choice,
    })
  ).body.version
const facts = (tx: Tx) =>
  rows<{ records: number; proposals: number; entries: number }>(
    tx,
    sql`SELECT (SELECT count(*)::int FROM app.record) AS records, (SELECT count(*)::int FROM app.proposal) AS proposals,
      (SELECT count(*)::int FROM app.ledger) AS entries`,
  )

const ownLine = (n: number, title: string, hosts = ''): Cell[] => [
  n,
  title,
  '2019.9.5',
  '线下',
  1,
  '４５',
  '30人',
  '流动课堂',
  '插花',
  '台账',
  hosts,
]
const covered = (firm: string) => ({ firm, creditCode: null, women: 20 })

const exported = async (
  ids: readonly string[],
  edit: (body: Record<string, unknown>, n: number) => object,
) => {
  const records = []
  for (const [n, id] of ids.entries()) {
    const { version, body: values } = await detail(id)
    records.push({ id, version, body: { ...values, ...edit(values, n) } })
  }
  return exportedOf(training, records)
}

describe('records of a programme from a workbook', () => {
  it('come from her own headings, are submitted, and say from which row of which file they came', () =>
    stage.trial(async (tx) => {
      const head = [
        '序号',
        '活动名称',
        '日期',
        '活动方式',
        '期次',
        '参加人数',
        '女职工人数',
        '载体',
        '内容',
        '证据等级',
        '协办单位',
      ]
      const brought = await bringTo('training', {
        name: 'Sheet1',
        head,
        lines: [ownLine(1, '秋季插花课', '示例U2、U3'), ownLine(2, '急救常识讲座')],
      })
      expect(brought.page.sheets[0]!.missing).toEqual([])
      expect(said(await rowsOf(stage, 'U1', brought.id))).toEqual([
        [2, 'warned', 'endsOn: “2019.9.5”读作 2019-09-05', 'all: “４５”读作 45', 'women: “30人”读作 30'],
        [3, 'warned', 'endsOn: “2019.9.5”读作 2019-09-05', 'all: “４５”读作 45', 'women: “30人”读作 30'],
      ])
      expect(brought.page.asks).toEqual([])
      expect((await commitAll(stage, 'U1', brought)).body).toEqual({ made: 2, left: 0 })
      const [one] = (await listed()).filter((r) => r.title === '秋季插花课')
      expect(one).toMatchObject({ state: 'submitted', turnOf: { code: 'S1' }, startsOn: '2019-09-05' })
      const seen = await detail(one!.id)
      expect(seen.coHosts.map((o) => o.code).sort()).toEqual(['U2', 'U3'])
      expect(seen.history[0]).toMatchObject({
        action: 'submit',
        person: '演示U1',
        origin: { import: brought.id, file: '培训台账.xlsx', line: 2 },
      })
      expect((await detail(one!.id, 'S1')).history[0]!.origin).toMatchObject({ line: 2 })
      await enter('另一次填报')
      const batch = async (who: string, id = brought.id) =>
        (await stage.as(who).get<RecordList>(`${own}?batch=${id}`)).body
      expect((await batch('U1')).rows.map((r) => r.title).sort()).toEqual(['急救常识讲座', '秋季插花课'])
      expect(await batch('S1')).toMatchObject({ count: 2, batch: { file: '培训台账.xlsx' } })
      expect(await batch('U4')).toMatchObject({ count: 0, batch: null })
      expect((await stage.as('U1').get(`${own}?batch=x`)).status).toBe(400)
      expect((await act('S1', one!.id, { action: 'pass', version: 1 })).status).toBe(200)
      expect((await act('D1', one!.id, { action: 'accept', version: 2 })).status).toBe(200)
      const trace = await stage
        .as('D1')
        .get<{ rows: { batch: string | null }[] }>('/api/figures/trace?indicator=training.sessions&year=2019')
      expect(trace.body.rows.map((r) => r.batch)).toEqual([brought.id])
      const before = await facts(tx)
      const again = await bringTo('training', {
        name: 'Sheet1',
        head,
        lines: [ownLine(1, '秋季插花课', '示例U2、U3'), ownLine(2, '急救常识讲座')],
      })
      expect(again.page.counts).toEqual({ ...none, same: 2 })
      expect((await commitAll(stage, 'U1', again)).status).toBe(422)
      expect(await facts(tx)).toEqual(before)
    }))

  it('rows of children stand on a sheet of their own, and what is wrong with one is said there', () =>
    stage.trial(async () => {
      const bodies = ['甲厂专项合同', '乙厂专项合同'].map((title) =>
        bodyOf(contract, {
          title,
          regNo: title,
          covered: [covered('甲公司'), covered('乙公司')],
          scope: '区域性',
        }),
      )
      const [main, child] = sheetsOf(contract, bodies)
      const faulty = {
        ...child!,
        lines: [
          ...child!.lines.map((cells, n) => (n === 2 ? [cells[0]!, null, null, null, '二十'] : cells)),
          ['丙厂', null, '丙公司', null, '3'],
        ],
      }
      const brought = await bringTo('contract', main!, faulty)
      expect(brought.page.sheets.map((s) => s.key)).toEqual(['contract', 'covered'])
      expect(said(await rowsOf(stage, 'U1', brought.id, '?state=wrong'))).toEqual([
        [3, 'wrong', 'null: “覆盖企业”第 4 行有错，请先改好'],
      ])
      expect(said(await rowsOf(stage, 'U1', brought.id, '?sheet=covered&state=wrong'))).toEqual([
        [4, 'wrong', 'women: “二十”不是数字，请只填数字，如 1200 或 1.2万', 'firm: 请填写企业名称'],
        [5, 'wrong', 'ofTitle: 所属记录（第 3 行）还没有改好'],
        [6, 'wrong', 'ofTitle: “女职工专项集体合同”表里没有名称为“丙厂”的记录'],
      ])
      const done = await commitAll(stage, 'U1', brought, { mode: 'right' })
      expect(done.body).toMatchObject({ made: 3 })
      const list = await stage.as('U1').get<RecordList>('/api/records/contract')
      expect(list.body.rows.map((r) => r.title)).toEqual(['甲厂专项合同'])
      const again = await bringTo('contract', main!, child!)
      expect(again.page.counts).toMatchObject({ same: 3, wrong: 0, right: 2 })
    }))

  it('the template with last year’s rows begins with what stays, and its children find their record', () =>
    stage.trial(async () => {
      const template = async () => {
        const got = await stage.app.inject({
          url: '/api/intake-templates/contract?rows=lastYear',
          headers: { cookie: `__Host-sid=${stage.world.person('U1').token}` },
        })
        const { sheets } = await stage.world.deps.sheets.readAll(got.rawPayload, 2000)
        const rowsIn = (name: string) => sheets.find((s) => s.name === name)!.rows.map((r) => r.cells)
        return { name: decodeURIComponent(String(got.headers['content-disposition'])), rowsIn }
      }
      const nothing = await template()
      expect(nothing.name).not.toContain('带上年数据')
      const guide = JSON.stringify(nothing.rowsIn('填写说明'))
      expect(guide).toContain('本单位去年没有填过这一项')
      expect(guide).toContain('一次最多 20000 行；更多的请按单位或月份分成几个文件')
      const made = await stage.as('U1').post('/api/records/contract', {
        body: bodyOf(contract, { title: '去年的专项合同', regNo: '去年1号', covered: [covered('甲公司')] }),
      })
      expect(made.status).toBe(200)
      const book = await template()
      expect(book.name).toContain('带上年数据')
      const [head, row] = book.rowsIn('女职工专项集体合同')
      const cellOf = (label: string) => row![head!.indexOf(label)] ?? null
      expect([cellOf('名称＊'), cellOf('覆盖范围＊')]).toEqual(['去年的专项合同', expect.any(String)])
      expect([cellOf('签订日期＊'), cellOf('应到代表数＊')]).toEqual([null, null])
      expect(book.rowsIn('覆盖企业')[1]).toMatchObject({ 0: '去年的专项合同', 2: '甲公司' })
    }))

  it('as drafts they wait for her; the same file again makes none twice', () =>
    stage.trial(async (tx) => {
      const brought = await bringTo(
        'training',
        ...sheetsOf(training, [body('秋季班'), body('冬季班', { all: 50000 })]),
      )
      expect(brought.page.asks).toEqual(['note'])
      expect((await commitAll(stage, 'U1', brought)).body).toMatchObject({ code: '422.4' })
      expect((await commitAll(stage, 'U1', brought, { as: 'draft' })).body).toEqual({ made: 2, left: 0 })
      expect(await listed()).toEqual([])
      const again = await bringTo(
        'training',
        ...sheetsOf(training, [body('秋季班'), body('冬季班', { all: 50000 })]),
      )
      expect(again.page.counts).toEqual({ ...none, same: 2 })
      const [draft] = await rows<{ id: string; body: object }>(
        tx,
        sql`SELECT id, body FROM app.proposal WHERE body ->> 'title' = '秋季班'`,
      )
      const sent = await stage.as('U1').post(`/api/drafts/${draft!.id}/submit`, { body: draft!.body })
      expect(sent.status).toBe(200)
      expect((await detail(draft!.id)).history[0]!.origin).toMatchObject({ file: '培训台账.xlsx', line: 2 })
      const undone = await stage.as('U1').post(`/api/intakes/${brought.id}/undo`)
      expect(undone.body).toEqual({
        undone: 1,
        kept: 1,
        lines: [2],
        advice: expect.stringContaining('待审核的请打开记录撤回') as string,
      })
    }))

  it('a title and day that stand already wait for her choice, side by side', () =>
    stage.trial(async () => {
      const accepted = await enter('秋季班')
      await accept(accepted)
      const sheets = sheetsOf(training, [body('秋季班', { women: 40 }), body('春季班'), body('春季班')])
      const brought = await bringTo('training', ...sheets)
      expect(brought.page.counts).toMatchObject({ double: 2, right: 1 })
      const doubles = await rowsOf(stage, 'U1', brought.id, '?state=double')
      expect(doubles.map((r) => [r.line, r.twin!.label, r.twin!.may])).toEqual([
        [2, '已有同名同日的记录（审核通过）', ['skip', 'update', 'add']],
        [4, '与第 3 行完全相同', ['skip', 'add']],
      ])
      expect([doubles[0]!.twin!.values['women'], doubles[0]!.cells['women']]).toEqual(['48', '40'])
      expect((await commitAll(stage, 'U1', brought)).body).toMatchObject({
        code: '422.16',
        message: expect.stringContaining('疑似重复') as string,
      })
      let version = await decideOn(brought.id, 'update')
      expect((await rowsOf(stage, 'U1', brought.id)).map((r) => r.state)).toEqual([
        'update',
        'right',
        'double',
      ])
      version = await decideOn(brought.id, 'skip', version)
      const page = { ...brought.page, version }
      expect((await commitAll(stage, 'U1', { ...brought, page })).body).toMatchObject({ code: '422.4' })
      const done = await commitAll(stage, 'U1', { ...brought, page }, { reason: '核对签到后更正' })
      expect(done.body).toEqual({ made: 2, left: 0 })
      const seen = await detail(accepted, 'D1')
      expect(seen.pending).toEqual([
        expect.objectContaining({
          kind: 'correction',
          reason: '核对签到后更正',
          changes: [{ field: 'women', old: 48, new: 40 }],
        }),
      ])
      const verdict = { verdict: 'accept', sequence: seen.pending[0]!.sequence }
      expect(
        (await stage.as('D1').post(`/api/proposals/${seen.pending[0]!.id}/decision`, verdict)).status,
      ).toBe(200)
      expect((await detail(accepted)).history.at(-1)).toMatchObject({
        action: 'correct',
        origin: { line: 2 },
      })
    }))
})

describe('what was exported, edited and brought back', () => {
  it('unchanged changes nothing; a changed row goes the way that its record has', () =>
    stage.trial(async (tx) => {
      const ids: string[] = []
      for (const title of ['甲班', '乙班', '丙班', '丁班']) ids.push(await enter(title))
      const [returned, accepted, submitted] = ids as [string, string, string, string]
      await act('S1', returned, {
        action: 'return',
        version: 1,
        reason: '有误',
        remarks: [{ field: 'women', body: '请核对' }],
      })
      await accept(accepted)
      const before = await facts(tx)
      const untouched = await bringTo('training', await exported(ids, () => ({})))
      expect(untouched.answer.body).toEqual({ id: untouched.id, version: 1 })
      expect(untouched.page.counts).toEqual({ ...none, same: 4 })
      expect(await facts(tx)).toEqual(before)
      const edited = await bringTo('training', await exported(ids, (_, n) => (n === 3 ? {} : { women: 41 })))
      expect(said(await rowsOf(stage, 'U1', edited.id))).toEqual([
        [2, 'update'],
        [3, 'update'],
        [4, 'wrong', 'null: 这条记录正在审核，不能修改；请先撤回，或改回原来的内容'],
        [5, 'same'],
      ])
      expect(edited.page.asks).toEqual(['reason'])
      expect(edited.page.counts).toEqual({ ...none, update: 2, wrong: 1, same: 1 })
      expect((await marked(edited.id)).slice(0, 2)).toEqual([
        '将更新；更新原记录（退回修改）：其中女职工原为“48”',
        '将更新；更新原记录（审核通过）：其中女职工原为“48”',
      ])
      const done = await commitAll(stage, 'U1', edited, { mode: 'right', reason: '核对后更正' })
      expect(done.body).toEqual({ made: 2, left: 1 })
      const again = await detail(returned)
      expect([again.state, again.body['women'], again.history.at(-1)!.action]).toEqual([
        'submitted',
        41,
        'resubmit',
      ])
      expect(again.history.at(-1)!.origin).toMatchObject({ line: 2 })
      expect((await detail(accepted)).pending).toHaveLength(1)
      expect((await detail(submitted)).body['women']).toBe(48)

      const undone = await stage.as('U1').post(`/api/intakes/${edited.id}/undo`)
      expect(undone.body).toEqual({ undone: 2, kept: 0, lines: [], advice: null })
      const back = await detail(returned)
      expect([back.state, back.body['women'], back.remarks[0]!.resolved]).toEqual(['returned', 48, false])
      expect((await detail(accepted)).pending).toEqual([])
      expect((await rowsOf(stage, 'U1', edited.id, '?state=undone')).map((r) => r.line)).toEqual([2, 3])
    }))

  it('a record that changed since, is gone, or is another unit’s, is told, never overwritten', () =>
    stage.trial(async () => {
      const id = await enter('甲班')
      const sheet = await exported([id], () => ({ women: 41 }))
      await act('U1', id, { action: 'withdraw', version: 1 })
      const stale = await bringTo('training', sheet)
      const [row] = await rowsOf(stage, 'U1', stale.id)
      expect([row!.state, row!.twin!.label, row!.twin!.values['women']]).toEqual([
        'double',
        '导出以后这条记录改过，现在是（已撤回）',
        '48',
      ])
      const strange = {
        ...sheet,
        lines: [
          ['00000000-0000-4000-8000-000000000000:1', ...sheet.lines[0]!.slice(1)],
          ['编号', ...sheet.lines[0]!.slice(1)],
          sheet.lines[0]!,
          sheet.lines[0]!,
        ],
      }
      const told = await bringTo('training', strange)
      expect((await rowsOf(stage, 'U1', told.id, '?state=wrong')).map((r) => r.issues[0]!.message)).toEqual([
        '没有找到记录编号指的记录，可能已不在您的范围；要另报一条，请在 Excel 里清空这一格',
        '记录编号不是导出时的样子，请恢复；要作为新记录导入，请在 Excel 里清空这一格',
        '与第 4 行是同一条记录，请删去一行',
      ])
      const above = await bring(stage, 'S1', 'training', await bookOf(stage, sheet))
      expect((await rowsOf(stage, 'S1', above.id))[0]!.issues[0]!.message).toBe(
        '这条记录不是本单位填报的，不能修改，请改回原来的内容',
      )
    }))
})

it('is taken back as a whole within a day, but what was acted upon stays and is named', () =>
  stage.trial(async () => {
    const brought = await bringTo(
      'training',
      ...sheetsOf(training, [body('甲班'), body('乙班'), body('丙班')]),
    )
    await commitAll(stage, 'U1', brought, { note: '核对无误' })
    const [passed] = (await listed()).filter((r) => r.title === '乙班')
    await act('S1', passed!.id, { action: 'pass', version: 1 })
    const undone = await stage.as('U1').post(`/api/intakes/${brought.id}/undo`)
    expect(undone.body).toMatchObject({ undone: 2, kept: 1, lines: [3] })
    const states = Object.fromEntries((await listed()).map((r) => [r.title, r.state]))
    expect(states).toEqual({ 甲班: 'withdrawn', 乙班: 'submitted', 丙班: 'withdrawn' })
    const again = await bringTo(
      'training',
      ...sheetsOf(training, [body('甲班', { women: 41 }), body('乙班')]),
    )
    expect(said(await rowsOf(stage, 'U1', again.id))[0]).toEqual([
      2,
      'update',
      'title: 有一条已撤回的同名同日记录，导入后按这一行的内容重新提交',
    ])
    expect(again.page.counts).toMatchObject({ same: 1 })
    expect((await commitAll(stage, 'U1', again)).body).toEqual({ made: 1, left: 0 })
    expect(await listed()).toHaveLength(3)
  }))

it('goes back until it went upward: passed on, returned, accepted or reported with a task, it stays', () =>
  stage.trial(async (tx) => {
    const undo = async (id: string) => stage.as('U1').post<{ lines: number[] }>(`/api/intakes/${id}/undo`)
    const titles = ['未动', '上报', '退回', '通过', '自己撤回']
    const brought = await bringTo(
      'training',
      ...sheetsOf(
        training,
        titles.map((title) => body(title)),
      ),
    )
    await commitAll(stage, 'U1', brought, { note: '核对无误' })
    const idOf = Object.fromEntries((await listed()).map((r) => [r.title, r.id]))
    await act('S1', idOf['上报']!, { action: 'pass', version: 1 })
    await act('S1', idOf['退回']!, {
      action: 'return',
      version: 1,
      reason: '有误',
      remarks: [{ field: 'women', body: '请核对' }],
    })
    await accept(idOf['通过']!)
    await act('U1', idOf['自己撤回']!, { action: 'withdraw', version: 1 })
    expect((await undo(brought.id)).body).toEqual({
      undone: 1,
      kept: 4,
      lines: [3, 4, 5, 6],
      advice: expect.stringContaining('审核通过的请申请更正或作废') as string,
    })

    const later = await bringTo('training', ...sheetsOf(training, [body('秋季班'), body('冬季班')]))
    await commitAll(stage, 'U1', later, { note: '核对无误' })
    const asked = {
      title: '2019 年教育培训',
      note: '',
      formNo: '女工01表',
      issuer: '示例总工会',
      approvalNo: '1号',
      validFrom: '2020-01-01',
      validUntil: '2020-12-31',
      programme: 'training',
      questions: [],
      tiers: ['grassroots'],
      fromOn: '2019-01-01',
      untilOn: '2019-12-31',
      dueOn: '2020-04-20',
      reason: '',
    }
    const task = (await stage.as('D1').post<{ id: string }>('/api/tasks', asked)).body.id
    const report = { act: 'report', version: 0, taskVersion: 1 }
    expect((await stage.as('U1').post(`/api/tasks/${task}/answer`, report)).status).toBe(200)
    // In one transaction the database's clock stands still.
    await sql`UPDATE app.task_answer SET reported_at = clock_timestamp()`.execute(tx)
    expect((await undo(later.id)).body).toMatchObject({
      code: '409.164',
      message: expect.stringContaining('请先请下达单位退回任务') as string,
    })
    expect((await listed()).filter((r) => r.title.endsWith('季班')).map((r) => r.state)).toEqual([
      'submitted',
      'submitted',
    ])
    const back = { act: 'return', units: [stage.world.org('U1')], reason: '请核对' }
    expect((await stage.as('D1').post(`/api/tasks/${task}/decisions`, back)).status).toBe(200)
    expect((await undo(later.id)).body).toMatchObject({ undone: 2, kept: 0, lines: [] })
  }))

it('many cells of a column are filled or replaced at once', () =>
  stage.trial(async () => {
    const [sheet] = sheetsOf(
      training,
      ['甲', '乙', '丙', '丁'].map((t, n) => body(`${t}班`, { endsOn: `2019-09-1${n}`, startsOn: null })),
    )
    const at = sheet!.head.indexOf('载体')
    const lines = sheet!.lines.map((cells, n) =>
      cells.map((c, k) => (k === at ? [null, '流动', null, '夜校'][n]! : c)),
    )
    const brought = await bringTo('training', { ...sheet!, lines })
    const faults = await stage
      .as('U1')
      .get<{ line: number; at: number }[]>(`/api/intakes/${brought.id}/faults`)
    expect(faults.body).toEqual([
      { line: 2, at: 0 },
      { line: 4, at: 2 },
      { line: 5, at: 3 },
    ])
    const [, , , last] = await rowsOf(stage, 'U1', brought.id)
    expect(last!.issues[0]!.fixes).toEqual(['流动课堂', '周末学校', '网上课程', '其他'])
    const fill = (given: object) =>
      stage.as('U1').put<{ version: number; cells: number }>(`/api/intakes/${brought.id}/fill`, {
        sheet: 'training',
        column: 'carrier',
        ...given,
      })
    expect((await fill({ version: 1, how: 'gap', line: 3, text: '流动课堂' })).body.cells).toBe(1)
    expect((await fill({ version: 2, how: 'replace', was: '夜校', text: '周末学校' })).body.cells).toBe(1)
    expect((await fill({ version: 3, how: 'replace', was: '', text: '其他' })).body.cells).toBe(1)
    expect((await fill({ version: 4, how: 'below', line: 4, text: '网上课程' })).body.cells).toBe(1)
    expect((await rowsOf(stage, 'U1', brought.id)).map((r) => r.cells['carrier'])).toEqual([
      '其他',
      '流动',
      '流动课堂',
      '网上课程',
    ])
    expect((await fill({ version: 5, how: 'below', line: 1, column: 'recordRef', text: 'x' })).status).toBe(
      404,
    )
  }))
