import { changesOf } from '#figures/plan/difference.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Estimates } from '#figures/api.ts'
import type { NewItem, Plan, Pressing, SplitProposal, Targets } from '#figures/plan/api.ts'
import { planDocument } from '#figures/plan/document.ts'
import { readDocx } from '#paper/docx/read.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Refusal = { code: string; issues?: { field: string; message: string }[] }

const wanted = (more: Partial<NewItem> = {}): NewItem => ({
  section: '提升素质技能',
  task: '办好流动课堂',
  dueOn: '2020-12-20',
  evidence: '培训记录',
  ownerId: stage.world.org('C'),
  target: null,
  ...more,
})
const sessions = (value: number) => ({ indicator: 'training.sessions', bound: 'atLeast' as const, value })
const why = { reason: '年中情况变化', docNo: '示例工女〔2020〕5号', on: '2020-04-16' }

const mustPost = async <T = object>(who: string, url: string, body?: object): Promise<T> => {
  const answer = await stage.as(who).post<T & object>(url, body)
  expect([url, answer.status, answer.raw]).toEqual([url, 200, expect.any(String)])
  return answer.body
}
const add = async (who: string, item: NewItem): Promise<string> =>
  (await mustPost<{ id: string }>(who, '/api/plans/2020/items', item)).id
const planOf = async (who: string, org: string, year = 2020): Promise<Plan> => {
  const answer = await stage.as(who).get<Plan>(`/api/plans/${stage.world.org(org)}?year=${year}`)
  expect(answer.status).toBe(200)
  return answer.body
}
const adopt = async (who: string, org: string) =>
  mustPost(who, '/api/plans/2020/adoption', {
    version: (await planOf(who, org)).version,
    meeting: '全委会',
    adoptedOn: '2020-04-10',
    docNo: '示例工女〔2020〕3号',
  })
const itemOf = async (who: string, org: string, id: string) =>
  (await planOf(who, org)).items.find((item) => item.id === id)!

/** U4 enters a training of some sessions on a day, its district accepts it. */
async function trained(count: number, on: string): Promise<string> {
  const body = bodyOf(findProgramme('training')!, {
    count,
    startsOn: on,
    endsOn: on,
    title: `示例培训${count}-${on}`,
  })
  const made = await mustPost<{ id: string; version: number }>('U4', '/api/records/training', {
    body,
    warningNote: '核对无误',
  })
  await mustPost('D1', `/api/records/training/${made.id}/actions`, {
    action: 'accept',
    version: made.version,
  })
  return made.id
}

describe('an item', () => {
  it('with an indicator is followed by the same live figure, without one by its owner', () =>
    stage.trial(async () => {
      const counted = await add('C', wanted({ target: sessions(5), dueOn: '2020-12-31' }))
      const plain = await add('C', wanted({ task: '开展调研' }))
      expect(await itemOf('C', 'C', counted)).toMatchObject({ value: 0, waiting: 0, state: 'open' })
      await trained(3, '2020-03-02')
      await trained(4, '2019-03-02')
      expect(await itemOf('C', 'C', counted)).toMatchObject({ value: 3, waiting: 0, state: 'open' })
      expect((await itemOf('C', 'C', counted)).elapsed).toBeCloseTo(107 / 366, 5)
      const made = await mustPost<{ id: string }>('U4', '/api/records/training', {
        body: bodyOf(findProgramme('training')!, {
          count: 7,
          startsOn: '2020-03-05',
          endsOn: '2020-03-05',
          title: '再办一期',
        }),
        warningNote: '核对无误',
      })
      expect(await itemOf('C', 'C', counted)).toMatchObject({ value: 3, waiting: 7, state: 'open' })
      await mustPost('D1', `/api/records/training/${made.id}/actions`, { action: 'accept', version: 1 })
      expect(await itemOf('C', 'C', counted)).toMatchObject({ value: 10, waiting: 0, state: 'reached' })
      expect(await itemOf('C', 'C', plain)).toMatchObject({ value: null, target: null, state: 'open' })
    }))

  it.each([
    ['ownerId', { ownerId: 999_999 }],
    ['dueOn', { dueOn: '2021-04-01' }],
    ['target', { target: { indicator: 'no.such', bound: 'reach', value: 3 } }],
  ] as const)('is refused at %s', (field, more) =>
    stage.trial(async () => {
      const { status, body } = await stage
        .as('D1')
        .post<Refusal>('/api/plans/2020/items', { ...wanted({ ownerId: stage.world.org('D1') }), ...more })
      expect(status).toBe(422)
      expect(body.issues!.map((i) => i.field)).toContain(field)
    }),
  )

  it('is told done by its owner with a remark or a record she sees, and by nobody else', () =>
    stage.trial(async () => {
      const record = await trained(2, '2020-02-03')
      const id = await add('C', wanted({ ownerId: stage.world.org('D1') }))
      await adopt('C', 'C')
      const tell = (who: string, body: object) =>
        stage
          .as(who)
          .post<Refusal>(`/api/plan-items/${id}/progress`, { done: true, note: '', record: null, ...body })
      expect((await tell('D1', { version: 1 })).body.issues![0]!.field).toBe('note')
      expect((await tell('D2', { version: 1, note: '好了' })).status).toBe(403)
      expect((await tell('D1', { version: 1, record: '00000000-0000-4000-8000-000000000000' })).status).toBe(
        422,
      )
      expect((await tell('D1', { version: 1, record })).status).toBe(200)
      expect(await itemOf('C', 'C', id)).toMatchObject({
        state: 'done',
        doneOn: '2020-04-16',
        doneRecord: { id: record, programme: 'training' },
      })
      // Who may not read the record sees that there is a proof, not which.
      expect((await itemOf('D2', 'C', id)).doneRecord).toBeNull()
      expect((await tell('D1', { version: 1, note: '又好了' })).body.code).toBe('409.25')
      expect((await tell('D1', { version: 2, done: false })).status).toBe(200)
      expect((await itemOf('C', 'C', id)).state).toBe('open')
    }))
})

describe('an adopted plan', () => {
  it('is changed only with a reason, and keeps what it said', () =>
    stage.trial(async () => {
      const id = await add('C', wanted({ target: sessions(50) }))
      await adopt('C', 'C')
      const change = { ...wanted({ target: sessions(40) }), version: 1 }
      const refused = await stage.as('C').put<Refusal>(`/api/plan-items/${id}`, change)
      expect(refused.status).toBe(422)
      expect(refused.body.issues![0]!.field).toBe('revision.reason')
      expect((await stage.as('C').put(`/api/plan-items/${id}`, { ...change, revision: why })).status).toBe(
        200,
      )
      await add('C', { ...wanted({ task: '新添一项' }), revision: why })
      const once = await planOf('C', 'C')
      // Both changes are one revision: of one day, for one reason.
      expect(once.revisions).toHaveLength(1)
      expect(once.revisions[0]).toMatchObject({ no: 1, reason: why.reason, docNo: why.docNo })
      expect(once.revisions[0]!.before.map((b) => [b.task, b.target?.value])).toEqual([['办好流动课堂', 50]])
      // What is saved as it stands is no change: no version, and no revision though another reason is given.
      const again = { ...change, version: 2, revision: { ...why, reason: '没有改动' } }
      expect((await stage.as('C').put(`/api/plan-items/${id}`, again)).status).toBe(200)
      expect((await planOf('C', 'C')).revisions).toHaveLength(1)
      const told = changesOf(once, once.revisions[0]!, (target) => String(target?.value ?? ''))
      expect(told.map(({ kind, task, fields }) => [kind, task, fields])).toEqual([
        ['changed', '办好流动课堂', [{ field: 'target', before: '50', after: '40' }]],
        ['added', '新添一项', []],
      ])
      await mustPost('C', `/api/plan-items/${id}/remove`, {
        version: 2,
        revision: { ...why, reason: '合并到另一项' },
      })
      const twice = await planOf('C', 'C')
      expect(twice.items.map((item) => item.task)).toEqual(['新添一项'])
      expect(twice.revisions.map((r) => [r.no, r.before.length])).toEqual([
        [2, 2],
        [1, 1],
      ])
    }))

  it('is not adopted empty, before its meeting, or twice', () =>
    stage.trial(async () => {
      const ask = (body: object) =>
        stage.as('D1').post<Refusal>('/api/plans/2020/adoption', {
          version: 1,
          meeting: '全委会',
          adoptedOn: '2020-04-10',
          docNo: '',
          ...body,
        })
      expect((await ask({})).body.issues![0]!.field).toBe('meeting')
      await add('D1', wanted({ ownerId: stage.world.org('D1') }))
      expect((await ask({ adoptedOn: '2020-04-17' })).body.issues![0]!.field).toBe('adoptedOn')
      expect((await ask({})).status).toBe(200)
      expect((await ask({ version: 2 })).body.code).toBe('409.25')
    }))

  it('is read above and below, a draft only above', () =>
    stage.trial(async () => {
      await add('D1', wanted({ ownerId: stage.world.org('D1') }))
      expect((await planOf('C', 'D1')).items).toHaveLength(1)
      expect((await planOf('leaderD1', 'D1')).items).toHaveLength(1)
      expect((await planOf('U1', 'D1')).items).toHaveLength(0)
      const d1 = stage.world.org('D1')
      for (const who of ['D2', 'I1', 'U5'])
        expect((await stage.as(who).get(`/api/plans/${d1}`)).status, who).toBe(404)
      await adopt('D1', 'D1')
      const below = await planOf('U1', 'D1')
      expect(below.items).toHaveLength(1)
      // Units beside her are no matter of hers, nor are figures beyond her reach.
      expect(below.below).toEqual([])
    }))
})

const propose = async (id: string, rule: string) =>
  (await stage.as('C').get<SplitProposal>(`/api/plan-items/${id}/split?rule=${rule}`)).body
const share = (org: string, target: number | null) => ({ org: stage.world.org(org), target })
const parts = (proposal: SplitProposal) =>
  Object.fromEntries(proposal.rows.map((row) => [row.org.code, row.proposed]))

describe('a target broken down', () => {
  it('by last year, by heads, by hand; the sum stands beside it and is not forced', () =>
    stage.trial(async () => {
      await trained(4, '2019-05-06')
      const id = await add('C', wanted({ target: sessions(170) }))
      expect(parts(await propose(id, 'lastYear'))).toEqual({ D1: 170, D2: 0, D3: 0, I1: 0, I2: 0 })
      // 35 women members a unit: D1 has seven units, D2 four, D3 one, I1 and I2 two.
      expect(parts(await propose(id, 'headCount'))).toEqual({ D1: 74, D2: 43, D3: 11, I1: 21, I2: 21 })
      expect(parts(await propose(id, 'byHand'))).toEqual({ D1: null, D2: null, D3: null, I1: null, I2: null })
      await mustPost('C', `/api/plan-items/${id}/split`, {
        version: 1,
        shares: [share('D1', 100), share('D2', 50), share('D3', null)],
      })
      expect((await itemOf('C', 'C', id)).split).toEqual({ units: 3, withTarget: 2, sum: 150, done: 0 })
      const [handed] = (await planOf('D1', 'D1')).items
      expect(handed).toMatchObject({
        task: '办好流动课堂',
        target: sessions(100),
        parent: { target: 170 },
        owner: { code: 'D1' },
      })
      expect((await planOf('D3', 'D3')).items[0]!.target).toBeNull()
      // What was handed down is the units' target as soon as the plan it comes from is adopted, and not before.
      const below = async () => {
        const url = `/api/plans/targets?org=${stage.world.org('C')}&year=2020&indicator=training.sessions`
        const { units } = (await stage.as('C').get<Targets>(url)).body
        return units.map(({ org, target }) => [org, target])
      }
      expect(await below()).toEqual([])
      await adopt('C', 'C')
      expect(new Map((await below()) as [number, number][])).toEqual(
        new Map([
          [stage.world.org('D1'), 100],
          [stage.world.org('D2'), 50],
        ]),
      )
      await adopt('D1', 'D1')
      await mustPost('C', `/api/plan-items/${id}/split`, {
        version: 2,
        shares: [share('D1', 120)],
        revision: why,
      })
      const again = await planOf('D1', 'D1')
      expect(again.items.map((item) => item.target?.value)).toEqual([120])
      expect(again.revisions[0]!.reason).toBe('上级分解：办好流动课堂')
      expect(again.revisions[0]!.before[0]!.target!.value).toBe(100)
    }))

  it('goes to units directly below, and only from one’s own plan', () =>
    stage.trial(async () => {
      const id = await add('C', wanted({ target: sessions(10) }))
      const ask = (who: string, org: string) =>
        stage.as(who).post(`/api/plan-items/${id}/split`, {
          version: 1,
          shares: [{ org: stage.world.org(org), target: 1 }],
        })
      expect((await ask('C', 'S1')).status).toBe(422)
      expect((await ask('D1', 'S1')).status).toBe(403)
      expect((await ask('U1', 'U1')).status).toBe(403)
    }))
})

describe('what is overdue', () => {
  it('rises at its owner and at the unit above it, until it is done or its figure is there', () =>
    stage.trial(async () => {
      const late = { dueOn: '2020-04-01', ownerId: stage.world.org('D1') }
      const plain = await add('C', wanted({ ...late, task: '报送名单' }))
      await add('C', wanted({ ...late, task: '办两期班', target: sessions(2) }))
      await add('C', wanted({ dueOn: '2020-04-16', task: '今天到期' }))
      const tasks = async (who: string) =>
        (await stage.as(who).get<Pressing>('/api/plans/pressing')).body.map((one) => one.task).sort()
      expect(await tasks('D1')).toEqual([])
      await adopt('C', 'C')
      for (const who of ['C', 'D1']) expect(await tasks(who), who).toEqual(['办两期班', '报送名单'])
      for (const who of ['D2', 'S1', 'U1']) expect(await tasks(who), who).toEqual([])
      await trained(2, '2020-03-02')
      expect(await tasks('D1')).toEqual(['报送名单'])
      await mustPost('D1', `/api/plan-items/${plain}/progress`, {
        version: 1,
        done: true,
        note: '已报',
        record: null,
      })
      expect(await tasks('C')).toEqual([])
    }))

  it('rises where it was handed down, though the unit has adopted no plan of its own', () =>
    stage.trial(async () => {
      const id = await add('C', wanted({ task: '办好流动课堂', dueOn: '2020-04-01', target: sessions(10) }))
      await mustPost('C', `/api/plan-items/${id}/split`, {
        version: 1,
        shares: [{ org: stage.world.org('D1'), target: 10 }],
      })
      const rises = async () => (await stage.as('D1').get<Pressing>('/api/plans/pressing')).body.length
      expect(await rises()).toBe(0)
      await adopt('C', 'C')
      expect(await rises()).toBe(1)
    }))
})

describe('a suggestion from below', () => {
  const suggested = {
    section: '关爱服务',
    task: '增设爱心小屋',
    dueOn: '2020-11-30',
    evidence: '',
    why: '基层反映多',
  }
  it('goes to the unit above, which takes it in or says why not', () =>
    stage.trial(async () => {
      const { id } = await mustPost<{ id: string }>('S1', '/api/plans/2020/suggestions', suggested)
      const { id: other } = await mustPost<{ id: string }>('S1', '/api/plans/2020/suggestions', {
        ...suggested,
        task: '另一项',
      })
      expect((await planOf('D1', 'D1')).suggestions.map((s) => s.state)).toEqual(['open', 'open'])
      expect((await planOf('C', 'D1')).suggestions).toEqual([])
      const decide = (who: string, which: string, body: object) =>
        stage.as(who).post<Refusal>(`/api/plan-suggestions/${which}/decision`, body)
      expect((await decide('D2', id, { accept: true, reason: '' })).status).toBe(404)
      expect((await decide('S1', id, { accept: true, reason: '' })).status).toBe(403)
      expect((await decide('D1', other, { accept: false, reason: ' ' })).status).toBe(422)
      expect((await decide('D1', other, { accept: false, reason: '经费已定' })).status).toBe(200)
      expect((await decide('D1', id, { accept: true, reason: '' })).status).toBe(200)
      expect((await decide('D1', id, { accept: true, reason: '' })).body.code).toBe('409.26')
      expect((await planOf('D1', 'D1')).items[0]).toMatchObject({
        task: '增设爱心小屋',
        owner: { code: 'S1' },
      })
      expect((await planOf('S1', 'S1')).suggestions.map((s) => `${s.state} ${s.reason}`).sort()).toEqual([
        'accepted ',
        'declined 经费已定',
      ])
      expect((await stage.as('C').post('/api/plans/2020/suggestions', suggested)).status).toBe(403)
    }))
})

const targetsOf = async (who: string, org: string) =>
  stage.as(who).get<Targets>(`/api/plans/targets?org=${stage.world.org(org)}&year=2020`)

describe('targets of a unit', () => {
  it('stand for its figures once its plan is adopted', () =>
    stage.trial(async () => {
      await add('C', wanted({ target: sessions(90), dueOn: '2020-12-31' }))
      expect((await targetsOf('C', 'C')).body.rows).toEqual([])
      await adopt('C', 'C')
      expect((await targetsOf('C', 'C')).body.rows).toMatchObject([
        { indicator: 'training.sessions', target: 90, bound: 'atLeast' },
      ])
      expect((await targetsOf('U1', 'C')).status).toBe(404)
    }))
})

describe('the paper', () => {
  it('carries each target as a figure, and a draft says that it is one', () =>
    stage.trial(async () => {
      await mustPost('C', '/api/plans/2020/items', wanted({ target: sessions(90) }))
      await mustPost('C', '/api/plans/2020/items', wanted({ task: '再办一批', target: sessions(20) }))
      const draft = planDocument({
        plan: await planOf('C', 'C'),
        today: '2020-04-16',
        publicUrl: 'http://x',
        demo: false,
      })
      expect(draft.date).toBe('（草案）')
      await adopt('C', 'C')
      const plan = await planOf('C', 'C')
      const document = planDocument({ plan, today: '2020-04-16', publicUrl: 'http://x', demo: false })
      const paragraphs = readDocx(await writeDocx(document, { mode: 'clean', mark: null }))
      const text = paragraphs.map((p) => p.text).join('\n')
      expect(text).toContain('（2020年4月10日全委会通过　示例工女〔2020〕3号）')
      expect(text).toContain('1.办好流动课堂。教育培训期数不少于90期。')
      expect(text).toContain('2.再办一批。教育培训期数不少于20期。')
      const tags = paragraphs.flatMap((p) => p.tags.map((t) => t.tag))
      expect(tags).toEqual([`fig:training.sessions=90@P2020-${stage.world.org('C')}`])
      const { status, headers } = await stage
        .as('D1')
        .get(`/api/plans/${stage.world.org('C')}/docx?year=2020`)
      expect([status, headers['content-type']]).toEqual([
        200,
        expect.stringContaining('wordprocessingml.document'),
      ])
      expect((await stage.as('C').get(`/api/plans/${stage.world.org('D3')}/docx`)).status).toBe(404)
    }))
})

const enterGraded = async (count: number, on: string, grade: string) => {
  const body = bodyOf(findProgramme('training')!, {
    count,
    startsOn: on,
    endsOn: on,
    title: `${on}${count}`,
    grade,
  })
  const made = await mustPost<{ id: string }>('U4', '/api/records/training', {
    body,
    warningNote: '核对无误',
  })
  await mustPost('D1', `/api/records/training/${made.id}/actions`, { action: 'accept', version: 1 })
}

const estimatedOf = async (who: string, org: string, year: number) =>
  (
    await stage.as(who).get<Estimates>(`/api/figures/estimates?year=${year}&org=${stage.world.org(org)}`)
  ).body.rows.find((row) => row.indicator === 'training.sessions')

describe('what is estimated', () => {
  it('is told apart from what is counted, of the period and of the year before, by the tree of the time', () =>
    stage.trial(async () => {
      await enterGraded(5, '2018-12-31', '估报')
      await enterGraded(3, '2018-06-01', '台账')
      await enterGraded(2, '2019-12-31', '估报')
      expect(await estimatedOf('C', 'C', 2019)).toEqual({
        indicator: 'training.sessions',
        value: 2,
        before: 5,
      })
      expect(await estimatedOf('D1', 'D1', 2018)).toEqual({
        indicator: 'training.sessions',
        value: 5,
        before: 0,
      })
      expect(await estimatedOf('leader', 'C', 2019)).toEqual({
        indicator: 'training.sessions',
        value: 2,
        before: 5,
      })
      expect(await estimatedOf('D2', 'D2', 2019)).toBeUndefined()
    }))
})
