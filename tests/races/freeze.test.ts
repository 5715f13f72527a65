import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, type Client } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { loadWorld } from '../support/world.ts'

let native: Native
let client: Client
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(16)
  client = await openClient(await loadWorld(native.owner, native.app))
})
afterAll(async () => {
  await client?.close()
  await native?.close()
})

/** Enters trainings and has them accepted, one after another. */
async function writer(owner: string, reviewer: string): Promise<void> {
  const programme = findProgramme('training')!
  for (let n = 0; n < 10; n++) {
    const body = bodyOf(programme, {
      count: 1,
      all: 10 + n,
      women: 10 + n,
      title: `${owner}${reviewer}第${n}次`,
    })
    const made = await client.as(owner).post('/api/records/training', { body, warningNote: '核对无误' })
    const { id, version } = made.body
    const act = { action: 'accept', version }
    const done = await client.as(reviewer).post(`/api/records/training/${String(id)}/actions`, act)
    expect([made.status, done.status]).toEqual([200, 200])
  }
}

/** Freezes for as long as somebody writes. */
async function freezer(who: string, isWriting: () => boolean): Promise<string[]> {
  const ids: string[] = []
  while (isWriting()) {
    const { status, body } = await client.as(who).post('/api/summary/snapshots', { year: 2019 })
    expect(status).toBe(200)
    ids.push(String(body['id']))
  }
  return ids
}

describe.skipIf(withoutNative)('freezing while others write', () => {
  it('gives values and sequences of one moment, and every freeze a number of its own', async () => {
    const writers = [
      ['U4', 'D1'],
      ['U4', 'D1b'],
      ['U8', 'I2'],
      ['U8', 'I2b'],
    ] as const
    let isWriting = true
    const writing = Promise.all(writers.map(([owner, reviewer]) => writer(owner, reviewer))).finally(() => {
      isWriting = false
    })
    const [first, second] = await Promise.all([
      ...['C', 'Cb'].map((who) => freezer(who, () => isWriting)),
      writing,
    ])
    const ids = [...(first as string[]), ...(second as string[])]
    expect(new Set(ids).size).toBe(ids.length)
    // What the ledger held up to the frozen sequences, district by district, is what was frozen.
    const wrong = await rows(
      native.owner,
      sql`SELECT s.id, i.code, v.val AS frozen, x.val AS books FROM app.snapshot s JOIN app.snapshot_value v ON v.snapshot_id = s.id
        JOIN app.indicator i ON i.id = v.indicator_id AND i.code LIKE 'training.%'
        CROSS JOIN LATERAL (SELECT coalesce(sum(l.val), 0) AS val FROM app.ledger l WHERE l.indicator_id = v.indicator_id AND l.state = 1
          AND l.ym BETWEEN 201901 AND 201912 AND l.seq <= (s.seqs ->> l.district_id::text)::bigint) x
        WHERE v.val <> x.val`,
    )
    expect(wrong).toEqual([])
    const differing = await rows<{ n: number }>(
      native.owner,
      sql`SELECT count(DISTINCT v.val) AS n FROM app.snapshot_value v JOIN app.indicator i ON i.id = v.indicator_id WHERE i.code = 'training.sessions'`,
    )
    expect(differing[0]!.n).toBeGreaterThan(2)
  })
})
