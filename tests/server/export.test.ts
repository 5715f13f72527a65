import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportLine, ExportWatch } from '#export/api.ts'
import { makeExport } from '#export/make.server.ts'
import { alarmAt } from '#export/rules.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { first, rows } from '#server/database.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { purge } from '#server/purge.server.ts'
import { openStage, type Answer, type Stage } from '../support/client.ts'
import { bodyOf } from '../support/bodies.ts'
import { entryOf } from '../support/persons.ts'
import { body, playOn, type Refusal } from '../support/play.ts'

let stage: Stage
let play: ReturnType<typeof playOn>
beforeAll(async () => {
  stage = await openStage()
  play = playOn(stage.as)
})
afterAll(() => stage.close())

type Ask = { ask: object; format?: string; full?: boolean; reason?: string }
const trainings = (filter: object = {}, more: object = {}) => ({
  ask: { kind: 'records', programme: 'training', filter, ...more },
})
const members = (filter: object = {}) => ({ ask: { kind: 'persons', filter } })
const ask = (who: string, { full, ...asked }: Ask): Promise<Answer<ExportLine & Refusal>> =>
  stage.as(who).post(`/api/exports${full ? '/full' : ''}`, { format: 'xlsx', ...asked })
const make = () => runDue(stage.world.deps, [makeExport])

async function bytesOf(who: string, id: string): Promise<{ status: number; bytes: Buffer; name: string }> {
  const found = await stage.app.inject({
    url: `/api/exports/${id}/file`,
    headers: { cookie: `__Host-sid=${stage.world.person(who).token}` },
  })
  const name = /UTF-8''(.*)$/.exec(String(found.headers['content-disposition']))?.[1] ?? ''
  return { status: found.statusCode, bytes: found.rawPayload, name: decodeURIComponent(name) }
}

/** The sheets of a file that was asked for and made. */
async function taken(who: string, asked: Ask): Promise<{ id: string; sheets: Map<string, Cell[][]> }> {
  const answer = await ask(who, asked)
  expect([answer.status, answer.raw]).toEqual([200, expect.any(String)])
  expect(await make()).toEqual([])
  const { bytes } = await bytesOf(who, answer.body.id)
  const { sheets } = await stage.world.deps.sheets.readAll(bytes, 10_000)
  return { id: answer.body.id, sheets: new Map(sheets.map((s) => [s.name, s.rows.map((r) => r.cells)])) }
}
const column = (sheet: Cell[][] | undefined, title: string) => {
  const at = sheet![0]!.findIndex((c) => typeof c === 'string' && c.replace('＊', '') === title)
  return sheet!.slice(1).map((cells) => cells[at] ?? null)
}

const enter = async (who: string, n: number) =>
  (await stage.as(who).post<{ id: string }>('/api/persons', { body: entryOf(n) })).body.id

const sendAgain = () =>
  stage
    .as('U1')
    .post<ExportLine>('/api/exports', { format: 'xlsx', ...trainings() }, { key: 'once-and-for-all-1' })

describe('records', () => {
  it('leave with the columns of the template, those only to be read behind, and what she may read alone', () =>
    stage.trial(async () => {
      const mine = await play.submit('U1', { title: '甲班', women: 41, all: 60 })
      await play.mustAct('S1', mine, { action: 'pass' })
      await play.submit('U4', { title: '乙班', women: 7, all: 9 })
      const own = await taken('U1', trainings())
      const sheet = own.sheets.get('女职工教育培训')!
      expect(sheet[0]![0]).toBe('记录编号')
      expect(sheet[0]!.slice(-4)).toEqual(['联办单位', '状态', '填报单位', '审核通过日期'])
      expect(column(sheet, '名称')).toEqual(['甲班'])
      expect(column(sheet, '其中女职工')).toEqual([41])
      expect(column(sheet, '结束日期')).toEqual([{ day: body()['endsOn'] }])
      expect(column(sheet, '状态')).toEqual(['待审核'])
      expect(sheet[1]![0]).toMatch(new RegExp(`^${mine.id}:\\d+$`))
      const remarks = own.sheets.get('导出说明')!
      expect(remarks).toContainEqual(['演示数据', '本表全部内容均为虚构，仅供演示'])
      expect(remarks).toContainEqual(['行数', '1'])
      // Her sister unit's and her district's other records: only from where they are read.
      const above = [...(await taken('D1', trainings())).sheets.values()][0]
      expect(new Set(column(above, '名称'))).toEqual(new Set(['甲班', '乙班']))
      expect((await ask('U2', trainings())).body.issues).toEqual([
        { field: 'ask', message: '没有符合条件的内容，不用导出' },
      ])
    }))

  it('chosen by hand are those that may be read; rows of children stand on their own sheet', () =>
    stage.trial(async () => {
      const [one, other] = [
        await play.submit('U1', { title: '甲班' }),
        await play.submit('U4', { title: '乙班' }),
      ]
      const chosen = trainings({}, { ids: [one.id, other.id] })
      expect(column([...(await taken('U1', chosen)).sheets.values()][0], '名称')).toEqual(['甲班'])
      const honour = stage.world.deps.findProgramme('honour')!
      await stage.as('U1').post('/api/records/honour', { body: bodyOf(honour), warningNote: '核对无误' })
      const { sheets } = await taken('U1', { ask: { kind: 'records', programme: 'honour', filter: {} } })
      expect(column(sheets.get('荣誉称号'), '所属记录')).toHaveLength(1)
      expect([...sheets.keys()][0]).toBe('选树表彰')
    }))

  it('that name persons leave masked, wherever the name stands; in full for a reason and with a second factor', () =>
    stage.trial(async () => {
      const honour = stage.world.deps.findProgramme('honour')!
      const given = bodyOf(honour, { subject: '个人', honoree: '王示芳', title: '王示芳获市级三八红旗手' })
      const made = await stage.as('U1').post('/api/records/honour', { body: given, warningNote: '核对无误' })
      expect([made.status, made.raw]).toEqual([200, expect.any(String)])
      const what = { ask: { kind: 'records', programme: 'honour', filter: {} } }
      const masked = await taken('U1', what)
      const main = masked.sheets.get('选树表彰')
      expect([column(main, '姓名或名称'), column(main, '名称')]).toEqual([['王**'], ['王**获市级三八红旗手']])
      expect(column(masked.sheets.get('荣誉称号'), '所属记录')).toEqual(['王**获市级三八红旗手'])
      const full = { ...what, full: true }
      expect((await ask('U1', full)).body.issues?.[0]?.field).toBe('reason')
      expect((await ask('U1', { ...full, reason: '颁奖名单', format: 'csv' })).body.issues?.[0]?.field).toBe(
        'format',
      )
      expect((await ask('leader', { ...full, reason: '颁奖名单' })).status).toBe(403)
      const open = await taken('U1', { ...full, reason: '颁奖名单' })
      expect(column(open.sheets.get('选树表彰'), '姓名或名称')).toEqual(['王示芳'])
      expect(JSON.stringify([...open.sheets.values()])).toContain('颁奖名单')
    }))

  it('as .csv read back by any program, and compute nothing', () =>
    stage.trial(async () => {
      await play.submit('U1', { title: '=HYPERLINK("x")' })
      const asked = await ask('U1', { ...trainings(), format: 'csv' })
      await make()
      const { bytes, name } = await bytesOf('U1', asked.body.id)
      const text = bytes.toString('utf8')
      expect(text.startsWith('\uFEFF"记录编号","名称"')).toBe(true)
      expect(text).toContain(`"'=HYPERLINK(""x"")"`)
      expect(name).toMatch(/^女职工教育培训台账_示例U1工会_\d{8}_\d{4}_演示数据\.csv$/)
    }))
})

describe('members', () => {
  it('leave masked', () =>
    stage.trial(async () => {
      const entry = entryOf(1)
      await enter('U1', 1)
      const { sheets } = await taken('S1', members())
      const sheet = sheets.get('会员')
      expect(column(sheet, '手机号码')).toEqual(['138****0001'])
      expect(column(sheet, '出生日期')).toEqual(['1985-**-**'])
      expect(column(sheet, '证件号码')).toEqual([`2102**********${String(entry['idNumber']).slice(-4)}`])
      expect(column(sheet, '所属单位')).toEqual(['示例U1工会'])
    }))

  it('that were marked, of the query alone', () =>
    stage.trial(async () => {
      const ids = [await enter('U1', 1), await enter('U1', 2), await enter('U3', 3)]
      const { sheets } = await taken('S1', { ask: { kind: 'persons', filter: {}, ids: ids.slice(1) } })
      expect(column(sheets.get('会员'), '姓名')).toEqual([entryOf(2)['name']])
      const remarks = JSON.stringify([...sheets.values()])
      expect(remarks).toContain('其中选定的 1 人')
    }))

  it('in full of her own unit alone, for a reason, each value noted for the woman, under a watermark', () =>
    stage.trial(async (tx) => {
      const id = await enter('U1', 1)
      const own = { org: String(stage.world.org('U1')) }
      const full = { ...members(own), full: true }
      expect((await ask('U1', full)).body.issues?.[0]?.field).toBe('reason')
      expect((await ask('U1', { ...full, reason: '报送会籍', format: 'csv' })).body.issues?.[0]?.field).toBe(
        'format',
      )
      expect((await ask('S1', { ...full, reason: '报送会籍' })).status).toBe(422)
      expect((await ask('leader', { ...full, reason: '报送会籍' })).status).toBe(403)
      expect(
        (await ask('U1', { ...trainings(), full: true, reason: '报送会籍' })).body.issues?.[0]?.field,
      ).toBe('full')
      const { sheets, id: file } = await taken('U1', { ...full, reason: '报送会籍' })
      expect(column(sheets.get('会员'), '证件号码')).toEqual([entryOf(1)['idNumber']])
      expect(column(sheets.get('会员'), '出生日期')).toEqual(['1985-06-01'])
      expect(sheets.get('水印')).toContainEqual(['理由', '报送会籍'])
      const noted = await rows(
        tx,
        sql`SELECT field, reason FROM app.person_access WHERE person_id = ${id}::uuid ORDER BY field`,
      )
      expect(noted).toEqual(
        ['birth', 'guardian', 'idNumber', 'phone'].map((field) => ({ field, reason: '导出表格：报送会籍' })),
      )
      const kept = await first<{ text: string }>(
        tx,
        sql`SELECT (SELECT row_to_json(e)::text FROM app.export e WHERE id = ${file}::uuid) || (SELECT string_agg(encode(body, 'escape'), '') FROM app.export_part) AS text`,
      )
      for (const secret of [entryOf(1)['idNumber'], entryOf(1)['name'], '报送会籍说明'])
        expect(kept!.text).not.toContain(secret)
    }))

  it('in full only with a second factor of the last minutes', () =>
    stage.trial(async (tx) => {
      await enter('U1', 1)
      await sql`UPDATE app.session SET is_demo = false, factor_at = now() - interval '6 minutes'`.execute(tx)
      const asked = { ...members({ org: String(stage.world.org('U1')) }), full: true, reason: '报送会籍' }
      expect((await ask('U1', asked)).body.code).toBe('403.4')
      await sql`UPDATE app.session SET factor_at = now()`.execute(tx)
      expect((await ask('U1', asked)).status).toBe(200)
    }))

  it('are no leader’s to take', () =>
    stage.trial(async () => {
      expect((await ask('leader', members())).status).toBe(403)
      expect((await ask('worker', members())).status).toBe(403)
    }))
})

describe('figures', () => {
  it('leave as they are seen, with what each means', () =>
    stage.trial(async () => {
      const record = await play.submit('U4', { count: 3, women: 41, all: 60 })
      await play.mustAct('D1b', record, { action: 'accept' })
      const year = String(body()['endsOn']).slice(0, 4)
      const figures = { ask: { kind: 'figures', filter: { year } } }
      const { sheets } = await taken('leaderD1', figures)
      const sessions = stage.world.deps.findProgramme('training')!.indicators['training.sessions']!
      const at = column(sheets.get('指标'), '指标').indexOf(sessions.label)
      expect(column(sheets.get('指标'), '审核通过')[at]).toBe(3)
      expect(column(sheets.get('口径'), '口径')).toContain(sessions.definition)
      const units = { ask: { ...figures.ask, section: '一（二）' } }
      const drill = (await taken('D1', units)).sheets.get('分单位')
      expect(column(drill, '单位')).toContain('示例U4工会')
    }))
})

describe('the file', () => {
  it('is hers alone, in the post in which she asked, for a week', () =>
    stage.trial(async (tx) => {
      await play.submit('U1', {})
      const { id } = await taken('U1', trainings())
      for (const other of ['U1b', 'C', 'S1']) expect((await bytesOf(other, id)).status).toBe(404)
      const list = await stage.as('U1').get<{ rows: ExportLine[] }>('/api/exports')
      expect(list.body.rows.map((r) => [r.state, r.rows, r.full])).toEqual([['ready', 1, false]])
      await purge(stage.world.deps)
      expect((await bytesOf('U1', id)).status).toBe(200)
      await sql`UPDATE app.export SET asked_at = now() - interval '8 days'`.execute(tx)
      await purge(stage.world.deps)
      expect((await bytesOf('U1', id)).status).toBe(404)
      expect(await rows(tx, sql`SELECT 1 FROM app.export_part`)).toEqual([])
      expect(await rows(tx, sql`SELECT state, wrapped, head FROM app.export`)).toEqual([
        { state: 'gone', wrapped: null, head: null },
      ])
    }))

  it('may be removed before, and is never made for who lost the post', () =>
    stage.trial(async (tx) => {
      await play.submit('U1', {})
      const { id } = await taken('U1', trainings())
      expect((await stage.as('U1').del(`/api/exports/${id}`)).status).toBe(200)
      expect((await bytesOf('U1', id)).status).toBe(404)
      const asked = await ask('U1', trainings())
      const { postId } = stage.world.person('U1')
      await sql`UPDATE app.post SET until_on = current_date - 1 WHERE id = ${postId}::uuid`.execute(tx)
      expect(await make()).toEqual([])
      const kept = await rows(
        tx,
        sql`SELECT state, byte_count AS bytes FROM app.export WHERE id = ${asked.body.id}::uuid`,
      )
      expect(kept).toEqual([{ state: 'waiting', bytes: 0 }])
    }))

  it('is asked for once, however often the request is sent', () =>
    stage.trial(async (tx) => {
      await play.submit('U1', {})
      expect((await sendAgain()).body.id).toBe((await sendAgain()).body.id)
      expect(await first(tx, sql`SELECT count(*)::int AS n FROM app.job WHERE kind = 'export'`)).toEqual({
        n: 1,
      })
    }))

  it('is in the audit, and a day of many is told to the audit administrator alone', () =>
    stage.trial(async (tx) => {
      await play.submit('U1', {})
      await taken('U1', { ...trainings(), reason: '年中核对' })
      const acts = await rows<{ action: string }>(
        tx,
        sql`SELECT action FROM app.audit WHERE action LIKE 'export.%' ORDER BY seq`,
      )
      expect(acts.map((a) => a.action)).toEqual(['export.ask', 'export.made'])
      const watch = () => stage.as('auditAdmin').get<ExportWatch>('/api/audit/exports')
      expect((await watch()).body.alarms).toEqual([])
      expect((await watch()).body.rows).toMatchObject([
        { person: '演示U1', rows: 1, full: false, reason: '年中核对' },
      ])
      await sql`UPDATE app.export SET row_count = ${alarmAt.rows + 1}`.execute(tx)
      expect((await watch()).body.alarms).toMatchObject([
        { person: '演示U1', files: 1, rows: alarmAt.rows + 1 },
      ])
      expect((await stage.as('C').get('/api/audit/exports')).status).toBe(403)
    }))
})

describe('units', () => {
  it('leave by the columns of the template, a part of the tree or those that were marked', () =>
    stage.trial(async () => {
      const codes = async (who: string, more: object = {}) =>
        column((await taken(who, { ask: { kind: 'orgs', ...more } })).sheets.get('单位'), '组织编码')
      expect(await codes('D1')).toEqual(expect.arrayContaining(['D1', 'S1', 'U1', 'U2', 'S2', 'U3', 'U4']))
      expect(await codes('D1', { org: stage.world.org('S1') })).toEqual(['S1', 'U1', 'U2'])
      const ids = [stage.world.org('U2'), stage.world.org('U5')]
      expect(await codes('D1', { ids })).toEqual(['U2'])
      expect((await ask('D1', { ask: { kind: 'orgs', org: stage.world.org('U5') } })).status).toBe(404)
      // U6 is I1's, and S1 and D1 look at it: what the page of a unit shows may leave, and no more.
      const viewed = stage.world.org('U6')
      for (const [who, status] of [
        ['S1', 200],
        ['D1', 200],
        ['I1', 200],
        ['S2', 404],
        ['D2', 404],
      ] as const) {
        expect([who, (await stage.as(who).get(`/api/orgs/${viewed}`)).status]).toEqual([who, status])
        expect([who, (await ask(who, { ask: { kind: 'orgs', org: viewed } })).status]).toEqual([who, status])
      }
      expect(await codes('S1', { org: viewed })).toEqual(['U6'])
      expect(await codes('D1')).not.toContain('U6')
      const { sheets } = await taken('U1', { ask: { kind: 'orgs' } })
      expect(column(sheets.get('单位'), '女会员人数')).toEqual([35])
    }))
})
