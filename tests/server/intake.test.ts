import { randomUUID } from 'node:crypto'
import { readXlsx, writeXlsx, type Sheet } from 'hucre/xlsx'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from '#paper/sheet/cell.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import {
  bookOf as writeBook,
  bring as bringTo,
  none,
  rowsOf as readRows,
  said,
  type Brought,
} from '../support/intake.ts'
import { madeUpNumber } from '../support/persons.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const n = (sequence: number) => madeUpNumber('1985-06-01', sequence)
const headings = ['序号', '会员姓名', '身份证号', '联系电话', '入会时间', '类别', '备注']
const bookOf = (lines: Cell[][], head: string[] = headings) =>
  writeBook(stage, { name: 'Sheet1', head, lines })

const bring = (who: string, bytes: Uint8Array, target = 'person') =>
  bringTo(stage, who, target, bytes, '名册.xlsx')

const rowsOf = (who: string, id: string, query = '') => readRows(stage, who, id, query)
const count = async (tx: Tx, table: string): Promise<number> =>
  (await rows<{ n: number }>(tx, sql`SELECT count(*)::int AS n FROM ${sql.raw(`app.${table}`)}`))[0]!.n
const commit = (who: string, { id, page }: Brought, mode = 'all', version = page.version) =>
  stage
    .as(who)
    .post<{ made: number; left: number; code: string }>(`/api/intakes/${id}/commit`, { version, mode })

const good: Cell[][] = [
  [1, '王示一', n(2), 13800001234, '2018.3.8', '', '甲'],
  [2, '王示二', n(4), '138 0000 1235', '2018年3月8日', '工会会员', ''],
]

describe('members from a workbook', () => {
  it('are mapped from her own headings, checked, brought in once; the same file again changes nothing', () =>
    stage.trial(async (tx) => {
      const before = await count(tx, 'person')
      const brought = await bring('U1', await bookOf(good))
      expect(brought.answer.status).toBe(200)
      expect(brought.page.sheets[0]!.mapping).toEqual([
        null,
        'name',
        'idNumber',
        'phone',
        'fromOn',
        'kind',
        null,
      ])
      expect(brought.page.counts).toEqual({ ...none, warned: 2 })
      expect(said(await rowsOf('U1', brought.id))[1]).toEqual([
        3,
        'warned',
        'fromOn: “2018年3月8日”读作 2018-03-08',
        'kind: “工会会员”读作“会员”',
      ])
      expect(await count(tx, 'person')).toBe(before)
      const done = await commit('U1', brought)
      expect([done.status, done.body]).toEqual([200, { made: 2, left: 0 }])
      expect(await count(tx, 'person')).toBe(before + 2)
      const listed = await stage.as('U1').get<{ rows: { name: string; phone: string }[] }>('/api/persons')
      expect(listed.body.rows.map((p) => [p.name, p.phone])).toEqual(
        expect.arrayContaining([['王示一', '138****1234']]),
      )
      const again = await bring('U1', await bookOf(good))
      expect(again.page.counts).toEqual({ ...none, same: 2 })
      expect((await commit('U1', again)).body.code).toMatch(/^422\./)
      expect(await count(tx, 'person')).toBe(before + 2)
      const acts = await rows<{ action: string; fields: string }>(
        tx,
        sql`SELECT action, fields FROM app.audit WHERE object = ${`intake:${brought.id}`} ORDER BY seq`,
      )
      expect(acts.map((a) => a.action)).toEqual(['intake.stage', 'intake.commit'])
    }))

  it('faults stand at their cells; right rows may go in alone, and mended ones after', () =>
    stage.trial(async (tx) => {
      const before = await count(tx, 'person')
      const brought = await bring(
        'U1',
        await bookOf([
          ...good,
          [3, '', n(6), '', '2018-03-08', '会员', ''],
          [4, '王示四', 2.1029919850601e17, '', '2018-03-08', '', ''],
          [5, '王示五', n(2), '12', '2018-13-08', '退休', ''],
          [6, '王示六', n(2), '', '2018-03-08', '', ''],
          [7, '小王', madeUpNumber('2015-06-01', 2), '', '2019-03-08', '职工子女', ''],
        ]),
      )
      expect(said(await rowsOf('U1', brought.id, '?state=wrong'))).toEqual([
        [4, 'wrong', 'name: 请填写姓名'],
        [5, 'wrong', expect.stringContaining('idNumber: 这一格被 Excel 当成数字存了')],
        [
          6,
          'wrong',
          'fromOn: “2018-13-08”不是有效日期，请按 2019-08-05 的样子填写',
          'kind: “退休”不在可选项中，请从“会员、女职工、职工子女”中选择',
        ],
        [7, 'wrong', 'idNumber: 与第 2 行的证件号码相同，请删去一行或改正号码'],
        [
          8,
          'wrong',
          'guardianName: 未满 14 周岁，须先取得监护人同意，请填写监护人姓名',
          'guardianPhone: 未满 14 周岁，须先取得监护人同意，请填写监护人手机号码',
          'guardianAgreedOn: 未满 14 周岁，须先取得监护人同意，请填写监护人同意日期',
        ],
      ])
      expect((await commit('U1', brought)).body.code).toMatch(/^422\./)
      const typed = await stage.as('U1').put<{ version: number }>(`/api/intakes/${brought.id}/cells`, {
        version: brought.page.version,
        cells: [{ sheet: 'person', line: 4, column: 'name', text: '王示三' }],
      })
      expect(typed.body.version).toBe(brought.page.version + 1)
      const stale = await commit('U1', brought, 'right')
      expect([stale.status, stale.body.code]).toEqual([409, '409.17'])
      const done = await commit('U1', brought, 'right', typed.body.version)
      expect(done.body).toEqual({ made: 3, left: 4 })
      expect(await count(tx, 'person')).toBe(before + 3)
      const marked = await stage.app.inject({
        url: `/api/intakes/${brought.id}/marked`,
        headers: { cookie: `__Host-sid=${stage.world.person('U1').token}` },
      })
      const read = await stage.world.deps.sheets.readAll(marked.rawPayload, 100)
      const last = read.sheets[0]!.rows.map((r) => r.cells.at(-1))
      expect(last[0]).toBe('错误说明')
      expect(last[1]).toContain('已导入')
      expect(last[5]).toMatch(/^需要修改；起始日期：/)
    }))

  it('her own file goes back with the marks in it and all else as it was: another sheet, a width, a look, a formula', () =>
    stage.trial(async (tx) => {
      const cells = new Map<string, object>([
        ['2,1', { value: n(2), type: 'string', style: { font: { bold: true } } }],
        ['2,5', { value: 8, formula: 'LEN(A3)+5', formulaResult: 8, type: 'formula' }],
      ])
      const bytes = await writeXlsx({
        sheets: [
          {
            name: '名册',
            columns: [{ width: 33 }],
            rows: [
              ['女职工名册'],
              ['姓名', '身份证号', '手机', '入会时间', '类别', '合计'],
              ['王示一', n(2), '12', '2018-03-08', '', null],
              ['王示二', n(4), '', '2018-03-08', '退休', null],
            ],
            cells,
          },
          { name: '别的', rows: [['不要动'], [12.5]] },
        ],
      })
      const brought = await bring('U1', bytes)
      expect(brought.page.counts).toEqual({ ...none, wrong: 2 })
      await stage.as('U1').put(`/api/intakes/${brought.id}/cells`, {
        version: 1,
        cells: [{ sheet: 'person', line: 4, column: 'kind', text: '会员' }],
      })
      const marked = await stage.app.inject({
        url: `/api/intakes/${brought.id}/marked`,
        headers: { cookie: `__Host-sid=${stage.world.person('U1').token}` },
      })
      const back = await readXlsx(marked.rawPayload, { readStyles: true })
      expect(back.sheets.map((s) => s.name)).toEqual(['名册', '别的'])
      const [sheet, other] = back.sheets as [Sheet, Sheet]
      expect(other.rows).toEqual([['不要动'], [12.5]])
      expect(sheet.columns![0]!.width).toBe(33)
      expect(sheet.rows[0]![0]).toBe('女职工名册')
      expect(sheet.rows[1]).toEqual(['姓名', '身份证号', '手机', '入会时间', '类别', '合计', '错误说明'])
      expect(sheet.rows.slice(2).map((row) => row[6])).toEqual([
        '需要修改；手机号码：手机号码应为 11 位（1 开头），座机请带区号',
        '可以导入',
      ])
      expect(sheet.rows[3]![4]).toBe('会员')
      expect(sheet.cells!.get('2,2')).toMatchObject({
        style: { fill: { fgColor: { rgb: 'FFC7CE' } } },
        comment: { author: '巾帼', text: '手机号码应为 11 位（1 开头），座机请带区号' },
      })
      expect(sheet.cells!.get('2,1')!.style).toMatchObject({ font: { bold: true } })
      expect(sheet.cells!.get('2,5')!.formula).toBe('LEN(A3)+5')
      // It waits sealed, and is gone with the workbook.
      const stored = await rows<{ raw: Buffer }>(tx, sql`SELECT file AS raw FROM app.intake`)
      expect(stored[0]!.raw.includes(Buffer.from('PK\x03\x04'))).toBe(false)
      expect(stored[0]!.raw.includes(Buffer.from('UEsDB'))).toBe(false)
    }))

  it('a person of another unit is told of without her name, one of a unit below with it', () =>
    stage.trial(async () => {
      const entry = {
        kind: '会员',
        fromOn: '2018-03-08',
        idKind: '居民身份证',
        idNumber: n(8),
        name: '李示密',
      }
      expect((await stage.as('U5').post('/api/persons', { body: entry })).status).toBe(200)
      const line: Cell[][] = [[1, '李示密', n(8), '', '2018-03-08', '', '']]
      const elsewhere = await bring('U1', await bookOf(line))
      const [row] = await rowsOf('U1', elsewhere.id)
      expect(row!.issues[0]!.message).toBe('此人已在其他单位登记，可提出转入申请，由她现在的单位确认后转入')
      const above = await bring('D2', await bookOf(line))
      expect((await rowsOf('D2', above.id))[0]!.issues[0]!.message).toContain('示例U5工会（李示密）')
    }))

  it('can be taken back within a day, but who was touched since stays', () =>
    stage.trial(async (tx) => {
      const before = await count(tx, 'person')
      const brought = await bring('U1', await bookOf(good))
      await commit('U1', brought)
      const made = await rows<{ id: string; line: number }>(
        tx,
        sql`SELECT made AS id, line FROM app.intake_row WHERE intake_id = ${brought.id}::uuid ORDER BY line`,
      )
      const reveal = { field: 'phone', purpose: 'contact', reason: '通知培训' }
      expect((await stage.as('U1').post(`/api/persons/${made[0]!.id}/reveals`, reveal)).status).toBe(200)
      expect((await stage.as('U1b').post(`/api/intakes/${brought.id}/undo`)).status).toBe(404)
      const undone = await stage.as('U1').post(`/api/intakes/${brought.id}/undo`)
      expect(undone.body).toEqual({
        undone: 1,
        kept: 1,
        lines: [2],
        advice: expect.stringContaining('会员资料') as string,
      })
      expect(await count(tx, 'person')).toBe(before + 1)
      expect(await count(tx, 'person_key')).toBe(await count(tx, 'person'))
      expect((await stage.as('U1').post(`/api/intakes/${brought.id}/undo`)).status).toBe(409)
    }))

  it('the same commit sent twice is one; after a day and a minute nothing is taken back', () =>
    stage.trial(async (tx) => {
      const before = await count(tx, 'person')
      const brought = await bring('U1', await bookOf(good))
      const send = (key: string) =>
        stage
          .as('U1')
          .post(`/api/intakes/${brought.id}/commit`, { version: brought.page.version, mode: 'all' }, { key })
      const key = randomUUID()
      const [one, again] = [await send(key), await send(key)]
      expect([one.status, again.status, again.body]).toEqual([200, 200, one.body])
      expect((await send(randomUUID())).status).toBe(409)
      expect(await count(tx, 'person')).toBe(before + 2)
      const acts = await rows<{ n: number }>(
        tx,
        sql`SELECT count(*)::int AS n FROM app.audit WHERE action = 'intake.commit' AND object = ${`intake:${brought.id}`}`,
      )
      expect(acts).toEqual([{ n: 1 }])
      const age = (text: string) =>
        sql`UPDATE app.intake SET committed_at = now() - ${text}::interval WHERE id = ${brought.id}::uuid`.execute(
          tx,
        )
      const look = async () =>
        (await stage.as('U1').get<{ mayUndo: boolean }>(`/api/intakes/${brought.id}`)).body.mayUndo
      await age('24 hours 1 minute')
      const late = await stage.as('U1').post<{ message: string }>(`/api/intakes/${brought.id}/undo`)
      expect([late.status, late.body.message, await look()]).toEqual([
        409,
        expect.stringMatching(/\p{Script=Han}{6}/u),
        false,
      ])
      expect(await count(tx, 'person')).toBe(before + 2)
      await age('23 hours 59 minutes')
      expect(await look()).toBe(true)
    }))

  it('a commit that stops at a row leaves nothing behind, and can be made again', () =>
    stage.trial(async (tx) => {
      const before = await count(tx, 'person')
      const brought = await bring('U1', await bookOf(good))
      await sql`CREATE FUNCTION pg_temp.halt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.name = '王示二' THEN RAISE EXCEPTION 'the server stops here'; END IF; RETURN NEW; END $$`.execute(
        tx,
      )
      await sql`CREATE TRIGGER halt AFTER INSERT ON app.person FOR EACH ROW EXECUTE FUNCTION pg_temp.halt()`.execute(
        tx,
      )
      expect((await commit('U1', brought)).status).toBe(500)
      expect(await count(tx, 'person')).toBe(before)
      const { body } = await stage
        .as('U1')
        .get<{ state: string; counts: object }>(`/api/intakes/${brought.id}`)
      expect(body).toMatchObject({ state: 'open', counts: { ...none, warned: 2 } })
      await sql`DROP TRIGGER halt ON app.person`.execute(tx)
      expect((await commit('U1', brought)).body).toEqual({ made: 2, left: 0 })
    }))

  it('wait under a seal, seen by who brought them alone, and are gone after a week', () =>
    stage.trial(async (tx) => {
      const brought = await bring('U1', await bookOf(good))
      for (const who of ['U1b', 'S1', 'C', 'D1', 'systemAdmin'])
        expect([who, (await stage.as(who).get(`/api/intakes/${brought.id}`)).status]).toEqual([who, 404])
      const stored = await rows<{ raw: string }>(
        tx,
        sql`SELECT i::text || r::text AS raw FROM app.intake i JOIN app.intake_row r ON r.intake_id = i.id`,
      )
      expect(stored).toHaveLength(2)
      const hex = Buffer.from('王示一').toString('hex')
      expect(stored.some(({ raw }) => raw.includes(n(2)) || raw.includes('王示') || raw.includes(hex))).toBe(
        false,
      )
      const answers = await rows<{ raw: string }>(tx, sql`SELECT answer::text AS raw FROM app.idempotency`)
      expect(answers.some(({ raw }) => raw.includes('王示') || raw.includes('名册'))).toBe(false)
      await sql`UPDATE app.intake SET made_at = now() - interval '6 days 23 hours'`.execute(tx)
      await sql`SELECT app.purge_intakes(now())`.execute(tx)
      expect(await count(tx, 'intake')).toBe(1)
      await sql`UPDATE app.intake SET made_at = now() - interval '7 days 1 hour'`.execute(tx)
      await sql`SELECT app.purge_intakes(now() - interval '7 days')`.execute(tx)
      expect([await count(tx, 'intake'), await count(tx, 'intake_row')]).toEqual([0, 0])
    }))

  it('is not there until all of it is: what stopped halfway is seen by nobody, brought again it is whole, else purged', () =>
    stage.trial(async (tx) => {
      await sql`CREATE FUNCTION pg_temp.stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.line > 300 THEN RAISE EXCEPTION 'the server stops here'; END IF; RETURN NEW; END $$`.execute(
        tx,
      )
      await sql`CREATE TRIGGER stop BEFORE INSERT ON app.intake_row FOR EACH ROW EXECUTE FUNCTION pg_temp.stop()`.execute(
        tx,
      )
      const lines = Array.from({ length: 450 }, (_, i): Cell[] => [
        i,
        `王示${i}`,
        n(2 * i),
        '',
        '2018-03-08',
        '',
        '',
      ])
      const bytes = Buffer.from(await bookOf(lines))
      const upload = (id: string) =>
        stage.as('U1').upload(`/api/intakes/${id}?target=person&name=a.xlsx`, bytes)
      const [id, other] = [randomUUID(), randomUUID()]
      for (const one of [id, other]) expect((await upload(one)).status).toBe(500)
      expect([await count(tx, 'intake'), await count(tx, 'intake_row')]).toEqual([2, 400])
      expect((await stage.as('U1').get(`/api/intakes/${id}`)).status).toBe(404)
      expect((await stage.as('U1').get(`/api/intakes`)).raw).not.toContain(id)
      expect(
        (await stage.as('U1').post(`/api/intakes/${id}/commit`, { version: 1, mode: 'all' })).status,
      ).toBe(404)
      await sql`DROP TRIGGER stop ON app.intake_row`.execute(tx)
      expect((await upload(id)).body).toEqual({ id, version: 1 })
      const { body } = await stage.as('U1').get<{ counts: object }>(`/api/intakes/${id}`)
      expect(body.counts).toEqual({ ...none, right: 450 })
      expect((await upload(id)).status).toBe(409)
      await sql`UPDATE app.intake SET made_at = now() - interval '25 hours'`.execute(tx)
      await sql`SELECT app.purge_intakes(now() - interval '7 days')`.execute(tx)
      expect([await count(tx, 'intake'), await count(tx, 'intake_row')]).toEqual([1, 450])
    }))

  it('a file without our headings, of too many rows, or hostile, is refused with a sentence', () =>
    stage.trial(async () => {
      const refusal = async (bytes: Uint8Array) => (await bring('U1', bytes)).answer.body
      expect(await refusal(await bookOf([['x', 'y']], ['甲', '乙']))).toMatchObject({
        message: expect.stringContaining('没有找到标题行') as string,
      })
      expect(await refusal(Buffer.from('D0CF11E0A1B11AE1', 'hex'))).toMatchObject({
        message: expect.stringContaining('旧版 .xls') as string,
      })
      const who = await bring('leader', await bookOf(good))
      expect(who.answer.status).toBe(403)
    }))

  it('her columns are mapped by hand where headings do not tell, never two to one', () =>
    stage.trial(async () => {
      const brought = await bring(
        'U1',
        await bookOf([['王示一', n(2), 'x', '2018-03-08']], ['姓名', '证件', '编号', '起始日期']),
      )
      expect(brought.page.sheets[0]!.missing).toEqual(['证件号码'])
      const put = (mapping: (string | null)[], version: number) =>
        stage.as('U1').put<{ message: string }>(`/api/intakes/${brought.id}/mapping`, {
          version,
          sheet: 'person',
          mapping,
        })
      const twice = await put(['name', 'idNumber', 'idNumber', 'fromOn'], 1)
      expect([twice.status, twice.body.message]).toEqual([422, expect.stringContaining('对应了两列')])
      expect((await put(['name', 'idNumber', null, 'fromOn'], 1)).status).toBe(200)
      expect(said(await rowsOf('U1', brought.id))).toEqual([[2, 'right']])
    }))
})

it('the template holds the columns of the form, and reads as one without a row', () =>
  stage.trial(async () => {
    const got = await stage.app.inject({
      url: '/api/intake-templates/person',
      headers: { cookie: `__Host-sid=${stage.world.person('U1').token}` },
    })
    expect(got.statusCode).toBe(200)
    const book = await stage.world.deps.sheets.readAll(got.rawPayload, 1000)
    expect(book.sheets.map((s) => s.name)).toEqual(['会员', '填写说明', '字典', '_jinguo'])
    expect(book.sheets[0]!.rows[0]!.cells.slice(0, 4)).toEqual([
      '姓名＊',
      '证件号码＊',
      '手机号码',
      '起始日期＊',
    ])
    const empty = await bring('U1', got.rawPayload)
    expect(empty.answer.body).toMatchObject({ message: '标题行下面没有内容，请填写后再上传' })
  }))
