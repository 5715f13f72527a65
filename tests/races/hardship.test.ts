import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Aid, Answered, Batch } from '#hardship/api.ts'
import { onConnection } from '#server/database.server.ts'
import { stageOf, type Stage } from '../support/client.ts'
import { aidAt, well } from '../support/hardship.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import type { Refusal } from '../support/play.ts'
import { loadWorld } from '../support/world.ts'

let native: Native
let stage: Stage
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(16)
  stage = await stageOf(await loadWorld(native.owner, native.app), () => native.close())
})
afterAll(() => stage?.close())

const atOnce = async <T extends { status: number }>(n: number, act: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, act))

describe.skipIf(withoutNative)('aid that several hands reach for at once', () => {
  it('is claimed once, sent once and paid once', async () => {
    const play = aidAt(stage)
    await play.nameAll()
    const fileId = await onConnection(native.owner, async (tx) => play.at.opened(tx, await play.woman(1)))
    const asked = await atOnce(8, () =>
      stage.as('U4').post<{ id: string } & Refusal>('/api/hardship/aids', {
        fileId,
        kind: '生活',
        amount: 3000,
        fund: '区县',
      }),
    )
    const claimed = asked.filter(({ status }) => status === 200)
    expect([claimed.length, new Set(asked.filter((a) => a.status !== 200).map((a) => a.body.code))]).toEqual([
      1,
      new Set(['409.222']),
    ])
    const { id } = claimed[0]!.body
    for (const [who, step] of [
      ['U4b', 'check'],
      ['D1', 'approve'],
    ] as const) {
      const [aid] = well(await stage.as(who).get<{ rows: Aid[] }>('/api/hardship/aids')).rows
      well(await stage.as(who).post(`/api/hardship/aids/${id}/steps`, { step, version: aid!.version }))
    }
    const sent = await atOnce(6, () =>
      stage.as('D1b').post<{ id: string } & Refusal>('/api/hardship/batches', { ids: [id] }),
    )
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(1)
    const batches = well(await stage.as('D1b').get<Batch[] & object>('/api/hardship/batches'))
    expect(batches.flatMap(({ lines }) => lines)).toHaveLength(1)
    const { code, amount } = batches[0]!.lines[0]!
    const file = await play.book(['编码', '金额', '结果'], [[code, amount, '成功']])
    const answers = await atOnce(6, () =>
      stage.as('D1b').upload<Answered>(`/api/hardship/batches/${batches[0]!.id}`, file),
    )
    const taken = answers.filter(({ status }) => status === 200).map(({ body }) => body.taken)
    expect(taken.reduce((sum, n) => sum + n, 0)).toBe(1)
    const paid = (await onConnection(native.owner, (tx) => play.records(tx))).filter(
      (record) => record['matter'] === '发放',
    )
    expect(paid).toHaveLength(1)
  })
})
