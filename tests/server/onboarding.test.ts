import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IntakeDetail, IntakeRow } from '#intake/api.ts'
import type { Cell } from '#paper/sheet/cell.ts'
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
        [8, 'code', '编码 U1 已是“示例U1工会”，请核对；改名请到组织页办理'],
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
