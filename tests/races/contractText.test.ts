import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContractDetail } from '#programmes/contract/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, type Client } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import type { Written } from '../support/play.ts'
import { loadWorld } from '../support/world.ts'

let native: Native
let client: Client
let folder: string
beforeAll(async () => {
  if (withoutNative) return
  folder = mkdtempSync(join(tmpdir(), 'jinguo-files-'))
  native = await openNative(8)
  const world = await loadWorld(native.owner, native.app)
  world.deps.files = openStore(folder)
  client = await openClient(world)
})
afterAll(async () => {
  await client?.close()
  await native?.close()
  if (folder) rmSync(folder, { recursive: true })
})

/** Sends work off and waits until it stands at the lock of somebody else. */
async function held<T>(other: pg.Client, work: Promise<T>): Promise<Promise<T>[]> {
  for (;;) {
    const { rows } = await other.query(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    )
    if (rows.length > 0) return [work]
    const isDone = await Promise.race([work.then(() => true), new Promise((r) => setTimeout(r, 20, false))])
    if (isDone) return [work]
  }
}

describe.skipIf(withoutNative)('a text that is named while its contract is being accepted', () => {
  it('waits for the acceptance and is marked as not seen by it', async () => {
    const body = bodyOf(findProgramme('contract')!, {
      scope: '企业',
      covered: [{ firm: '示例甲厂', women: 40, creditCode: null }],
    })
    const sent = await client.as('U1').post<Written>('/api/records/contract', { body, warningNote: '已核对' })
    const { id } = sent.body
    const file = randomUUID()
    const put = `/api/records/contract/${id}/evidence/${file}?name=${encodeURIComponent('盖章稿.pdf')}`
    expect((await client.as('U1').upload(put, Buffer.from('%PDF-1.4 盖章稿'))).status).toBe(200)

    const accepting = new pg.Client({ connectionString: native.url('postgres') })
    const looking = new pg.Client({ connectionString: native.url('postgres') })
    await accepting.connect()
    await looking.connect()
    await accepting.query('BEGIN')
    await accepting.query(
      `UPDATE app.record SET state = 'accepted', turn_of = NULL, version = version + 1 WHERE id = $1`,
      [id],
    )
    const [naming] = await held(looking, client.as('U1').post(`/api/contracts/${id}/texts`, { file, n: 1 }))
    await accepting.query('COMMIT')
    await accepting.end()
    await looking.end()
    expect((await naming!).status).toBe(200)
    const { texts } = (await client.as('D1').get<ContractDetail>(`/api/contracts/${id}`)).body
    expect(texts.map((t) => t.afterReviewOn)).toEqual(['2020-04-16'])
  })
})
