import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MyYear, MyYearRecords, Whose } from '#figures/myYear/api.ts'
import { readWholeDocx } from '#paper/docx/read.server.ts'
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
