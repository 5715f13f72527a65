import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Box } from '#record/api.ts'
import { addDays } from '#kit/day.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { childcareAt } from '../support/childcare.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import { inboxOf } from '../support/inbox.ts'
import { entryOf } from '../support/persons.ts'
import { today } from '../support/world.ts'
import { survey } from '../support/tasks.ts'

let stage: Stage
let look: ReturnType<typeof inboxOf>['look']
let cards: ReturnType<typeof inboxOf>['cards']
beforeAll(async () => {
  stage = await openStage()
  ;({ look, cards } = inboxOf(stage))
})
afterAll(() => stage.close())
// One person stands for a hundred.
beforeEach(() => void (stage.world.deps.exportAlone = 0))
afterEach(() => {
  vi.restoreAllMocks()
})

const post = async <T = { id: string }>(who: string, url: string, body?: object): Promise<T> =>
  well<T>(await stage.as(who).post<T & object>(url, body))
const noCards = async (box: Box, ...who: string[]) => {
  for (const one of who) expect(await cards(one, box), one).toEqual([])
}

it('a member asked for elsewhere waits at her unit, by whoever asked at theirs', () =>
  stage.trial(async () => {
    await post('U1', '/api/persons', { body: entryOf(1) })
    const { idKind, idNumber, name } = entryOf(1)
    await post('U5', '/api/persons/transfers', { idKind, idNumber, name, reason: '到我单位工作' })
    const asked = ['请确认她是否转出 · /members/requests']
    expect([await cards('U1', 'review'), await cards('U1b', 'review')]).toEqual([asked, asked])
    expect(await cards('U5', 'mine')).toEqual(['等待她现在的单位确认 · /members/requests'])
    await noCards('review', 'U5', 'U2', 'S1', 'leader')
    const [request] = well(await stage.as('U1').get<{ id: string }[] & object>('/api/person-requests'))
    await post('U1', `/api/person-requests/${request!.id}/decision`, { verdict: 'accept', answer: '' })
    await noCards('review', 'U1', 'U1b')
    await noCards('mine', 'U5')
  }))

it('an export of many persons waits for a second one, never for who asked', () =>
  stage.trial(async () => {
    await post('U1', '/api/persons', { body: entryOf(1) })
    const { id } = await post('U1', '/api/exports', {
      ask: { kind: 'persons', filter: { org: String(stage.world.org('U1')) } },
      format: 'xlsx',
      reason: '报送区总工会核对会籍，用后删除',
    })
    for (const who of ['U1b', 'S1'])
      expect(await cards(who, 'review'), who).toEqual(['请批准或退回 · /downloads'])
    await noCards('review', 'U1', 'U2', 'D2', 'leader')
    await post('S1', `/api/exports/${id}/second`, { approve: true, reason: '核对过用途' })
    await noCards('review', 'U1b', 'S1')
  }))

it('a version of a rule table waits for the city’s second person', () =>
  stage.trial(async () => {
    const { id } = await post('C', '/api/rules/contractTerm/versions', {
      fromOn: '2020-05-01',
      basis: '市总工会〔2020〕1号 第二条',
      note: '',
      value: { leastYears: 2, mostYears: 3 },
    })
    for (const who of ['Cb', 'leader'])
      expect(await cards(who, 'review'), who).toEqual(['新版本请核定 · /rules?table=contractTerm'])
    expect(await cards('C', 'mine')).toEqual(['等另一位同志核定 · /rules?table=contractTerm'])
    await noCards('review', 'C', 'D1', 'leaderD1')
    await post('Cb', `/api/rule-versions/${id}/decision`, { isApproved: true, reason: '' })
    await noCards('review', 'Cb', 'leader')
    await noCards('mine', 'C')
  }))

it('a total of an earlier year waits for another cadre or the leader', () =>
  stage.trial(async () => {
    const org = stage.world.org('D1')
    const cell = { indicator: 'training.sessions', year: 2017, value: 12, source: '2017年工作总结第3页' }
    well(await stage.as('D1').put('/api/earlier', { org, cells: [cell] }))
    await noCards('review', 'D1b')
    const { cells } = well(
      await stage.as('D1').get<{ cells: { id: string }[] }>(`/api/earlier?org=${org}&from=2016&until=2019`),
    )
    const ids = cells.map(({ id }) => id)
    await post('D1', '/api/earlier/submission', { action: 'submit', ids })
    for (const who of ['D1b', 'leaderD1'])
      expect(await cards(who, 'review'), who).toEqual(['请对照出处审核 · /earlier'])
    await noCards('review', 'D1', 'D2', 'U4')
    await post('leaderD1', '/api/earlier/decision', { action: 'accept', ids })
    await noCards('review', 'D1b', 'leaderD1')
  }))

it('an item of a plan waits for the unit above, and past its day for its owner', () =>
  stage.trial(async () => {
    const item = { section: '关爱服务', task: '增设爱心小屋', dueOn: '2020-11-30', evidence: '' }
    const { id } = await post('S1', '/api/plans/2020/suggestions', { ...item, why: '基层反映多' })
    expect(await cards('D1', 'review')).toEqual(['请决定是否列入计划 · /plan?year=2020'])
    expect(await cards('S1', 'mine')).toEqual(['等示例D1决定 · /plan?year=2020'])
    await noCards('review', 'C', 'D2', 'S1')
    await post('D1', `/api/plan-suggestions/${id}/decision`, { accept: false, reason: '经费已定' })
    await noCards('review', 'D1')
    await noCards('mine', 'S1')

    const owed = { ...item, dueOn: '2020-04-01', ownerId: stage.world.org('D1'), target: null }
    const { id: late } = await post('C', '/api/plans/2020/items', owed)
    const { version } = well(
      await stage.as('C').get<{ version: number }>(`/api/plans/${stage.world.org('C')}?year=2020`),
    )
    await post('C', '/api/plans/2020/adoption', {
      version,
      meeting: '全委会',
      adoptedOn: '2020-04-10',
      docNo: '示例工女〔2020〕3号',
    })
    expect(await cards('D1', 'fill')).toEqual([
      `已到期，请报进展 · /plan?org=${stage.world.org('C')}&year=2020`,
    ])
    await noCards('fill', 'C', 'D2', 'S1')
    await post('D1', `/api/plan-items/${late}/progress`, {
      version: 1,
      done: true,
      note: '已报',
      record: null,
    })
    await noCards('fill', 'D1')
  }))

it('an objection waits for the issuer, then for its unit, and a result for whoever has not proposed it', () =>
  stage.trial(async (tx) => {
    const sheet = {
      year: 2019,
      title: '2019年女职工工作考核',
      note: '',
      tiers: ['district', 'subdistrict'],
      fromYm: 201901,
      untilYm: 201912,
      selfDue: '2020-04-30',
      reviewDue: '2020-05-10',
      finalDue: '2020-05-20',
      lines: [
        {
          key: 'b',
          kind: 'manual',
          section: '组织建设',
          item: '换届',
          points: 3000,
          formula: null,
          evidence: '',
        },
      ],
    }
    const { id } = await post('C', '/api/assessments', sheet)
    await post('C', `/api/assessments/${id}/state`, { act: 'open', version: 1 })
    const { id: objection } = await post('S1', `/api/assessments/${id}/objections`, {
      line: 'b',
      body: '换届批复已补交',
    })
    const link = `/assessments/${id}/${stage.world.org('S1')}`
    expect(await cards('C', 'review')).toEqual([`请答复异议 · ${link}`])
    expect(await cards('S1', 'mine')).toEqual([`现由示例C答复 · ${link}`])
    await noCards('review', 'D1', 'S1')
    await post('C', `/api/assessment-objections/${objection}/answer`, { answer: '已核，维持' })
    await noCards('review', 'C')
    expect(await cards('S1', 'returned')).toEqual([`示例C已答复，请确认 · ${link}`])
    await post('S1', `/api/assessment-objections/${objection}/close`)
    await noCards('returned', 'S1')

    await sql`UPDATE app.assessment SET state = 'proposed', proposed_by = ${stage.world.person('C').accountId}::uuid WHERE id = ${id}::uuid`.execute(
      tx,
    )
    for (const who of ['Cb', 'leader'])
      expect(await cards(who, 'review'), who).toEqual([`请核对后发布 · /assessments/${id}`])
    expect(await cards('C', 'mine')).toEqual([`等另一位同志发布 · /assessments/${id}`])
    await noCards('review', 'C', 'D1', 'leaderD1')
  }))

/** A record of U1, sent up from hand to hand until the last of them accepts it. */
async function accepted(
  programme: string,
  more: Record<string, unknown>,
  ...hands: string[]
): Promise<{ id: string; version: number }> {
  const url = `/api/records/${programme}`
  const body = bodyOf(findProgramme(programme)!, more)
  let { id, version } = await post<{ id: string; version: number }>('U1', url, {
    body,
    warningNote: '已核对',
  })
  for (const [at, hand] of hands.entries()) {
    const action = at === hands.length - 1 ? 'accept' : 'pass'
    ;({ version } = await post<{ version: number }>(hand, `${url}/${id}/actions`, { action, version }))
  }
  return { id, version }
}

it('a contract waits at its own unit ninety days before it ends, until a renewal follows', () =>
  stage.trial(async () => {
    const firm = { scope: '企业', covered: [{ firm: '示例甲厂', women: 40, creditCode: null }] }
    const enter = (more: object) => accepted('contract', { ...firm, ...more }, 'S1', 'D1')
    const until = addDays(today, 90)
    const { id } = await enter({
      regNo: '甲-1',
      effectiveOn: '2019-10-12',
      termFromOn: addDays(until, -365),
      termUntilOn: until,
    })
    expect(await cards('U1', 'fill')).toContain(`合同将到期，请提出续签 · /records/contract?id=${id}`)
    await noCards('fill', 'U2', 'S1', 'D1', 'leader')
    await enter({ regNo: '甲-2', signKind: '续订', replacesNo: '甲-1' })
    expect((await cards('U1', 'fill')).filter((card) => card.includes(id))).toEqual([])
  }))

const named = (namedOn: string, more: object = {}) =>
  accepted('studio', { namedOn, reviewedOn: null, delistedOn: null, ...more }, 'S1', 'D1', 'C')

it('a studio waits thirty days before its year is over and not a day earlier, until a correction tells of its review', () =>
  stage.trial(async () => {
    const { id, version } = await named('2019-05-16')
    await named('2019-05-17')
    await named('2018-05-16', { reviewedOn: '2019-05-17' })
    await named('2018-05-16', { delistedOn: today })
    expect(await cards('U1', 'fill')).toEqual([`请复核后更正登记 · /records/studio?id=${id}`])
    expect((await look('U1', 'fill')).cards[0]!.dueOn).toBe('2020-05-16')
    await noCards('fill', 'U2', 'S1', 'D1', 'C', 'leader')
    const draft = '0192b3f0-0000-7000-8000-00000000c0a6'
    const kept = {
      programme: 'studio',
      kind: 'correction',
      recordId: id,
      baseVersion: version,
      body: {},
      sequence: 1,
    }
    well(await stage.as('U1').put(`/api/drafts/${draft}`, kept))
    const body = bodyOf(findProgramme('studio')!, {
      namedOn: '2019-05-16',
      reviewedOn: today,
      delistedOn: null,
    })
    await post('U1', `/api/drafts/${draft}/submit`, { body, reason: '年度复核', warningNote: '已核对' })
    await noCards('fill', 'U1')
  }))

it('a task waits at the units it is asked of, and at its sender for those who owe it', () =>
  stage.trial(async () => {
    const { id } = await post('D1', '/api/tasks', survey({ under: [stage.world.org('U4')] }))
    expect(await cards('U4', 'fill')).toEqual([`请填报 · /tasks/${id}`])
    expect(await cards('D1', 'mine')).toEqual([`还差 1 个单位 · /tasks/${id}`])
    await noCards('fill', 'U1', 'U5', 'D1')
    await post('U4', `/api/tasks/${id}/answer`, {
      act: 'report',
      version: 0,
      taskVersion: 1,
      answers: { q1: true },
    })
    await noCards('fill', 'U4')
    expect(await cards('D1', 'mine')).toEqual([`各单位都已上报 · /tasks/${id}`])
  }))

it('a suggestion waits for the city, never for who sent it, and without her name', () =>
  stage.trial(async () => {
    const { id } = await post('Cb', '/api/suggestions', { kind: 'suggestion', body: '导入时希望认得简称' })
    const card = '请阅后答复 · /help?tab=voice'
    expect(await cards('C', 'review')).toEqual([card])
    const { raw } = await stage.as('C').get('/api/inbox?box=review')
    expect(raw).not.toContain('演示Cb')
    expect(raw).not.toContain('简称')
    await noCards('review', 'Cb', 'D1', 'leader')
    await post('C', `/api/suggestions/${id}/answer`, { answer: '下月起认得' })
    await noCards('review', 'C')
  }))

it('asks as many questions for many cards as for few', () =>
  stage.trial(async (tx) => {
    const care = childcareAt(stage)
    const { id } = well(await care.make('U1'))
    well(await care.step('U1', id, 'submit'))
    well(await care.step('D1', id, 'recommend'))
    const asked = vi.spyOn(pg.Client.prototype, 'query')
    const count = async () => {
      asked.mockClear()
      const found = (await look('C', 'review')).cards.length
      return [found, asked.mock.calls.length] as const
    }
    await count()
    const [few, forFew] = await count()
    await sql`INSERT INTO app.childcare_class SELECT n.* FROM app.childcare_class c, generate_series(1, 60) g,
        jsonb_populate_record(c, jsonb_build_object('id', md5(g::text))) n WHERE c.id = ${id}::uuid`.execute(
      tx,
    )
    for (const org of ['D1', 'D2', 'S1', 'S3'])
      for (const n of [1, 2, 3])
        await sql`INSERT INTO app.plan_suggestion (id, org_id, from_org, year, section, task, due_on, evidence, why, suggested_by, suggested_at)
          VALUES (md5(${`${org}${n}`})::uuid, ${stage.world.org('C')}, ${stage.world.org(org)}, 2020, '关爱', '增设', '2020-11-30', '', '需要',
            ${stage.world.person(org).accountId}::uuid, now())`.execute(tx)
    const [many, forMany] = await count()
    expect([few, many]).toEqual([1, 73])
    expect(forMany).toBe(forFew)
    expect(forMany).toBeLessThan(70)
  }))
