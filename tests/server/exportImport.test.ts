import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeExport } from '#export/make.server.ts'
import { textOf, type Cell } from '#paper/sheet/cell.ts'
import type { PersonDetail } from '#person/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { bookOf, bring, commitAll, none, rowsOf, said } from '../support/intake.ts'
import { entryOf } from '../support/persons.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** The file of what U1 asks for. */
async function exported(ask: object): Promise<Buffer> {
  const { body } = await stage.as('U1').post<{ id: string }>('/api/exports', { ask, format: 'xlsx' })
  expect(await runDue(stage.world.deps, [makeExport])).toEqual([])
  const found = await stage.app.inject({
    url: `/api/exports/${body.id}/file`,
    headers: { cookie: `__Host-sid=${stage.world.person('U1').token}` },
  })
  return found.rawPayload
}

it.each(['training', 'contract'])('what left as %s and comes in again unchanged changes nothing', (key) =>
  stage.trial(async () => {
    const body = bodyOf(findProgramme(key)!, { title: '出去再回来' })
    const made = await stage
      .as('U1')
      .post(`/api/records/${key}`, { body, coHosts: [stage.world.org('U2')], warningNote: '核对无误' })
    expect([made.status, made.raw]).toEqual([200, expect.any(String)])
    const { page } = await bring(
      stage,
      'U1',
      key,
      await exported({ kind: 'records', programme: key, filter: {} }),
      '导出.xlsx',
    )
    expect(page.counts).toMatchObject({ right: 0, warned: 0, wrong: 0 })
    expect(page.counts.same).toBeGreaterThan(0)
  }),
)

/** Enters persons at U1. @returns their ids */
async function entered(n: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 1; i <= n; i++) {
    const { status, body } = await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(i) })
    expect(status).toBe(200)
    ids.push(body.id)
  }
  return ids
}
type Change = Record<string, Cell>
/** The masked file of U1's members with cells changed, by person. */
async function edited(changes: Record<string, Change>): Promise<Uint8Array> {
  const bytes = await exported({ kind: 'persons', filter: { org: String(stage.world.org('U1')) } })
  const { sheets } = await stage.world.deps.sheets.readAll(bytes, 1000)
  const [head, ...lines] = sheets.find((s) => s.name === '会员')!.rows.map((r) => r.cells)
  const titles = head!.map((cell) => textOf(cell).replace('＊', ''))
  return bookOf(stage, {
    name: '会员',
    head: titles,
    lines: lines.map((cells) => {
      const change = changes[textOf(cells[0] ?? null).split(':')[0]!] ?? {}
      return titles.map((title, at) =>
        textOf(Object.hasOwn(change, title) ? change[title]! : (cells[at] ?? null)),
      )
    }),
  })
}
const look = async (id: string) => (await stage.as('U1').get<PersonDetail>(`/api/persons/${id}`)).body
const phoneOf = async (id: string) =>
  (
    await stage.as('U1').post<{ value: string }>(`/api/persons/${id}/reveals`, {
      field: 'phone',
      purpose: 'contact',
      reason: '通知培训',
    })
  ).body.value
const acts = (tx: Tx, id: string) =>
  rows<{ action: string; fields: string; purpose: string }>(
    tx,
    sql`SELECT action, fields::text AS fields, purpose FROM app.audit WHERE object = ${`person:${id}`} ORDER BY seq`,
  )

describe('members that left as a file', () => {
  it('and comes in edited updates the changed cells alone; masks mean unchanged; an undo gives the former values back', () =>
    stage.trial(async (tx) => {
      const [one, two] = (await entered(2)) as [string, string]
      const bytes = await edited({
        [one]: { 学历: '本科', 手机号码: '13900001111', 起始日期: '2019-05-01', 登记为: '女职工' },
      })
      const brought = await bring(stage, 'U1', 'person', bytes)
      expect(brought.page.counts).toEqual({ ...none, update: 1, same: 1 })
      const found = (await rowsOf(stage, 'U1', brought.id)).find((r) => r.state === 'update')!
      expect(found.twin).toEqual({
        label: '更新已登记的资料',
        may: [],
        values: { education: '', phone: '138****0001', fromOn: '2018-03-08', kind: '会员' },
      })
      const before = await look(one)
      expect((await commitAll(stage, 'U1', brought)).body).toEqual({ made: 1, left: 0 })
      const after = await look(one)
      expect([after.values['education'], after.masks.phone, after.version]).toEqual([
        '本科',
        '139****1111',
        2,
      ])
      expect(after.memberships.map((m) => [m.kind, m.fromOn, m.joinedBy])).toEqual([
        ['女职工', '2019-05-01', '登记'],
      ])
      expect((await look(two)).version).toBe(1)
      expect((await acts(tx, one)).at(-1)).toEqual({
        action: 'person.edit',
        fields: expect.stringMatching(/education.*kind.*fromOn.*phone/) as string,
        purpose: 'intake',
      })
      // The same file once more is behind what it brought itself: nothing differs, nothing happens.
      expect((await bring(stage, 'U1', 'person', bytes)).page.counts).toMatchObject({ right: 0, wrong: 0 })
      const undone = await stage.as('U1').post(`/api/intakes/${brought.id}/undo`)
      expect(undone.body).toEqual({ undone: 1, kept: 0, lines: [], advice: null })
      const back = await look(one)
      expect({ ...back, version: 0 }).toEqual({ ...before, version: 0 })
      expect(await phoneOf(one)).toBe('13800010001')
      expect(await phoneOf(two)).toBe('13800010002')
      expect((await acts(tx, one)).map((a) => a.action)).toContain('person.unimport')
    }))

  it('a woman at work whom a workbook makes a member has joined', () =>
    stage.trial(async () => {
      const [one] = (await entered(1)) as [string]
      const turn = async (kind: string) =>
        commitAll(stage, 'U1', await bring(stage, 'U1', 'person', await edited({ [one]: { 登记为: kind } })))
      await turn('女职工')
      expect((await look(one)).memberships.map((m) => [m.kind, m.joinedBy])).toEqual([['女职工', '登记']])
      await turn('会员')
      expect((await look(one)).memberships.map((m) => [m.kind, m.joinedBy])).toEqual([['会员', '入会']])
      // A membership that rests leaves as a member's, and comes back unchanged.
      const kept = { turn: 'keep', on: '2020-04-01', keptFor: '长期离岗', reason: '' }
      expect((await stage.as('U1').post(`/api/persons/${one}/standing`, kept)).status).toBe(200)
      expect((await bring(stage, 'U1', 'person', await edited({}))).page.counts).toEqual({ ...none, same: 1 })
    }))

  it('the roster of her unit comes in after her turns there: neither her day nor her kind is lost', () =>
    stage.trial(async () => {
      const [one, two] = (await entered(2)) as [string, string]
      const stand = async (body: object) => {
        for (const id of [one, two])
          expect((await stage.as('U1').post(`/api/persons/${id}/standing`, body)).status).toBe(200)
      }
      const brought = async (change: Change, other: Change) =>
        bring(stage, 'U1', 'person', await edited({ [one]: change, [two]: other }))
      const faults = async (id: string) => JSON.stringify(said(await rowsOf(stage, 'U1', id)))
      await stand({ turn: 'keep', on: '2020-04-01', keptFor: '长期离岗', reason: '' })
      const resting = await brought({ 起始日期: '2020-04-01' }, { 登记为: '女职工' })
      expect(resting.page.counts).toEqual({ ...none, same: 1, wrong: 1 })
      expect(await faults(resting.id)).toContain('会籍正在保留')
      await stand({ turn: 'resume', on: '2020-04-10', reason: '' })
      const resumed = await brought({ 起始日期: '2015-06-01' }, { 起始日期: '2020-04-05' })
      expect(await faults(resumed.id)).toContain('保留或恢复的日期（2020-04-01）')
      expect((await commitAll(stage, 'U1', await brought({ 起始日期: '2015-06-01' }, {}))).body).toEqual({
        made: 1,
        left: 0,
      })
      const held = (await look(one)).memberships.map((m) => `${m.fromOn} ${m.kind}`)
      expect(held.sort()).toEqual(['2015-06-01 会员', '2020-04-01 保留会籍', '2020-04-10 会员'])
    }))

  it('who came from another unit has not joined because her kind was put right', () =>
    stage.trial(async (tx) => {
      const [one] = (await entered(1)) as [string]
      await sql`UPDATE app.membership SET joined_by = '转入' WHERE person_id = ${one}::uuid`.execute(tx)
      for (const kind of ['女职工', '会员']) {
        await commitAll(
          stage,
          'U1',
          await bring(stage, 'U1', 'person', await edited({ [one]: { 登记为: kind } })),
        )
        expect((await look(one)).memberships.map((m) => [m.kind, m.joinedBy])).toEqual([[kind, '转入']])
      }
    }))

  it('who was changed since the export is shown side by side, and again who was changed since the import stays', () =>
    stage.trial(async () => {
      const [one] = (await entered(1)) as [string]
      const bytes = await edited({ [one]: { 学历: '本科' } })
      const edit = (version: number, hukou: string) =>
        stage.as('U1').put(`/api/persons/${one}`, { body: { name: '王示二', hukou, phone: '' }, version })
      expect((await edit(1, '沙河口区')).status).toBe(200)
      const brought = await bring(stage, 'U1', 'person', bytes)
      expect(brought.page.counts).toEqual({ ...none, double: 1 })
      const [row] = await rowsOf(stage, 'U1', brought.id)
      expect(row!.twin).toEqual({
        label: '导出以后她的资料又改过，现在是',
        may: ['skip', 'update'],
        values: { education: '', hukou: '沙河口区' },
      })
      const chosen = await stage.as('U1').put<{ version: number }>(`/api/intakes/${brought.id}/choices`, {
        version: brought.page.version,
        sheet: 'person',
        lines: [row!.line],
        choice: 'update',
      })
      const done = await commitAll(stage, 'U1', brought, { version: chosen.body.version })
      expect(done.body).toEqual({ made: 1, left: 0 })
      expect((await look(one)).values).toMatchObject({ education: '本科', hukou: null })
      expect((await edit(3, '甘井子区')).status).toBe(200)
      const undone = await stage.as('U1').post(`/api/intakes/${brought.id}/undo`)
      expect(undone.body).toMatchObject({
        code: '409.164',
        message: expect.stringContaining('会员资料里逐条修改') as string,
      })
    }))

  it('a phone that only the stored value tells apart is compared once, and she reads that it was', () =>
    stage.trial(async (tx) => {
      const [one, two] = (await entered(2)) as [string, string]
      const bytes = await edited({ [one]: { 手机号码: '13800010001' }, [two]: { 手机号码: '13899990002' } })
      for (const _ of [1, 2]) {
        const { page } = await bring(stage, 'U1', 'person', bytes)
        expect(page.counts).toEqual({ ...none, update: 1, same: 1 })
      }
      const noted = await rows<{ line: string }>(
        tx,
        sql`SELECT field || ' ' || purpose || ' ' || reason AS line FROM app.person_access WHERE person_id IN (${one}::uuid, ${two}::uuid)`,
      )
      expect(noted.map((n) => n.line)).toEqual(
        Array.from({ length: 2 }, () => 'phone membership 导入表格时与登记核对'),
      )
    }))

  it('what cannot be changed by a masked row, or elsewhere, is said at the cell', () =>
    stage.trial(async () => {
      const [one] = (await entered(1)) as [string]
      const bytes = await edited({ [one]: { 性别: '男', 起始日期: '1999-01-01' } })
      const { id } = await bring(stage, 'U1', 'person', bytes)
      expect(said(await rowsOf(stage, 'U1', id))).toEqual([
        [
          2,
          'wrong',
          'sex: 性别与登记的不同；要改，请把证件号码一并填写完整',
          'kind: 起始时未满 16 周岁，不能登记为会员；孩子请选“职工子女”',
        ],
      ])
      const above = await bring(stage, 'S1', 'person', await edited({ [one]: { 学历: '本科' } }))
      expect(said(await rowsOf(stage, 'S1', above.id))[0]![2]).toContain('资料由该单位修改')
    }))
})
