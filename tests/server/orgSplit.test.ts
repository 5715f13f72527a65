import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { periodOf } from '#kit/period.ts'
import { totals } from '#figures/read.server.ts'
import type { ChangeAct, ChangeLine, ChangePreview, Holdings } from '#org/change/api.ts'
import { findProgramme } from '#programmes/index.ts'
import type { Tx } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { entryOf } from '../support/persons.ts'
import type { Refusal, Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const url = '/api/org-changes'
const code = '91210200MA0000A11X'
const org = (of: string) => stage.world.org(of)
const ok = <T extends { status: number; raw: string }>(answer: T): T => {
  expect([answer.status, answer.raw]).toEqual([200, expect.any(String)])
  return answer
}
const decide = async (who: string, act: ChangeAct) => {
  const [line] = (await stage.as(who).get<{ rows: ChangeLine[] }>(url)).body.rows
  return stage
    .as(who)
    .post<Refusal>(`${url}/${line!.id}/decision`, { act, version: line!.version, reason: '核对' })
}
const headsOf = async (tx: Tx, id: number): Promise<number[]> => {
  const { rows } = await sql<{
    h: number[]
  }>`SELECT array[workers, women_workers, members, women_members] AS h FROM app.org WHERE id = ${id}`.execute(
    tx,
  )
  return rows[0]!.h
}
const sums = async (tx: Tx, codes: readonly string[]) =>
  JSON.stringify(
    (await totals(tx, codes.map(org), [periodOf('year', 2019), periodOf('year', 2020)]))
      .filter((t) => t.values.some((v) => v !== 0))
      .map((t) => JSON.stringify([t.org_id, t.indicator, t.state, t.values]))
      .sort((a, b) => (a < b ? -1 : 1)),
  )

/** S1 with two persons, an employer, two units below and a care room of its own that stands. */
async function furnish(tx: Tx): Promise<{ room: string; persons: string[] }> {
  const programme = findProgramme('careRoom')!
  const room = ok(
    await stage
      .as('S1')
      .post<Written>('/api/records/careRoom', { body: bodyOf(programme), warningNote: '已核对' }),
  ).body
  ok(
    await stage
      .as('D1')
      .post(`/api/records/careRoom/${room.id}/actions`, { action: 'accept', version: room.version }),
  )
  const persons: string[] = []
  for (const n of [0, 1])
    persons.push(ok(await stage.as('S1').post<{ id: string }>('/api/persons', { body: entryOf(n) })).body.id)
  await sql`INSERT INTO app.enterprise VALUES (${code}, '示例企业', '示例企业', '社会组织', ${org('D1')}, 9, 5, NULL, '2020-01-01')`.execute(
    tx,
  )
  await sql`INSERT INTO app.org_employer VALUES (${org('S1')}, ${code}, '2018-01-01', NULL)`.execute(tx)
  return { room: room.id, persons }
}

const plan = (more: object = {}) => ({
  kind: 'split',
  orgId: org('S1'),
  code: 'S9',
  name: '示例S9工会',
  shortName: '示例S9',
  tier: 'subdistrict',
  orgType: '街道',
  foundedOn: '2020-03-10',
  approvalNo: '示例〔2020〕9号',
  workers: 60,
  womenWorkers: 30,
  members: 50,
  womenMembers: 20,
  persons: [] as string[],
  employers: [] as string[],
  records: [] as string[],
  children: [] as number[],
  ...more,
})

it('a part goes with whom and what was chosen, no tier above counts otherwise, and all of it comes back', () =>
  stage.trial(async (tx) => {
    const { room, persons } = await furnish(tx)
    const training = findProgramme('training')!
    const held = ok(
      await stage.as('U2').post<Written>('/api/records/training', {
        body: bodyOf(training, { startsOn: '2020-03-12', endsOn: '2020-03-12' }),
        warningNote: '已核对',
      }),
    )
    expect(held.body.id).toBeDefined()
    const may = ok(await stage.as('D1').get<Holdings>(`${url}/holdings/${org('S1')}`)).body
    expect([
      may.persons.map((p) => p.id).sort(),
      may.employers.map((e) => e.id),
      may.records.map((r) => r.id),
      may.children.map((c) => c.note),
    ]).toEqual([persons.toSorted(), [code], [room], ['U1', 'U2']])
    expect((await stage.as('D2').get(`${url}/holdings/${org('S1')}`)).status).toBe(404)
    const asked = plan({ persons: [persons[0]], employers: [code], records: [room], children: [org('U2')] })
    const seen = ok(await stage.as('D1').post<ChangePreview>(`${url}/preview`, asked)).body
    const text = seen.lines.join('\n')
    for (const part of [
      '职工 100 人：60 人归新单位，40 人留下',
      '名册 2 人中，1 人转到',
      '用人单位 1 家中，1 家',
      '直属下级 2 个中，1 个',
      '1 项中，1 项交',
      '余 15 人，应建女职工委员会',
    ])
      expect(text).toContain(part)
    const tiers = ['C', 'D1', 'D2', 'S2']
    const before = [await sums(tx, tiers), await sums(tx, ['S1', 'U2'])]
    ok(await stage.as('S1').post(url, asked))
    ok(await decide('D1', 'consent'))
    ok(await decide('C', 'do'))
    const made = (await sql<{ id: number }>`SELECT id FROM app.org WHERE org_code = 'S9'`.execute(tx))
      .rows[0]!.id
    expect(await sums(tx, tiers)).toBe(before[0])
    expect(await headsOf(tx, made)).toEqual([60, 30, 50, 20])
    expect(await headsOf(tx, org('S1'))).toEqual([40, 10, 40, 15])
    const now = await sql<{
      p: number
      e: number
      u: string
      h: number
    }>`SELECT (SELECT org_id FROM app.person WHERE id = ${persons[0]}::uuid) AS p,
      (SELECT org_id FROM app.org_employer WHERE code = ${code}) AS e, (SELECT scope_code FROM app.org WHERE org_code = 'U2') AS u,
      (SELECT held_by FROM app.record WHERE id = ${room}::uuid) AS h`.execute(tx)
    const scope = (
      await sql<{ s: string }>`SELECT scope_code AS s FROM app.org WHERE id = ${made}`.execute(tx)
    ).rows[0]!.s
    expect([now.rows[0]!.p, now.rows[0]!.e, now.rows[0]!.h, now.rows[0]!.u.startsWith(scope)]).toEqual([
      made,
      made,
      made,
      true,
    ])
    // The room is kept on by the part: its owner reads and corrects it no more, a cadre of the part does.
    expect((await stage.as('S1').get(`/api/records/careRoom/${room}`)).status).toBe(404)
    const { postId } = stage.world.person('S1b')
    await sql`UPDATE app.post SET org_id = ${made} WHERE id = ${postId}::uuid`.execute(tx)
    const kept = ok(
      await stage.as('S1b').get<{ actions: { action: string }[] }>(`/api/records/careRoom/${room}`),
    )
    expect(kept.body.actions.map((a) => a.action)).toContain('correct')
    expect((await decide('Cb', 'undo')).body.code).toBe('409.132')
    await sql`UPDATE app.post SET org_id = ${org('S1')} WHERE id = ${postId}::uuid`.execute(tx)
    expect((await decide('C', 'undo')).status).toBe(409)
    ok(await decide('Cb', 'undo'))
    expect([await sums(tx, tiers), await sums(tx, ['S1', 'U2'])]).toEqual(before)
    expect(await headsOf(tx, org('S1'))).toEqual([100, 40, 90, 35])
    // The part never was: of no day it counts beside the unit.
    expect((await sql`SELECT 1 FROM app.org_heads`.execute(tx)).rows).toEqual([])
    ok(await stage.as('S1').get(`/api/records/careRoom/${room}`))
    const after = ok(await stage.as('D1').get<Holdings>(`${url}/holdings/${org('S1')}`)).body
    expect(after).toEqual(may)
  }))

it.each([
  ['more heads than there are', { workers: 101 }, 'workers', '不能多于原单位的职工 100 人'],
  [
    'nobody and nothing',
    { workers: 0, womenWorkers: 0, members: 0, womenMembers: 0 },
    'persons',
    '还没有选择划出什么',
  ],
  ['a unit that is not below it', () => ({ children: [org('U3')] }), 'children', '已不直属本单位'],
  [
    'a person of another unit',
    { persons: ['00000000-0000-7000-8000-000000000000'] },
    'persons',
    '1 人已不在本单位',
  ],
  ['more men than women left', { workers: 90, womenWorkers: 10 }, 'womenWorkers', '女职工会多于职工'],
  ['a code that was used', { code: 'U1' }, 'code', '编码已经用过'],
  ['a district', () => ({ orgId: org('D1') }), 'orgId', '市总工会直属的单位'],
] as const)('is refused: %s', async (_, more, field, message) =>
  stage.trial(async () => {
    const refused = await stage
      .as('C')
      .post<Refusal>(`${url}/preview`, plan(typeof more === 'function' ? more() : more))
    expect([refused.status, refused.body.issues?.[0]?.field]).toEqual([422, field])
    expect(refused.body.issues![0]!.message).toContain(message)
  }),
)

it('one who is chosen counts: fewer members than chosen are none', () =>
  stage.trial(async (tx) => {
    const { persons } = await furnish(tx)
    const asked = plan({ persons, members: 1, womenMembers: 1 })
    const refused = await stage.as('D1').post<Refusal>(`${url}/preview`, asked)
    expect(refused.body.issues![0]).toEqual({
      field: 'members',
      message: '选中的人里已有 2 人，不能少于这个数',
    })
  }))
