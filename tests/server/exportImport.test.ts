import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeExport } from '#export/make.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { bring } from '../support/intake.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** The file of all that U1 has of a programme. */
async function exported(programme: string): Promise<Buffer> {
  const ask = { kind: 'records', programme, filter: {} }
  const { body } = await stage.as('U1').post<{ id: string }>('/api/exports', { ask, format: 'xlsx' })
  expect(await runDue(stage.world.deps, [makeExport])).toEqual([])
  const found = await stage.app.inject({
    url: `/api/exports/${body.id}/file`,
    headers: { cookie: `__Host-sid=${stage.world.person('U1').token}` },
  })
  return found.rawPayload
}

it.each(['training', 'contract'])('what left as %s and comes in again unchanged changes nothing', (key) =>
  stage.trial(async () => {
    const body = bodyOf(findProgramme(key)!, { title: '出去再回来' })
    const made = await stage
      .as('U1')
      .post(`/api/records/${key}`, { body, coHosts: [stage.world.org('U2')], warningNote: '核对无误' })
    expect([made.status, made.raw]).toEqual([200, expect.any(String)])
    const { page } = await bring(stage, 'U1', key, await exported(key), '导出.xlsx')
    expect(page.counts).toMatchObject({ right: 0, warned: 0, wrong: 0 })
    expect(page.counts.same).toBeGreaterThan(0)
  }),
)
