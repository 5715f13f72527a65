import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MessageList } from '#notify/api.ts'
import type { MyData, PersonRequest } from '#person/api.ts'
import type { Movement } from '#person/movementApi.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { purge } from '#server/purge.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import { entryOf } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** A woman at work of U1, whose account is the world's worker. */
let toldHer: () => Promise<string[]>
const trial = (work: (id: string, tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    const body = entryOf(1, { kind: '女职工' })
    const { id } = well(await stage.as('U1').post<{ id: string }>('/api/persons', { body }))
    await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${stage.world.person('worker').accountId}::uuid`.execute(
      tx,
    )
    toldHer = async () =>
      (
        await rows<{ said: string }>(
          tx,
          sql`SELECT subject || ' ' || link AS said FROM app.message WHERE account_id = ${stage.world.person('worker').accountId}::uuid`,
        )
      ).map(({ said }) => said)
    await work(id, tx)
  })

const join = (note = '') => stage.as('worker').post<Refusal>('/api/my/join', { note })
const mine = async () => well(await stage.as('worker').get<MyData>('/api/my')).person!
const told = async (who: string) =>
  well(await stage.as(who).get<MessageList>('/api/messages')).rows.map(({ subject, link }) => [subject, link])
const decide = async (who: string, verdict: 'accept' | 'refuse', answer = '') => {
  const [open] = well(await stage.as('U1').get<PersonRequest[]>('/api/person-requests'))
  return stage.as(who).post<Refusal>(`/api/person-requests/${open!.id}/decision`, { verdict, answer })
}

it('is asked for by herself once, taken in by her unit alone, and counted as joined that day', () =>
  trial(async () => {
    expect((await join()).status).toBe(200)
    expect((await join()).status).toBe(409)
    expect(await told('U1')).toEqual([['一位女职工申请入会，请接收', '/members/requests']])
    const [asked] = (await mine()).requests
    expect([asked!.kind, asked!.state, asked!.reason]).toEqual(['join', 'open', '本人自愿加入工会'])
    const inbox = await stage.as('U1').get('/api/inbox')
    expect(inbox.raw).toContain('女职工申请入会')
    // Her superior reads of it and does not take her in.
    expect((await decide('S1', 'accept')).status).toBe(403)
    well(await decide('U1', 'accept'))
    const { memberships, requests } = await mine()
    expect(memberships.map((m) => [m.kind, m.fromOn, m.joinedBy, m.leftBy])).toEqual([
      ['会员', today, '入会', null],
      ['女职工', '2018-03-08', '登记', '入会'],
    ])
    expect(requests[0]!.state).toBe('done')
    expect(await toldHer()).toEqual(['您的入会申请已办理，您已是会员 /my'])
    const days = `from=${today}&until=${today}`
    const { came, end } = well(await stage.as('U1').get<Movement>(`/api/persons/movement?${days}`))
    expect([came.find(({ label }) => label === '入会')?.n, end]).toEqual([1, 1])
    const again = await join()
    expect(again.body.issues).toEqual([{ field: 'note', message: '您已经是会员，不用再申请' }])
  }))

it('is refused with a reason that she reads, and may be asked for again', () =>
  trial(async () => {
    expect((await join('好')).body.issues?.map((i) => i.field)).toEqual(['note'])
    well(await join('希望参加女职工活动'))
    expect((await decide('U1', 'refuse', '')).body.issues?.map((i) => i.field)).toEqual(['reason'])
    well(await decide('U1', 'refuse', '试用期满后再办理'))
    const { memberships, requests } = await mine()
    expect([memberships[0]!.kind, requests[0]!.state, requests[0]!.answer]).toEqual([
      '女职工',
      'refused',
      '试用期满后再办理',
    ])
    expect(await toldHer()).toEqual(['您的入会申请没有通过，原因见本页 /my'])
    well(await join())
  }))

it('is answered by whoever takes her in by hand meanwhile', () =>
  trial(async (id) => {
    well(await join())
    const turn = { turn: 'join', on: today, reason: '' }
    well(await stage.as('U1').post(`/api/persons/${id}/standing`, turn))
    expect((await mine()).requests.map((r) => [r.kind, r.state])).toEqual([['join', 'done']])
    expect((await decide('U1', 'accept')).status).toBe(409)
  }))

it('goes with her where she moves, and waits in the boxes of her unit alone', () =>
  trial(async (id) => {
    well(await join())
    const card = '女职工申请入会'
    const waits = async (who: string) => (await stage.as(who).get('/api/inbox')).raw.includes(card)
    const listed = async (who: string) =>
      well(await stage.as(who).get<PersonRequest[]>('/api/person-requests')).map(({ mayNot }) => mayNot)
    expect([await waits('U1'), await waits('S1'), await listed('U1'), await listed('S1')]).toEqual([
      true,
      false,
      [null],
      [],
    ])
    const orgId = stage.world.org('S1')
    well(await stage.as('D1').post(`/api/persons/${id}/moves`, { orgId, on: today, reason: '调动' }))
    expect([await waits('U1'), await waits('S1'), await listed('S1')]).toEqual([false, true, [null]])
    const [request] = (await mine()).requests
    const url = `/api/person-requests/${request!.id}/decision`
    const yes = { verdict: 'accept', answer: '' }
    expect((await stage.as('D1').post(url, yes)).status).toBe(403)
    well(await stage.as('S1').post(url, yes))
    expect((await mine()).memberships[0]!.kind).toBe('会员')
  }))

it('is answered when she leaves', () =>
  trial(async (id) => {
    well(await join())
    well(await stage.as('U1').post(`/api/persons/${id}/leave`, { on: today, leftBy: '离职', reason: '' }))
    expect((await mine()).requests.map((r) => [r.kind, r.state])).toEqual([['join', 'refused']])
  }))

it('a word on whom to honour reaches her unit alone, is taken up or answered, and is no nomination', () =>
  trial(async () => {
    const say = (name: string, deeds: string) =>
      stage.as('worker').post<Refusal>('/api/my/nominees', { name, deeds })
    expect((await say('', '很好')).body.issues?.map((i) => i.field)).toEqual(['name', 'deeds'])
    well(await say('演示二', '带班十年，三次在夜班排除故障，带出八名徒弟'))
    expect((await say('演示三', '同时再推荐一位要等上一条有答复')).status).toBe(409)
    expect(await told('U1')).toEqual([['一位女职工推荐了先进人选，请看看', '/members/requests']])
    expect((await stage.as('U1').get('/api/inbox')).raw).toContain('女职工推荐先进人选')
    expect((await stage.as('S1').get('/api/person-requests')).raw).not.toContain('演示二')
    expect((await decide('S1', 'accept')).status).toBe(403)
    well(await decide('U1', 'refuse', '已在上届受过表彰，欢迎再推荐别人'))
    expect((await mine()).requests[0]).toMatchObject({
      kind: 'nominate',
      state: 'refused',
      answer: '已在上届受过表彰，欢迎再推荐别人',
    })
    well(await say('演示三', '照看困难女职工家庭五年，逢年过节都上门'))
    well(await decide('U1', 'accept', '列入今年推荐'))
    expect(await toldHer()).toEqual(['您推荐的先进人选有了答复 /my', '您推荐的先进人选已列入考虑 /my'])
  }))

it('a word on whom to honour stays behind when she moves, and loses name and deeds in time', () =>
  trial(async (id, tx) => {
    const say = () =>
      stage.as('worker').post<Refusal>('/api/my/nominees', {
        name: '演示二',
        deeds: '带班十年，三次在夜班排除故障，带出八名徒弟',
      })
    well(await say())
    const orgId = stage.world.org('S1')
    well(await stage.as('D1').post(`/api/persons/${id}/moves`, { orgId, on: today, reason: '调动' }))
    expect((await stage.as('S1').get('/api/inbox')).raw).not.toContain('女职工推荐先进人选')
    expect((await stage.as('S1').get('/api/person-requests')).raw).not.toContain('演示二')
    const [request] = (await mine()).requests
    expect(request).toMatchObject({ state: 'refused', answer: expect.stringContaining('重新推荐') as string })
    well(await say())
    const reasons = async () =>
      (await mine()).requests.map(({ state, reason }) => [state, reason.includes('演示二')])
    await purge(stage.world.deps)
    expect(await reasons()).toEqual([
      ['open', true],
      ['refused', true],
    ])
    await sql`UPDATE app.person_request SET decided_at = decided_at - interval '91 days', asked_at = asked_at - interval '91 days'`.execute(
      tx,
    )
    await purge(stage.world.deps)
    expect(await reasons()).toEqual([
      ['open', true],
      ['refused', false],
    ])
  }))
