import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../support/client.ts'
import { body, playOn, type Refusal, type Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const list = '/api/records/training'
type Rows = { rows: { id: string; viewed: boolean; coHosted: boolean }[]; count: number }

const submit = (who: string, hosts: string[], changes: object = {}, more: object = {}) =>
  stage.as(who).post<Written & Refusal>(list, {
    body: body({ title: '玫瑰书香读书会', ...changes }),
    coHosts: hosts.map((code) => stage.world.org(code)),
    ...more,
  })

const trainings = async (who: string): Promise<number> => {
  const found = await stage
    .as(who)
    .get<{ figures: { indicator: string; value: number; waiting: number }[] }>('/api/figures?year=2019')
  const figure = found.body.figures.find((f) => f.indicator === 'training.sessions')!
  return figure.value + figure.waiting
}

describe('a co-hosted record', () => {
  it('stands in the lists of host and co-host, in the figures of the host alone, and the co-host only looks', () =>
    stage.trial(async () => {
      const { body: record } = await submit('U1', ['U5', 'I2'], {
        startsOn: '2019-03-05',
        endsOn: '2019-03-05',
      })
      for (const who of ['U5', 'I2']) {
        const found = (await stage.as(who).get<Rows>(list)).body
        expect(found.rows.map((r) => [r.id, r.viewed, r.coHosted])).toEqual([[record.id, true, true]])
        expect(found.count).toBe(1)
        const detail = await stage.as(who).get<{ actions: object[] }>(`${list}/${record.id}`)
        expect([detail.status, detail.body.actions]).toEqual([200, []])
        expect(await trainings(who)).toBe(0)
        const act = { action: 'withdraw', version: record.version }
        expect((await stage.as(who).post(`${list}/${record.id}/actions`, act)).status).toBe(403)
      }
      expect(await trainings('U1')).toBeGreaterThan(0)
      // Neither the co-host's neighbours nor, where a unit below is asked, its superior.
      expect((await stage.as('U4').get<Rows>(list)).body.count).toBe(0)
      expect((await stage.as('U8').get(`${list}/${record.id}`)).status).toBe(404)
    }))

  it('is known when the other host enters it again, whoever came first', () =>
    stage.trial(async () => {
      expect((await submit('U1', ['U5'])).status).toBe(200)
      const again = await submit('U5', [])
      expect([again.status, again.body.issues]).toMatchObject([422, [{ field: 'title' }]])
      // Of a unit that has no part in it nothing is told.
      expect((await submit('U3', [])).status).toBe(200)
      const third = await submit('U8', ['U3'])
      expect([third.status, third.body.issues]).toMatchObject([422, [{ field: 'title' }]])
    }))
})

const accepted = async (play: ReturnType<typeof playOn>): Promise<Written> => {
  const passed = await play.mustAct('S1', await play.submit('U1'), { action: 'pass' })
  return play.mustAct('D1', passed, { action: 'accept' })
}
const asked = async (play: ReturnType<typeof playOn>, record: Written) => {
  await play.mustAct('U1', record, { action: 'void', reason: '重复填报' })
  const { body: detail } = await stage
    .as('D1')
    .get<{ pending: { id: string; sequence: number }[] }>(`${list}/${record.id}`)
  return detail.pending[0]!
}

describe('a request to void', () => {
  it('that is refused leaves the record counted and the reason in its history', () =>
    stage.trial(async () => {
      const play = playOn((who) => stage.as(who))
      const record = await accepted(play)
      const { id, sequence } = await asked(play, record)
      const verdict = { verdict: 'return', sequence, reason: '两期是分别举办的' }
      expect((await stage.as('D1').post(`/api/proposals/${id}/decision`, verdict)).status).toBe(200)
      const { body: detail } = await stage
        .as('U1')
        .get<{ state: string; history: { action: string; reason: string }[]; pending: object[] }>(
          `${list}/${record.id}`,
        )
      expect([detail.state, detail.pending]).toEqual(['accepted', []])
      expect(detail.history.at(-1)).toMatchObject({ action: 'keep', reason: '两期是分别举办的' })
      // It may be asked for again.
      await play.mustAct(
        'U1',
        { id: record.id, version: record.version + 1 },
        { action: 'void', reason: '确为重复' },
      )
    }))

  it('that is granted takes the record out of the figure and leaves it in the trace', () =>
    stage.trial(async () => {
      const play = playOn((who) => stage.as(who))
      const record = await accepted(play)
      const { id, sequence } = await asked(play, record)
      expect(
        (await stage.as('D1').post(`/api/proposals/${id}/decision`, { verdict: 'accept', sequence })).status,
      ).toBe(200)
      const { body: trace } = await stage
        .as('D1')
        .get<{ sum: number; records: number; rows: { id: string; state: string; value: number }[] }>(
          '/api/figures/trace?indicator=training.sessions&year=2019',
        )
      expect([trace.sum, trace.records]).toEqual([0, 0])
      expect(trace.rows).toMatchObject([{ id: record.id, state: 'voided', value: 0 }])
    }))
})
