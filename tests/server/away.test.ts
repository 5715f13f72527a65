import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Me } from '#identity/api.ts'
import type { Away } from '#identity/awayApi.ts'
import type { MessageList } from '#notify/api.ts'
import { findProgramme } from '#programmes/index.ts'
import type { RecordDetail } from '#record/api.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const term = { fromOn: '2020-04-16', untilOn: '2020-04-20' }
const give = (who: string, to: string, more: object = {}) =>
  stage.as(who).post('/api/account/away', { toPost: stage.world.person(to).postId, ...term, ...more })
const away = async (who: string) => (await stage.as(who).get<Away>('/api/account/away')).body
const me = async (who: string) => (await stage.as(who).get<Me>('/api/me')).body
const actFor = (who: string, id: string | null) => stage.as(who).post('/api/session/behalf', { id })

describe('a colleague is named', () => {
  it('and both see it; she acts for the other, and the audit says so', () =>
    stage.trial(async (tx) => {
      expect((await give('S1', 'S1b')).status).toBe(200)
      expect((await away('S1')).given).toMatchObject([{ name: '演示S1b', state: 'active', ...term }])
      const [received] = (await away('S1b')).received
      expect(received).toMatchObject({ name: '演示S1', state: 'active' })
      expect((await stage.as('S1b').get<MessageList>('/api/messages')).body.rows).toMatchObject([
        { kind: 'away', subject: '演示S1委托您在 2020-04-16 至 2020-04-20 代为办理，可在右上角切换' },
      ])
      expect(await me('S1b')).toMatchObject({ behalf: null, mayActFor: [{ name: '演示S1' }] })
      expect((await actFor('S1b', received!.id)).status).toBe(200)
      expect((await me('S1b')).behalf).toBe('演示S1')
      const { id } = (
        await stage
          .as('U1')
          .post<Written>('/api/records/training', { body: bodyOf(findProgramme('training')!) })
      ).body
      await stage.as('S1b').post(`/api/records/training/${id}/actions`, { action: 'pass', version: 1 })
      const [row] = await rows<{ actor: string; on_behalf: string }>(
        tx,
        sql`SELECT actor, on_behalf FROM app.audit WHERE action = 'record.pass'`,
      )
      const { person } = stage.world
      expect(row).toEqual({
        actor: person('S1b').accountId,
        on_behalf: `${person('S1b').postId} 代 ${person('S1').postId}`,
      })
      const shown = await stage
        .as('auditAdmin')
        .get<{ rows: { action: string; person: string; org: string }[] }>('/api/audit')
      expect(shown.body.rows.find((r) => r.action === 'record.pass')).toMatchObject({
        person: '演示S1b',
        behalf: '演示S1',
        org: '示例S1',
      })
      const { body: read } = await stage.as('U1').get<RecordDetail>(`/api/records/training/${id}`)
      expect(read.history.map(({ person: who, behalf }) => [who, behalf])).toEqual([
        ['演示U1', null],
        ['演示S1b', '演示S1'],
      ])
      expect((await actFor('S1b', null)).status).toBe(200)
      expect((await me('S1b')).behalf).toBeNull()
    }))

  it('who submitted does not decide for the one who is away either', () =>
    stage.trial(async () => {
      const body = bodyOf(findProgramme('training')!)
      const { id } = (await stage.as('D1').post<Written>('/api/records/training', { body })).body
      await give('D1b', 'D1')
      const [received] = (await away('D1')).received
      await actFor('D1', received!.id)
      const refused = await stage
        .as('D1')
        .post(`/api/records/training/${id}/actions`, { action: 'accept', version: 1 })
      expect(refused.body).toMatchObject({ code: '422.7' })
    }))

  it('of her own unit alone, once at a time, for a while', () =>
    stage.trial(async () => {
      const issue = async (answer: ReturnType<typeof give>) =>
        ((await answer).body as { issues?: { field: string; message: string }[] }).issues?.[0]
      expect(await issue(give('S1', 'D1'))).toMatchObject({ field: 'toPost' })
      expect(await issue(give('S1', 'S1'))).toMatchObject({ field: 'toPost' })
      expect(await issue(give('U1', 'worker'))).toMatchObject({ field: 'toPost' })
      expect(await issue(give('S1', 'S1b', { untilOn: '2020-04-15' }))).toMatchObject({ field: 'untilOn' })
      expect(await issue(give('S1', 'S1b', { untilOn: '2020-12-31' }))).toMatchObject({ field: 'untilOn' })
      expect((await give('S1', 'S1b')).status).toBe(200)
      expect(await issue(give('S1', 'S1b'))).toMatchObject({ field: 'fromOn' })
      for (const who of ['systemAdmin', 'securityAdmin', 'auditAdmin', 'leader', 'worker'])
        expect((await give(who, 'S1b')).status, who).toBe(403)
    }))
})

describe('it ends', () => {
  it('by itself, with its day', () =>
    stage.trial(async (tx) => {
      await give('S1', 'S1b')
      const [received] = (await away('S1b')).received
      await actFor('S1b', received!.id)
      await sql`UPDATE app.session SET behalf_until = now() WHERE behalf IS NOT NULL`.execute(tx)
      expect((await me('S1b')).behalf).toBeNull()
      const { deps } = stage.world
      const { today } = deps
      deps.today = () => '2020-04-21'
      try {
        expect((await me('S1b')).mayActFor).toEqual([])
        expect((await actFor('S1b', received!.id)).status).toBe(404)
        expect((await away('S1')).given).toMatchObject([{ state: 'over' }])
      } finally {
        deps.today = today
      }
    }))

  it('when either ends it, at once; no other may, nor act by it', () =>
    stage.trial(async () => {
      await give('S1', 'S1b')
      const [received] = (await away('S1b')).received
      expect((await actFor('S2', received!.id)).status).toBe(404)
      expect((await stage.as('S2').post(`/api/account/away/${received!.id}/end`)).status).toBe(404)
      await actFor('S1b', received!.id)
      expect((await stage.as('S1').post(`/api/account/away/${received!.id}/end`)).status).toBe(200)
      expect((await me('S1b')).behalf).toBeNull()
      expect((await stage.as('S1').post(`/api/account/away/${received!.id}/end`)).status).toBe(404)
    }))
})

it('an offer that she closed is closed wherever she signs in, and for nobody else', () =>
  stage.trial(async () => {
    expect((await me('U1')).dismissed).toEqual([])
    for (const _ of [1, 2])
      expect((await stage.as('U1').put('/api/account/dismissed/tour.cadre')).status).toBe(200)
    expect((await stage.as('U1').put('/api/account/dismissed/x')).status).not.toBe(200)
    expect((await me('U1')).dismissed).toEqual(['tour.cadre'])
    expect((await me('U1b')).dismissed).toEqual([])
  }))
