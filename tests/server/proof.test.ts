import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProofReply } from '#figures/prose/api.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { summary } from '../paper/sample.ts'
import { openStage, type Stage } from '../support/client.ts'
import { playOn } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const canary = '绝不留存的一段话'
const proof = (who: string | null, text: string | Buffer, query = 'year=2019') =>
  stage
    .as(who)
    .post<ProofReply & { message: string }>(`/api/figures/proof?${query}`, Buffer.from(text as string), {
      key: null,
    })

/** Tables of ours with a row in which these words stand. */
async function holding(tx: Tx, words: string): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    tx,
    sql`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'app'`,
  )
  const held: string[] = []
  for (const { name } of tables) {
    const found = sql`SELECT 1 FROM ${sql.raw(name)} t WHERE t::text LIKE ${`%${words}%`} LIMIT 1`
    if ((await rows(tx, found)).length > 0) held.push(name)
  }
  return held
}

describe('a report that is proof-read', () => {
  it('is held against the figures of the unit that asks, and of those in its scope alone', async () => {
    const { status, body } = await proof('C', `举办女职工教育培训9999999期。${canary}`)
    expect(status).toBe(200)
    expect(body.figures).toMatchObject([
      { written: '9999999期', indicator: 'training.sessions', verdict: 'differ', reason: null },
    ])
    expect(typeof body.figures[0]!.live).toBe('number')
    const elsewhere = await proof('U1', '举办培训3期', `year=2019&org=${stage.world.org('U2')}`)
    expect(elsewhere.status).toBe(404)
    expect((await proof(null, '举办培训3期')).status).toBe(401)
  })

  it('leaves nothing behind: no row of any table holds its text, as one would that is entered', () =>
    stage.trial(async (tx) => {
      await proof('C', `举办女职工教育培训3期。${canary}`)
      expect(await holding(tx, canary)).toEqual([])
      await playOn(stage.as).submit('U1', { title: canary })
      expect(await holding(tx, canary)).not.toEqual([])
    }))

  it('comes back as the same Word file with a comment at each figure', async () => {
    const file = Buffer.from(await writeDocx(summary, { mode: 'clean' }))
    const answer = await stage.as('C').post('/api/figures/proof?year=2019&as=docx', file, { key: null })
    expect(answer.status).toBe(200)
  })

  it('is refused with a sentence when it cannot be read', async () => {
    for (const bytes of [Buffer.from('PK\u0003\u0004'), Buffer.from('d0cf11e0', 'hex'), Buffer.alloc(0)]) {
      const { status, body } = await proof('C', bytes)
      expect(status).toBe(422)
      expect(body.message).toMatch(/[一-龥]{4}/)
    }
  })
})
