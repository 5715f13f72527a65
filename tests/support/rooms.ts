import { expect } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from './bodies.ts'
import type { Stage } from './client.ts'
import type { Written } from './play.ts'

/** Open to the public since October 2019. */
export const openToPublic = { attribute: '对外开放', fromOn: '2019-10-01' }

/** A care room of U1, accepted by its district; open to the public, on no map unless told. */
export async function acceptedRoom(stage: Stage, changes: Record<string, unknown> = {}): Promise<Written> {
  const url = '/api/records/careRoom'
  const body = bodyOf(findProgramme('careRoom')!, {
    title: '示例U1女职工关爱室',
    address: '示例路12号',
    intervals: [openToPublic],
    ...changes,
  })
  const sent = await stage.as('U1').post<Written>(url, { body, warningNote: '已核对' })
  expect([sent.status, sent.raw]).toEqual([200, expect.any(String)])
  const act = (who: string, action: string, version: number) =>
    stage.as(who).post<Written>(`${url}/${sent.body.id}/actions`, { action, version })
  const passed = await act('S1', 'pass', sent.body.version)
  const done = await act('D1', 'accept', passed.body.version)
  expect(done.body.state).toBe('accepted')
  return done.body
}
