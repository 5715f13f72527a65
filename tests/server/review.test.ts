import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { body, playOn, type Refusal, type Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const url = '/api/records/training'

type Verdicts = { accepted: number; verdicts: { id: string; ok: boolean; message: string }[] }

const acceptAll = (who: string, items: { id: string; version: number }[]) =>
  stage.as(who).post<Verdicts & Refusal>('/api/review/accept', {
    items: items.map(({ id, version }) => ({ id, version })),
  })

const open = async (who: string, id: string) =>
  expect((await stage.as(who).get(`${url}/${id}`)).status).toBe(200)

/** So many trainings of U4, which D1 accepts. */
async function entered(n: number): Promise<Written[]> {
  const names = '礼仪 法律 家教 理财 健康 插花 书法 急救 烘焙 摄影 茶艺 瑜伽'.split(' ')
  const made = names.slice(0, n).map((name, i) => ({
    body: body({
      title: `${name}专题`,
      startsOn: `2019-0${1 + (i % 9)}-05`,
      endsOn: `2019-0${1 + (i % 9)}-05`,
    }),
  }))
  const { status, body: answer } = await stage
    .as('U4')
    .post<{ records: Written[] }>(`${url}/batch`, { records: made })
  expect(status).toBe(200)
  return answer.records
}

describe('acceptance of many at once', () => {
  it('asks that the five which the server draws were opened, always the same five', () =>
    stage.trial(async () => {
      const items = await entered(12)
      const first = await acceptAll('D1', items)
      expect([first.status, first.body.code]).toEqual([422, '422.6'])
      const drawn = first.body.details!['mustOpen'] as string[]
      expect([new Set(drawn).size, drawn.filter((id) => items.some((i) => i.id === id)).length]).toEqual([
        5, 5,
      ])
      expect((await acceptAll('D1', items.toReversed())).body.details).toEqual({ mustOpen: drawn })
      for (const id of drawn.slice(1)) await open('D1', id)
      expect((await acceptAll('D1', items)).body.details).toEqual({ mustOpen: [drawn[0]] })
      // Whom a colleague showed it to has not seen it herself.
      await open('D1b', drawn[0]!)
      expect((await acceptAll('D1', items)).status).toBe(422)
      await open('D1', drawn[0]!)
      const { status, body: answer } = await acceptAll('D1', items)
      expect([status, answer.accepted, answer.verdicts.map((v) => v.ok)]).toEqual([
        200,
        12,
        items.map(() => true),
      ])
      const figures = await stage
        .as('C')
        .get<{ figures: { indicator: string; value: number }[] }>('/api/figures?year=2019')
      expect(figures.body.figures.find((f) => f.indicator === 'training.sessions')!.value).toBe(24)
    }))

  it('draws every one of fewer than five, and gives one verdict each', () =>
    stage.trial(async () => {
      const play = playOn(stage.as)
      const [stale, good, back] = await entered(3)
      const own = await play.submit('D1', { title: '区里的讲座' })
      const atStreet = await play.submit('U1', { title: '街道的活动' })
      const hidden = await play.submit('U5', { title: '邻区的活动' })
      const returned = await play.giveBack('D1', back!)
      const unknown = { id: randomUUID(), version: 1 }
      const items = [{ ...stale!, version: 7 }, good!, returned, own, atStreet, hidden, unknown].map(
        ({ id, version }) => ({ id, version }),
      )
      const first = await acceptAll('D1', items)
      expect([first.status, first.body.details]).toEqual([422, { mustOpen: [good!.id] }])
      await open('D1', good!.id)
      const { body: answer } = await acceptAll('D1', items)
      expect(answer.accepted).toBe(1)
      expect(answer.verdicts.map((v) => [v.ok, v.message])).toEqual([
        [false, '记录已被改动，请打开最新内容逐条审核'],
        [true, '审核通过'],
        [false, '现为“退回修改”，不由本单位办理'],
        [false, '上报人与审核人不能是同一人'],
        [false, '现为“待审核”，不由本单位办理'],
        [false, '没有找到，或不在您的可见范围内'],
        [false, '没有找到，或不在您的可见范围内'],
      ])
    }))

  it('has only the accepting unit accept: a sub-district passes on one by one', () =>
    stage.trial(async () => {
      const record = await playOn(stage.as).submit('U1')
      await open('S1', record.id)
      const { body: answer } = await acceptAll('S1', [{ id: record.id, version: 1 }])
      expect(answer).toEqual({
        accepted: 0,
        verdicts: [{ id: record.id, ok: false, message: '由上级单位审核通过，请逐条审核上报' }],
      })
    }))

  it('takes none with warnings', () =>
    stage.trial(async () => {
      await entered(1)
      const twin = {
        body: body({ title: '礼仪专题', startsOn: '2019-01-05', endsOn: '2019-01-05' }),
        warningNote: '两场',
      }
      const { body: warned } = await stage.as('U4').post<Written>(url, twin)
      await open('D1', warned.id)
      const found = await acceptAll('D1', [{ id: warned.id, version: 1 }])
      expect([found.status, found.body.code, found.body.details]).toEqual([
        422,
        '422.8',
        { ids: [warned.id] },
      ])
    }))

  it('does not count an opening of an earlier version', () =>
    stage.trial(async () => {
      const play = playOn(stage.as)
      const record = await play.submit('U4')
      await open('D1', record.id)
      const returned = await play.giveBack('D1b', record)
      const again = (await play.propose('U4', 'draft', returned)).body
      expect(again.version).toBe(3)
      const found = await acceptAll('D1', [{ id: record.id, version: 3 }])
      expect(found.body.details).toEqual({ mustOpen: [record.id] })
    }))

  it('takes at most 500', () =>
    stage.trial(async () => {
      const items = Array.from({ length: 501 }, () => ({ id: randomUUID(), version: 1 }))
      expect((await acceptAll('D1', items)).status).toBe(400)
      expect((await acceptAll('D1', items.slice(1))).status).toBe(200)
      expect((await acceptAll('D1', [])).status).toBe(400)
    }))
})

describe('a draft', () => {
  type Draft = Refusal & { sequence: number; body: object; state: string }
  const save = (who: string, id: string, sequence: number, more: object = {}) =>
    stage.as(who).put<Draft>(`/api/drafts/${id}`, {
      programme: 'training',
      kind: 'draft',
      body: { title: `第${sequence}稿` },
      sequence,
      ...more,
    })
  const read = (who: string, id: string) => stage.as(who).get<Draft>(`/api/drafts/${id}`)

  it('keeps anything, and a late packet never overwrites a newer one', () =>
    stage.trial(async () => {
      const id = randomUUID()
      expect((await save('U1', id, 2, { body: { title: 5, stranger: [{}] } })).body.sequence).toBe(2)
      expect((await read('U1', id)).body.body).toEqual({ title: 5, stranger: [{}] })
      expect((await save('U1', id, 5)).body.sequence).toBe(5)
      expect((await save('U1', id, 3)).body.sequence).toBe(5)
      expect((await save('U1', id, 5, { body: {} })).body.sequence).toBe(5)
      expect((await read('U1', id)).body.body).toEqual({ title: '第5稿' })
    }))

  it('does not come back to life when its last packet arrives after the submission', () =>
    stage.trial(async () => {
      const id = randomUUID()
      await save('U1', id, 1)
      expect((await stage.as('U1').post(`/api/drafts/${id}/submit`, { body: body() })).status).toBe(200)
      const late = await save('U1', id, 2)
      expect([late.status, late.body.code]).toEqual([409, '409.5'])
      expect((await read('U1', id)).status).toBe(404)
      const inbox = await stage.as('U1').get<{ counts: object }>('/api/inbox?box=fill')
      expect(inbox.body.counts).toEqual({ review: 0, queue: 0, fill: 0, returned: 0, mine: 1 })
    }))

  it('is submitted once: a second sending makes no second record', () =>
    stage.trial(async () => {
      const id = randomUUID()
      await save('U1', id, 1)
      const send = () => stage.as('U1').post<Written & Refusal>(`/api/drafts/${id}/submit`, { body: body() })
      expect((await send()).body.id).toBe(id)
      expect((await send()).status).toBe(404)
      expect((await stage.as('U1').get<{ count: number }>(url)).body.count).toBe(1)
    }))

  it.each(['U2', 'S1', 'D1', 'C', 'U5'])('of U1 is neither seen nor taken by %s', (who) =>
    stage.trial(async () => {
      const id = randomUUID()
      await save('U1', id, 1)
      expect((await read(who, id)).status).toBe(404)
      const taken = await save(who, id, 9)
      // In another district the same number is another draft: keys hold the district.
      expect([taken.status, taken.body.code]).toEqual(who === 'U5' ? [200, undefined] : [409, '409.5'])
      expect((await stage.as(who).post(`/api/drafts/${id}/submit`, { body: body() })).status).toBe(
        who === 'U5' ? 200 : 404,
      )
      expect((await read('U1', id)).body.body).toEqual({ title: '第1稿' })
      expect((await read('U1b', id)).status).toBe(200)
    }),
  )

  it('is begun on no version that is past, yet a draft begun in time is kept and told at submission', () =>
    stage.trial(async () => {
      const play = playOn(stage.as)
      const record = await play.mustAct('U1', await play.submit('U1'), { action: 'withdraw' })
      const mine = randomUUID()
      const on = { recordId: record.id, baseVersion: record.version }
      expect((await save('U1', mine, 1, on)).status).toBe(200)
      expect((await play.propose('U1b', 'draft', record)).status).toBe(200)
      expect((await save('U1', mine, 2, on)).status).toBe(200)
      const sent = await stage.as('U1').post<Refusal>(`/api/drafts/${mine}/submit`, { body: body() })
      expect([sent.status, sent.body.code, sent.body.details!['who']]).toEqual([409, '409.1', '演示U1b'])
      expect((await read('U1', mine)).body.body).toEqual({ title: '第2稿' })
      const late = await save('U1', randomUUID(), 1, on)
      expect([late.status, late.body.code]).toEqual([409, '409.1'])
    }))

  it('is thrown away by its unit alone, and not while it is under review', () =>
    stage.trial(async () => {
      const id = randomUUID()
      await save('U1', id, 1)
      expect((await stage.as('U2').del(`/api/drafts/${id}`)).status).toBe(404)
      expect((await stage.as('U1b').del(`/api/drafts/${id}`)).status).toBe(200)
      expect((await read('U1', id)).status).toBe(404)
    }))
})

type Seen = {
  version: number
  body: Record<string, unknown>
  pending: { id: string; sequence: number; reason: string }[]
  history: object[]
}

const seen = async (who: string, id: string) => (await stage.as(who).get<Seen>(`${url}/${id}`)).body

const decide = (who: string, id: string, given: object) =>
  stage.as(who).post<Written & Refusal>(`/api/proposals/${id}/decision`, given)

async function accepted(): Promise<Written> {
  const play = playOn(stage.as)
  return play.mustAct('D1', await play.submit('U4'), { action: 'accept' })
}

describe('a correction', () => {
  it('returned goes back to its owner, who sends it again; the old value counts all the while', () =>
    stage.trial(async () => {
      const record = await accepted()
      const id = randomUUID()
      const draft = {
        programme: 'training',
        kind: 'correction',
        recordId: record.id,
        baseVersion: record.version,
        body: {},
        sequence: 1,
      }
      await stage.as('U4').put(`/api/drafts/${id}`, draft)
      const send = (women: number) =>
        stage
          .as('U4')
          .post<Refusal>(`/api/drafts/${id}/submit`, { body: body({ women }), reason: '人数有误' })
      const reasonless = await stage.as('U4').post<Refusal>(`/api/drafts/${id}/submit`, { body: body() })
      expect(reasonless.body.code).toBe('422.4')
      expect((await send(40)).status).toBe(200)
      expect((await decide('D1', id, { verdict: 'return', sequence: 2 })).body.code).toBe('422.4')
      expect((await decide('D1', id, { verdict: 'return', sequence: 2, reason: '请附签到表' })).status).toBe(
        200,
      )
      expect((await decide('D1', id, { verdict: 'accept', sequence: 2 })).body.code).toBe('409.5')
      const returned = await stage.as('U4').get(`/api/drafts/${id}`)
      expect(returned.body).toEqual(expect.objectContaining({ state: 'returned', verdict: '请附签到表' }))
      expect((await send(41)).status).toBe(200)
      expect((await seen('U4', record.id)).body['women']).toBe(body()['women'])
      expect((await decide('D1', id, { verdict: 'accept', sequence: 4 })).body.version).toBe(
        record.version + 1,
      )
      const after = await seen('U4', record.id)
      expect([after.body['women'], after.history.at(-1)]).toEqual([
        41,
        expect.objectContaining({ action: 'correct', person: '演示U4', org: '示例U4', reason: '人数有误' }),
      ])
    }))

  it('waits alone, is decided by another person than who sent it, and changes no co-hosts', () =>
    stage.trial(async () => {
      const play = playOn(stage.as)
      const record = await accepted()
      const id = randomUUID()
      const draft = {
        programme: 'training',
        kind: 'correction',
        recordId: record.id,
        baseVersion: record.version,
        body: {},
        sequence: 1,
      }
      await stage.as('U4').put(`/api/drafts/${id}`, draft)
      const hosts = await stage.as('U4').post<Refusal>(`/api/drafts/${id}/submit`, {
        body: body(),
        reason: '补联办',
        coHosts: [stage.world.org('U1')],
      })
      expect([hosts.status, hosts.body.issues?.[0]?.field]).toEqual([422, 'coHosts'])
      expect((await play.propose('U4', 'correction', record)).status).toBe(200)
      expect((await play.propose('U4b', 'correction', record)).body.code).toBe('409.8')
      const [pending] = (await seen('D1', record.id)).pending
      expect((await decide('D1x', pending!.id, { verdict: 'accept', sequence: 2 })).body.code).toBe('422.7')
      expect((await decide('C', pending!.id, { verdict: 'accept', sequence: 2 })).body.code).toBe('403.1')
      expect((await decide('D2', pending!.id, { verdict: 'accept', sequence: 2 })).status).toBe(404)
      expect((await decide('D1', pending!.id, { verdict: 'accept', sequence: 2 })).status).toBe(200)
    }))

  it('sent again is warned anew: what was mended is gone, what is new asks for its note', () =>
    stage.trial(async () => {
      const play = playOn(stage.as)
      await play.submit('U4', { title: '女职工礼仪培训' })
      const twin = { body: body({ title: '女职工礼仪培训班' }), warningNote: '上下午两场' }
      const { body: warned } = await stage.as('U4').post<Written>(url, twin)
      const withdrawn = await play.mustAct('U4', warned, { action: 'withdraw' })
      const resubmit = async (record: Written, given: object) => {
        const id = randomUUID()
        const on = { recordId: record.id, baseVersion: record.version }
        await stage
          .as('U4')
          .put(`/api/drafts/${id}`, { programme: 'training', kind: 'draft', ...on, body: {}, sequence: 1 })
        return stage.as('U4').post<Written & Refusal>(`/api/drafts/${id}/submit`, given)
      }
      const warnings = async () => (await stage.as('D1').get(`${url}/${warned.id}`)).body
      const mended = await resubmit(withdrawn, { body: body({ title: '插花' }) })
      expect(await warnings()).toEqual(expect.objectContaining({ warnings: 0, warningNote: null }))
      const again = await play.mustAct('U4', mended.body, { action: 'withdraw' })
      expect((await resubmit(again, { body: twin.body })).body.code).toBe('422.3')
      expect((await resubmit(again, twin)).status).toBe(200)
      expect(await warnings()).toEqual(expect.objectContaining({ warnings: 1, warningNote: '上下午两场' }))
    }))

  it('brings co-hosts of a resubmission with it', () =>
    stage.trial(async () => {
      const play = playOn(stage.as)
      const record = await play.mustAct('U4', await play.submit('U4'), { action: 'withdraw' })
      const id = randomUUID()
      const draft = {
        programme: 'training',
        kind: 'draft',
        recordId: record.id,
        baseVersion: record.version,
        body: {},
        sequence: 1,
      }
      await stage.as('U4').put(`/api/drafts/${id}`, draft)
      const coHosts = [stage.world.org('U1'), stage.world.org('D2'), stage.world.org('U1')]
      expect((await stage.as('U4').post(`/api/drafts/${id}/submit`, { body: body(), coHosts })).status).toBe(
        200,
      )
      const after = (await stage.as('U4').get<{ coHosts: { code: string }[] }>(`${url}/${record.id}`)).body
      expect(after.coHosts.map((h) => h.code)).toEqual(['U1', 'D2'])
    }))
})

it('a record of a sensitive class is read only with the token, and by no leader', () =>
  stage.trial(async (tx) => {
    const { body: made } = await stage
      .as('U1')
      .post<Written>('/api/records/honour', { body: bodyOf(findProgramme('honour')!) })
    const at = `/api/records/honour/${made.id}`
    expect((await stage.as('S1').get(at)).status).toBe(200)
    expect((await stage.as('leader').get(at)).status).toBe(404)
    expect((await stage.as('leader').get<{ count: number }>('/api/records/honour')).body.count).toBe(0)
    await sql`UPDATE app.record SET class = 3 WHERE id = ${made.id}::uuid`.execute(tx)
    expect((await stage.as('C').get(at)).status).toBe(404)
    expect((await stage.as('C').get<{ count: number }>('/api/records/honour')).body.count).toBe(0)
  }))
