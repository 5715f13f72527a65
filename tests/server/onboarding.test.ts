import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IntakeDetail, IntakeRow, UndoDone } from '#intake/api.ts'
import { textOf, type Cell } from '#paper/sheet/cell.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { none } from '../support/intake.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const orgHead = ['组织编码', '单位全称', '层级', '单位类型', '上级单位', '会看单位', '职工人数', '女职工人数']
const accountHead = ['姓名', '单位', '岗位', '登录名']
const sheet = (name: string, head: string[], lines: Cell[][]) => ({
  name,
  columns: head.map((title) => ({ title, kind: 'text' as const, width: 12 })),
  rows: lines.map((cells) => ({ cells })),
})
const bookOf = (orgs: Cell[][], accounts: Cell[][]) =>
  stage.world.deps.sheets.write({
    keys: {},
    sheets: [sheet('单位', orgHead, orgs), sheet('账号', accountHead, accounts)],
  })

async function bring(bytes: Uint8Array, who = 'systemAdmin') {
  const id = randomUUID()
  const answer = await stage
    .as(who)
    .upload(`/api/intakes/${id}?target=onboarding&name=a.xlsx`, Buffer.from(bytes))
  const page = (await stage.as(who).get<IntakeDetail>(`/api/intakes/${id}`)).body
  const faults = async (key: string) =>
    (
      await stage.as(who).get<{ rows: IntakeRow[] }>(`/api/intakes/${id}/rows?sheet=${key}`)
    ).body.rows.flatMap((r) =>
      r.issues.filter((i) => i.level === 'error').map((i) => [r.line, i.column, i.message]),
    )
  return { id, answer, page, faults }
}
const commit = (id: string, version: number) =>
  stage.as('systemAdmin').post<{ made: number }>(`/api/intakes/${id}/commit`, { version, mode: 'all' })

const orgs: Cell[][] = [
  // Whose superior stands further down, found by name.
  ['N0101', '示例新厂工会', '基层', '独立基层', '示例新街总工会', 'I1', 120, 50],
  ['N01', '示例新街总工会', '街道（乡镇）', '街道', 'N1', '', '', ''],
  ['N1', '示例新区总工会', '区县', '区县', 'C', '', '', ''],
]
const accounts: Cell[][] = [
  ['王示一', 'N0101', '', ''],
  ['王示一', '示例新街总工会', '女工干部', ''],
  ['李示二', 'U1', '领导', 'li.shi.er'],
]

/** What the audit says left in a template. */
const takenOf = async (tx: Tx): Promise<string[]> =>
  (
    await rows<{ fields: string }>(
      tx,
      sql`SELECT fields FROM app.audit WHERE action = 'intake.take' ORDER BY seq`,
    )
  ).map((row) => row.fields)

const told = async (tx: Tx) =>
  rows<{ line: string }>(
    tx,
    sql`SELECT o.org_code || ' ' || o.tier || ' ' || p.org_code || ' ' || coalesce(v.org_code, '-') || ' ' || d.org_code || ' ' || (o.scope_code LIKE p.scope_code || '%') AS line
      FROM app.org o JOIN app.org_edge e ON e.child_id = o.id AND e.line = 1 JOIN app.org p ON p.id = e.parent_id JOIN app.org d ON d.id = o.district_id
      LEFT JOIN app.org_edge w ON w.child_id = o.id AND w.line = 2 LEFT JOIN app.org v ON v.id = w.parent_id
      WHERE o.org_code LIKE 'N%' ORDER BY o.org_code`,
  )

describe('a city from a workbook', () => {
  it('stands in one go: units under their superiors, accounts in their posts, links once; again changes nothing', () =>
    stage.trial(async (tx) => {
      const first = await bring(await bookOf(orgs, accounts))
      expect([first.answer.status, await first.faults('org'), await first.faults('account')]).toEqual([
        200,
        [],
        [],
      ])
      expect(first.page.counts).toMatchObject({ wrong: 0, same: 0 })
      expect(await told(tx)).toEqual([])
      expect((await commit(first.id, 1)).body).toEqual({ made: 6, left: 0 })
      expect((await told(tx)).map((r) => r.line)).toEqual([
        'N01 subdistrict N1 - N1 true',
        'N0101 grassroots N01 I1 N1 true',
        'N1 district C - N1 true',
      ])
      const made = await rows<{ line: string }>(
        tx,
        sql`SELECT a.login || ' ' || p.role || ' ' || o.org_code AS line FROM app.account a JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id
          WHERE a.name IN ('王示一', '李示二') ORDER BY 1`,
      )
      // A sub-district's cadre reviews, a leader reads: both wait for the security administrator.
      expect(made.map((r) => r.line)).toEqual(['wangshiyi cadre N0101'])
      const asked = await rows<{ role: string }>(tx, sql`SELECT role FROM app.post_request ORDER BY role`)
      expect(asked.map((r) => r.role)).toEqual(['cadre', 'leader'])
      type Invited = { login: string; org: string; link: string }[]
      const links = await stage
        .as('systemAdmin')
        .post<Invited & object>(`/api/intakes/${first.id}/invitations`, undefined, { key: null })
      const list = links.body as unknown as Invited
      expect(list.map((i) => [i.login, i.org])).toEqual([
        ['wangshiyi', '示例新厂工会'],
        ['wangshiyi2', '示例新街总工会'],
        ['li.shi.er', '示例U1工会'],
      ])
      const look = (link: string) =>
        stage.as(null).post('/api/invitations/look', { token: link.split('#')[1] }, { key: null })
      expect((await look(list[0]!.link)).status).toBe(200)
      const again = await bring(await bookOf(orgs, accounts))
      expect(again.page.counts).toEqual({ ...none, same: 6 })
      expect((await told(tx)).length).toBe(3)
      const acts = await rows<{ action: string; n: number }>(
        tx,
        sql`SELECT action, count(*)::int AS n FROM app.audit WHERE action IN ('org.open', 'account.create', 'account.invite') GROUP BY 1 ORDER BY 1`,
      )
      expect(acts).toEqual([
        { action: 'account.create', n: 3 },
        { action: 'account.invite', n: 3 },
        { action: 'org.open', n: 3 },
      ])
    }))

  it('every fault stands at its cell, and nothing is made while one is left', () =>
    stage.trial(async (tx) => {
      const bad = await bring(
        await bookOf(
          [
            ['N1', '示例新区总工会', '区县', '区县', '某市', '', '', ''],
            ['N2', '示例二区总工会', '区县', '区县', 'U1', '', 10, 20],
            ['N2', '示例三区总工会', '区县', '区县', 'C', '', '', ''],
            ['坏码', '示例四区总工会', '区县', '区县', 'C', '', '', ''],
            ['N5', '示例甲街总工会', '街道（乡镇）', '街道', 'N6', '', '', ''],
            ['N6', '示例乙街总工会', '街道（乡镇）', '街道', 'N5', '', '', ''],
            ['U1', '改了名的工会', '基层', '独立基层', 'S1', '', '', ''],
            ['U2', '示例U2工会', '基层', '独立基层', 'S2', '', '', ''],
            ['N7', '示例丙街总工会', '街道（乡镇）', '街道', 'N1', '', '', ''],
          ],
          [
            ['张示三', '没有的工会', '', ''],
            ['李示四', 'U1', '系统管理员', ''],
            ['赵示五', 'U1', '', 'leader'],
            ['钱示六', 'U1', '', ''],
            ['钱示六', 'U1', '', ''],
          ],
        ),
      )
      expect(await bad.faults('org')).toEqual([
        [2, 'superior', '没有“某市”这个单位，请核对上级单位的编码或全称'],
        [3, 'womenWorkers', '女职工人数（20）不能多于职工人数（10）'],
        [4, 'code', '与第 3 行的组织编码相同，请改正'],
        [5, 'code', '组织编码只用字母、数字和横线，请修改'],
        [6, 'superior', '上级单位绕回到了自己，请核对上级'],
        [7, 'superior', '上级单位绕回到了自己，请核对上级'],
        [8, 'code', '编码 U1 已是“示例U1工会”，请核对；要改名，请下载现有单位的表格，在其中修改'],
        [9, 'superior', '这个单位已有另一上级，改隶请在“组织变更”里提出'],
        [10, 'superior', '上级单位（第 2 行）有错，请先改好那一行'],
      ])
      expect(await bad.faults('account')).toEqual([
        [2, 'org', '没有“没有的工会”这个单位，请核对单位的编码或全称'],
        [3, 'role', '这个岗位只设在市总工会'],
        [4, 'login', '登录名“leader”已有人用，请换一个'],
        [6, 'name', '与第 5 行重复，请删去一行'],
      ])
      expect((await commit(bad.id, 1)).status).toBe(422)
      expect(await told(tx)).toEqual([])
    }))

  it('leaves as the very template, comes in again edited, and is taken back: names and counts change, the tree does not', () =>
    stage.trial(async (tx) => {
      const got = await stage.app.inject({
        url: '/api/intake-templates/onboarding?rows=standing',
        headers: { cookie: `__Host-sid=${stage.world.person('systemAdmin').token}` },
      })
      const book = await stage.world.deps.sheets.readAll(got.rawPayload, 1000)
      expect(await takenOf(tx)).toEqual([`onboarding ${book.sheets[0]!.rows.length - 1}`])
      const [head, ...lines] = book.sheets[0]!.rows.map((r) => r.cells)
      const titles = head!.map((cell) => textOf(cell).replace('＊', ''))
      expect([titles[0], titles.slice(1, 4)]).toEqual(['记录编号', ['组织编码', '单位全称', '单位简称']])
      const untouched = await bring(got.rawPayload)
      expect(untouched.page.counts).toEqual({ ...none, same: lines.length })
      const edited = (code: string, changes: Record<string, Cell>) =>
        titles.map((title, at) => {
          const line = lines.find((cells) => cells[1] === code)!
          return textOf(Object.hasOwn(changes, title) ? changes[title]! : (line[at] ?? null)) || null
        })
      const bytes = await stage.world.deps.sheets.write({
        keys: {},
        sheets: [
          sheet('单位', titles, [
            edited('U1', { 单位全称: '示例改名工会', 女职工人数: 7, 职工人数: 9 }),
            edited('U2', {}),
            edited('U5', { 上级单位: 'S1', 组织编码: 'U5' }),
            edited('U3', { 女职工人数: 999999 }),
          ]),
        ],
      })
      const brought = await bring(bytes)
      expect(brought.page.counts).toMatchObject({ update: 1, same: 1, wrong: 2 })
      expect(await brought.faults('org')).toEqual([
        [4, 'superior', '这个单位已有另一上级，改隶请在“组织变更”里提出'],
        [5, 'womenWorkers', expect.stringContaining('不能多于') as string],
      ])
      const u1 = async () =>
        (
          await rows<{ line: string }>(
            tx,
            sql`SELECT name || ' ' || women_workers || ' ' || name_sort AS line FROM app.org WHERE org_code = 'U1'`,
          )
        )[0]!.line
      const before = await u1()
      const done = await stage
        .as('systemAdmin')
        .post(`/api/intakes/${brought.id}/commit`, { version: 1, mode: 'right' })
      expect(done.body).toEqual({ made: 1, left: 2 })
      expect(await u1()).toMatch(/^示例改名工会 7 shiligaiminggonghui/)
      // What it counted until then stays told of the days before; U2, unchanged, has nothing to keep.
      const kept = async () =>
        (
          await rows<{ line: string }>(
            tx,
            sql`SELECT o.org_code || ' ' || h.women_workers || ' ' || h.until_on AS line FROM app.org_heads h JOIN app.org o ON o.id = h.org_id`,
          )
        ).map(({ line }) => line)
      expect(await kept()).toEqual([`U1 ${before.split(' ')[1]} ${stage.world.deps.today()}`])
      // The old file is behind now: what it would put back is shown beside what stands.
      const stale = await bring(got.rawPayload)
      expect(stale.page.counts).toMatchObject({ double: 1, wrong: 0 })
      expect((await stage.as('systemAdmin').post(`/api/intakes/${brought.id}/undo`)).body).toMatchObject({
        undone: 1,
        kept: 0,
      })
      expect(await u1()).toBe(before)
      expect(await kept()).toEqual([])
      const acts = await rows<{ action: string }>(
        tx,
        sql`SELECT action FROM app.audit WHERE object = ${`org:${stage.world.org('U1')}`} ORDER BY seq`,
      )
      expect(acts.map((a) => a.action)).toEqual(['org.edit', 'org.unimport'])
    }))

  it('goes back while nobody used it, and what was used stays and is named', () =>
    stage.trial(async (tx) => {
      const brought = await bring(await bookOf(orgs, accounts))
      expect(brought.page).toMatchObject({
        mayUndo: false,
        goesBack: expect.stringContaining('没有人启用过') as string,
      })
      await commit(brought.id, 1)
      const [used] = await rows<{ id: string }>(tx, sql`SELECT id FROM app.account WHERE login = 'li.shi.er'`)
      await sql`INSERT INTO app.invitation (token_hash, account_id, kind, made_by, expires_at, used_at)
        VALUES ('\\x01', ${used!.id}::uuid, 'invite', ${used!.id}::uuid, now(), now())`.execute(tx)
      const undo = () => stage.as('systemAdmin').post<UndoDone>(`/api/intakes/${brought.id}/undo`)
      expect((await undo()).body).toEqual({
        undone: 5,
        kept: 1,
        lines: [4],
        advice: expect.stringContaining('停用') as string,
      })
      const left = await rows<{ login: string }>(
        tx,
        sql`SELECT login FROM app.account WHERE name IN ('王示一', '李示二')`,
      )
      expect(left.map((one) => one.login)).toEqual(['li.shi.er'])
      const opened = await rows(tx, sql`SELECT 1 FROM app.org WHERE org_code ~ '^N' AND closed_on IS NULL`)
      expect(opened).toEqual([])
      // The corrected workbook comes in under the same codes.
      const again = await bring(await bookOf(orgs, accounts.slice(0, 2)))
      expect(again.page.counts).toMatchObject({ right: 4, warned: 1, wrong: 0 })
      expect((await commit(again.id, 1)).body).toEqual({ made: 5, left: 0 })
      const unit = async (code: string) =>
        (await rows<{ id: number }>(tx, sql`SELECT id FROM app.org WHERE org_code = ${code}`))[0]!.id
      // A post given by hand holds its unit, and that the units above it.
      await sql`INSERT INTO app.post (id, account_id, org_id, role, from_on)
        VALUES (${randomUUID()}::uuid, ${used!.id}::uuid, ${await unit('N01')}, 'cadre', '2020-01-01')`.execute(
        tx,
      )
      const second = await stage.as('systemAdmin').post<UndoDone>(`/api/intakes/${again.id}/undo`)
      expect(second.body).toMatchObject({ undone: 3, kept: 2, lines: [3, 4] })
      expect(
        (await told(tx)).filter(({ line }) => !line.includes('~')).map(({ line }) => line.split(' ')[0]),
      ).toEqual(['N01', 'N1'])
    }))

  it('is the system administrator’s work, and nobody else’s', () =>
    stage.trial(async () => {
      const bytes = await bookOf(orgs, accounts)
      for (const who of ['C', 'U1', 'securityAdmin', 'auditAdmin', 'leader'])
        expect([who, (await bring(bytes, who)).answer.status]).toEqual([who, 403])
      expect(
        (
          await stage
            .as('systemAdmin')
            .upload(`/api/intakes/${randomUUID()}?target=person&name=a`, Buffer.from('x'))
        ).status,
      ).toBe(403)
    }))
})
