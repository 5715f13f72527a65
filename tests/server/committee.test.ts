import { afterAll, beforeAll, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import type { OrgDetail } from '#org/api.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const committee = findProgramme('committee')!
const body = (changes: Record<string, unknown> = {}) => bodyOf(committee, changes)
const url = '/api/records/committee'
const cardOf = async (who: string): Promise<OrgDetail> =>
  (await stage.as(who).get<OrgDetail>(`/api/orgs/${stage.world.org('U1')}`)).body
const director = async () => (await cardOf('U1')).committeeDetail?.director ?? null

async function accepted(changes: Record<string, unknown> = {}): Promise<Written> {
  const sent = await stage.as('U1').post<Written>(url, { body: body(changes) })
  const passed = await stage.as('S1').post<Written>(`${url}/${sent.body.id}/actions`, {
    action: 'pass',
    version: sent.body.version,
  })
  const done = await stage.as('D1').post<Written>(`${url}/${sent.body.id}/actions`, {
    action: 'accept',
    version: passed.body.version,
  })
  expect([sent.status, passed.status, done.status]).toEqual([200, 200, 200])
  return done.body
}

it('the card of a unit shows what the upper union passed, not what was sent', () =>
  stage.trial(async () => {
    expect((await cardOf('U1')).committeeDetail).toBeNull()
    const sent = await stage.as('U1').post<Written>(url, { body: body() })
    expect(sent.status).toBe(200)
    expect((await cardOf('U1')).committeeDetail).toBeNull()
  }))

it('an accepted committee stands on the card, for its own cadre and for those above', () =>
  stage.trial(async () => {
    const done = await accepted()
    const card = await cardOf('U1')
    expect(card.committeeDetail).toMatchObject({
      form: 'committee',
      director: '李演',
      termNo: 1,
      recordId: done.id,
    })
    expect(card.isOwn).toBe(true)
    const seen = await cardOf('D1')
    expect([seen.isOwn, seen.committeeDetail?.recordId]).toEqual([false, done.id])
  }))

it('a re-election is a correction: the latest term is in office once the upper union has passed it', () =>
  stage.trial(async () => {
    const done = await accepted()
    const terms = [
      { termNo: 1, fromOn: '2019-11-20', untilOn: '2024-11-19', director: '李演' },
      { termNo: 2, fromOn: '2020-03-20', untilOn: '2025-03-19', director: '赵例', directorKind: '女副主席' },
    ]
    const id = '0192b3f0-0000-7000-8000-00000000c001'
    const draft = {
      programme: 'committee',
      kind: 'correction',
      recordId: done.id,
      baseVersion: done.version,
      body: {},
      sequence: 1,
    }
    expect((await stage.as('U1').put(`/api/drafts/${id}`, draft)).status).toBe(200)
    const asked = await stage
      .as('U1')
      .post<Written>(`/api/drafts/${id}/submit`, { body: body({ terms }), reason: '换届' })
    expect(asked.status).toBe(200)
    expect(await director()).toBe('李演')
    const decided = await stage
      .as('D1')
      .post<Written>(`/api/proposals/${id}/decision`, { verdict: 'accept', sequence: 2 })
    expect([decided.status, decided.raw]).toEqual([200, expect.any(String)])
    expect(await director()).toBe('赵例')
  }))

it('a second committee beside one that stands is warned of; the correction of the first is not', () =>
  stage.trial(async () => {
    const done = await accepted()
    const again = await stage.as('U1').post(url, { body: body({ foundedOn: '2019-10-08' }) })
    expect([again.status, again.raw]).toEqual([422, expect.stringContaining('本单位已有女职工组织')])
    const id = '0192b3f0-0000-7000-8000-00000000c002'
    const draft = {
      programme: 'committee',
      kind: 'correction',
      recordId: done.id,
      baseVersion: done.version,
      body: {},
      sequence: 1,
    }
    await stage.as('U1').put(`/api/drafts/${id}`, draft)
    const asked = await stage
      .as('U1')
      .post(`/api/drafts/${id}/submit`, { body: body({ dissolvedOn: '2020-03-01' }), reason: '撤销' })
    expect([asked.status, asked.raw]).toEqual([200, expect.any(String)])
  }))
