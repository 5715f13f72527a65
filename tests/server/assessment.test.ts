import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewSheet, Scores, Sheet, UnitSheet, UnitTotals } from '#figures/assessment/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Refusal = { code: string; issues?: { field: string; message: string }[] }

const wanted = (more: Partial<NewSheet> = {}): NewSheet => ({
  year: 2019,
  title: '2019年女职工工作考核',
  note: '',
  tiers: ['district', 'subdistrict'],
  fromYm: 201901,
  untilYm: 201912,
  selfDue: '2020-03-31',
  reviewDue: '2020-04-15',
  finalDue: '2020-04-30',
  lines: [
    {
      key: 'a',
      kind: 'formula',
      section: '素质提升',
      item: '教育培训',
      points: 2000,
      formula: { kind: 'ratio', indicator: 'training.sessions', against: 'value', value: 10 },
      evidence: '',
    },
    {
      key: 'b',
      kind: 'manual',
      section: '组织建设',
      item: '换届',
      points: 3000,
      formula: null,
      evidence: '',
    },
    { key: 'd', kind: 'veto', section: '否决', item: '弄虚作假', points: 0, formula: null, evidence: '' },
  ],
  ...more,
})

const mustPost = async <T = object>(who: string, url: string, body?: object): Promise<T> => {
  const answer = await stage.as(who).post<T & object>(url, body)
  expect([url, answer.status, answer.raw]).toEqual([url, 200, expect.any(String)])
  return answer.body
}
const sheetOf = async (who: string, id: string) =>
  (await stage.as(who).get<Sheet>(`/api/assessments/${id}`)).body
const move = async (who: string, id: string, act: string) =>
  stage
    .as(who)
    .post<Refusal>(`/api/assessments/${id}/state`, { act, version: (await sheetOf(who, id)).version })
const publish = async (who: string, id: string) =>
  stage
    .as(who)
    .post<Refusal>(`/api/assessments/${id}/publication`, { version: (await sheetOf(who, id)).version })
async function opened(): Promise<string> {
  const { id } = await mustPost<{ id: string }>('C', '/api/assessments', wanted())
  expect((await move('C', id, 'open')).status).toBe(200)
  return id
}
const unitOf = async (who: string, id: string, org: string) =>
  (await stage.as(who).get<UnitSheet>(`/api/assessments/${id}/units/${stage.world.org(org)}`)).body
type Score = Scores['scores'][number]
const give = (who: string, id: string, org: string, column: string, score: Partial<Score>) =>
  stage.as(who).put<Refusal>(`/api/assessments/${id}/units/${stage.world.org(org)}/scores`, {
    column,
    scores: [{ line: 'b', points: 2000, note: '台账齐全', records: [], version: 0, ...score }],
  })
const totalsOf = async (who: string, id: string) =>
  (await stage.as(who).get<UnitTotals>(`/api/assessments/${id}/units`)).body

/** U4 enters a training of some sessions in 2019, its district accepts it. */
async function trained(count: number): Promise<string> {
  const body = bodyOf(findProgramme('training')!, { count, title: `示例培训${count}` })
  const made = await mustPost<{ id: string }>('U4', '/api/records/training', {
    body,
    warningNote: '核对无误',
  })
  await mustPost('D1', `/api/records/training/${made.id}/actions`, { action: 'accept', version: 1 })
  return made.id
}

describe('the three columns', () => {
  it('stand side by side: each is written by its unit, and none overwrites another', () =>
    stage.trial(async () => {
      const id = await opened()
      for (const [who, writes] of [
        ['S1', 'self'],
        ['D1', 'review'],
        ['C', 'final'],
        ['leaderD1', null],
      ] as const)
        expect((await unitOf(who, id, 'S1')).writes, who).toBe(writes)
      expect((await give('S1', id, 'S1', 'self', {})).status).toBe(200)
      expect((await give('D1', id, 'S1', 'review', { points: 1500, note: '届期有误' })).status).toBe(200)
      expect((await give('C', id, 'S1', 'final', { points: 1500, note: '' })).status).toBe(200)
      const { lines, total } = await unitOf('C', id, 'S1')
      expect([lines[1]!.self, lines[1]!.review, lines[1]!.final].map((one) => one?.points)).toEqual([
        2000, 1500, 1500,
      ])
      expect(total).toMatchObject({ self: 2000, review: 1500, final: 1500, auto: 0 })
      // In no column but one's own, in no unit beyond one's scope.
      expect((await give('S1', id, 'S1', 'final', { version: 1 })).status).toBe(403)
      expect((await give('C', id, 'S1', 'review', { version: 1 })).status).toBe(403)
      expect((await give('D2', id, 'S1', 'review', {})).status).toBe(404)
      expect((await give('S2', id, 'S1', 'self', {})).status).toBe(404)
      // A district answers to the city alone: it has no 复核.
      expect((await unitOf('C', id, 'D1')).hasReview).toBe(false)
    }))

  it('ask for evidence, for a reason where they differ, and for no more than full points', () =>
    stage.trial(async () => {
      const id = await opened()
      const fault = async (who: string, column: string, score: Partial<Score>) => {
        const { status, body } = await give(who, id, 'S1', column, score)
        expect(status).toBe(422)
        return body.issues![0]!.field
      }
      expect(await fault('S1', 'self', { points: 3001 })).toBe('scores.b.points')
      expect(await fault('S1', 'self', { note: '' })).toBe('scores.b.note')
      expect(await fault('S1', 'self', { line: 'a' })).toBe('scores.a.points')
      expect(await fault('S1', 'self', { line: 'd', points: 2 })).toBe('scores.d.points')
      const record = await trained(1)
      // U4 reports to D1 itself: its record is none of S1's.
      expect(await fault('S1', 'self', { records: [record] })).toBe('scores.b.records')
      expect((await give('D1', id, 'D1', 'self', { note: '', records: [record] })).status).toBe(200)
      expect((await unitOf('C', id, 'D1')).lines[1]!.self!.records).toMatchObject([{ id: record }])
      expect((await give('S1', id, 'S1', 'self', {})).status).toBe(200)
      expect(await fault('D1', 'review', { points: 1000, note: '' })).toBe('scores.b.note')
      expect((await give('S1', id, 'S1', 'self', { version: 5 })).body.code).toBe('409.27')
    }))
})

describe('a formula line', () => {
  it('fills itself from accepted records of the months, and is typed by nobody', () =>
    stage.trial(async () => {
      const id = await opened()
      await trained(4)
      const { lines } = await unitOf('D1', id, 'D1')
      expect(lines[0]).toEqual({
        key: 'a',
        auto: { value: 4, against: 10, points: 800 },
        self: null,
        review: null,
        final: null,
      })
      expect((await unitOf('D1', id, 'S1')).lines[0]!.auto!.points).toBe(0)
      await trained(9)
      expect((await unitOf('D1', id, 'D1')).lines[0]!.auto!.points).toBe(2000)
    }))
})

/** Everybody's 终评, with a note. */
async function allFinal(id: string, except: string[] = []): Promise<void> {
  for (const org of ['D1', 'D2', 'D3', 'S1', 'S2', 'S3'].filter((one) => !except.includes(one)))
    expect((await give('C', id, org, 'final', {})).status).toBe(200)
}

describe('a result', () => {
  it('is published by a second person, once all is judged and every objection closed; then it stands', () =>
    stage.trial(async () => {
      const id = await opened()
      await trained(5)
      await allFinal(id, ['S3'])
      expect((await move('C', id, 'propose')).body.issues![0]!.message).toContain('示例S3')
      await allFinal(id, ['D1', 'D2', 'D3', 'S1', 'S2'])
      const { id: objection } = await mustPost<{ id: string }>('S1', `/api/assessments/${id}/objections`, {
        line: 'b',
        body: '换届批复已补交',
      })
      expect((await move('C', id, 'propose')).body.issues![0]!.field).toBe('objections')
      const close = (who: string) => stage.as(who).post(`/api/assessment-objections/${objection}/close`)
      const answer = (who: string) =>
        stage.as(who).post(`/api/assessment-objections/${objection}/answer`, { answer: '已核，维持' })
      expect((await close('C')).status).toBe(409)
      expect((await answer('D1')).status).toBe(403)
      expect((await answer('D2')).status).toBe(404)
      expect((await answer('C')).status).toBe(200)
      expect((await close('S1')).status).toBe(200)
      expect((await close('S1')).status).toBe(409)
      expect((await move('C', id, 'propose')).status).toBe(200)
      // Meanwhile nobody scores; the proposer may not publish.
      expect((await give('C', id, 'D1', 'final', { version: 1 })).status).toBe(409)
      expect((await publish('C', id)).body.code).toBe('422.25')
      expect((await publish('D1', id)).status).toBe(403)
      expect((await publish('leader', id)).status).toBe(200)
      const before = await totalsOf('C', id)
      expect(before.isFrozen).toBe(true)
      // A later record moves the figure, not the result; and whoever was assessed sees all of it.
      await trained(3)
      expect(await totalsOf('S3', id)).toEqual(before)
      expect((await unitOf('D1', id, 'D1')).lines[0]!.auto).toEqual({ value: 5, against: 10, points: 1000 })
      expect((await move('C', id, 'lock')).status).toBe(200)
      expect((await move('C', id, 'takeBack')).status).toBe(409)
      for (const as of ['docx', 'xlsx'])
        expect((await stage.as('D1').get(`/api/assessments/${id}/${as}`)).status, as).toBe(200)
    }))

  it('stands in official order whatever the points, and vetoes are told beside them', () =>
    stage.trial(async () => {
      const id = await opened()
      await trained(9)
      await give('C', id, 'D3', 'final', { points: 3000 })
      await give('C', id, 'D1', 'final', { line: 'd', points: 1, note: '查实' })
      const { rows } = await totalsOf('C', id)
      expect(rows.map((row) => row.org.code)).toEqual(['D1', 'D2', 'D3', 'S1', 'S2', 'S3'])
      expect(rows.map((row) => row.isVetoed)).toEqual([true, false, false, false, false, false])
      // Before publication a unit sees itself and those below it.
      expect((await totalsOf('D1', id)).rows.map((row) => row.org.code)).toEqual(['D1', 'S1', 'S2'])
      expect((await totalsOf('S1', id)).rows.map((row) => row.org.code)).toEqual(['S1'])
    }))
})

describe('a sheet', () => {
  it('is a draft of its issuer until it is opened, and then no longer changed', () =>
    stage.trial(async () => {
      const { id } = await mustPost<{ id: string }>('C', '/api/assessments', wanted())
      expect((await stage.as('D1').get(`/api/assessments/${id}`)).status).toBe(404)
      const change = (who: string, version: number) =>
        stage.as(who).put<Refusal>(`/api/assessments/${id}`, { ...wanted({ title: '改名' }), version })
      expect((await change('C', 1)).status).toBe(200)
      expect((await change('C', 1)).body.code).toBe('409.27')
      expect((await move('C', id, 'open')).status).toBe(200)
      expect((await change('C', 3)).status).toBe(409)
      expect((await sheetOf('D1', id)).title).toBe('改名')
      expect((await stage.as('U1').post('/api/assessments', wanted())).status).toBe(403)
      const faulty = await stage.as('C').post<Refusal>('/api/assessments', wanted({ finalDue: '2020-04-01' }))
      expect(faulty.body.issues![0]!.field).toBe('finalDue')
    }))
})
