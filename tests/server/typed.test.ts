import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SavedTyped, TypedCopy } from '#record/typedApi.ts'
import { findProgramme, programmes } from '#programmes/index.ts'
import { rows } from '#server/database.server.ts'
import { purge } from '#server/purge.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { classBody } from '../support/childcare.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventBody } from '../support/events.ts'
import type { Refusal } from '../support/play.ts'
import { survey } from '../support/tasks.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const form = 'rows:training'
const put = (who: string, seen: number, values: object, at = form, version = 1) =>
  stage.as(who).put<SavedTyped & Refusal>(`/api/typed/${at}`, { version, seen, values })
const held = async (who: string, at = form) =>
  (await stage.as(who).get<{ held: TypedCopy | null }>(`/api/typed/${at}`)).body.held
const lines = (...titles: string[]) => ({ lines: titles.map((title) => ({ title })) })
const drop = async (who: string, seen: number) =>
  (await stage.as(who).del(`/api/typed/${form}?seen=${seen}`)).status
const send = (typed: number, title: string) =>
  stage.as('U1').post('/api/records/training/batch', {
    records: [{ body: bodyOf(findProgramme('training')!, { title }), warningNote: '已核对' }],
    typed,
  })

const sends = async (at: string, method: 'post' | 'put', url: string, body: object) => {
  await put('U1', 0, { title: '甲' }, at)
  expect((await stage.as('U1')[method](url, { ...body, typed: 2 })).status, at).toBe(200)
  // What was typed elsewhere since stays.
  expect(await held('U1', at), at).not.toBeNull()
}
const goes = async (at: string, method: 'post' | 'put', url: string, body: object) => {
  const sent = await stage.as('U1')[method]<{ id: string; version: number }>(url, { ...body, typed: 1 })
  expect([at, sent.status, sent.raw]).toEqual([at, 200, expect.any(String)])
  return sent.body
}

describe('a form that is being filled in', () => {
  it('is found again by the same post on another machine, and by nobody else', () =>
    stage.trial(async () => {
      expect((await put('U4', 0, lines('甲'))).body).toMatchObject({ sequence: 1, theirs: null })
      expect(await held('U4')).toMatchObject({ version: 1, sequence: 1, values: lines('甲') })
      // The same person in her other post, her colleague, the unit above.
      for (const who of ['D1x', 'U4b', 'D1', 'C']) expect([who, await held(who)]).toEqual([who, null])
      expect((await stage.as('leader').get(`/api/typed/${form}`)).status).toBe(403)
    }))

  it('is not overwritten by a copy that grew from an older one; the same packet twice is one', () =>
    stage.trial(async () => {
      await put('U1', 0, lines('甲'))
      expect((await put('U1', 1, lines('甲', '乙'))).body).toMatchObject({ sequence: 2, theirs: null })
      expect((await put('U1', 1, lines('甲', '乙'))).body).toMatchObject({ sequence: 2, theirs: null })
      const late = (await put('U1', 1, lines('甲', '丙'))).body
      expect(late).toMatchObject({ sequence: 2, theirs: { sequence: 2, values: lines('甲', '乙') } })
      expect((await put('U1', 0, lines('丁'))).body.theirs).toMatchObject({ values: lines('甲', '乙') })
      expect((await held('U1'))!.values).toEqual(lines('甲', '乙'))
    }))

  it('is gone when it is sent or given up, and begins anew after that', () =>
    stage.trial(async () => {
      await put('U1', 0, lines('甲'))
      expect(await drop('U1b', 1)).toBe(200)
      expect(await held('U1')).not.toBeNull()
      // What was typed elsewhere since stays.
      await put('U1', 1, lines('甲', '乙'))
      expect(await drop('U1', 1)).toBe(200)
      expect(await held('U1')).not.toBeNull()
      expect(await drop('U1', 2)).toBe(200)
      expect(await held('U1')).toBeNull()
      expect((await put('U1', 1, lines('乙'))).body).toMatchObject({ sequence: 1, theirs: null })
    }))

  it('is none of a class above S1, of no form that is known, and of no programme that she may not enter', () =>
    stage.trial(async (tx) => {
      const sealed = programmes.filter((one) => one.class !== 'S0' && one.class !== 'S1')
      expect(sealed.map(({ key }) => key)).toContain('honour')
      for (const at of [...sealed.map(({ key }) => `rows:${key}`), 'rows:nothing', 'persons:new', 'task:1'])
        expect([at, (await put('U1', 0, lines('甲'), at)).status]).toEqual([at, 404])
      for (const at of ['childcare:new', 'event:new', `event:like%20${randomUUID()}`])
        expect([at, (await put('U1', 0, {}, at)).status]).toEqual([at, 200])
      for (const at of ['task', 'childcare', 'event'].map((kind) => `${kind}:${randomUUID()}`))
        expect([at, (await put('U1', 0, {}, at)).status]).toEqual([at, 404])
      for (const at of ['childcare:new:1', 'rows:training:1', 'event:like%20new'])
        expect([at, (await put('U1', 0, {}, at)).status]).toEqual([at, 404])
      expect(await rows(tx, sql`SELECT form FROM app.typed ORDER BY form`)).toHaveLength(3)
    }))

  it('of a task is kept for the unit that owes it, and goes with the report', () =>
    stage.trial(async () => {
      const questions = [{ kind: 'note' as const, label: '对母婴设施的意见', required: false }]
      const { id } = (await stage.as('D1').post<{ id: string }>('/api/tasks', survey({ questions }))).body
      const at = `task:${id}`
      expect((await put('D1', 0, {}, at)).status).toBe(404)
      expect((await put('U5', 0, {}, at)).status).toBe(404)
      expect((await put('U1', 0, { isNil: true }, at)).body).toMatchObject({ sequence: 1 })
      const report = { act: 'report', version: 0, taskVersion: 1, isNil: true, answers: {}, typed: 1 }
      expect((await stage.as('U1').post(`/api/tasks/${id}/answer`, report)).status).toBe(200)
      expect(await held('U1', at)).toBeNull()
    }))

  it('of pasted rows goes with the batch that sends it, but not what was typed elsewhere since', () =>
    stage.trial(async () => {
      await put('U1', 0, lines('甲'))
      await put('U1', 1, lines('甲', '乙'))
      const old = await send(1, '第一班')
      expect([old.status, old.raw]).toEqual([200, expect.any(String)])
      expect((await held('U1'))!.values).toEqual(lines('甲', '乙'))
      expect((await send(2, '第二班')).status).toBe(200)
      expect(await held('U1')).toBeNull()
    }))

  it('of a class or an event goes with what saves it, new, as a copy and again', () =>
    stage.trial(async () => {
      for (const [kind, url, body] of [
        ['childcare', '/api/childcare/classes', classBody],
        ['event', '/api/events', eventBody],
      ] as const) {
        await sends(`${kind}:new`, 'post', url, body)
        const { id, version } = await goes(`${kind}:new`, 'post', url, body)
        expect(await held('U1', `${kind}:new`)).toBeNull()
        await put('U1', 0, { title: '乙' }, `${kind}:${id}`)
        await goes(`${kind}:${id}`, 'put', `${url}/${id}`, { ...body, version })
        expect(await held('U1', `${kind}:${id}`)).toBeNull()
        if (kind === 'childcare') continue
        await put('U1', 0, { title: '丙' }, `event:like ${id}`)
        await goes(`event:like ${id}`, 'post', url, { ...body, like: id })
        expect(await held('U1', `event:like ${id}`)).toBeNull()
      }
    }))

  it('is one of fifty at most', () =>
    stage.trial(async (tx) => {
      await put('U1', 0, {}, 'childcare:new')
      await sql`INSERT INTO app.typed (district_id, post_id, form, version, sequence, body)
        SELECT district_id, post_id, 'event:like ' || n, 1, 1, '{}' FROM app.typed, generate_series(1, 49) n`.execute(
        tx,
      )
      const more = await put('U1', 0, {}, form)
      expect([more.status, more.body.code]).toEqual([409, '409.424'])
      expect((await put('U1', 1, { title: '一' }, 'childcare:new')).body).toMatchObject({ sequence: 2 })
    }))

  it('is taken away after a month', () =>
    stage.trial(async (tx) => {
      await put('U1', 0, lines('甲'))
      await put('U1', 0, {}, 'childcare:new')
      await sql`UPDATE app.typed SET typed_at = now() - interval '29 days'`.execute(tx)
      await purge(stage.world.deps)
      expect(await rows(tx, sql`SELECT form FROM app.typed`)).toHaveLength(2)
      await sql`UPDATE app.typed SET typed_at = now() - interval '31 days' WHERE form = ${form}`.execute(tx)
      await purge(stage.world.deps)
      expect(await rows(tx, sql`SELECT form FROM app.typed`)).toEqual([{ form: 'childcare:new' }])
    }))
})
