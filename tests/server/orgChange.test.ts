import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChangeAct, ChangeLine, ChangePreview } from '#org/change/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const url = '/api/org-changes'
const org = (code: string) => stage.world.org(code)
const list = async (who: string) => (await stage.as(who).get<{ rows: ChangeLine[] }>(url)).body.rows
const decide = async (who: string, act: ChangeAct, reason = '核对无误') => {
  const [line] = await list(who)
  return stage.as(who).post(`${url}/${line!.id}/decision`, { act, version: line!.version, reason })
}
const acts = async (who: string) => (await list(who))[0]?.acts ?? null
const merge = (fromYm = 202004) => ({
  kind: 'merge',
  orgId: org('U1'),
  intoId: org('U5'),
  fromYm,
  docNo: '示例〔2020〕1号',
})

const founding = () => ({
  kind: 'found',
  parentId: org('S1'),
  code: 'U9',
  name: '示例U9工会',
  shortName: '示例U9',
  tier: 'grassroots',
  orgType: '独立基层',
  foundedOn: '2020-03-10',
  approvalNo: '示例〔2020〕9号',
  workers: 40,
  womenWorkers: 20,
  members: 30,
  womenMembers: 12,
})

it('a merger of two districts needs both superiors, is done by another of the city, and is taken back by a third look', () =>
  stage.trial(async (tx) => {
    const old = (
      await stage
        .as('U1')
        .post<Written>('/api/records/training', { body: bodyOf(findProgramme('training')!) })
    ).body
    expect(old.id).toBeDefined()
    const seen = await stage.as('S1').post<ChangePreview>(`${url}/preview`, merge())
    expect([seen.status, seen.body.consents.map((o) => o.code)]).toEqual([200, ['S3']])
    expect((await stage.as('S1').post(url, merge())).status).toBe(200)
    expect((await stage.as('S1').post(url, merge())).status).toBe(409)
    expect([await acts('S1'), await acts('S1b'), await acts('C'), await acts('D3')]).toEqual([
      ['withdraw'],
      [],
      ['refuse'],
      null,
    ])
    expect((await decide('C', 'do')).status).toBe(409)
    expect((await decide('S3', 'consent')).status).toBe(200)
    const done = await decide('C', 'do')
    expect([done.status, done.raw]).toEqual([200, expect.any(String)])
    const unit = await sql<{
      closed: boolean
      into: number
    }>`SELECT closed_on IS NOT NULL AS closed, successor_id AS into FROM app.org WHERE id = ${org('U1')}`.execute(
      tx,
    )
    expect(unit.rows).toEqual([{ closed: true, into: org('U5') }])
    const heads = async () =>
      (
        await sql<{
          women_members: number
        }>`SELECT women_members FROM app.org WHERE id = ${org('U5')}`.execute(tx)
      ).rows[0]!.women_members
    expect(await heads()).toBe(70)
    // Of a day before it either has its own.
    const kept = async () =>
      (
        await sql<{
          code: string
          women: number
        }>`SELECT o.org_code AS code, h.women_members AS women FROM app.org_heads h JOIN app.org o ON o.id = h.org_id
          WHERE h.until_on = '2020-04-16' ORDER BY 1`.execute(tx)
      ).rows
    expect(await kept()).toEqual([
      { code: 'U1', women: 35 },
      { code: 'U5', women: 35 },
    ])
    // The old code still resolves; her post acts for the unit that she was merged into.
    const found = await stage.as('C').get<{ code: string }[] & object>('/api/orgs/search?q=U1')
    expect(found.body.map((o) => o.code)).toContain('U1')
    const me = await stage.as('U1').get('/api/me')
    expect(me.raw).toContain('示例U5工会')
    // What it entered before is corrected by the unit that holds it now.
    const held = await stage
      .as('U5')
      .get<{ actions: { action: string }[] }>(`/api/records/training/${old.id}`)
    expect([held.status, held.body.actions.map((a) => a.action)]).toEqual([
      200,
      expect.arrayContaining(['withdraw']),
    ])
    expect((await decide('C', 'undo')).status).toBe(409)
    const back = await decide('Cb', 'undo')
    expect([back.status, back.raw]).toEqual([200, expect.any(String)])
    expect(await heads()).toBe(35)
    expect(await kept()).toEqual([])
    expect((await stage.as('U1').get('/api/me')).raw).toContain('示例U1工会')
  }))

it.each([
  [7, true],
  [8, false],
])('%i days after the deed it can be taken back: %s', (days, may) =>
  stage.trial(async () => {
    await stage.as('S1').post(url, merge())
    await decide('S3', 'consent')
    expect((await decide('C', 'do')).status).toBe(200)
    const { today } = stage.world.deps
    stage.world.deps.today = () => `2020-04-${16 + days}`
    expect(await acts('Cb')).toEqual(may ? ['undo'] : [])
    stage.world.deps.today = today
  }),
)

it('a month that has not come is agreed to now and done when it comes', () =>
  stage.trial(async () => {
    await stage.as('S1').post(url, merge(202005))
    await decide('S3', 'consent')
    expect(await acts('C')).toEqual(['refuse'])
  }))

it('a unit is founded under an approval, enters nothing before its month, and is taken back only while it is empty', () =>
  stage.trial(async (tx) => {
    const plan = founding()
    expect((await stage.as('D1').post(url, { ...plan, code: 'U1' })).raw).toContain('编码已经用过')
    expect((await stage.as('D1').post(url, { ...plan, foundedOn: '2020-04-17' })).status).toBe(422)
    expect((await stage.as('D1').post(url, { ...plan, foundedOn: '2020-04-16' })).status).toBe(200)
    expect((await decide('D1', 'withdraw')).status).toBe(200)
    expect((await stage.as('D1').post(url, plan)).status).toBe(200)
    expect((await decide('S1', 'consent')).status).toBe(200)
    const done = await decide('C', 'do')
    expect([done.status, done.raw]).toEqual([200, expect.any(String)])
    const below = await stage
      .as('S1')
      .get<{ code: string; committee: string }[] & object>(`/api/orgs/${org('S1')}/children`)
    expect(below.body.map((o) => [o.code, o.committee])).toContainEqual(['U9', 'missing'])
    const edge = await sql<{
      from_ym: number
    }>`SELECT e.from_ym FROM app.org_edge e JOIN app.org o ON o.id = e.child_id WHERE o.org_code = 'U9'`.execute(
      tx,
    )
    expect(edge.rows).toEqual([{ from_ym: 202003 }])
    // Its first cadre: a post of U1's moves there for the test.
    await sql`UPDATE app.post SET org_id = (SELECT id FROM app.org WHERE org_code = 'U9') WHERE id = ${stage.world.person('U1').postId}::uuid`.execute(
      tx,
    )
    const enter = (day: string) =>
      stage.as('U1').post<Written>('/api/records/training', {
        body: bodyOf(findProgramme('training')!, { startsOn: day, endsOn: day }),
        warningNote: '已核对',
      })
    const early = await enter('2020-02-29')
    expect([early.status, early.raw]).toEqual([422, expect.stringContaining('还没有成立')])
    const first = await enter('2020-03-01')
    expect([first.status, first.raw]).toEqual([200, expect.any(String)])
    expect((await decide('Cb', 'undo')).raw).toContain('不能撤销成立')
    await sql`UPDATE app.post SET org_id = ${org('U1')} WHERE id = ${stage.world.person('U1').postId}::uuid`.execute(
      tx,
    )
  }))

it('an empty unit that was founded by mistake is no unit any more', () =>
  stage.trial(async () => {
    await stage.as('S1').post(url, { ...founding(), parentId: org('S1') })
    expect((await decide('C', 'do')).status).toBe(200)
    expect((await decide('Cb', 'undo')).status).toBe(200)
    const after = await stage.as('S1').get(`/api/orgs/${org('S1')}/children`)
    expect([after.status, after.raw.includes('U9')]).toEqual([200, false])
  }))
