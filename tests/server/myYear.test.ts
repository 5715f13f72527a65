import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MyYear, MyYearRecords, Whose } from '#figures/myYear/api.ts'
import { readWholeDocx } from '#paper/docx/read.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { playOn } from '../support/play.ts'

let stage: Stage
let play: ReturnType<typeof playOn>
beforeAll(async () => {
  stage = await openStage()
  play = playOn(stage.as)
})
afterAll(() => stage.close())

const yearOf = async (who: string, whose: Whose, year = 2019) => {
  const { body } = await stage.as(who).get<MyYear>(`/api/my-year?year=${year}`)
  return body[whose].find((w) => w.programme === 'training')
}
const behind = async (who: string, whose: Whose, what: string) => {
  const url = `/api/my-year/records?year=2019&whose=${whose}&programme=training&${what}`
  return (await stage.as(who).get<MyYearRecords>(url)).body.rows
}
const counts = { entered: 0, accepted: 0, reviewed: 0, returned: 0 }

it('tells her own and her unit’s work of a year, and every number opens as many records', () =>
  stage.trial(async () => {
    const one = await play.submit('U4', { count: 3, title: '第一班' })
    await play.submit('U4b', { count: 5, title: '第二班' })
    await play.mustAct('D1b', one, { action: 'accept' })
    const two = await play.submit('U4', { count: 7, title: '第三班' })
    await play.giveBack('D1', two)

    expect(await yearOf('U4', 'me')).toMatchObject({ counts: { ...counts, entered: 2, accepted: 1 } })
    expect(await yearOf('U4', 'unit')).toMatchObject({ counts: { ...counts, entered: 3, accepted: 1 } })
    expect(await yearOf('D1', 'me')).toMatchObject({ counts: { ...counts, returned: 1 }, figures: [] })
    expect(await yearOf('D1', 'unit')).toMatchObject({ counts: { ...counts, reviewed: 1, returned: 1 } })
    expect(await yearOf('U1', 'unit')).toBeUndefined()
    expect(await yearOf('U4', 'me', 2018)).toBeUndefined()

    const looks: [string, Whose, string, string[]][] = [
      ['U4', 'me', 'deed=entered', ['第一班', '第三班']],
      ['U4', 'unit', 'deed=entered', ['第一班', '第三班', '第二班']],
      ['U4', 'me', 'deed=accepted', ['第一班']],
      ['D1', 'unit', 'deed=reviewed', ['第一班']],
      ['D1', 'me', 'deed=returned', ['第三班']],
      ['D1b', 'me', 'deed=returned', []],
      ['U4b', 'me', 'indicator=training.sessions', []],
      ['U4', 'me', 'indicator=training.sessions', ['第一班']],
    ]
    for (const [who, whose, what, titles] of looks)
      expect([who, what, (await behind(who, whose, what)).map((r) => r.title).sort()]).toEqual([
        who,
        what,
        titles,
      ])
    const sessions = (await yearOf('U4', 'me'))!.figures.find((f) => f.indicator === 'training.sessions')
    expect(sessions?.value).toBe(3)
    expect((await behind('U4', 'me', 'indicator=training.sessions'))[0]?.value).toBe(3)
  }))

it('comes out as a Word file with the same figures', () =>
  stage.trial(async () => {
    const one = await play.submit('U4', { count: 3, title: '第一班' })
    await play.mustAct('D1b', one, { action: 'accept' })
    const file = await stage.app.inject({
      url: '/api/my-year/docx?year=2019',
      headers: { cookie: `__Host-sid=${stage.world.person('U4').token}` },
    })
    expect(file.headers['content-type']).toContain('wordprocessingml')
    const text = readWholeDocx(file.rawPayload)
      .map((paragraph) => paragraph.text)
      .join('\n')
    expect(text).toContain('演示U4')
    expect(text.match(/填报女职工教育培训1条，均已审核通过，计入教育培训3期/g)).toHaveLength(2)
    expect(text).toMatch(/审计链第 \d+ 条/)
  }))

it('refuses what is no number of hers', () =>
  stage.trial(async () => {
    const ask = (query: string) => stage.as('U4').get(`/api/my-year/records?year=2019&whose=me&${query}`)
    expect((await ask('programme=training')).status).toBe(400)
    expect((await ask('programme=nothing&deed=entered')).status).toBe(404)
    expect((await ask('programme=training&indicator=nothing')).status).toBe(404)
    expect((await ask('programme=training&deed=entered&after=x')).status).toBe(400)
    expect((await stage.as('leader').get('/api/my-year')).status).toBe(403)
  }))

it('tells besides what stands in no record: tasks that were sent and answered, by whom', () =>
  stage.trial(async () => {
    const task = {
      title: '母婴设施需求摸底',
      note: '',
      formNo: '女工01表',
      issuer: '示例区',
      approvalNo: '示例〔2020〕1号',
      validFrom: '2020-01-01',
      validUntil: '2020-12-31',
      programme: null,
      questions: [{ kind: 'yesNo', label: '是否需要新建母婴室', required: true }],
      tiers: ['grassroots'],
      fromOn: '2020-01-01',
      untilOn: '2020-03-31',
      dueOn: '2020-04-20',
      reason: '核对',
    }
    const { id } = (await stage.as('D1').post<{ id: string }>('/api/tasks', task)).body
    const answer = { act: 'report', version: 0, taskVersion: 1, answers: { q1: true } }
    expect((await stage.as('U4').post(`/api/tasks/${id}/answer`, answer)).status).toBe(200)
    const others = async (who: string, year = 2020) =>
      (await stage.as(who).get<MyYear>(`/api/my-year?year=${year}`)).body.others
    const answered = [{ deed: 'tasksAnswered', n: 1 }]
    expect(await others('U4')).toEqual({ me: answered, unit: answered })
    expect(await others('U4b')).toEqual({ me: [], unit: answered })
    expect(await others('D1')).toMatchObject({ me: [{ deed: 'tasksSent', n: 1 }] })
    expect(await others('U4', 2019)).toEqual({ me: [], unit: [] })
  }))

it('counts of a stock what came with the records of that year', () =>
  stage.trial(async () => {
    const room = findProgramme('careRoom')!
    const made = await stage.as('U4').post<{ id: string; version: number }>('/api/records/careRoom', {
      body: bodyOf(room, { builtOn: '2018-05-04' }),
      warningNote: '属实',
    })
    expect([made.status, made.raw]).toEqual([200, expect.any(String)])
    const { id, version } = made.body
    expect(
      (await stage.as('D1').post(`/api/records/careRoom/${id}/actions`, { action: 'accept', version }))
        .status,
    ).toBe(200)
    const figures = async (year: number) =>
      (await stage.as('U4').get<MyYear>(`/api/my-year?year=${year}`)).body.me.find(
        (w) => w.programme === 'careRoom',
      )?.figures ?? []
    expect((await figures(2018)).length).toBeGreaterThan(0)
    expect(await figures(2019)).toEqual([])
  }))
