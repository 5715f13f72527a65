import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import type { Explanation } from '#record/explainApi.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { playOn, type Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const ask = (who: string, query: Record<string, string>) =>
  stage.as(who).get<Explanation>(`/api/explain?${new URLSearchParams(query)}`)
const about = (record: Written, more: Record<string, string>) => ({
  programme: 'training',
  record: record.id,
  ...more,
})
const unnamed = (raw: string) => raw.replace(/"reqId":"[^"]*"/, '')
const told = async (who: string, query: Record<string, string>) => {
  const { status, body, raw } = await ask(who, query)
  expect([status, raw]).toEqual([200, expect.any(String)])
  // A unit and a role, never a person.
  expect(raw).not.toMatch(/演示[A-Z]/)
  return [body.reason, body.who?.sentence ?? null]
}

describe('why not', () => {
  it('names the reason and whose part it is, for each act', () =>
    stage.trial(async () => {
      const play = playOn(stage.as)
      const waiting = await play.submit('U1')
      const own = await play.submit('U4')
      const shared = await play.submit('U6')
      const cases: [string, Record<string, string>, unknown[]][] = [
        ['S1', about(waiting, { act: 'return' }), [null, null]],
        ['S1', about(waiting, { act: 'accept' }), ['acceptsAbove', '可由示例D1的女工干部办理']],
        ['D1', about(waiting, { act: 'accept' }), ['notTurn', '可由示例S1的女工干部办理']],
        ['D1', about(waiting, { act: 'withdraw' }), ['notOwner', '可由示例U1的女工干部办理']],
        ['U1', about(waiting, { act: 'void' }), ['wrongState', null]],
        ['D1x', about(own, { act: 'accept' }), ['submitterOtherPost', '可由本单位另一位女工干部办理']],
        ['S1', about(shared, { act: 'accept' }), ['viewOnly', '可由示例I1的女工干部办理']],
        ['leaderD1', about(waiting, { act: 'withdraw' }), ['role', '可由示例U1的女工干部办理']],
      ]
      for (const [who, query, expected] of cases)
        expect([who, await told(who, query)]).toEqual([who, expected])
      const { body } = await ask('U1', about(waiting, { act: 'void' }))
      expect(body.sentence).toBe('记录现为“待审核”，这一步不在此时办理')
    }))

  it('tells what is masked, and from whom', () =>
    stage.trial(async () => {
      const shared = await playOn(stage.as).submit('U6')
      expect(await told('S1', about(shared, { part: 'remarks' }))).toEqual([
        'masked',
        '可由示例U6的女工干部查看',
      ])
      expect(await told('S1', about(shared, { part: 'values' }))).toEqual([null, null])
      expect(await told('I1', about(shared, { part: 'remarks' }))).toEqual([null, null])
    }))

  it('tells why a drill ends at a sum', () =>
    stage.trial(async () => {
      const org = `${stage.world.org('U1')}`
      expect(await told('leaderD1', { org, indicator: 'honour.persons' })).toEqual([
        'edge',
        '可由示例U1的女工干部查看',
      ])
      expect(await told('D1', { org, indicator: 'honour.persons' })).toEqual(['moved', null])
    }))

  it('answers for what is hidden as for what is absent, and asks what is meant', () =>
    stage.trial(async () => {
      const hidden = await playOn(stage.as).submit('U5')
      const honour = await stage
        .as('U6')
        .post<Written>('/api/records/honour', { body: bodyOf(findProgramme('honour')!) })
      const absent = await ask('S1', { programme: 'training', record: randomUUID(), act: 'accept' })
      expect(absent.status).toBe(404)
      const queries: Record<string, string>[] = [
        about(hidden, { act: 'accept' }),
        about(hidden, { part: 'remarks' }),
        { ...about(honour.body, { act: 'accept' }), programme: 'honour' },
        { org: `${stage.world.org('U5')}`, indicator: 'training.sessions' },
        { org: '999999', indicator: 'training.sessions' },
        { org: `${stage.world.org('U1')}`, indicator: 'nothing.such' },
        {},
      ]
      for (const query of queries) expect(unnamed((await ask('S1', query)).raw)).toBe(unnamed(absent.raw))
      const seen = await playOn(stage.as).submit('U1')
      expect((await ask('S1', about(seen, {}))).status).toBe(400)
    }))
})
