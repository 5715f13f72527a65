import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../support/client.ts'
import type { Written } from '#record/api.ts'
import { body, type Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Saved = Refusal & { sequence: number; theirs: object | null }

const put = (who: string, id: string, seen: number, values: object, sequence = seen + 1) =>
  stage.as(who).put<Saved>(`/api/drafts/${id}`, {
    programme: 'training',
    kind: 'draft',
    body: values,
    sequence,
    seen,
  })
const held = async (id: string) => (await stage.as('U1').get<{ body: object }>(`/api/drafts/${id}`)).body.body
const records = async () => (await stage.as('U1').get<{ count: number }>('/api/records/training')).body.count

describe('one draft on two devices', () => {
  it('is kept where it grew from what stands; the other device gets what stands, and nothing is overwritten', () =>
    stage.trial(async () => {
      const id = randomUUID()
      expect((await put('U1', id, 0, { title: '甲' })).body).toMatchObject({ sequence: 1, theirs: null })
      expect((await put('U1b', id, 1, { title: '甲', all: 30 })).body).toMatchObject({ sequence: 2 })
      const late = await put('U1', id, 1, { title: '甲', women: 20 })
      expect([late.status, late.body.sequence, late.body.theirs]).toEqual([200, 2, { title: '甲', all: 30 }])
      expect(await held(id)).toEqual({ title: '甲', all: 30 })
      expect((await put('U1', id, 2, { title: '甲', all: 30, women: 20 })).body.theirs).toBeNull()
      expect(await held(id)).toEqual({ title: '甲', all: 30, women: 20 })
    }))

  it('takes the same packet twice as one, and a higher number does not push past what stands', () =>
    stage.trial(async () => {
      const id = randomUUID()
      await put('U1', id, 0, { title: '甲' })
      expect((await put('U1', id, 0, { title: '甲' })).body).toMatchObject({ sequence: 1, theirs: null })
      expect((await put('U1', id, 0, { title: '乙' }, 99)).body.theirs).toEqual({ title: '甲' })
      expect(await held(id)).toEqual({ title: '甲' })
    }))

  it('is not submitted over what came in since she looked, and does not come back once it was thrown away', () =>
    stage.trial(async () => {
      const id = randomUUID()
      await put('U1', id, 0, { title: '甲' })
      await put('U1b', id, 1, { title: '乙' })
      const send = (seen: number) =>
        stage.as('U1').post<Refusal>(`/api/drafts/${id}/submit`, { body: body(), seen })
      const stale = await send(1)
      expect([stale.status, stale.body.code]).toEqual([409, '409.5'])
      expect(await held(id)).toEqual({ title: '乙' })
      await stage.as('U1b').del(`/api/drafts/${id}`)
      const ghost = await put('U1', id, 2, { title: '丙' })
      expect([ghost.status, ghost.body.code]).toEqual([409, '409.5'])
    }))
})

describe('a draft whose record goes on meanwhile', () => {
  it('is refused while it names the old version, and sent once it was brought onto the new one; never onto one to come', () =>
    stage.trial(async () => {
      const at = '/api/records/training'
      const made = await stage.as('U1').post<Written>(at, { body: body() })
      const { id } = made.body
      const act = (action: string, version: number) =>
        stage.as('U1').post<Written>(`${at}/${id}/actions`, { action, version })
      const first = await act('withdraw', made.body.version)
      const [hers, other] = [randomUUID(), randomUUID()]
      const edit = (who: string, draft: string, seen: number, baseVersion: number, values: object) =>
        stage.as(who).put<Saved>(`/api/drafts/${draft}`, {
          programme: 'training',
          kind: 'draft',
          recordId: id,
          baseVersion,
          body: values,
          sequence: seen + 1,
          seen,
        })
      const send = (who: string, draft: string, values: object) =>
        stage.as(who).post<Written & Refusal>(`/api/drafts/${draft}/submit`, { body: values })
      const v = first.body.version
      expect((await edit('U1', hers, 0, v, body({ women: 11 }))).status).toBe(200)
      expect((await edit('U1b', other, 0, v, body({ all: 60 }))).status).toBe(200)
      const sent = await send('U1b', other, body({ all: 60 }))
      expect(sent.status).toBe(200)
      const now = (await act('withdraw', sent.body.version)).body.version
      const stale = await send('U1', hers, body({ women: 11 }))
      expect([stale.status, stale.body.code]).toEqual([409, '409.1'])
      await edit('U1', hers, 1, now + 1, body({ women: 11, all: 60 }))
      expect((await send('U1', hers, body({ women: 11, all: 60 }))).body.code).toBe('409.1')
      await edit('U1', hers, 2, now, body({ women: 11, all: 60 }))
      // Another page that still names the old version takes nothing back.
      await edit('U1b', hers, 3, v, body({ women: 12, all: 60 }))
      const done = await send('U1', hers, body({ women: 12, all: 60 }))
      expect([done.status, done.body.version]).toEqual([200, now + 1])
    }))
})

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) return yield []
  for (const [i, item] of items.entries())
    for (const rest of permutations(items.filter((_, at) => at !== i))) yield [item, ...rest]
}

describe('a draft begun on a phone without a line', () => {
  it('gives at most one record, in whatever order and however often its packets arrive', async () => {
    const values = body({ title: '无网时填的培训' })
    const packets = ['begin', 'more', 'send', 'send', 'begin'] as const
    const orders = new Map([...permutations(packets)].map((order) => [order.join(' '), order]))
    expect(orders.size).toBe(30)
    for (const [name, order] of orders) {
      await stage.trial(async () => {
        const before = await records()
        const [id, key] = [randomUUID(), randomUUID()]
        const deliver = {
          begin: () => put('U1', id, 0, { title: '无网时' }),
          more: () => put('U1', id, 1, values),
          send: () => stage.as('U1').post(`/api/drafts/${id}/submit`, { body: values }, { key }),
        }
        for (const packet of order) {
          const { status } = await deliver[packet]()
          expect([200, 404, 409], `${packet} of ${name}`).toContain(status)
          expect(await records()).toBeLessThanOrEqual(before + 1)
        }
        // What a device does in the end where nothing was taken yet: it begins and sends once more, under the same id.
        await deliver.begin()
        await stage.as('U1').post(`/api/drafts/${id}/submit`, { body: values })
        expect(await records(), name).toBe(before + 1)
        const made = await stage.as('U1').get<{ version: number }>(`/api/records/training/${id}`)
        expect([made.status, made.body.version]).toEqual([200, 1])
      })
    }
  }, 120_000)
})
