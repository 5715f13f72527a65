import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { first } from '#server/database.server.ts'
import { purge } from '#server/purge.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { body } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

it('takes away ended sessions and old answers, and nothing that still serves', () =>
  stage.trial(async (tx) => {
    const key = 'the-same-key-again'
    const enter = () => stage.as('U1').post('/api/records/training', { body: body() }, { key })
    const answered = (await enter()).raw
    const counts = () =>
      first<{ sessions: number; answers: number }>(
        tx,
        sql`SELECT (SELECT count(*) FROM app.session) AS sessions, (SELECT count(*) FROM app.idempotency) AS answers`,
      )
    const before = (await counts())!
    await purge(stage.world.deps)
    expect(await counts()).toEqual(before)
    expect((await enter()).raw).toBe(answered)
    await sql`UPDATE app.idempotency SET at = now() - interval '8 days'`.execute(tx)
    await sql`UPDATE app.session SET expires_at = now() - interval '25 hours'
      WHERE account_id = ${stage.world.person('U2').accountId}::uuid`.execute(tx)
    await purge(stage.world.deps)
    expect(await counts()).toEqual({ sessions: before.sessions - 1, answers: before.answers - 1 })
  }))
