import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Aid, Answered, Batch } from '#hardship/api.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, household, well } from '../support/hardship.ts'
import { madeUpNumber } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

let stage: Stage
let play: ReturnType<typeof aidAt>
beforeAll(async () => {
  stage = await openStage()
  play = aidAt(stage)
})
afterAll(() => stage.close())
afterEach(() => setDay(today))
const setDay = (day: string) => {
  stage.world.deps.today = () => day
}
/** With one open file of 2020-04-24. */
const trial = (work: (tx: Tx, fileId: string) => Promise<void>, body: object = household) =>
  stage.trial(async (tx) => {
    await play.nameAll()
    await work(tx, await play.at.opened(tx, await play.woman(1), body))
  })

type Done = { id: string; state: string; version: number }
const ask = (fileId: string, more: object = {}) =>
  stage.as('U4').post<Done & Refusal>('/api/hardship/aids', {
    fileId,
    kind: '生活',
    amount: 3000,
    fund: '区县',
    ...more,
  })
const aids = async (who: string) => well(await stage.as(who).get<{ rows: Aid[] }>('/api/hardship/aids')).rows
const step = async (who: string, id: string, name: string, more: object = {}) =>
  stage.as(who).post<Done & Refusal>(`/api/hardship/aids/${id}/steps`, {
    step: name,
    version: (await aids(who)).find((one) => one.id === id)!.version,
    ...more,
  })
const pay = (who: string, ids: string[]) =>
  stage.as(who).post<{ id: string } & Refusal>('/api/hardship/batches', { ids })
const batches = async () => well(await stage.as('D1b').get<Batch[] & object>('/api/hardship/batches'))
const answer = async (batchId: string, lines: (string | number)[][]) =>
  stage
    .as('D1b')
    .upload<Answered & Refusal>(
      `/api/hardship/batches/${batchId}`,
      await play.book(['编码', '金额', '结果', '失败原因'], lines),
    )
async function approved(fileId: string, more: object = {}): Promise<string> {
  const { id } = well(await ask(fileId, more))
  well(await step('U4b', id, 'check'))
  well(await step('D1', id, 'approve'))
  return id
}

describe('aid', () => {
  it('goes up to the amount of the rule and not a yuan above it', () =>
    trial(async (_, fileId) => {
      for (const amount of [3001, 3000.001, 0, -1])
        expect([amount, (await ask(fileId, { amount })).body.issues?.map((i) => i.field)]).toEqual([
          amount,
          ['amount'],
        ])
      expect((await ask(fileId, { amount: 3000 })).status).toBe(200)
    }))

  it('is claimed once for a household, kind and period, her spouse included', () =>
    trial(
      async (_, fileId) => {
        const { id } = well(await ask(fileId))
        expect((await ask(fileId)).body.code).toBe('409.222')
        expect((await ask(fileId, { kind: '医疗' })).status).toBe(200)
        well(await step('D1', id, 'refuse', { reason: '材料不全' }))
        expect((await ask(fileId)).status).toBe(200)
        setDay('2020-06-30')
        expect((await ask(fileId)).body.code).toBe('409.222')
        setDay('2020-07-01')
        expect((await ask(fileId)).status).toBe(200)
      },
      {
        ...household,
        heads: 2,
        marital: '已婚',
        singleParent: false,
        family: [
          {
            name: '李示',
            relation: '配偶',
            idNumber: madeUpNumber('1984-01-01', 11),
            health: '健康',
            income: 0,
            school: '',
          },
        ],
      },
    ))

  it('is not given once the re-check is due: on the last day of the twelve months it is, on the next it is not', () =>
    trial(async (_, fileId) => {
      setDay('2021-04-24')
      expect((await ask(fileId)).status).toBe(200)
      setDay('2021-04-25')
      expect((await ask(fileId, { kind: '医疗' })).body.message).toContain('先复核')
    }))

  it('is entered, checked, approved and paid by four people', () =>
    trial(async (_, fileId) => {
      for (const [org, person, duty] of [
        ['U4', 'U4', 'check'],
        ['U4', 'U4b', 'enter'],
        ['D1', 'D1b', 'approve'],
      ] as const)
        well(await play.name('D1', org, person, duty))
      well(await play.name('D1b', 'D1', 'D1', 'pay'))
      const { id } = well(await ask(fileId))
      expect((await step('U4', id, 'check')).body.code).toBe('422.220')
      expect((await step('D1', id, 'approve')).body.code).toBe('409.2')
      well(await step('U4b', id, 'check'))
      well(await step('D1', id, 'approve'))
      expect((await pay('D1', [id])).body.code).toBe('422.220')
      expect((await pay('D1b', [id])).status).toBe(200)
    }))

  it('is never paid twice: an answer that comes again changes nothing, what failed comes under a new code', () =>
    trial(async (tx, fileId) => {
      const id = await approved(fileId)
      const { id: batchId } = well(await pay('D1b', [id]))
      expect((await pay('D1b', [id])).body.code).toBe('409.223')
      const [first] = await batches()
      const code = first!.lines[0]!.code
      const file = await stage.as('D1b').post(`/api/hardship/batches/${batchId}/file`)
      expect([file.status, String(file.headers['content-type'])]).toEqual([
        200,
        expect.stringContaining('spreadsheet'),
      ])
      expect((await answer(batchId, [[code, 2999, '成功', '']])).body).toMatchObject({
        taken: 0,
        faults: [{ row: 2 }],
      })
      expect((await answer(batchId, [[code, 3000, '失败', '账号有误']])).body).toMatchObject({ failed: 1 })
      expect((await answer(batchId, [[code, 3000, '失败', '账号有误']])).body).toMatchObject({
        failed: 0,
        again: 1,
      })
      expect((await answer(batchId, [[code, 3000, '成功', '']])).body).toMatchObject({
        taken: 0,
        faults: [{ row: 2 }],
      })
      const { id: secondId } = well(await pay('D1b', [id]))
      const second = (await batches()).find((one) => one.id === secondId)!
      expect(second.lines[0]).toMatchObject({ replaces: code, state: 'waiting' })
      const settled = () => answer(secondId, [[second.lines[0]!.code, 3000, '成功', '']])
      expect((await settled()).body).toMatchObject({ taken: 1 })
      expect((await settled()).body).toMatchObject({ taken: 0, again: 1 })
      expect((await pay('D1b', [id])).body.code).toBe('409.223')
      expect((await play.records(tx)).at(-1)).toMatchObject({
        matter: '发放',
        aid_kind: '生活',
        times: 1,
        helped: 1,
        state: 'accepted',
      })
      const early = await step('U4', id, 'receipt', { by: '王示二', on: '2020-04-23' })
      expect(early.body.issues?.map((i) => i.field)).toEqual(['on'])
      well(await step('U4', id, 'receipt', { by: '王示二', on: '2020-04-24' }))
    }))

  it('counts her once a year, however often she is helped', () =>
    trial(async (tx, fileId) => {
      for (const kind of ['生活', '医疗']) {
        const id = await approved(fileId, { kind })
        const { id: batchId } = well(await pay('D1b', [id]))
        const line = (await batches()).find((one) => one.id === batchId)!.lines[0]!
        expect((await answer(batchId, [[line.code, line.amount, '成功', '']])).body).toMatchObject({
          taken: 1,
        })
      }
      expect((await play.records(tx)).filter((r) => r['matter'] === '发放').map((r) => r['helped'])).toEqual([
        1, 0,
      ])
    }))

  it('that came after her file ended is listed when the end lies back', () =>
    trial(async (tx, fileId) => {
      const id = await approved(fileId)
      const { id: batchId } = well(await pay('D1b', [id]))
      setDay('2020-04-27')
      const line = (await batches())[0]!.lines[0]!
      well(await answer(batchId, [[line.code, line.amount, '成功', '']]))
      well(await play.step('D1', fileId, 'close', { on: '2020-04-26', closedFor: '脱困' }))
      expect((await aids('D1'))[0]).toMatchObject({ afterExit: true })
      expect(await rows(tx, sql`SELECT 1 FROM app.hardship_kin WHERE is_live`)).toEqual([])
    }))
})
