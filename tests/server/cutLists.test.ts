import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { EarlierGrid, EarlierWaiting } from '#figures/earlier/api.ts'
import type { Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import { inboxOf } from '../support/inbox.ts'
import { entryOf } from '../support/persons.ts'
import { survey } from '../support/tasks.ts'

let stage: Stage
let look: ReturnType<typeof inboxOf>['look']
let cards: ReturnType<typeof inboxOf>['cards']
let alone: number
beforeAll(async () => {
  stage = await openStage()
  ;({ look, cards } = inboxOf(stage))
})
afterAll(() => stage.close())
beforeEach(() => void (alone = stage.world.deps.exportAlone))
afterEach(() => void (stage.world.deps.exportAlone = alone))

const post = async <T = { id: string }>(who: string, url: string, body?: object): Promise<T> =>
  well<T>(await stage.as(who).post<T & object>(url, body))

/** A task of D1 that U4 reported, and so many like it. */
async function reported(tx: Tx, many: number): Promise<void> {
  const { id } = await post('D1', '/api/tasks', survey({ dueOn: '2020-04-20' }))
  const answer = { act: 'report', version: 0, taskVersion: 1, answers: { q1: true } }
  await post('U4', `/api/tasks/${id}/answer`, answer)
  await sql`INSERT INTO app.task SELECT n.* FROM app.task t, generate_series(1, ${many}::int) g,
      jsonb_populate_record(t, jsonb_build_object('id', md5(g::text))) n WHERE t.id = ${id}::uuid`.execute(tx)
  await sql`INSERT INTO app.task_answer SELECT n.* FROM app.task_answer a, generate_series(1, ${many}::int) g,
      jsonb_populate_record(a, jsonb_build_object('task_id', md5(g::text))) n WHERE a.task_id = ${id}::uuid`.execute(
    tx,
  )
}

it('what a unit reported pushes out nothing that it owes', () =>
  stage.trial(async (tx) => {
    await reported(tx, 101)
    const { id } = await post('D1', '/api/tasks', survey({ dueOn: '2020-12-20' }))
    expect(await cards('U4', 'fill')).toEqual([`请填报 · /tasks/${id}`])
    const { counts, atLeast } = await look('U4', 'fill')
    expect([counts['fill'], atLeast]).toEqual([1, []])
    await sql`UPDATE app.task_answer SET state = 'returned' WHERE org_id = ${stage.world.org('U4')}`.execute(
      tx,
    )
    expect((await look('U4', 'fill')).atLeast).toEqual(['fill', 'returned'])
  }))

it('tasks that ended make no count of those under way uncertain', () =>
  stage.trial(async (tx) => {
    await reported(tx, 101)
    await sql`UPDATE app.task SET closed_at = now()`.execute(tx)
    const { id } = await post('D1', '/api/tasks', survey({ dueOn: '2020-12-20' }))
    expect(await cards('D1', 'mine')).toEqual([expect.stringContaining(id)])
    expect((await look('D1', 'mine')).atLeast).toEqual([])
  }))

it('a box that asks nothing says where it ends', () =>
  stage.trial(async (tx) => {
    await reported(tx, 101)
    expect((await look('U4', 'done')).atLeast).toEqual(['done'])
    expect((await look('U4', 'copied')).atLeast).toEqual([])
    await sql`UPDATE app.task SET copy_to = ARRAY[${stage.world.org('S1')}::int]`.execute(tx)
    expect((await look('S1', 'copied')).atLeast).toEqual(['copied'])
  }))

const reviews = async () => {
  const { counts, atLeast } = await look('S1', 'review')
  return [counts['review'], atLeast]
}

it('more exports than are looked at are told as such', () =>
  stage.trial(async (tx) => {
    stage.world.deps.exportAlone = 0
    await post('U1', '/api/persons', { body: entryOf(1) })
    const { id } = await post('U1', '/api/exports', {
      ask: { kind: 'persons', filter: { org: String(stage.world.org('U1')) } },
      format: 'xlsx',
      reason: '报送区总工会核对会籍，用后删除',
    })
    const more = (from: number, until: number) =>
      sql`INSERT INTO app.export SELECT n.* FROM app.export x, generate_series(${from}::int, ${until}::int) g,
        jsonb_populate_record(x, jsonb_build_object('id', md5(g::text))) n WHERE x.id = ${id}::uuid`.execute(
        tx,
      )
    await more(1, 99)
    expect(await reviews()).toEqual([100, []])
    await more(100, 110)
    expect(await reviews()).toEqual([101, ['review']])
  }))

it('totals that are kept from her push out none that she may decide', () =>
  stage.trial(async (tx) => {
    const org = stage.world.org('D1')
    const cell = { indicator: 'training.sessions', year: 2017, value: 12, source: '2017年工作总结第3页' }
    well(await stage.as('D1').put('/api/earlier', { org, cells: [cell] }))
    const grid = async (who: string) =>
      well(await stage.as(who).get<EarlierGrid>(`/api/earlier?org=${org}&from=2016&until=2019`))
    const ids = (await grid('D1')).cells.map(({ id }) => id)
    await post('D1', '/api/earlier/submission', { action: 'submit', ids })
    const { withheld } = await grid('leaderD1')
    expect(withheld.length).toBeGreaterThan(2)
    // Three hundred others were entered before.
    await sql`INSERT INTO app.earlier_total SELECT n.* FROM app.earlier_total t, app.indicator i, generate_series(1949, 2048) g,
        jsonb_populate_record(t, jsonb_build_object('id', md5(i.code || g::text), 'indicator_id', i.id, 'year', g, 'entered_at', '2020-01-01')) n
      WHERE t.id = ${ids[0]}::uuid AND i.code = ANY (${withheld.slice(0, 3)}::text[])`.execute(tx)
    const waiting = well(await stage.as('leaderD1').get<EarlierWaiting>('/api/earlier/waiting'))
    expect(waiting.map(({ id }) => id)).toEqual(ids)
    expect(await cards('leaderD1', 'review')).toEqual(['请对照出处审核 · /earlier'])
    expect((await look('leaderD1', 'review')).cards.map(({ title }) => title)).toContain('1 个历年数据待审核')
  }))
